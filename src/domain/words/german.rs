//! The sentences in German, with the polite `Sie`.

use super::sentence::Sentences;

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

pub(super) static SENTENCES: Sentences = Sentences {
    promise: "Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen. {owner} ruft Sie bis {time} zurück. Wenn \
              Sie möchten, hinterlassen Sie nach dem Ton eine Nachricht.",
    promise_withheld: "Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen, und Ihre Nummer ist unterdrückt. \
                       Bitte nennen Sie nach dem Ton Ihren Namen und Ihre Nummer, dann ruft {owner} Sie bis {time} \
                       zurück.",
    ring_back_soon: "{owner} weiß, dass Sie anrufen, und ruft Sie bis {time} zurück. Wenn Sie möchten, hinterlassen \
                     Sie nach dem Ton eine Nachricht.",
    ring_back_soon_withheld: "{owner} weiß, dass Sie anrufen, und ruft Sie bis {time} zurück. Ihre Nummer ist \
         unterdrückt: Bitte nennen Sie nach dem Ton Ihren Namen und Ihre Nummer.",
    nobody: "Es tut mir leid, im Moment kann niemand Ihren Anruf annehmen. Bitte rufen Sie in Kürze noch einmal an.",
    message_thanks: "Vielen Dank. Auf Wiederhören.",
    somebody: "Jemand",
    promise_text: "{business}: Entschuldigung, dass wir Ihren Anruf verpasst haben. {owner} ruft Sie bis {time} \
                   zurück.",
    apology: "Wir hatten zugesagt, dass {owner} Sie bis {missed} anruft, und das ist nicht geschehen. Es tut mir \
              leid. Ich rufe Sie bis {time} an. {sender}",
    sorted_question: "{business}: Ist alles erledigt? Antworten Sie JA oder NEIN.",
    sorted_yes: "Vielen Dank. Das freut uns.",
    sorted_no: "Danke für die Nachricht. {owner} ruft Sie bis {time} an.",
    stopped: "{business}: Sie bekommen keine SMS mehr von uns. Antworten Sie START, um wieder welche zu bekommen.",
    started: "{business}: Sie bekommen wieder SMS von uns. Antworten Sie STOP, um das zu beenden.",
    calls_only: "{business}: Diese Nummer ist nur zum Anrufen. Bitte rufen Sie uns an: {number}.",
    owed: "{caller} ({number}) hat {rang} angerufen; zugesagt ist Ihr Rückruf bis {time}.",
    about: "Es geht um: {about}.",
    message: "Nachricht: \"{message}\"",
    answers: "Antworten Sie CALL {id}, um anzurufen, DONE {id}, wenn es erledigt ist, LATER {id} 15:00 für später.",
    reminder: "Erinnerung: {caller} ({number}) erwartet Ihren Anruf bis {time}.",
    broken: "{owner} hat {caller} ({number}) nicht angerufen; zugesagt war es bis {time}. Die Zusage liegt jetzt bei \
             Ihnen.",
    broken_apology: "Antworten Sie YES {id}, um dies zu senden: \"{apology}\"",
    rang_again: "{caller} ({number}) hat wieder angerufen und gehört, dass Sie bis {time} zurückrufen.",
    left_message: "{caller} ({id}) hat eine Nachricht hinterlassen: \"{message}\"",
    left_seconds: "{caller} ({id}) hat eine Nachricht von {seconds} Sekunden hinterlassen. Anhören: {link}",
    no_message: "Hier ist keine Nachricht, oder nicht mehr.",
    recording_deleted: "Diese Aufnahme wurde gelöscht.",
    recording_away: "Die Aufnahme kann gerade nicht geholt werden. Bitte versuchen Sie es in einer Minute noch einmal.",
    inherited: "Sie haben {caller} nicht rechtzeitig angerufen. Zusage {id} liegt jetzt bei {owner}.",
    is_it_settled: "Sie haben mit {caller} gesprochen; ein Rückruf war zugesagt ({id}). Ist es erledigt? Dann DONE {id}.",
    ask_today: "Heute: Fragen Sie {caller} ({number}), ob alles erledigt ist. CALL {id} oder SORTED {id}.",
    not_sorted: "{caller} ({number}) sagt, es ist nicht erledigt. Bitte rufen Sie bis {time} an.",
    new_time: "{business}: {owner} ruft Sie nun bis {time} an, anders als zuerst gesagt.",
    new_caller: "Ein neuer Anrufer",
    number_withheld: "Nummer unterdrückt",
    ring_back_noted: "Danke. Bitte rufen Sie {caller} bis {time} an.",
    ring_back_noted_stranger: "Danke. Bitte rufen Sie bis {time} zurück.",
    caller_gone: "Der Anrufer hat aufgelegt.",
    already_taken: "Um diesen Anruf kümmert sich schon jemand. Auf Wiederhören.",
    whisper_named: "{caller} für Sie.",
    whisper_customer: "Ein Kunde für Sie.",
    whisper_stranger: "Ein neuer Anrufer für Sie, die Nummer endet auf {digits}.",
    whisper_withheld: "Ein Anrufer für Sie, Nummer unterdrückt.",
    whisper_promised: "Von Ihnen zugesagt bis {time}.",
    whisper_promised_by: "Von {name} zugesagt bis {time}.",
    whisper_again: "Zweiter Anruf in dieser Sache.",
    whisper_last: "Zuletzt gesprochen mit {name}, {when}.",
    whisper_unverified: "Nummer nicht bestätigt.",
    press_one: "Drücken Sie die 1.",
};
