//! What the person hears and reads who keeps a promise by `CALL 41`.

use super::whisper::{first_words, last_digits};
use crate::domain::call_back::{Begun, CallBack, Ending};
use crate::domain::promise::PromiseId;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;

/// To a phone that was rung for a call back that is over.
pub const TOO_LATE: &str = "This call back is over. Goodbye.";

/// To somebody whose call back cannot go on because the store cannot be reached.
pub const AWAY: &str = "I am sorry, this does not work right now. Nobody was rung. Please try again in a minute.";

/// The answer to `CALL 41` of this person.
pub fn begun(begun: &Begun, promise: PromiseId, asks: &StaffId, rota: &Rota) -> String {
    let promise = promise.0;
    match begun {
        Begun::RingingYou => "Your phone rings in a moment. Press 1 and you are connected.".to_owned(),
        Begun::AlreadyRinging { by } if by == asks => format!("You are being connected for {promise} already."),
        Begun::AlreadyRinging { by } => format!("{} is being connected for {promise} already.", rota.name(by)),
        Begun::OnACall => format!("You are on a call. CALL {promise} again after it."),
        Begun::NoNumber => format!("The caller of {promise} withheld the number, so there is nobody to ring."),
        Begun::Costly => format!(
            "The number of {promise} costs like a premium one, so it is not rung from here. DONE {promise} when it is settled."
        ),
        Begun::Closed => format!("{promise} is closed: nobody waits for that call."),
        Begun::NoSuchPromise => format!("There is no promise {promise}."),
        Begun::NotOnStaff => "Only somebody of the staff can do this.".to_owned(),
    }
}

/// Who is rung, what it is about, the key.
pub fn whisper(call_back: &CallBack, with_key: bool) -> String {
    let business = call_back.business.trim_end_matches('.');
    let mut say = match &call_back.name {
        Some(name) => format!("{business}. Ring {name} back"),
        None => format!("{business}. Ring back the number ending {}", last_digits(call_back.phone)),
    };
    if let Some(note) = call_back.note.as_deref().map(first_words).filter(|note| !note.is_empty()) {
        say.push_str(": ");
        say.push_str(&note);
    }
    say.push('.');
    if with_key {
        say.push_str(" Press 1.");
    }
    say
}

/// Heard when the customer's phone has rung in vain.
pub fn not_answered(call_back: &CallBack) -> String {
    let who = call_back.name.as_deref().unwrap_or("The caller");
    format!("{who} did not answer. The promise stays open.")
}

/// The text that says how it ended, and what to do.
pub fn told(call_back: &CallBack, ending: Ending) -> String {
    let promise = call_back.promise.0;
    let name = call_back.name.as_deref().unwrap_or("the caller");
    let customer = format!("{name} ({})", call_back.phone.spaced());
    let open = format!("{promise} stays open. CALL {promise} to try again.");
    match ending {
        Ending::Kept { seconds } => format!("{promise} is kept: you spoke {} with {customer}.", length(seconds)),
        Ending::TooShort { seconds } => format!("You spoke {} with {customer}: {open}", length(seconds)),
        Ending::NotAnswered => format!("{} did not answer: {open}", capital(&customer)),
        Ending::NotTaken => format!("You were rung to ring {customer} back, and did not take it: {open}"),
        Ending::Failed => format!("You could not be connected to {customer}: {open}"),
    }
}

/// `12 s`, `4 min`.
fn length(seconds: u32) -> String {
    if seconds < 120 { format!("{seconds} s") } else { format!("{} min", seconds / 60) }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
