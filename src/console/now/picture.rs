//! What the page Now shows, at one moment.

use jiff::{SignedDuration, Timestamp, Zoned};
use maud::{Markup, html};

use super::fix::{Fix, line_of};
use super::unsent::{self, Unsent};
use super::words::NowWords;
use crate::config::diagnostic::Severity;
use crate::console::words::Words;
use crate::console::{Console, times};
use crate::domain::call::{Call, Leg, State};
use crate::domain::caller::Party;
use crate::domain::phone::Phone;
use crate::domain::promise::{Promise, PromiseState};
use crate::domain::rota::outlook::{Gap, Lack};
use crate::domain::rota::wall_clock;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::store::calls;
use crate::store::promises::{self, Which};

/// Gaps further ahead are the rota page's.
const GAPS_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 28);
const SHIFT_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 15);
const FIXES_MAX: usize = 12;
const CALLS_MAX: u32 = 60;
const PROMISES_MAX: u32 = 2_000;
/// How long a webhook that was not let in is told.
const REFUSED: SignedDuration = SignedDuration::from_hours(1);

/// Words are chosen when it is shown; names and times are as they were when it was taken.
pub(crate) struct Picture {
    now: Zoned,
    lines: Vec<Line>,
    away: Vec<Away>,
    calls: Vec<Live>,
    promises: Vec<Due>,
    fixes: Vec<Fix>,
}

struct Line {
    name: String,
    number: String,
    open: bool,
    /// The first is on call, the others stand behind.
    people: Vec<String>,
    until: Option<Timestamp>,
}

struct Away {
    name: String,
    until: Timestamp,
    cover: Option<String>,
}

struct Live {
    id: String,
    caller: Option<String>,
    withheld: bool,
    line: String,
    doing: Doing,
    since: Timestamp,
}

enum Doing {
    Rings(String),
    Whispers(String),
    Talks(String),
    Promised(String),
}

struct Due {
    id: i64,
    who: Option<String>,
    owner: String,
    due: Timestamp,
    broken: bool,
}

impl Picture {
    /// Without what is in the store, if it is away: who has the phone is told all the same.
    pub(crate) async fn take(console: &Console) -> Self {
        let operator = console.operator.clone();
        // Who is away may have been said a moment ago, or to another instance.
        let known = console.read(move |tx| operator.desk().rota_in(tx)).await;
        let (rota, now) = (known.unwrap_or_else(|_| console.rota()), console.now());
        let at = now.timestamp();
        let name = |who: &StaffId| rota.name(who).to_owned();
        let lines = rota.lines.iter().map(|line| {
            let shift = rota.shifts(line, at, at + SHIFT_AHEAD).into_iter().next();
            let duty = rota.duty(line, at);
            Line {
                name: line.id.as_str().to_owned(),
                number: line.number.spaced(),
                open: duty.open,
                people: duty.people.iter().map(|person| name(&person.who)).collect(),
                until: shift.map(|shift| shift.until).filter(|until| *until < at + SHIFT_AHEAD),
            }
        });
        let away = rota.staff.iter().filter_map(|person| {
            let absence = rota.absence(&person.id, at)?;
            let until = wall_clock::ends(&rota.zone, absence.until);
            Some(Away { name: person.name.clone(), until, cover: absence.cover.as_ref().map(name) })
        });
        let mut picture = Self {
            lines: lines.collect(),
            away: away.collect(),
            calls: Vec::new(),
            promises: Vec::new(),
            fixes: Vec::new(),
            now,
        };
        picture.look_into_store(console).await;
        picture.look_at_server(console);
        let advice = console.hindsight.advice(console).await;
        let text = console.file.text().unwrap_or_default();
        picture.fixes.extend(
            advice
                .iter()
                .map(|advice| Fix::Advice { said: advice.said.clone(), line: line_of(&text, advice.who.as_str()) }),
        );
        picture.look_ahead(console);
        picture.fixes.truncate(FIXES_MAX);
        picture
    }

    async fn look_into_store(&mut self, console: &Console) {
        let at = self.now.timestamp();
        let look = move |tx: &mut crate::store::Tx<'_>| {
            let unsent = unsent::look(tx, at)?;
            Ok((calls::live(tx, CALLS_MAX)?, promises::list(tx, Which::Unsettled, PROMISES_MAX)?, unsent))
        };
        let Ok((calls, promises, unsent)) = console.read(look).await else {
            self.fixes.push(Fix::PastUnknown);
            return;
        };
        let rota = console.rota();
        self.calls = calls.iter().filter_map(|stored| live(&stored.call)).collect();
        let due = promises.iter().filter(|promise| is_due(promise, &self.now));
        self.promises = due.map(|promise| owed(promise, &rota)).collect();
        self.look_at_unsent(&unsent);
    }

    fn look_at_unsent(&mut self, unsent: &Unsent) {
        if let Some(newest) = unsent.failed.first() {
            let why = newest.last_error.clone().unwrap_or_default();
            self.fixes.push(Fix::NotSent { count: unsent.failed.len(), why });
        }
        let oldest = unsent.struggling.iter().min_by_key(|job| job.made);
        if let Some(oldest) = oldest {
            self.fixes.push(Fix::NotTaken {
                provider: unsent::provider(oldest),
                count: unsent.struggling.len(),
                since: oldest.made,
                why: oldest.last_error.clone().unwrap_or_default(),
            });
        }
    }

    fn look_at_server(&mut self, console: &Console) {
        let desk = console.operator.desk();
        if desk.is_away() {
            self.fixes.push(Fix::StoreAway(desk.adrift_calls()));
        }
        if console.providers.is_empty() {
            self.fixes.push(Fix::NoProvider);
        }
        let file = console.file.live();
        if let Some(broken) = &file.broken {
            let errors = broken.iter().filter(|problem| problem.severity == Severity::Error);
            self.fixes.push(Fix::RotaBroken(errors.count()));
        }
        let lately = self.now.timestamp() - REFUSED;
        if let Some(refused) = desk.last_refused().filter(|refused| refused.at >= lately) {
            let public_url = console.settings.public_url.clone();
            self.fixes.push(Fix::Refused { provider: refused.provider, at: refused.at, public_url });
        }
    }

    fn look_ahead(&mut self, console: &Console) {
        let (rota, file, at) = (console.rota(), console.file.live(), self.now.timestamp());
        for line in &rota.lines {
            let mut gaps = rota.gaps(line, at, at + GAPS_AHEAD);
            // A shop with one person on call lacks a backup every day: said once.
            while let Some(first) = gaps.first().cloned() {
                let (alike, others): (Vec<Gap>, Vec<Gap>) = gaps.into_iter().partition(|gap| gap.lack == first.lack);
                gaps = others;
                let said = Language::ALL.map(|language| format!("{}: {}", line.id, first.words(&rota, language)));
                let from = rota.zone.to_datetime(first.from).date();
                self.fixes.push(Fix::Gap { said, more: alike.len() - 1, hole: first.lack == Lack::Anybody, from });
            }
        }
        let warned = file.warnings.iter().map(|warning| Fix::Warning {
            words: format!("{}: {}", warning.what, warning.remedy),
            line: Some(warning.line).filter(|line| *line > 0),
        });
        self.fixes.extend(warned);
    }

    pub(in crate::console) fn to_fix(&self) -> &[Fix] {
        &self.fixes
    }

    /// The part of the page that is kept up to date.
    pub(crate) fn part(&self, language: Language) -> Markup {
        let words = NowWords(language);
        html! {
            div .columns {
                div {
                    section aria-labelledby="calls" { h2 #calls { (words.calls()) } (self.calls(language)) }
                    section aria-labelledby="on-call" {
                        h2 #on-call { (words.on_call()) }
                        ul .cards { @for line in &self.lines { li .card { (self.line(line, language)) } } }
                    }
                }
                div {
                    section aria-labelledby="promises" { h2 #promises { (words.promises()) } (self.promises(language)) }
                    section aria-labelledby="away" { h2 #away { (words.away()) } (self.away(language)) }
                    section aria-labelledby="fix" { h2 #fix { (words.fix()) } (self.fixes(language)) }
                }
            }
        }
    }

    fn line(&self, line: &Line, language: Language) -> Markup {
        let words = NowWords(language);
        html! {
            p .row .apart {
                span { strong { (line.name) } " " span .soft .number { (line.number) } }
                @if line.open { span .badge .good { (words.open()) } } @else { span .badge .quiet { (words.closed()) } }
            }
            @if let Some(first) = line.people.first() {
                p .big { (first) }
                @if let Some(until) = line.until {
                    p .soft { (words.until(times::short(language, until, &self.now))) }
                }
                @if line.people.len() > 1 {
                    p { (words.behind(line.people.iter().skip(1).cloned().collect::<Vec<_>>().join(", "))) }
                } @else { p .soft { (words.nobody_behind()) } }
            } @else { p { (words.nobody()) } }
        }
    }

    fn calls(&self, language: Language) -> Markup {
        let words = NowWords(language);
        if self.calls.is_empty() {
            return html! {
                div .empty { p { (words.no_calls()) } p { a href="/console/rehearse" { (words.try_one()) } } }
            };
        }
        html! {
            ul .cards {
                @for call in &self.calls {
                    li .card {
                        p .row .apart {
                            a .big href={ "/console/calls/" (call.id) } { (caller(call, language)) }
                            span .soft { (words.on_line(&call.line)) }
                        }
                        p .row {
                            (call.doing.badge(words))
                            span .number .soft {
                                (words.since()) " "
                                span data-since=(call.since.as_second()) { (waited(call.since, &self.now)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn promises(&self, language: Language) -> Markup {
        let words = NowWords(language);
        if self.promises.is_empty() {
            return html! { p .soft { (words.no_promises()) } };
        }
        html! {
            ul .cards {
                @for promise in &self.promises {
                    li .card {
                        p {
                            a href={ "/console/promises/" (promise.id) } {
                                (words.rings_back(
                                    &promise.owner,
                                    promise.who.clone().unwrap_or_else(|| Words(language).stranger()),
                                    times::short(language, promise.due, &self.now),
                                ))
                            }
                        }
                        @if promise.broken { span .badge .bad { (words.broken()) } }
                        @else if promise.due < self.now.timestamp() { span .badge .warn { (words.overdue()) } }
                    }
                }
            }
        }
    }

    fn away(&self, language: Language) -> Markup {
        let words = NowWords(language);
        if self.away.is_empty() {
            return html! { p .soft { (words.nobody_away()) } };
        }
        html! {
            ul {
                @for away in &self.away {
                    li {
                        (words.away_until(&away.name, times::short(language, away.until, &self.now)))
                        @if let Some(cover) = &away.cover { ". " (words.covered_by(cover)) "." }
                    }
                }
            }
        }
    }

    fn fixes(&self, language: Language) -> Markup {
        if self.fixes.is_empty() {
            return html! { p .soft { (NowWords(language).all_fine()) } };
        }
        html! { @for fix in &self.fixes { (fix.notice(language, &self.now)) } }
    }
}

impl Doing {
    fn badge(&self, words: NowWords) -> Markup {
        match self {
            Self::Rings(name) => html! { span .badge .dot .ringing { (words.rings(name)) } },
            Self::Whispers(name) => html! { span .badge .dot { (words.whispers(name)) } },
            Self::Talks(name) => html! { span .badge .good .dot { (words.talks(name)) } },
            Self::Promised(name) => html! { span .badge .warn .dot { (words.promised(name)) } },
        }
    }
}

fn live(call: &Call) -> Option<Live> {
    let step = |step: u8| call.plan.steps.get(usize::from(step)).map(|step| step.name.clone()).unwrap_or_default();
    let (doing, since) = match &call.state {
        State::Ringing { step: at, since, leg: Leg::Dialled | Leg::Dropped } => (Doing::Rings(step(*at)), *since),
        State::Ringing { step: at, leg: Leg::PickedUp { at: since }, .. } => (Doing::Whispers(step(*at)), *since),
        State::Talking { step: at, since } => (Doing::Talks(step(*at)), *since),
        State::RingingBack { step: at, since, .. } => (Doing::Promised(step(*at)), *since),
        State::Promising { since, .. } => (Doing::Promised(call.plan.promise.name.clone()), *since),
        State::Ended { .. } => return None,
    };
    let phone = call.from.phone().map(Phone::spaced);
    Some(Live {
        id: call.id.0.to_string(),
        caller: call.customer.as_ref().map(|customer| customer.name.clone()).or(phone),
        withheld: matches!(call.from, Party::Withheld),
        line: call.line.as_str().to_owned(),
        doing,
        since,
    })
}

fn caller(call: &Live, language: Language) -> String {
    let words = Words(language);
    let nobody = || if call.withheld { words.withheld() } else { words.stranger() };
    call.caller.clone().unwrap_or_else(nobody)
}

/// Today, or before.
pub(in crate::console) fn is_due(promise: &Promise, now: &Zoned) -> bool {
    promise.due.to_zoned(now.time_zone().clone()).date() <= now.date()
}

fn owed(promise: &Promise, rota: &crate::domain::rota::Rota) -> Due {
    Due {
        id: promise.id.0,
        who: promise.name.clone().or_else(|| promise.number.map(Phone::spaced)),
        owner: rota.name(&promise.owner).to_owned(),
        due: promise.due,
        broken: promise.state == PromiseState::Broken,
    }
}

/// `1:07`
fn waited(since: Timestamp, now: &Zoned) -> String {
    let seconds = now.timestamp().duration_since(since).as_secs().max(0);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
