//! Our instructions as TwiML, Twilio's XML.

use std::borrow::Cow;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::domain::call_back;
use crate::domain::instruction::{Instruction, Ring, Speech, Stage, TakeMessage, Whisper};
use crate::domain::phone::Phone;
use crate::domain::staff::Reach;
use crate::provider::{LastResort, Rendered};

const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// Twilio lets a phone ring about this much longer than `timeout` says.
const RING_MARGIN_SECONDS: u16 = 5;
/// What `timeout` of `<Dial>` may be.
const DIAL_SECONDS: std::ops::RangeInclusive<u16> = 5..=600;
/// The longest conversation that `timeLimit` allows.
const TALK_SECONDS_MAX: u32 = 14_400;
/// Half of the shortest wait for a key. Phones that screen unknown callers (iOS 26) speak a prompt of
/// their own first, so a person needs at least 12 seconds, and the words twice.
const KEY_SECONDS_MIN: u8 = 6;
/// What Twilio writes down: recordings between 2 and 120 seconds.
const TRANSCRIBED_SECONDS: std::ops::RangeInclusive<u16> = 2..=120;
/// Silence that ends a message. People look for an order number for longer than the default of 5.
const MESSAGE_SILENCE_SECONDS: u16 = 8;
/// `<Say>` takes 4,096 characters.
const SAY_CHARACTERS_MAX: usize = 4_000;

/// Cannot be written except by a bug; drops a leg rather than bridge it.
const UNWRITABLE: &str = "<Response><Hangup/></Response>";

enum Verb<'a> {
    Say(&'a Speech),
    /// Says it, waits, says it again, waits; one key at any time ends it at `action`.
    Gather {
        say: &'a Speech,
        seconds: u8,
        action: String,
    },
    Dial(Dial<'a>),
    Record(Record),
    /// A text back to the sender of one.
    Message(&'a str),
    Hangup,
    Reject,
}

struct Dial<'a> {
    seconds: u16,
    talk_seconds_max: Option<u32>,
    caller_id: Option<Phone>,
    to: &'a Reach,
    /// `None`: nobody of ours is asked, before or after.
    ours: Option<DialHooks>,
}

struct DialHooks {
    /// `None`: whoever picks up is connected.
    whisper: Option<String>,
    status: String,
    done: String,
}

struct Record {
    seconds_max: u16,
    action: String,
    recording: String,
    transcript: Option<String>,
}

pub(super) fn render(instruction: &Instruction, url: &dyn Fn(Stage) -> String) -> Rendered {
    match instruction {
        Instruction::Ring(ring) => document(&ringing(ring, url)),
        Instruction::Whisper(whisper) => document(&whispering(whisper, url)),
        // Runs out: that is what bridges a leg.
        Instruction::Connect { say } => document(&spoken(say.as_ref(), None)),
        Instruction::HangUpLeg { say } | Instruction::Goodbye { say } => {
            document(&spoken(say.as_ref(), Some(Verb::Hangup)))
        }
        Instruction::TakeMessage(message) => document(&message_taking(message, url)),
        Instruction::Reject => document(&[Verb::Reject]),
        Instruction::Acknowledge => document(&[]),
    }
}

pub(super) fn render_call_back(
    instruction: &call_back::Instruction,
    url: &dyn Fn(call_back::Stage) -> String,
) -> Rendered {
    match instruction {
        call_back::Instruction::Whisper(whisper) => {
            let action = url(call_back::Stage::Key { attempt: whisper.attempt });
            document(&until_a_key(&whisper.say, whisper.wait_seconds, action))
        }
        call_back::Instruction::Connect(connect) => {
            document(&spoken(connect.say.as_ref(), Some(ringing_the_customer(connect, url))))
        }
        call_back::Instruction::HangUp { say } => document(&spoken(say.as_ref(), Some(Verb::Hangup))),
        call_back::Instruction::Acknowledge => document(&[]),
    }
}

/// Nothing is whispered to the customer: the person is there already.
fn ringing_the_customer<'a>(connect: &'a call_back::Connect, url: &dyn Fn(call_back::Stage) -> String) -> Verb<'a> {
    Verb::Dial(Dial {
        seconds: dial_seconds(connect.seconds),
        talk_seconds_max: Some(connect.talk_seconds_max.clamp(1, TALK_SECONDS_MAX)),
        caller_id: Some(connect.caller_id),
        to: &connect.to,
        ours: Some(DialHooks {
            whisper: None,
            status: url(call_back::Stage::Customer),
            done: url(call_back::Stage::Done),
        }),
    })
}

/// Without us Twilio cannot ask for a key, so a voicemail may take this ring; and whoever was talking
/// hears `sorry` when the owner hangs up first. Both are better than silence.
pub(super) fn render_last_resort(ring: &LastResort) -> Rendered {
    let dial = Dial {
        seconds: dial_seconds(ring.seconds),
        talk_seconds_max: None,
        caller_id: ring.caller_id,
        to: &ring.to,
        ours: None,
    };
    document(&[Verb::Dial(dial), Verb::Say(&ring.sorry)])
}

pub(super) fn render_text_reply(say: &str) -> Rendered {
    document(&[Verb::Message(say)])
}

fn ringing<'a>(ring: &'a Ring, url: &dyn Fn(Stage) -> String) -> Vec<Verb<'a>> {
    let step = ring.step;
    let dial = Verb::Dial(Dial {
        seconds: dial_seconds(ring.seconds),
        talk_seconds_max: Some(ring.talk_seconds_max.clamp(1, TALK_SECONDS_MAX)),
        caller_id: Some(ring.caller_id),
        to: &ring.to,
        ours: Some(DialHooks {
            whisper: Some(url(Stage::Whisper { step })),
            status: url(Stage::Leg { step }),
            done: url(Stage::RingDone { step }),
        }),
    });
    spoken(ring.greeting.as_ref(), Some(dial))
}

fn whispering<'a>(whisper: &'a Whisper, url: &dyn Fn(Stage) -> String) -> [Verb<'a>; 2] {
    let action = url(Stage::Key { step: whisper.step, attempt: whisper.attempt });
    until_a_key(&whisper.say, whisper.wait_seconds, action)
}

/// Silence falls through to the hang-up without asking us, so it holds even while we are down.
fn until_a_key(say: &Speech, wait_seconds: u8, action: String) -> [Verb<'_>; 2] {
    [Verb::Gather { say, seconds: wait_seconds.max(KEY_SECONDS_MIN), action }, Verb::Hangup]
}

/// An empty recording asks nobody and falls through: hence the hang-up.
fn message_taking<'a>(message: &'a TakeMessage, url: &dyn Fn(Stage) -> String) -> [Verb<'a>; 3] {
    let transcribe = message.transcribe
        && primary(&message.say.language).eq_ignore_ascii_case("en")
        && TRANSCRIBED_SECONDS.contains(&message.seconds_max);
    let record = Record {
        seconds_max: message.seconds_max.max(1),
        action: url(Stage::Message),
        recording: url(Stage::Recording),
        transcript: transcribe.then(|| url(Stage::Transcript)),
    };
    [Verb::Say(&message.say), Verb::Record(record), Verb::Hangup]
}

fn spoken<'a>(say: Option<&'a Speech>, then: Option<Verb<'a>>) -> Vec<Verb<'a>> {
    say.map(Verb::Say).into_iter().chain(then).collect()
}

pub(super) fn dial_seconds(ring_seconds: u16) -> u16 {
    ring_seconds.saturating_sub(RING_MARGIN_SECONDS).clamp(*DIAL_SECONDS.start(), *DIAL_SECONDS.end())
}

fn document(verbs: &[Verb<'_>]) -> Rendered {
    let body = written(verbs).unwrap_or_else(|_| UNWRITABLE.to_owned());
    Rendered { content_type: CONTENT_TYPE, body }
}

fn written(verbs: &[Verb<'_>]) -> io::Result<String> {
    let mut page = Page(Writer::new(Vec::with_capacity(1024)));
    page.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    if verbs.is_empty() {
        page.empty("Response", &[])?;
    } else {
        page.open("Response", &[])?;
        verbs.iter().try_for_each(|verb| page.verb(verb))?;
        page.close("Response")?;
    }
    String::from_utf8(page.0.into_inner()).map_err(io::Error::other)
}

struct Page(Writer<Vec<u8>>);

impl Page {
    fn verb(&mut self, verb: &Verb<'_>) -> io::Result<()> {
        match verb {
            Verb::Say(speech) => self.say(speech),
            Verb::Gather { say, seconds, action } => {
                let seconds = seconds.to_string();
                // An empty `finishOnKey`: # is a wrong key like any other, not silence.
                self.open(
                    "Gather",
                    &[("numDigits", "1"), ("timeout", &seconds), ("finishOnKey", ""), ("action", action)],
                )?;
                self.say(say)?;
                self.empty("Pause", &[("length", &seconds)])?;
                self.say(say)?;
                self.close("Gather")
            }
            Verb::Dial(dial) => self.dial(dial),
            Verb::Record(record) => self.record(record),
            Verb::Message(text) => {
                self.open("Message", &[])?;
                self.text(text)?;
                self.close("Message")
            }
            Verb::Hangup => self.empty("Hangup", &[]),
            // A busy tone; the default speaks an announcement.
            Verb::Reject => self.empty("Reject", &[("reason", "busy")]),
        }
    }

    fn say(&mut self, speech: &Speech) -> io::Result<()> {
        let text: String = speech.text.chars().take(SAY_CHARACTERS_MAX).collect();
        match voice(&speech.language) {
            Some((voice, language)) => self.open("Say", &[("voice", voice), ("language", language)])?,
            None if speech.language.is_empty() => self.open("Say", &[])?,
            None => self.open("Say", &[("language", &speech.language)])?,
        }
        self.text(&text)?;
        self.close("Say")
    }

    fn dial(&mut self, dial: &Dial<'_>) -> io::Result<()> {
        let seconds = dial.seconds.to_string();
        let talk = dial.talk_seconds_max.map(|seconds| seconds.to_string());
        let caller_id = dial.caller_id.map(|phone| phone.to_string());
        // Without answerOnBridge the caller would be answered, and billed, while phones still ring.
        let mut attributes = vec![("answerOnBridge", "true"), ("timeout", seconds.as_str())];
        attributes.extend(talk.as_deref().map(|talk| ("timeLimit", talk)));
        attributes.extend(dial.ours.as_ref().map(|ours| ("action", ours.done.as_str())));
        attributes.extend(caller_id.as_deref().map(|id| ("callerId", id)));
        self.open("Dial", &attributes)?;

        let mut hooks = Vec::new();
        if let Some(ours) = &dial.ours {
            hooks.extend(ours.whisper.as_deref().map(|whisper| ("url", whisper)));
            hooks.push(("statusCallback", ours.status.as_str()));
            hooks.push(("statusCallbackEvent", "initiated ringing answered completed"));
        }
        let (noun, address) = match dial.to {
            Reach::Phone(phone) => ("Number", Cow::Owned(phone.to_string())),
            Reach::Sip(address) => ("Sip", Cow::Borrowed(address.as_str())),
        };
        self.open(noun, &hooks)?;
        self.text(&address)?;
        self.close(noun)?;
        self.close("Dial")
    }

    fn record(&mut self, record: &Record) -> io::Result<()> {
        let seconds_max = record.seconds_max.to_string();
        let silence = MESSAGE_SILENCE_SECONDS.to_string();
        let mut attributes = vec![
            // Always an action: by default Twilio asks for the present document again, for ever.
            ("action", record.action.as_str()),
            ("maxLength", seconds_max.as_str()),
            ("timeout", silence.as_str()),
            ("playBeep", "true"),
            // One key instead of all twelve: a cheek on the screen does not cut a message short.
            ("finishOnKey", "#"),
            ("recordingStatusCallback", record.recording.as_str()),
            ("recordingStatusCallbackEvent", "completed absent"),
        ];
        if let Some(transcript) = &record.transcript {
            attributes.extend([("transcribe", "true"), ("transcribeCallback", transcript.as_str())]);
        }
        self.empty("Record", &attributes)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(element(name, attributes)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(element(name, attributes)))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new(&legal(text))))
    }
}

fn element<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for &(key, value) in attributes {
        element.push_attribute((key, legal(value).as_ref()));
    }
    element
}

/// Without the characters that XML 1.0 forbids even when escaped: one of them, and Twilio refuses
/// the whole document.
fn legal(text: &str) -> Cow<'_, str> {
    let is_legal = |letter: char| matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(is_legal) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&letter| is_legal(letter)).collect())
    }
}

/// The part of a BCP 47 tag before the region: `en` of `en-GB`.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A voice for a tag, and the tag as Twilio spells it. Twilio's default voices do not speak every
/// language, Welsh for one; a language that is not here is left to them.
fn voice(tag: &str) -> Option<(&'static str, &'static str)> {
    const VOICES: [(&str, &str); 14] = [
        ("Polly.Amy", "en-GB"),
        ("Polly.Joanna", "en-US"),
        ("Polly.Nicole", "en-AU"),
        ("Polly.Raveena", "en-IN"),
        ("Polly.Gwyneth", "cy-GB"),
        ("Polly.Vicki", "de-DE"),
        ("Polly.Lea", "fr-FR"),
        ("Polly.Chantal", "fr-CA"),
        ("Polly.Lucia", "es-ES"),
        ("Polly.Mia", "es-MX"),
        ("Polly.Bianca", "it-IT"),
        ("Polly.Lotte", "nl-NL"),
        ("Polly.Ewa", "pl-PL"),
        ("Polly.Ines", "pt-PT"),
    ];
    let exact = VOICES.into_iter().find(|(_, language)| language.eq_ignore_ascii_case(tag));
    exact.or_else(|| VOICES.into_iter().find(|(_, language)| primary(language).eq_ignore_ascii_case(primary(tag))))
}
