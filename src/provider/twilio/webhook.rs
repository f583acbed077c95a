//! What Twilio tells us, in our words. Read loosely: Twilio adds parameters whenever it likes, so
//! unknown ones are ignored, over-long ones are cut, and only the id of the call must be right.

use crate::domain::call_back;
use crate::domain::caller::{Attestation, Party};
use crate::domain::event::{Event, Incoming, LegStatus, ProviderCallId, RingDone, RingResult, Text, What};
use crate::domain::instruction::Stage;
use crate::domain::phone::Phone;
use crate::provider::form::Form;
use crate::provider::{Hook, Malformed};

/// Twilio's ids have 34 characters.
const ID_BYTES_MAX: usize = 64;
/// No phone number or SIP address is longer (RFC 3261 leaves the latter open; 255 is what others take).
const ADDRESS_BYTES_MAX: usize = 255;
const URL_BYTES_MAX: usize = 1_024;
/// A text has at most 1,600 characters, of at most four bytes each.
const TEXT_BYTES_MAX: usize = 6_400;
/// Two minutes of speech are some 2,500 characters.
const TRANSCRIPT_BYTES_MAX: usize = 16_000;

/// Also what a fuzzer calls: with any form at all there is an event or an error.
pub fn event(form: &Form, hook: Hook) -> Result<Event, Malformed> {
    match hook {
        Hook::Voice => on_call(form, call_started(form)),
        Hook::Status => on_call(form, call_progress(form)),
        Hook::Stage(Stage::Whisper { step }) => on_leg(form, What::LegAnswered { step }),
        Hook::Stage(Stage::Key { step, attempt }) => {
            on_leg(form, What::KeyPressed { step, attempt, key: key_pressed(form) })
        }
        Hook::Stage(Stage::Leg { step }) => on_leg(form, leg_progress(form, step)),
        Hook::Stage(Stage::RingDone { step }) => on_call(form, What::RingDone { step, ring: ring_done(form) }),
        Hook::Stage(Stage::Message) => on_call(
            form,
            What::MessageDone { seconds: number(form, "RecordingDuration"), recording: recording_address(form) },
        ),
        Hook::Stage(Stage::Recording) => on_call(form, recording(form)),
        Hook::Stage(Stage::Transcript) => on_call(form, transcript(form)),
    }
}

/// News of a call back. As [`event`]: with any form at all there is news or an error.
pub fn call_back(form: &Form, stage: call_back::Stage) -> Result<call_back::News, Malformed> {
    identity(form, "CallSid")?;
    Ok(match stage {
        call_back::Stage::PickedUp => call_back::News::PickedUp,
        call_back::Stage::Key { attempt } => call_back::News::Key { attempt, key: key_pressed(form) },
        call_back::Stage::Done => call_back::News::Done(ring_done(form)),
        call_back::Stage::Customer => {
            call_back::News::Customer { status: leg_status(form), seconds: number(form, "CallDuration") }
        }
        call_back::Stage::Staff => call_back::News::Staff(leg_status(form)),
    })
}

/// An incoming text.
pub fn text(form: &Form) -> Result<Text, Malformed> {
    let id = if form.get("MessageSid").is_some() { "MessageSid" } else { "SmsSid" };
    Ok(Text {
        provider_id: identity(form, id)?,
        from: party(form.get("From")),
        to: phone(form.get("To")),
        body: clean(form.get("Body").unwrap_or_default(), TEXT_BYTES_MAX),
    })
}

fn on_call(form: &Form, what: What) -> Result<Event, Malformed> {
    Ok(Event { provider_id: ProviderCallId(identity(form, "CallSid")?), what })
}

/// A leg has a `CallSid` of its own; the caller's is its parent.
fn on_leg(form: &Form, what: What) -> Result<Event, Malformed> {
    Ok(Event { provider_id: ProviderCallId(identity(form, "ParentCallSid")?), what })
}

fn call_started(form: &Form) -> What {
    // The same address configured for the status callback too: not a second call.
    if is_over(form) {
        return call_progress(form);
    }
    What::Incoming(Incoming {
        from: party(form.get("From")),
        to: phone(form.get("To")),
        attestation: attestation(form.get("StirVerstat")),
        forwarded_from: phone(form.get("ForwardedFrom")),
    })
}

fn call_progress(form: &Form) -> What {
    // A leg's end is not the caller's.
    if is_over(form) && form.get("ParentCallSid").is_none_or(str::is_empty) {
        What::CallEnded { seconds: number(form, "CallDuration") }
    } else {
        What::CallProgress
    }
}

/// One key is asked for, so anything but one key is none: `hangup` is what Twilio sends when the
/// other side is gone. A key that arrives after the leg is over cannot take the call any more.
fn key_pressed(form: &Form) -> Option<char> {
    let mut digits = form.get("Digits")?.chars();
    match (digits.next(), digits.next()) {
        (Some(key @ ('0'..='9' | '*' | '#')), None) if !is_over(form) => Some(key),
        (_, _) => None,
    }
}

fn ring_done(form: &Form) -> RingDone {
    RingDone {
        // A word we do not know means that nobody was reached: the next phone rings.
        result: form.get("DialCallStatus").and_then(ring_result).unwrap_or(RingResult::Failed),
        bridged: match form.get("DialBridged") {
            Some("true") => Some(true),
            Some("false") => Some(false),
            Some(_) | None => None,
        },
        seconds: number(form, "DialCallDuration"),
        caller_gone: is_over(form),
    }
}

fn leg_progress(form: &Form, step: u8) -> What {
    match known_leg_status(form) {
        Some(status) => What::LegStatus { step, sequence: number(form, "SequenceNumber").unwrap_or(0), status },
        None => What::CallProgress,
    }
}

fn known_leg_status(form: &Form) -> Option<LegStatus> {
    Some(match form.get("CallStatus")? {
        "queued" | "initiated" => LegStatus::Initiated,
        "ringing" => LegStatus::Ringing,
        "in-progress" | "answered" => LegStatus::Answered,
        word => LegStatus::Ended(ring_result(word)?),
    })
}

/// A word we do not know changes nothing.
fn leg_status(form: &Form) -> LegStatus {
    known_leg_status(form).unwrap_or(LegStatus::Initiated)
}

fn recording(form: &Form) -> What {
    match (form.get("RecordingStatus"), recording_address(form)) {
        (Some("completed"), Some(recording)) => {
            What::RecordingReady { recording, seconds: number(form, "RecordingDuration") }
        }
        (Some("completed" | "absent" | "failed"), _) => What::RecordingAbsent,
        (_, _) => What::CallProgress,
    }
}

/// The address of the sound itself; without the ending it is the recording's description.
fn recording_address(form: &Form) -> Option<String> {
    let url = form.get("RecordingUrl")?;
    let plausible = (url.starts_with("https://") || url.starts_with("http://"))
        && url.len() <= URL_BYTES_MAX
        && url.bytes().all(|byte| byte.is_ascii_graphic());
    plausible.then(|| format!("{url}.mp3"))
}

fn transcript(form: &Form) -> What {
    match (form.get("TranscriptionStatus"), form.get("TranscriptionText")) {
        (Some("completed"), Some(text)) => What::Transcript { text: clean(text, TRANSCRIPT_BYTES_MAX) },
        (_, _) => What::CallProgress,
    }
}

/// Twilio's words for the end of a ring, and the only place that knows them.
fn ring_result(word: &str) -> Option<RingResult> {
    match word {
        "completed" | "answered" => Some(RingResult::Answered),
        "no-answer" => Some(RingResult::NoAnswer),
        "busy" => Some(RingResult::Busy),
        "failed" => Some(RingResult::Failed),
        "canceled" => Some(RingResult::Canceled),
        _ => None,
    }
}

/// Whether the call or leg that the webhook names is over.
fn is_over(form: &Form) -> bool {
    matches!(form.get("CallStatus"), Some("completed" | "busy" | "failed" | "no-answer" | "canceled"))
}

/// Only a plain A is the network's full word. A call that was diverted, or whose passport was merely
/// handed on, is not vouched for by the caller's own carrier.
fn attestation(verstat: Option<&str>) -> Attestation {
    let Some(verstat) = verstat else { return Attestation::None };
    if verstat.starts_with("TN-Validation-Failed") {
        return Attestation::Failed;
    }
    let Some(level) = verstat.strip_prefix("TN-Validation-Passed-") else { return Attestation::None };
    match level {
        "A" => Attestation::Full,
        "B" | "C" | "A-Diverted" | "B-Diverted" | "C-Diverted" | "A-Passthrough" | "B-Passthrough"
        | "C-Passthrough" => Attestation::Partial,
        _ => Attestation::None,
    }
}

fn party(raw: Option<&str>) -> Party {
    match raw {
        Some(raw) if raw.len() <= ADDRESS_BYTES_MAX && !raw.contains(char::is_control) => Party::from_network(raw),
        Some(_) | None => Party::Withheld,
    }
}

fn phone(raw: Option<&str>) -> Option<Phone> {
    let raw = raw.filter(|raw| raw.len() <= ADDRESS_BYTES_MAX)?;
    Phone::from_e164(raw).or_else(|| party(Some(raw)).phone())
}

fn number(form: &Form, name: &str) -> Option<u32> {
    form.get(name)?.parse().ok()
}

fn identity(form: &Form, field: &'static str) -> Result<String, Malformed> {
    let id = form.get(field).filter(|id| !id.is_empty()).ok_or(Malformed { field, problem: "missing" })?;
    if id.len() > ID_BYTES_MAX {
        return Err(Malformed { field, problem: "too long" });
    }
    if !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Malformed { field, problem: "not an id" });
    }
    Ok(id.to_owned())
}

/// At most so many bytes, cut between characters; without NUL, which PostgreSQL cannot keep.
fn clean(text: &str, bytes_max: usize) -> String {
    let end = text.floor_char_boundary(bytes_max);
    text.get(..end).unwrap_or_default().chars().filter(|&letter| letter != '\0').collect()
}
