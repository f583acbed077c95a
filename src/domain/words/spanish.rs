//! The sentences in Spanish, with the polite `usted`.

use super::sentence::Sentences;

/// Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];

pub(super) const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

pub(super) static SENTENCES: Sentences = Sentences {
    promise: "Lo sentimos, nadie puede atender su llamada en este momento. {owner} le llamará, a más tardar, {time}. \
              Si lo desea, deje un mensaje después de la señal.",
    promise_withheld: "Lo sentimos, nadie puede atender su llamada en este momento, y su número está oculto. Diga su \
                       nombre y su número después de la señal, y {owner} le llamará, a más tardar, {time}.",
    ring_back_soon: "{owner} sabe que usted llama y le llamará, a más tardar, {time}. Si lo desea, deje un mensaje \
                     después de la señal.",
    ring_back_soon_withheld: "{owner} sabe que usted llama y le llamará, a más tardar, {time}. Su número está oculto: \
         diga su nombre y su número después de la señal.",
    nobody: "Lo sentimos, nadie puede atender su llamada en este momento. Por favor, vuelva a llamar dentro de un \
             rato.",
    message_thanks: "Gracias. Adiós.",
    somebody: "Alguien",
    promise_text: "{business}: sentimos no haber atendido su llamada. {owner} le llamará, a más tardar, {time}.",
    apology: "Dijimos que {owner} le llamaría, a más tardar, {missed}, y no fue así. Lo siento. Le llamo yo, a más \
              tardar, {time}. {sender}",
    sorted_question: "{business}: ¿está resuelto? Responda SÍ o NO.",
    sorted_yes: "Gracias. Nos alegramos.",
    sorted_no: "Gracias por decírnoslo. {owner} le llamará, a más tardar, {time}.",
    stopped: "{business}: no recibirá más mensajes nuestros. Responda START para volver a recibirlos.",
    started: "{business}: volverá a recibir nuestros mensajes. Responda STOP para dejar de recibirlos.",
    calls_only: "{business}: este número es solo para llamadas. Llámenos: {number}.",
    owed: "{caller} ({number}) llamó {rang}; se le prometió que usted llamaría, a más tardar, {time}.",
    about: "Asunto: {about}.",
    message: "Mensaje: \"{message}\"",
    answers: "Responda CALL {id} para llamar, DONE {id} cuando esté hecho, LATER {id} 15:00 para más tarde.",
    reminder: "Recordatorio: {caller} ({number}) espera su llamada, a más tardar, {time}.",
    broken: "{owner} no ha llamado a {caller} ({number}); se prometió, a más tardar, {time}. La promesa es ahora suya.",
    broken_apology: "Responda YES {id} para enviar esto: \"{apology}\"",
    rang_again: "{caller} ({number}) ha vuelto a llamar y sabe que usted le llama antes de {time}.",
    left_message: "{caller} ({id}) ha dejado un mensaje: \"{message}\"",
    left_seconds: "{caller} ({id}) ha dejado un mensaje de {seconds} segundos. Escuchar: {link}",
    no_message: "Aquí no hay ningún mensaje, o ya no lo hay.",
    recording_deleted: "Esta grabación se ha borrado.",
    recording_away: "La grabación no está disponible en este momento. Inténtelo de nuevo en un minuto.",
    inherited: "No ha llamado a tiempo a {caller}. La promesa {id} es ahora de {owner}.",
    is_it_settled: "Ha hablado con {caller}, a quien se prometió una llamada ({id}). ¿Está resuelto? Si es así: DONE {id}.",
    ask_today: "Hoy: pregunte a {caller} ({number}) si está resuelto. CALL {id} o SORTED {id}.",
    not_sorted: "{caller} ({number}) dice que no está resuelto. Llame antes de {time}.",
    new_time: "{business}: {owner} le llamará finalmente antes de {time}.",
    new_caller: "Alguien nuevo",
    number_withheld: "número oculto",
    ring_back_noted: "Gracias. Llame a {caller}, a más tardar, {time}.",
    ring_back_noted_stranger: "Gracias. Devuelva la llamada, a más tardar, {time}.",
    caller_gone: "La persona que llamaba ha colgado.",
    already_taken: "Esta llamada ya está atendida. Adiós.",
    whisper_named: "{caller} para usted.",
    whisper_customer: "Un cliente para usted.",
    whisper_stranger: "Alguien nuevo para usted; su número termina en {digits}.",
    whisper_withheld: "Una llamada para usted, número oculto.",
    whisper_promised: "Usted lo prometió, a más tardar, {time}.",
    whisper_promised_by: "{name} lo prometió, a más tardar, {time}.",
    whisper_again: "Segunda llamada sobre esto.",
    whisper_last: "Última conversación con {name}, {when}.",
    whisper_unverified: "Número no verificado.",
    press_one: "Pulse 1.",
};
