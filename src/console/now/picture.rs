//! What the page Now shows, at one moment.

use jiff::{SignedDuration, Timestamp, Zoned};
use maud::{Markup, html};

use super::words::NowWords;
use crate::console::hindsight::Advice;
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
use crate::store::jobs::{self, JobState};
use crate::store::promises::{self, Which};

/// Gaps further ahead are the rota page's.
const GAPS_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 28);
const SHIFT_AHEAD: SignedDuration = SignedDuration::from_hours(24 * 15);
const FIXES_MAX: usize = 12;
const CALLS_MAX: u32 = 60;
const PROMISES_MAX: u32 = 2_000;
const NOT_SENT: SignedDuration = SignedDuration::from_hours(48);

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

enum Fix {
    NoProvider,
    StoreAway(usize),
    PastUnknown,
    RotaBroken(usize),
    NotSent(usize, String),
    /// So many more are like it.
    Gap {
        words: Advice,
        more: usize,
        hole: bool,
    },
    Advice(Advice),
    /// Of the rota file, in the words of its diagnostics.
    Warning(String),
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
        picture.fixes.extend(advice.iter().cloned().map(Fix::Advice));
        picture.look_ahead(console);
        picture.fixes.truncate(FIXES_MAX);
        picture
    }

    async fn look_into_store(&mut self, console: &Console) {
        let look = |tx: &mut crate::store::Tx<'_>| {
            let failed = jobs::list(tx, JobState::Failed, 20)?;
            Ok((calls::live(tx, CALLS_MAX)?, promises::list(tx, Which::Unsettled, PROMISES_MAX)?, failed))
        };
        let Ok((calls, promises, failed)) = console.read(look).await else {
            self.fixes.push(Fix::PastUnknown);
            return;
        };
        let rota = console.rota();
        self.calls = calls.iter().filter_map(|stored| live(&stored.call)).collect();
        let today = self.now.date();
        let due = |promise: &Promise| promise.due.to_zoned(self.now.time_zone().clone()).date() <= today;
        self.promises = promises.iter().filter(|promise| due(promise)).map(|promise| owed(promise, &rota)).collect();
        let lately = self.now.timestamp() - NOT_SENT;
        let mut failed = failed.iter().filter(|job| job.made >= lately);
        if let Some(newest) = failed.next() {
            let why = newest.last_error.clone().unwrap_or_default();
            self.fixes.push(Fix::NotSent(1 + failed.count(), why));
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
            self.fixes.push(Fix::RotaBroken(broken.len()));
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
                let words = Language::ALL.map(|language| format!("{}: {}", line.id, first.words(&rota, language)));
                self.fixes.push(Fix::Gap { words, more: alike.len() - 1, hole: first.lack == Lack::Anybody });
            }
        }
        let warned = file.warnings.iter().map(|warning| Fix::Warning(format!("{}: {}", warning.what, warning.remedy)));
        self.fixes.extend(warned);
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
        html! { @for fix in &self.fixes { (fix.notice(NowWords(language))) } }
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

impl Fix {
    fn notice(&self, words: NowWords) -> Markup {
        let rota = html! { " " a href="/console/rota/edit" { (words.edit_rota()) } };
        match self {
            Self::NoProvider => html! { div .notice { p { (words.no_provider()) } } },
            Self::StoreAway(count) => html! { div .notice .bad { p { (words.store_away(count)) } } },
            Self::PastUnknown => html! { div .notice .bad { p { (words.past_unknown()) } } },
            Self::RotaBroken(count) => html! { div .notice .bad { p { (words.rota_broken(count)) (rota) } } },
            Self::NotSent(count, why) => html! { div .notice .warn { p { (words.not_sent(count, why)) } } },
            Self::Gap { words: said, more, hole } => html! {
                div .notice .bad[*hole] .warn[!*hole] {
                    p { (in_language(said, words.0)) @if *more > 0 { " " (words.more_like_it(more)) } }
                }
            },
            Self::Advice(said) => html! { div .notice .warn { p { (in_language(said, words.0)) } } },
            Self::Warning(said) => html! { div .notice .warn { p lang="en" { (said) } } },
        }
    }
}

fn in_language(said: &Advice, language: Language) -> &str {
    said.get(language as usize).map_or("", String::as_str)
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
