//! The sentences in English.

use super::sentence::Sentence;

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

pub(super) fn template(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::Promise => {
            "I am sorry, nobody can take your call right now. {owner} will ring you by {time}. If you like, leave a \
             message after the tone."
        }
        S::PromiseWithheld => {
            "I am sorry, nobody can take your call right now, and your number is withheld. Please say your name and \
             number after the tone, and {owner} will ring you by {time}."
        }
        S::RingBackSoon => {
            "{owner} knows that you are calling and will ring you by {time}. If you like, leave a message after the \
             tone."
        }
        S::RingBackSoonWithheld => {
            "{owner} knows that you are calling and will ring you by {time}. Your number is withheld: please say your \
             name and number after the tone."
        }
        S::Nobody => "I am sorry, nobody can take your call right now. Please ring again in a little while.",
        S::MessageThanks => "Thank you. Goodbye.",
        S::Somebody => "Somebody",
        S::PromiseText => "{business}: sorry we missed you. {owner} will ring you by {time}.",
        S::Apology => {
            "We said {owner} would ring you by {missed} and did not. I am sorry. I am ringing you by {time}. {sender}"
        }
        S::SortedQuestion => "{business}: is it sorted? Reply YES or NO.",
        S::SortedYes => "Thank you. Good to hear.",
        S::SortedNo => "Thank you for telling us. {owner} will ring you by {time}.",
        S::Stopped => "{business}: you will get no more texts from us. Reply START to get them again.",
        S::Started => "{business}: you will get our texts again. Reply STOP to end them.",
        S::CallsOnly => "{business}: this number is for calls. Please ring us: {number}.",
        S::Owed => "{caller} ({number}) rang {rang} and was promised a call from you by {time}.",
        S::About => "About: {about}.",
        S::Message => "Message: \"{message}\"",
        S::Answers => "Reply CALL {id} to ring, DONE {id} when it is done, LATER {id} 15:00 to move it.",
        S::Reminder => "Reminder: {caller} ({number}) expects your call by {time}.",
        S::Broken => {
            "{owner} has not rung {caller} ({number}), who was promised it by {time}. The promise is yours now."
        }
        S::BrokenApology => "Reply YES to send this: \"{apology}\"",
        S::RangAgain => "{caller} ({number}) rang again and was told that you ring by {time}.",
        S::LeftMessage => "{caller} ({id}) left a message: \"{message}\"",
        S::LeftSeconds => "{caller} ({id}) left a message of {seconds} seconds.",
        S::Inherited => "You did not ring {caller} in time. {owner} has promise {id} now.",
        S::IsItSettled => "You spoke with {caller}, who was promised a call ({id}). Is it settled? DONE {id} if so.",
        S::AskToday => "Today: ask {caller} ({number}) whether it is sorted. CALL {id}, or SORTED {id}.",
        S::NotSorted => "{caller} ({number}) says that it is not sorted. Please ring by {time}.",
        S::NewTime => "{business}: {owner} will ring you by {time} instead.",
        S::NewCaller => "A new caller",
        S::NumberWithheld => "number withheld",
        S::RingBackNoted => "Thank you. Please ring {caller} by {time}.",
        S::RingBackNotedStranger => "Thank you. Please ring them by {time}.",
        S::CallerGone => "The caller has hung up.",
        S::AlreadyTaken => "This call is already taken care of. Goodbye.",
        S::WhisperNamed => "{caller} for you.",
        S::WhisperCustomer => "A customer for you.",
        S::WhisperStranger => "A new caller for you, number ending {digits}.",
        S::WhisperWithheld => "A caller for you, number withheld.",
        S::WhisperPromised => "You promised by {time}.",
        S::WhisperAgain => "Second call about this.",
        S::WhisperLast => "Last spoke with {name}, {when}.",
        S::WhisperUnverified => "Number not verified.",
        S::PressOne => "Press 1.",
    }
}
