//! The sentences in English.

use super::sentence::Sentences;

/// Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) static SENTENCES: Sentences = Sentences {
    promise: "I am sorry, nobody can take your call right now. {owner} will ring you by {time}. If you like, leave a \
              message after the tone.",
    promise_withheld: "I am sorry, nobody can take your call right now, and your number is withheld. Please say your \
                       name and number after the tone, and {owner} will ring you by {time}.",
    ring_back_soon: "{owner} knows that you are calling and will ring you by {time}. If you like, leave a message \
                     after the tone.",
    ring_back_soon_withheld: "{owner} knows that you are calling and will ring you by {time}. Your number is \
         withheld: please say your name and number after the tone.",
    nobody: "I am sorry, nobody can take your call right now. Please ring again in a little while.",
    message_thanks: "Thank you. Goodbye.",
    somebody: "Somebody",
    promise_text: "{business}: sorry we missed you. {owner} will ring you by {time}.",
    apology: "We said {owner} would ring you by {missed} and did not. I am sorry. I am ringing you by {time}. {sender}",
    sorted_question: "{business}: is it sorted? Reply YES or NO.",
    sorted_yes: "Thank you. Good to hear.",
    sorted_no: "Thank you for telling us. {owner} will ring you by {time}.",
    stopped: "{business}: you will get no more texts from us. Reply START to get them again.",
    started: "{business}: you will get our texts again. Reply STOP to end them.",
    calls_only: "{business}: this number is for calls. Please ring us: {number}.",
    owed: "{caller} ({number}) rang {rang} and was promised a call from you by {time}.",
    about: "About: {about}.",
    message: "Message: \"{message}\"",
    answers: "Reply CALL {id} to ring, DONE {id} when it is done, LATER {id} 15:00 to move it.",
    reminder: "Reminder: {caller} ({number}) expects your call by {time}.",
    broken: "{owner} has not rung {caller} ({number}), who was promised it by {time}. The promise is yours now.",
    broken_apology: "Reply YES {id} to send this: \"{apology}\"",
    rang_again: "{caller} ({number}) rang again and was told that you ring by {time}.",
    left_message: "{caller} ({id}) left a message: \"{message}\"",
    left_seconds: "{caller} ({id}) left a message of {seconds} seconds. Listen: {link}",
    no_message: "There is no message here, or not any more.",
    recording_deleted: "This recording has been deleted.",
    recording_away: "The recording cannot be fetched right now. Please try again in a minute.",
    inherited: "You did not ring {caller} in time. {owner} has promise {id} now.",
    is_it_settled: "You spoke with {caller}, who was promised a call ({id}). Is it settled? DONE {id} if so.",
    ask_today: "Today: ask {caller} ({number}) whether it is sorted. CALL {id}, or SORTED {id}.",
    not_sorted: "{caller} ({number}) says that it is not sorted. Please ring by {time}.",
    new_time: "{business}: {owner} will ring you by {time} instead.",
    new_caller: "A new caller",
    number_withheld: "number withheld",
    ring_back_noted: "Thank you. Please ring {caller} by {time}.",
    ring_back_noted_stranger: "Thank you. Please ring them by {time}.",
    caller_gone: "The caller has hung up.",
    already_taken: "This call is already taken care of. Goodbye.",
    whisper_named: "{caller} for you.",
    whisper_customer: "A customer for you.",
    whisper_stranger: "A new caller for you, number ending {digits}.",
    whisper_withheld: "A caller for you, number withheld.",
    whisper_promised: "You promised by {time}.",
    whisper_promised_by: "{name} promised by {time}.",
    whisper_again: "Second call about this.",
    whisper_last: "Last spoke with {name}, {when}.",
    whisper_unverified: "Number not verified.",
    press_one: "Press 1.",
};
