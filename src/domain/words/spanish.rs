//! The sentences in Spanish, with the polite `usted`.

use super::sentence::Sentence;

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

pub(super) fn template(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::Promise => {
            "Lo sentimos, nadie puede atender su llamada en este momento. {owner} le llamará, a más tardar, {time}. Si \
             lo desea, deje un mensaje después de la señal."
        }
        S::PromiseWithheld => {
            "Lo sentimos, nadie puede atender su llamada en este momento, y su número está oculto. Diga su nombre y su \
             número después de la señal, y {owner} le llamará, a más tardar, {time}."
        }
        S::RingBackSoon => {
            "{owner} sabe que usted llama y le llamará, a más tardar, {time}. Si lo desea, deje un mensaje después de \
             la señal."
        }
        S::RingBackSoonWithheld => {
            "{owner} sabe que usted llama y le llamará, a más tardar, {time}. Su número está oculto: diga su nombre y \
             su número después de la señal."
        }
        S::Nobody => {
            "Lo sentimos, nadie puede atender su llamada en este momento. Por favor, vuelva a llamar dentro de un \
             rato."
        }
        S::MessageThanks => "Gracias. Adiós.",
        S::Somebody => "Alguien",
        S::PromiseText => {
            "{business}: sentimos no haber atendido su llamada. {owner} le llamará, a más tardar, {time}."
        }
        S::Apology => {
            "Dijimos que {owner} le llamaría, a más tardar, {missed}, y no fue así. Lo siento. Le llamo yo, a más \
             tardar, {time}. {sender}"
        }
        S::SortedQuestion => "{business}: ¿está resuelto? Responda SÍ o NO.",
        S::SortedYes => "Gracias. Nos alegramos.",
        S::SortedNo => "Gracias por decírnoslo. {owner} le llamará, a más tardar, {time}.",
        S::Stopped => "{business}: no recibirá más mensajes nuestros. Responda START para volver a recibirlos.",
        S::Started => "{business}: volverá a recibir nuestros mensajes. Responda STOP para dejar de recibirlos.",
        S::CallsOnly => "{business}: este número es solo para llamadas. Llámenos: {number}.",
        S::Owed => "{caller} ({number}) llamó {rang}; se le prometió que usted llamaría, a más tardar, {time}.",
        S::About => "Asunto: {about}.",
        S::Message => "Mensaje: \"{message}\"",
        S::Answers => "Responda CALL {id} para llamar, DONE {id} cuando esté hecho, LATER {id} 15:00 para más tarde.",
        S::Reminder => "Recordatorio: {caller} ({number}) espera su llamada, a más tardar, {time}.",
        S::Broken => {
            "{owner} no ha llamado a {caller} ({number}); se prometió, a más tardar, {time}. La promesa es ahora suya."
        }
        S::BrokenApology => "Responda YES para enviar esto: \"{apology}\"",
        S::RangAgain => "{caller} ({number}) ha vuelto a llamar y sabe que usted le llama antes de {time}.",
        S::LeftMessage => "{caller} ({id}) ha dejado un mensaje: \"{message}\"",
        S::LeftSeconds => "{caller} ({id}) ha dejado un mensaje de {seconds} segundos.",
        S::Inherited => "No ha llamado a tiempo a {caller}. La promesa {id} es ahora de {owner}.",
        S::IsItSettled => {
            "Ha hablado con {caller}, a quien se prometió una llamada ({id}). ¿Está resuelto? Si es así: DONE {id}."
        }
        S::AskToday => "Hoy: pregunte a {caller} ({number}) si está resuelto. CALL {id} o SORTED {id}.",
        S::NotSorted => "{caller} ({number}) dice que no está resuelto. Llame antes de {time}.",
        S::NewTime => "{business}: {owner} le llamará finalmente antes de {time}.",
        S::NewCaller => "Alguien nuevo",
        S::NumberWithheld => "número oculto",
        S::RingBackNoted => "Gracias. Llame a {caller}, a más tardar, {time}.",
        S::RingBackNotedStranger => "Gracias. Devuelva la llamada, a más tardar, {time}.",
        S::CallerGone => "La persona que llamaba ha colgado.",
        S::AlreadyTaken => "Esta llamada ya está atendida. Adiós.",
        S::WhisperNamed => "{caller} para usted.",
        S::WhisperCustomer => "Un cliente para usted.",
        S::WhisperStranger => "Alguien nuevo para usted; su número termina en {digits}.",
        S::WhisperWithheld => "Una llamada para usted, número oculto.",
        S::WhisperPromised => "Usted lo prometió, a más tardar, {time}.",
        S::WhisperAgain => "Segunda llamada sobre esto.",
        S::WhisperLast => "Última conversación con {name}, {when}.",
        S::WhisperUnverified => "Número no verificado.",
        S::PressOne => "Pulse 1.",
    }
}
