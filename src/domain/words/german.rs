//! The sentences in German, with the polite `Sie`.

use super::sentence::Sentence;

/// Monday first.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];

pub(super) const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

pub(super) fn template(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::Promise => {
            "Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen. {owner} ruft Sie bis {time} zurück. Wenn \
             Sie möchten, hinterlassen Sie nach dem Ton eine Nachricht."
        }
        S::PromiseWithheld => {
            "Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen, und Ihre Nummer ist unterdrückt. Bitte \
             nennen Sie nach dem Ton Ihren Namen und Ihre Nummer, dann ruft {owner} Sie bis {time} zurück."
        }
        S::RingBackSoon => {
            "{owner} weiß, dass Sie anrufen, und ruft Sie bis {time} zurück. Wenn Sie möchten, hinterlassen Sie nach \
             dem Ton eine Nachricht."
        }
        S::RingBackSoonWithheld => {
            "{owner} weiß, dass Sie anrufen, und ruft Sie bis {time} zurück. Ihre Nummer ist unterdrückt: Bitte nennen \
             Sie nach dem Ton Ihren Namen und Ihre Nummer."
        }
        S::Nobody => {
            "Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen. Bitte rufen Sie in Kürze noch einmal an."
        }
        S::MessageThanks => "Vielen Dank. Auf Wiederhören.",
        S::Somebody => "Jemand",
        S::PromiseText => {
            "{business}: Entschuldigung, dass wir Ihren Anruf verpasst haben. {owner} ruft Sie bis {time} zurück."
        }
        S::Apology => {
            "Wir hatten zugesagt, dass {owner} Sie bis {missed} anruft, und das ist nicht geschehen. Es tut mir leid. \
             Ich rufe Sie bis {time} an. {sender}"
        }
        S::SortedQuestion => "{business}: Ist alles erledigt? Antworten Sie JA oder NEIN.",
        S::SortedYes => "Vielen Dank. Das freut uns.",
        S::SortedNo => "Danke für die Nachricht. {owner} ruft Sie bis {time} an.",
        S::Stopped => {
            "{business}: Sie bekommen keine SMS mehr von uns. Antworten Sie START, um wieder welche zu bekommen."
        }
        S::Started => "{business}: Sie bekommen wieder SMS von uns. Antworten Sie STOP, um das zu beenden.",
        S::CallsOnly => "{business}: Diese Nummer ist nur zum Anrufen. Bitte rufen Sie uns an: {number}.",
        S::Owed => "{caller} ({number}) hat {rang} angerufen; zugesagt ist Ihr Rückruf bis {time}.",
        S::About => "Es geht um: {about}.",
        S::Message => "Nachricht: \"{message}\"",
        S::Answers => {
            "Antworten Sie CALL {id}, um anzurufen, DONE {id}, wenn es erledigt ist, LATER {id} 15:00 für später."
        }
        S::Reminder => "Erinnerung: {caller} ({number}) erwartet Ihren Anruf bis {time}.",
        S::Broken => {
            "{owner} hat {caller} ({number}) nicht angerufen; zugesagt war es bis {time}. Die Zusage liegt jetzt bei \
             Ihnen."
        }
        S::BrokenApology => "Antworten Sie YES, um dies zu senden: \"{apology}\"",
        S::RangAgain => "{caller} ({number}) hat wieder angerufen und gehört, dass Sie bis {time} zurückrufen.",
        S::LeftMessage => "{caller} ({id}) hat eine Nachricht hinterlassen: \"{message}\"",
        S::LeftSeconds => "{caller} ({id}) hat eine Nachricht von {seconds} Sekunden hinterlassen.",
        S::Inherited => "Sie haben {caller} nicht rechtzeitig angerufen. Zusage {id} liegt jetzt bei {owner}.",
        S::IsItSettled => {
            "Sie haben mit {caller} gesprochen; ein Rückruf war zugesagt ({id}). Ist es erledigt? Dann DONE {id}."
        }
        S::AskToday => "Heute: Fragen Sie {caller} ({number}), ob alles erledigt ist. CALL {id} oder SORTED {id}.",
        S::NotSorted => "{caller} ({number}) sagt, es ist nicht erledigt. Bitte rufen Sie bis {time} an.",
        S::NewTime => "{business}: {owner} ruft Sie nun bis {time} an, anders als zuerst gesagt.",
        S::NewCaller => "Ein neuer Anrufer",
        S::NumberWithheld => "Nummer unterdrückt",
        S::RingBackNoted => "Danke. Bitte rufen Sie {caller} bis {time} an.",
        S::RingBackNotedStranger => "Danke. Bitte rufen Sie bis {time} zurück.",
        S::CallerGone => "Der Anrufer hat aufgelegt.",
        S::AlreadyTaken => "Um diesen Anruf kümmert sich schon jemand. Auf Wiederhören.",
        S::WhisperNamed => "{caller} für Sie.",
        S::WhisperCustomer => "Ein Kunde für Sie.",
        S::WhisperStranger => "Ein neuer Anrufer für Sie, die Nummer endet auf {digits}.",
        S::WhisperWithheld => "Ein Anrufer für Sie, Nummer unterdrückt.",
        S::WhisperPromised => "Von Ihnen zugesagt bis {time}.",
        S::WhisperAgain => "Zweiter Anruf in dieser Sache.",
        S::WhisperLast => "Zuletzt gesprochen mit {name}, {when}.",
        S::WhisperUnverified => "Nummer nicht bestätigt.",
        S::PressOne => "Drücken Sie die 1.",
    }
}
