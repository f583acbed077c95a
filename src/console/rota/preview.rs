//! Before a change is made: what it changes for whom, and who would ring instead.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

use super::change::{Asked, Change, Telling, begins};
use super::document::{self, Draft, Unsaved};
use super::live;
use super::words::RotaWords;
use crate::config::diagnostic::{Diagnostic, Severity};
use crate::config::edit::edited;
use crate::config::readback::changes;
use crate::config::watch::{NotSaved, WEEKS_AHEAD, fingerprint};
use crate::console::assets::ROTA_CSS;
use crate::console::{Desk, Me, Nav, Page, Problem, times};
use crate::domain::access::{Deed, Role};
use crate::domain::caller::Caller;
use crate::domain::line::{Line, LineId};
use crate::domain::plan;
use crate::domain::rota::Rota;
use crate::domain::rota::live::{LiveChange, LiveChangeId};
use crate::domain::staff::{Staff, StaffId};
use crate::domain::words::Language;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Clicked {
    who: String,
    day: String,
}

/// What can be changed, filled in with what was clicked.
pub(super) async fn form(
    State(console): State<Desk>,
    me: Me,
    Query(clicked): Query<Clicked>,
) -> Result<Markup, Problem> {
    me.may(Role::Staff)?;
    let (rota, now, words) = (console.rota(), console.now(), RotaWords(me.language));
    let admin = me.role.may(Role::Admin);
    // Somebody who is no admin has their own days to change.
    let own = || me.staff.as_ref().and_then(|who| rota.staff.get(who.as_str()));
    let person = if admin { rota.staff.get(clicked.who.as_str()).or_else(own) } else { own() };
    if person.is_none() && !admin {
        return Err(Problem::Forbidden);
    }
    let day: Date = clicked.day.parse().unwrap_or_else(|_| now.date());
    let fields = Fields { rota: &rota, words, admin, person, day };
    let main = html! {
        @if let Some(person) = person.filter(|person| rota.absence(&person.id, now.timestamp()).is_some()) {
            form .card method="get" action="/console/rota/preview" {
                input type="hidden" name="kind" value="back";
                input type="hidden" name="who" value=(person.id);
                p { (words.is_back(&person.name, times::short(words.0, now.timestamp(), &now))) }
                button { (words.show_changes()) }
            }
        }
        div .cards { (fields.away()) (fields.swap()) @if admin { (fields.holiday()) } }
    };
    Ok(Page::new(Nav::Rota, words.change()).style(&ROTA_CSS).show(&console, &me, &main))
}

struct Fields<'a> {
    rota: &'a Rota,
    words: RotaWords,
    admin: bool,
    person: Option<&'a Staff>,
    day: Date,
}

impl Fields<'_> {
    fn away(&self) -> Markup {
        let words = self.words;
        html! {
            form .card method="get" action="/console/rota/preview" {
                h2 { (words.put_away()) }
                input type="hidden" name="kind" value="away";
                (self.who("away"))
                div .field { label for="away-from" { (words.first_day()) } input #away-from type="date" name="from" required value=(self.day); }
                div .field { label for="away-to" { (words.last_day()) } input #away-to type="date" name="to" required value=(self.day); }
                div .field { label for="away-from-time" { (words.time_from()) } input #away-from-time type="time" name="from_time"; }
                div .field {
                    label for="away-to-time" { (words.to_time()) } input #away-to-time type="time" name="to_time";
                    span .hint { (words.time_hint()) }
                }
                div .field { label for="away-cover" { (words.cover()) } (self.choice("away-cover", "cover", Some(&words.next_steps_up()), None)) }
                (self.place("away"))
                button { (words.show_changes()) }
            }
        }
    }

    fn swap(&self) -> Markup {
        let words = self.words;
        html! {
            form .card method="get" action="/console/rota/preview" {
                h2 { (words.put_swap()) }
                input type="hidden" name="kind" value="swap";
                (self.who("swap"))
                div .field { label for="swap-with" { (words.with()) } (self.choice("swap-with", "with", None, None)) }
                div .field { label for="swap-day" { (words.turn_of()) } input #swap-day type="date" name="day" required value=(self.day); }
                (self.place("swap"))
                button { (words.show_changes()) }
            }
        }
    }

    fn holiday(&self) -> Markup {
        let words = self.words;
        html! {
            form .card method="get" action="/console/rota/preview" {
                h2 { (words.put_holiday()) }
                input type="hidden" name="kind" value="holiday";
                div .field { label for="holiday-day" { (words.date()) } input #holiday-day type="date" name="day" required value=(self.day); }
                div .field { label for="holiday-name" { (words.name()) } input #holiday-name name="name" required maxlength="80"; }
                p { input #holiday-closed type="checkbox" name="closed" value="yes" checked; label for="holiday-closed" { (words.closed()) } }
                div .field {
                    label for="holiday-hours" { (words.hours()) } input #holiday-hours name="hours" aria-describedby="holiday-hours-hint";
                    span .hint #holiday-hours-hint { (words.hours_hint()) }
                }
                div .field { label for="holiday-on-call" { (words.on_call()) } (self.choice("holiday-on-call", "on_call", Some(&words.as_rota()), None)) }
                button { (words.show_changes()) }
            }
        }
    }

    fn who(&self, form: &str) -> Markup {
        let id = format!("{form}-who");
        html! {
            @if self.admin {
                div .field { label for=(id) { (self.words.who()) } (self.choice(&id, "who", None, self.person)) }
            } @else if let Some(person) = self.person {
                input type="hidden" name="who" value=(person.id);
            }
        }
    }

    fn choice(&self, id: &str, name: &str, nobody: Option<&str>, chosen: Option<&Staff>) -> Markup {
        html! {
            select id=(id) name=(name) {
                @if let Some(nobody) = nobody { option value="" { (nobody) } }
                @for person in self.rota.staff.iter() {
                    option value=(person.id) selected[chosen == Some(person)] { (person.name) }
                }
            }
        }
    }

    /// Only an admin writes into the file.
    fn place(&self, form: &str) -> Markup {
        let words = self.words;
        html! {
            @if self.admin {
                fieldset {
                    legend { (words.place()) }
                    @for (value, told, checked) in [("file", words.place_file(), true), ("live", words.place_live(), false)] {
                        @let id = format!("{form}-{value}");
                        p { input id=(id) type="radio" name="place" value=(value) checked[checked]; label for=(id) { (told) } }
                    }
                }
            }
        }
    }
}

pub(super) async fn page(State(console): State<Desk>, me: Me, Query(asked): Query<Asked>) -> Result<Markup, Problem> {
    show(&console, &me, &asked, &[]).await
}

/// What a change would do, from `begins` on, to the file whose fingerprint is `base`. Nothing is made yet.
pub(in crate::console) struct Foreseen {
    pub(in crate::console) told: String,
    change: Change,
    pub(in crate::console) base: String,
    begins: Timestamp,
    /// The hole that it would leave, as far as that is no reason to refuse it.
    pub(in crate::console) hole: Option<String>,
    after: Result<Rota, Vec<Diagnostic>>,
}

impl Foreseen {
    /// What is different for whom, or why it would be refused.
    pub(in crate::console) fn changes(&self, before: &Rota, language: Language) -> Result<Vec<String>, &[Diagnostic]> {
        let changes = |after| changes(before, after, self.begins, WEEKS_AHEAD, language);
        self.after.as_ref().map(changes).map_err(Vec::as_slice)
    }
}

pub(in crate::console) async fn foresee(console: &Desk, me: &Me, asked: &Asked) -> Result<Foreseen, Problem> {
    me.may(Role::Staff)?;
    let (rota, now, words) = (console.rota(), console.now(), RotaWords(me.language));
    let at = now.timestamp();
    let change = asked.read(&rota, me, at)?;
    let (file, text) = (console.file.live(), console.file.text().unwrap_or_default());
    let base = fingerprint(&text);
    let after = after(console, me, &change, &rota, text).await?;
    let hole = match &change {
        Change::Live(what) => rota.would_leave_hole(what, &live::said_by(me), at),
        Change::File(_) | Change::AskToSwap { .. } => None,
    };
    Ok(Foreseen {
        told: Telling { rota: &rota, words, today: now.date() }.change(&change, &file.rota),
        base,
        begins: begins(&change, &rota, &file.rota, at),
        hole: hole.map(|hole| hole.gap.from_until(&rota, me.language)),
        change,
        after,
    })
}

/// What the change would do, with a button that makes it. `refused`: why it was not made before.
async fn show(console: &Desk, me: &Me, asked: &Asked, refused: &[String]) -> Result<Markup, Problem> {
    let (rota, words) = (console.rota(), RotaWords(me.language));
    let foreseen = foresee(console, me, asked).await?;
    let asks = matches!(foreseen.change, Change::AskToSwap { .. });
    let main = html! {
        @for why in refused { p .notice.bad role="alert" { (why) } }
        p .big { (foreseen.told) }
        @match &foreseen.after {
            Err(problems) => { (refusal(words, problems)) }
            Ok(after) => {
                @if let Some(hole) = &foreseen.hole { p .notice.bad { (words.leaves_hole(hole)) } }
                section { h2 { (words.what_changes()) } (what_changes(words, &changes(&rota, after, foreseen.begins, WEEKS_AHEAD, me.language))) }
                (who_rings(&rota, after, foreseen.begins, words))
                form method="post" action="/console/rota/change" {
                    @for (name, value) in asked.fields() { input type="hidden" name=(name) value=(value); }
                    input type="hidden" name="base" value=(foreseen.base);
                    div .row {
                        button { @if asks { (words.ask()) } @else { (words.save()) } }
                        a .button.quiet href="/console/rota" { (words.back()) }
                    }
                }
            }
        }
    };
    Ok(Page::new(Nav::Rota, words.change()).style(&ROTA_CSS).show(console, me, &main))
}

/// The rota with the change made, or why it would be refused.
async fn after(
    console: &Desk,
    me: &Me,
    change: &Change,
    rota: &Rota,
    text: String,
) -> Result<Result<Rota, Vec<Diagnostic>>, Problem> {
    let gone = || Problem::Conflict(RotaWords(me.language).gone());
    let what = match change {
        Change::File(edit) => {
            readable(console, me)?;
            let live = live::in_force(console).await?;
            let judged = document::judge(console, edited(&text, edit).ok_or_else(gone)?, me.language).await?;
            return Ok(judged.right.map(|right| right.rota.with_live(&live)).ok_or(judged.problems));
        }
        Change::Live(what) => what.clone(),
        Change::AskToSwap { day, with } => {
            let who = live::said_by(me);
            let no_turn = || Problem::Wrong(RotaWords(me.language).no_turn());
            crate::domain::rota::live::Live::swap(rota, &who, with, *day).ok_or_else(no_turn)?
        }
    };
    let change = LiveChange { id: LiveChangeId(0), by: live::said_by(me), made: console.clock.now(), what };
    Ok(Ok(rota.with_live(&[change])))
}

/// What is counted in the rota that is live need not be the same in a file that was refused.
fn readable(console: &Desk, me: &Me) -> Result<(), Problem> {
    let broken = console.file.live().broken.is_some();
    if broken { Err(Problem::Conflict(RotaWords(me.language).broken())) } else { Ok(()) }
}

fn meanwhile(on_disk: String) -> Unsaved {
    Unsaved::File(NotSaved::Meanwhile { on_disk })
}

fn refusal(words: RotaWords, problems: &[Diagnostic]) -> Markup {
    html! {
        div .notice.bad role="alert" {
            p { (words.wrong_file()) }
            ul lang="en" { @for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) { li { (problem.what) " – " (problem.remedy) } } }
        }
        a .button.quiet href="/console/rota" { (words.back()) }
    }
}

/// A list for whoever looks at an edit.
pub(super) fn what_changes(words: RotaWords, changes: &[String]) -> Markup {
    html! {
        @if changes.is_empty() { p { (words.nobody_notices()) } }
        @else { ul { @for change in changes { li { (change) } } } }
    }
}

/// For each line on which it differs: who rings before and after, at the first moment of open hours at which it does.
fn who_rings(before: &Rota, after: &Rota, from: Timestamp, words: RotaWords) -> Markup {
    let now = from.to_zoned(before.zone.clone());
    let mut told: Vec<(Vec<&LineId>, Timestamp, String, String)> = Vec::new();
    for line in &after.lines {
        let Some((old, at)) =
            before.line(&line.id).and_then(|old| Some((old, first_difference(before, old, after, line, from)?)))
        else {
            continue;
        };
        let (was, is) = (rings(before, old, at, words), rings(after, line, at, words));
        match told.iter_mut().find(|(_, when, before, after)| *when == at && *before == was && *after == is) {
            Some((lines, ..)) => lines.push(&line.id),
            None => told.push((vec![&line.id], at, was, is)),
        }
    }
    html! {
        @if !told.is_empty() {
            section {
                h2 { (words.who_rings()) }
                div .cards { @for (lines, at, was, is) in &told {
                    div .card {
                        h3 {
                            (words.rings_at(format!("{} {}", times::day(words.0, at.to_zoned(now.time_zone().clone()).date(), now.date()), before.zone.to_datetime(*at).strftime("%H:%M"))))
                            @if after.lines.len() > 1 { ", " (words.line(lines.iter().map(|line| line.as_str()).collect::<Vec<_>>().join(", "))) }
                        }
                        dl { dt { (words.before()) } dd { (was) } dt { (words.after()) } dd { (is) } }
                    }
                } }
            }
        }
    }
}

fn first_difference(before: &Rota, old: &Line, after: &Rota, new: &Line, from: Timestamp) -> Option<Timestamp> {
    let until = from.checked_add(SignedDuration::from_hours(WEEKS_AHEAD * 7 * 24)).unwrap_or(Timestamp::MAX);
    let mut cuts: Vec<Timestamp> =
        before.shifts(old, from, until).iter().chain(&after.shifts(new, from, until)).map(|shift| shift.from).collect();
    // Hours change with a holiday, though the people stay.
    cuts.extend(after.calendar(new).openings_between(from, until).map(|opening| opening.start));
    cuts.extend(before.calendar(old).openings_between(from, until).map(|opening| opening.start));
    cuts.sort_unstable();
    cuts.dedup();
    let differs = |at: Timestamp| {
        let open = |rota: &Rota, line: &Line| rota.calendar(line).is_open(at);
        people(before, old, at) != people(after, new, at) || open(before, old) != open(after, new)
    };
    let in_open_hours = |at: &Timestamp| before.calendar(old).is_open(*at) || after.calendar(new).is_open(*at);
    let different: Vec<Timestamp> = cuts.into_iter().filter(|at| differs(*at)).collect();
    different.iter().find(|at| in_open_hours(at)).or(different.first()).copied()
}

fn people(rota: &Rota, line: &Line, at: Timestamp) -> Vec<StaffId> {
    let plan = plan::make(rota, line, &rota.duty(line, at), &Caller::Unknown, None, true);
    plan.steps.into_iter().map(|step| step.who).collect()
}

fn rings(rota: &Rota, line: &Line, at: Timestamp, words: RotaWords) -> String {
    let people = people(rota, line, at);
    if people.is_empty() {
        return words.promise_at_once();
    }
    let names: Vec<&str> = people.iter().map(|who| rota.name(who)).collect();
    format!("{}, {}", names.join(", "), words.then_promise())
}

/// Makes the change.
pub(super) async fn make(State(console): State<Desk>, me: Me, Form(asked): Form<Asked>) -> Result<Response, Problem> {
    me.may(Role::Staff)?;
    let (rota, words) = (console.rota(), RotaWords(me.language));
    let change = asked.read(&rota, &me, console.clock.now())?;
    let said = match &change {
        Change::Live(what) => live::make(&console, &me, what.clone()).await.map(|_| "saved")?,
        Change::AskToSwap { day, with } => live::ask_to_swap(&console, &me, *day, with).await.map(|_| "asked")?,
        Change::File(edit) => {
            readable(&console, &me)?;
            let text = console.file.text().unwrap_or_default();
            let telling = Telling { rota: &rota, words: RotaWords(Language::English), today: console.now().date() };
            let what = Some(telling.change(&change, &console.file.live().rota));
            let new = edited(&text, edit).ok_or_else(|| Problem::Conflict(words.gone()))?;
            let draft = Draft { base: asked.base.clone(), text: new, deed: Deed::RotaSaved, what };
            // Of two servers that share the file, the one that showed it may have read more of it than this one.
            let same = draft.base == fingerprint(&text);
            let saved = if same { document::save(&console, &me, draft).await } else { Err(meanwhile(text)) };
            match saved {
                Ok(saved) if saved.log_is_behind => "behind",
                Ok(_) => "saved",
                Err(Unsaved::Problem(problem)) => return Err(problem),
                Err(Unsaved::File(NotSaved::Disk(error))) => return Err(Problem::Conflict(words.disk(error))),
                // What was looked at is not what is there now: shown again, as it would be now.
                Err(Unsaved::File(NotSaved::Meanwhile { .. })) => {
                    document::reread(&console).await?;
                    return Ok(show(&console, &me, &asked, &[words.meanwhile()]).await?.into_response());
                }
                Err(Unsaved::File(NotSaved::Wrong(_))) => {
                    return Ok(show(&console, &me, &asked, &[]).await?.into_response());
                }
            }
        }
    };
    Ok(Redirect::to(&format!("/console/rota?said={said}")).into_response())
}
