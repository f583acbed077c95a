//! The sentences in French, with the polite `vous`.

use super::sentence::Sentence;

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

pub(super) fn template(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::Promise => {
            "Nous sommes désolés, personne ne peut prendre votre appel pour le moment. {owner} vous rappellera avant \
             {time}. Si vous le souhaitez, laissez un message après le bip."
        }
        S::PromiseWithheld => {
            "Nous sommes désolés, personne ne peut prendre votre appel pour le moment, et votre numéro est masqué. \
             Dites votre nom et votre numéro après le bip, et {owner} vous rappellera avant {time}."
        }
        S::RingBackSoon => {
            "{owner} sait que vous appelez et vous rappellera avant {time}. Si vous le souhaitez, laissez un message \
             après le bip."
        }
        S::RingBackSoonWithheld => {
            "{owner} sait que vous appelez et vous rappellera avant {time}. Votre numéro est masqué : dites votre nom \
             et votre numéro après le bip."
        }
        S::Nobody => {
            "Nous sommes désolés, personne ne peut prendre votre appel pour le moment. Merci de rappeler un peu plus \
             tard."
        }
        S::MessageThanks => "Merci. Au revoir.",
        S::Somebody => "Quelqu'un",
        S::PromiseText => "{business} : désolés d'avoir manqué votre appel. {owner} vous rappellera avant {time}.",
        S::Apology => {
            "Nous avions dit que {owner} vous appellerait avant {missed}, et cela n'a pas été fait. Je vous présente \
             mes excuses. Je vous appelle avant {time}. {sender}"
        }
        S::SortedQuestion => "{business} : est-ce réglé ? Répondez OUI ou NON.",
        S::SortedYes => "Merci. Nous en sommes ravis.",
        S::SortedNo => "Merci de nous l'avoir dit. {owner} vous appellera avant {time}.",
        S::Stopped => {
            "{business} : vous ne recevrez plus de SMS de notre part. Répondez START pour en recevoir de nouveau."
        }
        S::Started => "{business} : vous recevrez de nouveau nos SMS. Répondez STOP pour ne plus en recevoir.",
        S::CallsOnly => "{business} : ce numéro est réservé aux appels. Appelez-nous : {number}.",
        S::Owed => "{caller} ({number}) a appelé {rang} ; votre rappel est promis avant {time}.",
        S::About => "Au sujet de : {about}.",
        S::Message => "Message : \"{message}\"",
        S::Answers => "Répondez CALL {id} pour appeler, DONE {id} quand c'est fait, LATER {id} 15:00 pour plus tard.",
        S::Reminder => "Pour mémoire : {caller} ({number}) attend votre appel avant {time}.",
        S::Broken => {
            "{owner} n'a pas appelé {caller} ({number}), promis avant {time}. La promesse vous revient maintenant."
        }
        S::BrokenApology => "Répondez YES pour envoyer ceci : \"{apology}\"",
        S::RangAgain => "{caller} ({number}) a rappelé et a appris que vous rappelez avant {time}.",
        S::LeftMessage => "{caller} ({id}) a laissé un message : \"{message}\"",
        S::LeftSeconds => "{caller} ({id}) a laissé un message de {seconds} secondes.",
        S::Inherited => "Vous n'avez pas appelé {caller} à temps. La promesse {id} est maintenant à {owner}.",
        S::IsItSettled => {
            "Vous avez parlé avec {caller}, à qui un appel était promis ({id}). Est-ce réglé ? Si oui : DONE {id}."
        }
        S::AskToday => "Aujourd'hui : demandez à {caller} ({number}) si c'est réglé. CALL {id}, ou SORTED {id}.",
        S::NotSorted => "{caller} ({number}) dit que ce n'est pas réglé. Appelez avant {time}.",
        S::NewTime => "{business} : {owner} vous appellera finalement avant {time}.",
        S::NewCaller => "Un nouvel appelant",
        S::NumberWithheld => "numéro masqué",
        S::RingBackNoted => "Merci. Rappelez {caller} avant {time}.",
        S::RingBackNotedStranger => "Merci. Rappelez avant {time}.",
        S::CallerGone => "L'appelant a raccroché.",
        S::AlreadyTaken => "Quelqu'un s'occupe déjà de cet appel. Au revoir.",
        S::WhisperNamed => "{caller} pour vous.",
        S::WhisperCustomer => "Un client pour vous.",
        S::WhisperStranger => "Un nouvel appelant pour vous, numéro finissant par {digits}.",
        S::WhisperWithheld => "Un appelant pour vous, numéro masqué.",
        S::WhisperPromised => "Vous avez promis avant {time}.",
        S::WhisperAgain => "Deuxième appel à ce sujet.",
        S::WhisperLast => "Dernier échange avec {name}, {when}.",
        S::WhisperUnverified => "Numéro non vérifié.",
        S::PressOne => "Tapez 1.",
    }
}
