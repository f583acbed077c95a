//! The sentences in Dutch, with the polite `u`.

use super::sentence::Sentences;

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

pub(super) static SENTENCES: Sentences = Sentences {
    promise: "Het spijt me, op dit moment kan niemand uw oproep aannemen. {owner} belt u uiterlijk {time} terug. Als \
              u wilt, spreek dan na de toon een bericht in.",
    promise_withheld: "Het spijt me, op dit moment kan niemand uw oproep aannemen, en uw nummer is afgeschermd. Noem \
                       na de toon uw naam en nummer, dan belt {owner} u uiterlijk {time} terug.",
    ring_back_soon: "{owner} weet dat u belt en belt u uiterlijk {time} terug. Als u wilt, spreek dan na de toon een \
                     bericht in.",
    ring_back_soon_withheld: "{owner} weet dat u belt en belt u uiterlijk {time} terug. Uw nummer is afgeschermd: \
         noem na de toon uw naam en nummer.",
    nobody: "Het spijt me, op dit moment kan niemand uw oproep aannemen. Probeer het over een poosje nog eens.",
    message_thanks: "Dank u wel. Tot ziens.",
    somebody: "Iemand",
    promise_text: "{business}: sorry dat we u misten. {owner} belt u uiterlijk {time} terug.",
    apology: "We hadden beloofd dat {owner} u uiterlijk {missed} zou bellen, en dat is niet gebeurd. Het spijt me. Ik \
              bel u uiterlijk {time}. {sender}",
    sorted_question: "{business}: is het opgelost? Antwoord JA of NEE.",
    sorted_yes: "Dank u wel. Fijn om te horen.",
    sorted_no: "Dank u voor uw bericht. {owner} belt u uiterlijk {time}.",
    stopped: "{business}: u krijgt geen sms meer van ons. Antwoord START om weer sms te krijgen.",
    started: "{business}: u krijgt weer sms van ons. Antwoord STOP om daarmee te stoppen.",
    calls_only: "{business}: dit nummer is alleen om te bellen. Bel ons: {number}.",
    owed: "{caller} ({number}) belde {rang}; beloofd is dat u uiterlijk {time} terugbelt.",
    about: "Het gaat om: {about}.",
    message: "Bericht: \"{message}\"",
    answers: "Antwoord CALL {id} om te bellen, DONE {id} als het klaar is, LATER {id} 15:00 voor later.",
    reminder: "Ter herinnering: {caller} ({number}) verwacht uw telefoontje uiterlijk {time}.",
    broken: "{owner} heeft {caller} ({number}) niet gebeld; beloofd was uiterlijk {time}. De belofte is nu aan u.",
    broken_apology: "Antwoord YES {id} om dit te sturen: \"{apology}\"",
    rang_again: "{caller} ({number}) belde weer en hoorde dat u uiterlijk {time} terugbelt.",
    left_message: "{caller} ({id}) sprak een bericht in: \"{message}\"",
    left_seconds: "{caller} ({id}) sprak een bericht van {seconds} seconden in. Beluisteren: {link}",
    no_message: "Hier is geen bericht, of niet meer.",
    recording_deleted: "Deze opname is gewist.",
    recording_away: "De opname kan nu niet worden opgehaald. Probeer het over een minuut opnieuw.",
    inherited: "U hebt {caller} niet op tijd gebeld. Belofte {id} is nu aan {owner}.",
    is_it_settled: "U sprak met {caller}, aan wie een telefoontje beloofd was ({id}). Is het opgelost? Zo ja: DONE {id}.",
    ask_today: "Vandaag: vraag {caller} ({number}) of het is opgelost. CALL {id}, of SORTED {id}.",
    not_sorted: "{caller} ({number}) zegt dat het niet is opgelost. Bel uiterlijk {time}.",
    new_time: "{business}: {owner} belt u uiterlijk {time}, later dan eerst gezegd.",
    new_caller: "Een nieuwe beller",
    number_withheld: "nummer afgeschermd",
    ring_back_noted: "Dank u. Bel {caller} uiterlijk {time} terug.",
    ring_back_noted_stranger: "Dank u. Bel uiterlijk {time} terug.",
    caller_gone: "De beller heeft opgehangen.",
    already_taken: "Dit gesprek is al geregeld. Tot ziens.",
    whisper_named: "{caller} voor u.",
    whisper_customer: "Een klant voor u.",
    whisper_stranger: "Een nieuwe beller voor u, het nummer eindigt op {digits}.",
    whisper_withheld: "Een beller voor u, nummer afgeschermd.",
    whisper_promised: "U beloofde uiterlijk {time} te bellen.",
    whisper_promised_by: "{name} beloofde uiterlijk {time} te bellen.",
    whisper_again: "Tweede gesprek hierover.",
    whisper_last: "Laatst gesproken met {name}, {when}.",
    whisper_unverified: "Nummer niet bevestigd.",
    press_one: "Toets 1.",
};
