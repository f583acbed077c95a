//! Away and back with one tap: what AWAY and BACK do by text.

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, ToSpan};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::words::MineWords;
use crate::console::rota::live::Texts;
use crate::console::{Console, Me, Problem, times};
use crate::domain::access::{Deed, Role};
use crate::domain::rota::live::Hole;
use crate::domain::rota::wall_clock;
use crate::domain::staff::StaffId;
pub(in crate::console) use crate::operator::in_person::Gone as Came;
use crate::operator::in_person::{self, Leave};
use crate::store::{Tx, audit};

/// As the buttons send it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Asked {
    /// `2h`, `today`, or a date: the day on which they are back.
    pub(in crate::console) until: String,
    pub(in crate::console) day: String,
    /// Nobody is named: the next in the rota.
    pub(in crate::console) cover: String,
    /// They have read that it leaves a hole.
    pub(in crate::console) all_the_same: String,
}

/// Whoever is signed in is away from now on.
pub(in crate::console) async fn away(console: &Console, me: &Me, asked: &Asked) -> Result<Came, Problem> {
    me.may(Role::Staff)?;
    let words = MineWords(me.language);
    let Some(by) = me.staff.clone() else { return Err(Problem::Wrong(words.not_staff())) };
    let until = back_at(console, asked).ok_or_else(|| Problem::Wrong(words.bad_until()))?;
    let cover = Some(asked.cover.trim()).filter(|cover| !cover.is_empty()).map(StaffId::new);
    let known = |cover: &StaffId| *cover != by && console.rota().staff.get(cover.as_str()).is_some();
    if cover.as_ref().is_some_and(|cover| !known(cover)) {
        return Err(Problem::Wrong(words.bad_cover()));
    }
    let (operator, who) = (console.operator.clone(), me.who());
    let leave = Leave { until, cover, all_the_same: !asked.all_the_same.is_empty() };
    let texts = Texts::of(console);
    let write = move |tx: &mut Tx<'_>| {
        let mut told = Vec::new();
        let tell = |whom: &StaffId, say: String| told.push((whom.clone(), say));
        let came = in_person::away(tx, operator.desk(), &by, &leave, tell)?;
        if came == Came::Away {
            let after = Some(json!({ "away_until": leave.until, "cover": leave.cover }));
            let (who, at, subject) = (who.clone(), operator.desk().clock.now(), by.to_string());
            texts.send(tx, &format!("away {by} {}", at.as_microsecond()), &told, at)?;
            audit::note(tx, &audit::Entry { who, at, what: Deed::LiveChangeMade, subject, before: None, after })?;
        }
        Ok(came)
    };
    console.write(write).await
}

/// False: they were not away.
pub(in crate::console) async fn back(console: &Console, me: &Me) -> Result<bool, Problem> {
    me.may(Role::Staff)?;
    let Some(by) = me.staff.clone() else { return Err(Problem::Wrong(MineWords(me.language).not_staff())) };
    let (operator, who) = (console.operator.clone(), me.who());
    let write = move |tx: &mut Tx<'_>| {
        let came = in_person::back(tx, operator.desk(), &by)?;
        if came {
            let after = Some(json!({ "back": true }));
            let (who, at, subject) = (who.clone(), operator.desk().clock.now(), by.to_string());
            audit::note(tx, &audit::Entry { who, at, what: Deed::LiveChangeMade, subject, before: None, after })?;
        }
        Ok(came)
    };
    console.write(write).await
}

/// The first moment back, on the wall clock.
fn back_at(console: &Console, asked: &Asked) -> Option<DateTime> {
    let (now, rota) = (console.now(), console.rota());
    let until = match asked.until.as_str() {
        "2h" => rota.zone.to_datetime(wall_clock::whole_minute(now.timestamp() + SignedDuration::from_hours(2))),
        "today" => now.date().tomorrow().ok()?.at(0, 0, 0, 0),
        _ => asked.day.trim().parse::<Date>().ok()?.at(0, 0, 0, 0),
    };
    let last = now.datetime().checked_add(1.year()).ok()?;
    (now.datetime() < until && until <= last).then_some(until)
}

pub(super) fn buttons(console: &Console, me: &Me, who: &StaffId, is_away: bool) -> Markup {
    let (rota, words) = (console.rota(), MineWords(me.language));
    let tomorrow = console.now().date().tomorrow().map(|day| day.to_string()).unwrap_or_default();
    html! {
        @if !is_away {
            form method="post" action="/console/mine/away" .stack {
                button .large .quiet name="until" value="2h" { (words.two_hours()) }
                button .large .quiet name="until" value="today" { (words.today()) }
            }
        }
        details {
            summary { (words.go()) }
            form method="post" action="/console/mine/away" {
                div .field { label for="day" { (words.until_day()) } input #day type="date" name="day" min=(tomorrow) required; }
                div .field {
                    label for="cover" { (words.cover()) }
                    select #cover name="cover" {
                        option value="" { (words.next_in_rota()) }
                        @for person in rota.staff.iter().filter(|person| person.id != *who) {
                            option value=(person.id) { (person.name) }
                        }
                    }
                }
                button .large { (words.go()) }
            }
        }
    }
}

/// Nothing has changed yet: do they really mean it?
pub(super) fn question(console: &Console, me: &Me, asked: &Asked, hole: &Hole) -> Markup {
    let (now, words) = (console.now(), MineWords(me.language));
    let at = |at| times::short(me.language, at, &now);
    html! {
        div .notice .bad role="alert" { p { (words.hole(at(hole.gap.from), at(hole.gap.until), &hole.line)) } }
        form method="post" action="/console/mine/away" .stack {
            input type="hidden" name="until" value=(asked.until);
            input type="hidden" name="day" value=(asked.day);
            input type="hidden" name="cover" value=(asked.cover);
            button .large .bad name="all_the_same" value="yes" { (words.all_the_same()) }
            a .button .large .quiet href="/console/mine" { (words.stay()) }
        }
    }
}
