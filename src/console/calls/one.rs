//! One call: what happened, to whom, and why each person was rung or passed over.

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use maud::{Markup, html};

use super::words::CallsWords;
use super::{address, badge, caller, message, name};
use crate::console::words::Words;
use crate::console::{Console, Me, Problem, times};
use crate::domain::access::{Deed, Role};
use crate::domain::call::story::{Entry, Happened};
use crate::domain::call::{Call, CallId};
use crate::domain::promise::Promise;
use crate::domain::report::accepted;
use crate::domain::words::Language;
use crate::store::audit;
use crate::store::call_notes::{self, CallNote};
use crate::store::calls::{self, Meant};
use crate::store::promises;

/// In characters.
const NOTE_MAX: usize = 2_000;

pub(in crate::console) struct One {
    pub(in crate::console) call: Call,
    pub(in crate::console) promise: Option<Promise>,
    pub(in crate::console) note: Option<CallNote>,
}

/// By its id, the beginning of it, or the provider's id.
pub(in crate::console) async fn one(console: &Console, language: Language, typed: &str) -> Result<One, Problem> {
    let wanted = typed.to_owned();
    let found = console.read(move |tx| {
        let call = match calls::get(tx, &wanted)? {
            Meant::One(stored) => stored.call,
            Meant::Several => return Ok(Err(Meant::Several)),
            Meant::None => return Ok(Err(Meant::None)),
        };
        let promise = promises::of_calls(tx, &[call.id])?.pop().map(|stored| stored.promise);
        let note = call_notes::get(tx, call.id)?;
        Ok(Ok(One { call, promise, note }))
    });
    found.await?.map_err(|meant| match meant {
        Meant::Several => Problem::Wrong(CallsWords(language).several(typed)),
        Meant::None | Meant::One(_) => Problem::NotFound,
    })
}

/// What became of a note.
pub(in crate::console) enum Noted {
    Written(CallId),
    /// Somebody else was first: nothing is written.
    Changed(CallId),
}

/// Another one for every note, and for none.
pub(in crate::console) fn mark(note: Option<&CallNote>) -> String {
    let digest = digest(&SHA256, note.map_or("", |note| &note.text).as_bytes());
    HEXLOWER.encode(digest.as_ref().get(..8).unwrap_or_default())
}

/// Writes what is to be remembered of a call in the place of what was; nothing takes it away. `seen`: the mark of what
/// was shown to whoever writes this; without it whatever stands there is replaced.
pub(in crate::console) async fn note(
    console: &Console,
    me: &Me,
    typed: &str,
    text: &str,
    seen: Option<&str>,
) -> Result<Noted, Problem> {
    me.may(Role::Staff)?;
    let text = text.trim();
    if text.chars().count() > NOTE_MAX {
        return Err(Problem::Wrong(CallsWords(me.language).note_too_long(NOTE_MAX)));
    }
    let id = one(console, me.language, typed).await?.call.id;
    let at = console.clock.now();
    let note = Some(CallNote { text: text.to_owned(), by: me.name.clone(), at }).filter(|note| !note.text.is_empty());
    let (who, seen) = (me.who(), seen.map(str::to_owned));
    let write = move |tx: &mut crate::store::Tx<'_>| {
        let before = call_notes::get(tx, id)?;
        let text = |note: &Option<CallNote>| note.as_ref().map(|note| note.text.clone());
        if text(&before) == text(&note) {
            return Ok(Noted::Written(id));
        }
        if seen.as_ref().is_some_and(|seen| *seen != mark(before.as_ref())) {
            return Ok(Noted::Changed(id));
        }
        call_notes::put(tx, id, note.as_ref())?;
        let (before, after) = (text(&before).map(Into::into), text(&note).map(Into::into));
        let (who, subject) = (who.clone(), format!("call {}", id.0));
        audit::note(tx, &audit::Entry { who, at, what: Deed::CallNoted, subject, before, after })?;
        Ok(Noted::Written(id))
    };
    console.write(write).await
}

/// `unsaved`: a note that somebody has written while another one was.
pub(super) fn page(console: &Console, me: &Me, found: &One, unsaved: Option<&str>) -> Markup {
    let One { call, promise, note } = found;
    let words = CallsWords(me.language);
    html! {
        (facts(console, me.language, call, promise.as_ref()))
        (onwards(console, me, call))
        section aria-labelledby="happened" { h2 #happened { (words.happened()) } (timeline(console, words, call)) }
        @if let Some(left) = &call.message {
            section aria-labelledby="message" {
                h2 #message { (words.message()) }
                (message(console, call.id, left, me.language))
            }
        }
        section aria-labelledby="note" { h2 #note { (words.note()) } (written(console, me, call, note.as_ref(), unsaved)) }
        section aria-labelledby="plan" { h2 #plan { (words.plan()) } (plan(console, words, call)) }
        details {
            summary { (words.ids()) }
            dl {
                dt { (words.id()) } dd .mono { (call.id.0) }
                dt { (words.at_provider(&call.provider)) } dd .mono { (call.provider_id.0) }
            }
        }
    }
}

fn facts(console: &Console, language: Language, call: &Call, promise: Option<&Promise>) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), CallsWords(language));
    let taken = accepted(call);
    html! {
        p { (badge(call, words)) }
        dl {
            dt { (words.came_in()) }
            dd { time datetime=(times::machine(call.started)) { (times::short(language, call.started, &now)) } }
            dt { (words.line()) } dd { (call.line) " " span .soft .number { (call.number.spaced()) } }
            dt { (words.caller()) }
            dd {
                @if let Some(customer) = &call.customer {
                    a href={ "/console/customers/" (customer.id.0) } { (customer.name) }
                    " "
                }
                @if let Some(phone) = call.from.phone() { a .number href={ "tel:" (phone) } { (phone.spaced()) } }
                @else if call.customer.is_none() { (caller(call, language)) }
            }
            @if let Some(taken) = &taken {
                dt { (words.taken_by()) }
                dd { (name(call, &taken.who, &rota)) " " span .soft { (words.since_start(taken.seconds)) } }
            }
            @if let Some(promise) = promise {
                dt { a href={ "/console/promises/" (promise.id.0) } { (words.promise(promise.id.0)) } }
                dd { (words.promise_of(rota.name(&promise.owner), times::short(language, promise.due, &now))) }
            }
        }
    }
}

/// What whoever reads this may want next.
fn onwards(console: &Console, me: &Me, call: &Call) -> Markup {
    let words = CallsWords(me.language);
    let phone = call.from.phone().map(|phone| phone.to_string());
    let of_caller = |at: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("caller", phone.as_deref().unwrap_or("withheld")).append_pair("line", call.line.as_str());
        query.append_pair("at", at).finish()
    };
    let came = call.started.to_zoned(console.rota().zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let stranger = phone.as_deref().filter(|_| call.customer.is_none() && me.role.may(Role::Admin));
    html! {
        p .row {
            @if let Some(number) = stranger {
                @let number: String = form_urlencoded::byte_serialize(number.as_bytes()).collect();
                a .button.quiet href={ "/console/customers/new?number=" (number) } { (words.add_customer()) }
            }
            a .button.quiet href={ "/console/who?" (of_caller("")) } { (words.who_would_ring()) }
            a .button.quiet href={ "/console/rehearse?" (of_caller(&came)) } { (words.rehearse_this()) }
        }
    }
}

fn timeline(console: &Console, words: CallsWords, call: &Call) -> Markup {
    let rota = console.rota();
    html! {
        ol .timeline {
            @for entry in &call.story {
                @let who = entry.who.as_ref().map(|who| name(call, who, &rota)).unwrap_or_default();
                @let at = entry.at.to_zoned(rota.zone.clone());
                li .(mood(entry)) {
                    time .number datetime=(times::machine(entry.at)) { (at.strftime("%H:%M:%S").to_string()) }
                    span { (words.told(entry.what, &who)) }
                    @if let Some(why) = &entry.why { span .why { (why.in_words(words.0)) } }
                }
            }
        }
    }
}

fn mood(entry: &Entry) -> &'static str {
    match entry.what {
        Happened::Accepted | Happened::RingsBack { .. } | Happened::Promised { .. } => "good",
        Happened::Silent
        | Happened::NoAnswer
        | Happened::Busy
        | Happened::Unreachable
        | Happened::Declined
        | Happened::HungUpInWhisper => "warn",
        Happened::BridgedWithoutAccept
        | Happened::AcceptedWithoutBridge
        | Happened::GivenUpWaiting
        | Happened::CarriedWithoutStore => "bad",
        Happened::CameIn
        | Happened::Rings { .. }
        | Happened::NotRung
        | Happened::PickedUp
        | Happened::WrongKey { .. }
        | Happened::Canceled
        | Happened::MessageLeft { .. }
        | Happened::CallerHungUp
        | Happened::TalkEnded { .. }
        | Happened::Blocked => "plain",
    }
}

fn plan(console: &Console, words: CallsWords, call: &Call) -> Markup {
    let rota = console.rota();
    html! {
        @if call.plan.steps.is_empty() { p .soft { (words.plan_none()) } }
        @else {
            ol {
                @for step in &call.plan.steps {
                    li { (step.name) " " (words.seconds_long(step.seconds)) span .soft { " (" (step.reason.in_words(words.0)) ")" } }
                }
            }
        }
        @if !call.plan.skipped.is_empty() {
            h3 { (words.skipped()) }
            ul {
                @for skipped in &call.plan.skipped {
                    li { (rota.name(&skipped.who)) span .soft { " (" (skipped.reason.in_words(words.0)) ")" } }
                }
            }
        }
    }
}

fn written(console: &Console, me: &Me, call: &Call, note: Option<&CallNote>, unsaved: Option<&str>) -> Markup {
    let words = CallsWords(me.language);
    html! {
        @if let Some(note) = note {
            p .soft .small { (words.note_by(&note.by, times::short(me.language, note.at, &console.now()))) }
        }
        @if unsaved.is_some() {
            div .notice.warn role="alert" { p { (words.note_changed()) } }
            @if let Some(note) = note { blockquote { p { (note.text) } } } @else { p .soft { (words.no_note()) } }
        }
        @if me.role.may(Role::Staff) {
            form method="post" action={ (address(call.id)) "/note" } {
                input type="hidden" name="seen" value=(mark(note));
                div .field {
                    label .hidden for="note-text" { (words.note()) }
                    textarea #note-text name="note" maxlength=(NOTE_MAX) aria-describedby="note-hint" {
                        (unsaved.or(note.map(|note| note.text.as_str())).unwrap_or_default())
                    }
                    span #note-hint .hint { (words.note_hint()) }
                }
                button { (Words(me.language).save()) }
            }
        } @else if let Some(note) = note { p { (note.text) } }
        @else { p .soft { (words.no_note()) } }
    }
}
