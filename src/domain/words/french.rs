//! The sentences in French, with the polite `vous`.

use super::sentence::Sentences;

/// Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

pub(super) const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

pub(super) static SENTENCES: Sentences = Sentences {
    promise: "Nous sommes désolés, personne ne peut prendre votre appel pour le moment. {owner} vous rappellera avant \
              {time}. Si vous le souhaitez, laissez un message après le bip.",
    promise_withheld: "Nous sommes désolés, personne ne peut prendre votre appel pour le moment, et votre numéro est \
                       masqué. Dites votre nom et votre numéro après le bip, et {owner} vous rappellera avant \
                       {time}.",
    ring_back_soon: "{owner} sait que vous appelez et vous rappellera avant {time}. Si vous le souhaitez, laissez un \
                     message après le bip.",
    ring_back_soon_withheld: "{owner} sait que vous appelez et vous rappellera avant {time}. Votre numéro est masqué \
         : dites votre nom et votre numéro après le bip.",
    nobody: "Nous sommes désolés, personne ne peut prendre votre appel pour le moment. Merci de rappeler un peu plus \
             tard.",
    message_thanks: "Merci. Au revoir.",
    somebody: "Quelqu'un",
    promise_text: "{business} : désolés d'avoir manqué votre appel. {owner} vous rappellera avant {time}.",
    apology: "Nous avions dit que {owner} vous appellerait avant {missed}, et cela n'a pas été fait. Je vous présente \
              mes excuses. Je vous appelle avant {time}. {sender}",
    sorted_question: "{business} : est-ce réglé ? Répondez OUI ou NON.",
    sorted_yes: "Merci. Nous en sommes ravis.",
    sorted_no: "Merci de nous l'avoir dit. {owner} vous appellera avant {time}.",
    stopped: "{business} : vous ne recevrez plus de SMS de notre part. Répondez START pour en recevoir de nouveau.",
    started: "{business} : vous recevrez de nouveau nos SMS. Répondez STOP pour ne plus en recevoir.",
    calls_only: "{business} : ce numéro est réservé aux appels. Appelez-nous : {number}.",
    owed: "{caller} ({number}) a appelé {rang} ; votre rappel est promis avant {time}.",
    about: "Au sujet de : {about}.",
    message: "Message : \"{message}\"",
    answers: "Répondez CALL {id} pour appeler, DONE {id} quand c'est fait, LATER {id} 15:00 pour plus tard.",
    reminder: "Pour mémoire : {caller} ({number}) attend votre appel avant {time}.",
    broken: "{owner} n'a pas appelé {caller} ({number}), promis avant {time}. La promesse vous revient maintenant.",
    broken_apology: "Répondez YES {id} pour envoyer ceci : \"{apology}\"",
    rang_again: "{caller} ({number}) a rappelé et a appris que vous rappelez avant {time}.",
    left_message: "{caller} ({id}) a laissé un message : \"{message}\"",
    left_seconds: "{caller} ({id}) a laissé un message de {seconds} secondes. Écouter : {link}",
    no_message: "Il n'y a pas de message ici, ou il n'y en a plus.",
    recording_deleted: "Cet enregistrement a été supprimé.",
    recording_away: "L'enregistrement n'est pas accessible pour le moment. Réessayez dans une minute.",
    inherited: "Vous n'avez pas appelé {caller} à temps. La promesse {id} est maintenant à {owner}.",
    is_it_settled: "Vous avez parlé avec {caller}, à qui un appel était promis ({id}). Est-ce réglé ? Si oui : DONE {id}.",
    ask_today: "Aujourd'hui : demandez à {caller} ({number}) si c'est réglé. CALL {id}, ou SORTED {id}.",
    not_sorted: "{caller} ({number}) dit que ce n'est pas réglé. Appelez avant {time}.",
    new_time: "{business} : {owner} vous appellera finalement avant {time}.",
    new_caller: "Un nouvel appelant",
    number_withheld: "numéro masqué",
    ring_back_noted: "Merci. Rappelez {caller} avant {time}.",
    ring_back_noted_stranger: "Merci. Rappelez avant {time}.",
    caller_gone: "L'appelant a raccroché.",
    already_taken: "Quelqu'un s'occupe déjà de cet appel. Au revoir.",
    whisper_named: "{caller} pour vous.",
    whisper_customer: "Un client pour vous.",
    whisper_stranger: "Un nouvel appelant pour vous, numéro finissant par {digits}.",
    whisper_withheld: "Un appelant pour vous, numéro masqué.",
    whisper_promised: "Vous avez promis avant {time}.",
    whisper_promised_by: "{name} a promis avant {time}.",
    whisper_again: "Deuxième appel à ce sujet.",
    whisper_last: "Dernier échange avec {name}, {when}.",
    whisper_unverified: "Numéro non vérifié.",
    press_one: "Tapez 1.",
};
