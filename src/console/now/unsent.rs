//! What the provider did not take: sent again, or seen and left.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Redirect;
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};

use super::fix::UNSENT;
use super::words::NowWords;
use crate::console::{Desk, Me, Nav, Page, Problem, times};
use crate::domain::access::{Deed, Role};
use crate::domain::job::{self, Outbound};
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::Reach;
use crate::domain::texting::after_quiet;
use crate::store::jobs::{self, Job, JobId};
use crate::store::{StoreError, Tx, audit};

/// After that nobody waits for it any more.
const FAILED_LATELY: SignedDuration = SignedDuration::from_hours(48);
const FAILED_MAX: u32 = 50;
/// A first try or two in vain are nothing; a third is half a minute.
const TRIES_MIN: u32 = 3;
/// The longest wait between two tries is shorter; what is due later waits for something else, such as the morning.
const TRIED_WITHIN: SignedDuration = SignedDuration::from_hours(1);
const STRUGGLING_MAX: u32 = 200;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(UNSENT, get(show)).route("/console/unsent/{job}/{deed}", post(do_it))
}

pub(in crate::console) struct Unsent {
    /// Given up, the newest first.
    pub(in crate::console) failed: Vec<Job>,
    /// Tried in vain several times, and tried again by itself.
    pub(in crate::console) struggling: Vec<Job>,
}

pub(in crate::console) fn look(tx: &mut Tx<'_>, now: Timestamp) -> Result<Unsent, StoreError> {
    Ok(Unsent {
        failed: jobs::failed_since(tx, now - FAILED_LATELY, FAILED_MAX)?,
        struggling: jobs::struggling(tx, TRIES_MIN, now + TRIED_WITHIN, STRUGGLING_MAX)?,
    })
}

/// What a person does about something that was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::console) enum Seen {
    SendAgain,
    LetBe,
}

/// [`Problem::Conflict`] where somebody was faster, or where it cannot be sent again.
pub(in crate::console) async fn see_to(console: &Desk, me: &Me, id: JobId, seen: Seen) -> Result<(), Problem> {
    me.may(Role::Staff)?;
    let (who, local, quiet) = (me.who(), console.now(), console.rota().quiet);
    let at = local.timestamp();
    let write = move |tx: &mut Tx<'_>| {
        let Some(job) = jobs::get(tx, id)? else { return Ok(None) };
        let (what, changed) = match seen {
            Seen::SendAgain => {
                // Given up long ago: a customer is not woken by it.
                let due = if is_to_customer(&job) { after_quiet(quiet, &local).max(at) } else { at };
                (Deed::SentAgain, is_text(&job) && jobs::begin_again(tx, id, due)?)
            }
            Seen::LetBe => (Deed::UnsentSeen, jobs::let_be(tx, id)?),
        };
        if changed {
            // Whose number it was stays out of the log.
            let subject = format!("job {}", id.0);
            audit::note(tx, &audit::Entry { who: who.clone(), at, what, subject, before: None, after: None })?;
        }
        Ok(Some(changed))
    };
    match console.write(write).await? {
        Some(true) => Ok(()),
        Some(false) => Err(Problem::Conflict(NowWords(me.language).seen_already())),
        None => Err(Problem::NotFound),
    }
}

async fn show(State(console): State<Desk>, me: Me) -> Result<Markup, Problem> {
    let at = console.clock.now();
    let Unsent { failed, struggling } = console.read(move |tx| look(tx, at)).await?;
    let words = NowWords(me.language);
    let main = html! {
        @if failed.is_empty() && struggling.is_empty() {
            div .empty { p { (words.all_sent()) } p { a href="/console" { (words.title()) } } }
        }
        @if !failed.is_empty() {
            section aria-labelledby="failed" {
                h2 #failed { (words.given_up()) }
                ul .cards { @for job in &failed { li .card { (given_up(&console, &me, job)) } } }
            }
        }
        @if !struggling.is_empty() {
            section aria-labelledby="struggling" {
                h2 #struggling { (words.still_tried()) }
                p .soft { (words.still_tried_why()) }
                ul .cards { @for job in &struggling { li .card { (tried(&console, &me, job)) } } }
            }
        }
    };
    Ok(Page::new(Nav::Now, words.not_sent_title()).show(&console, &me, &main))
}

fn given_up(console: &Desk, me: &Me, job: &Job) -> Markup {
    let words = NowWords(me.language);
    let name = of(&console.rota(), job, words);
    html! {
        (facts(console, me, job, &name, job.due))
        @if me.role.may(Role::Staff) {
            div .row {
                @if is_text(job) {
                    form method="post" action={ (UNSENT) "/" (job.id.0) "/again" } {
                        button aria-label={ (words.send_again()) ": " (name) } { (words.send_again()) }
                    }
                }
                form method="post" action={ (UNSENT) "/" (job.id.0) "/seen" } {
                    button .quiet aria-label={ (words.seen()) ": " (name) } { (words.seen()) }
                }
            }
        }
    }
}

fn tried(console: &Desk, me: &Me, job: &Job) -> Markup {
    let (now, words) = (console.now(), NowWords(me.language));
    let name = of(&console.rota(), job, words);
    html! {
        (facts(console, me, job, &name, job.made))
        p { (words.tried(job.attempts, times::short(me.language, job.due, &now))) }
    }
}

fn facts(console: &Desk, me: &Me, job: &Job, name: &str, at: Timestamp) -> Markup {
    let now = console.now();
    html! {
        p .row .apart {
            strong { (name) }
            time .soft datetime=(times::machine(at)) { (times::short(me.language, at, &now)) }
        }
        @if let Some(why) = &job.last_error { p lang="en" { (why) } }
    }
}

async fn do_it(
    State(console): State<Desk>,
    me: Me,
    Path((job, deed)): Path<(i64, String)>,
) -> Result<Redirect, Problem> {
    let seen = match deed.as_str() {
        "again" => Seen::SendAgain,
        "seen" => Seen::LetBe,
        _ => return Err(Problem::NotFound),
    };
    see_to(&console, &me, JobId(job), seen).await?;
    Ok(Redirect::to(UNSENT))
}

/// What it was to be: `A text to Tom Ellis`. What it says is not shown: it may be a code for signing in.
fn of(rota: &Rota, job: &Job, words: NowWords) -> String {
    match outbound(job) {
        Some(Outbound::Text { to, .. }) => words.text_to(whose(rota, &Reach::Phone(to))),
        Some(Outbound::Call { to, .. }) => words.call_to(whose(rota, &to)),
        None => words.something(),
    }
}

/// A person of the rota by name, anybody else by number.
fn whose(rota: &Rota, reach: &Reach) -> String {
    let person = rota.staff.iter().find(|person| person.reach == *reach);
    person.map_or_else(
        || match reach {
            Reach::Phone(phone) => Phone::spaced(*phone),
            Reach::Sip(address) => address.clone(),
        },
        |person| person.name.clone(),
    )
}

pub(in crate::console) fn outbound(job: &Job) -> Option<Outbound> {
    serde_json::from_str::<job::Job>(&job.doc).ok().map(|job| job.outbound)
}

/// Whoever wanted a call was told that it failed, and asks for another.
fn is_text(job: &Job) -> bool {
    matches!(outbound(job), Some(Outbound::Text { .. }))
}

fn is_to_customer(job: &Job) -> bool {
    serde_json::from_str::<job::Job>(&job.doc).is_ok_and(|job| job.stoppable_by().is_some())
}

/// Who did not take it.
pub(super) fn provider(job: &Job) -> String {
    serde_json::from_str::<job::Job>(&job.doc).map(|job| job.provider).unwrap_or_default()
}
