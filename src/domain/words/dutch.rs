//! The sentences in Dutch, with the polite `u`.

use super::sentence::Sentence;

/// Monday first.
pub(super) const WEEKDAYS: [&str; 7] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"];

pub(super) const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

pub(super) fn template(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::Promise => {
            "Het spijt me, op dit moment kan niemand uw oproep aannemen. {owner} belt u uiterlijk {time} terug. Als u \
             wilt, spreek dan na de toon een bericht in."
        }
        S::PromiseWithheld => {
            "Het spijt me, op dit moment kan niemand uw oproep aannemen, en uw nummer is afgeschermd. Noem na de toon \
             uw naam en nummer, dan belt {owner} u uiterlijk {time} terug."
        }
        S::RingBackSoon => {
            "{owner} weet dat u belt en belt u uiterlijk {time} terug. Als u wilt, spreek dan na de toon een bericht \
             in."
        }
        S::RingBackSoonWithheld => {
            "{owner} weet dat u belt en belt u uiterlijk {time} terug. Uw nummer is afgeschermd: noem na de toon uw \
             naam en nummer."
        }
        S::Nobody => {
            "Het spijt me, op dit moment kan niemand uw oproep aannemen. Probeer het over een poosje nog eens."
        }
        S::MessageThanks => "Dank u wel. Tot ziens.",
        S::Somebody => "Iemand",
        S::PromiseText => "{business}: sorry dat we u misten. {owner} belt u uiterlijk {time} terug.",
        S::Apology => {
            "We hadden beloofd dat {owner} u uiterlijk {missed} zou bellen, en dat is niet gebeurd. Het spijt me. Ik \
             bel u uiterlijk {time}. {sender}"
        }
        S::SortedQuestion => "{business}: is het opgelost? Antwoord JA of NEE.",
        S::SortedYes => "Dank u wel. Fijn om te horen.",
        S::SortedNo => "Dank u voor uw bericht. {owner} belt u uiterlijk {time}.",
        S::Stopped => "{business}: u krijgt geen sms meer van ons. Antwoord START om weer sms te krijgen.",
        S::Started => "{business}: u krijgt weer sms van ons. Antwoord STOP om daarmee te stoppen.",
        S::CallsOnly => "{business}: dit nummer is alleen om te bellen. Bel ons: {number}.",
        S::Owed => "{caller} ({number}) belde {rang}; beloofd is dat u uiterlijk {time} terugbelt.",
        S::About => "Het gaat om: {about}.",
        S::Message => "Bericht: \"{message}\"",
        S::Answers => "Antwoord CALL {id} om te bellen, DONE {id} als het klaar is, LATER {id} 15:00 voor later.",
        S::Reminder => "Ter herinnering: {caller} ({number}) verwacht uw telefoontje uiterlijk {time}.",
        S::Broken => {
            "{owner} heeft {caller} ({number}) niet gebeld; beloofd was uiterlijk {time}. De belofte is nu aan u."
        }
        S::BrokenApology => "Antwoord YES om dit te sturen: \"{apology}\"",
        S::RangAgain => "{caller} ({number}) belde weer en hoorde dat u uiterlijk {time} terugbelt.",
        S::LeftMessage => "{caller} ({id}) sprak een bericht in: \"{message}\"",
        S::LeftSeconds => "{caller} ({id}) sprak een bericht van {seconds} seconden in.",
        S::Inherited => "U hebt {caller} niet op tijd gebeld. Belofte {id} is nu aan {owner}.",
        S::IsItSettled => {
            "U sprak met {caller}, aan wie een telefoontje beloofd was ({id}). Is het opgelost? Zo ja: DONE {id}."
        }
        S::AskToday => "Vandaag: vraag {caller} ({number}) of het is opgelost. CALL {id}, of SORTED {id}.",
        S::NotSorted => "{caller} ({number}) zegt dat het niet is opgelost. Bel uiterlijk {time}.",
        S::NewTime => "{business}: {owner} belt u uiterlijk {time}, later dan eerst gezegd.",
        S::NewCaller => "Een nieuwe beller",
        S::NumberWithheld => "nummer afgeschermd",
        S::RingBackNoted => "Dank u. Bel {caller} uiterlijk {time} terug.",
        S::RingBackNotedStranger => "Dank u. Bel uiterlijk {time} terug.",
        S::CallerGone => "De beller heeft opgehangen.",
        S::AlreadyTaken => "Dit gesprek is al geregeld. Tot ziens.",
        S::WhisperNamed => "{caller} voor u.",
        S::WhisperCustomer => "Een klant voor u.",
        S::WhisperStranger => "Een nieuwe beller voor u, het nummer eindigt op {digits}.",
        S::WhisperWithheld => "Een beller voor u, nummer afgeschermd.",
        S::WhisperPromised => "U beloofde uiterlijk {time} te bellen.",
        S::WhisperAgain => "Tweede gesprek hierover.",
        S::WhisperLast => "Laatst gesproken met {name}, {when}.",
        S::WhisperUnverified => "Nummer niet bevestigd.",
        S::PressOne => "Toets 1.",
    }
}
