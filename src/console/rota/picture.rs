//! The page with the picture, and what of it is out of the ordinary.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::Redirect;
use jiff::civil::{Date, Weekday};
use jiff::{SignedDuration, Zoned};
use maud::{Markup, html};
use serde::Deserialize;

use super::change::Telling;
use super::live;
use super::table::{May, Shown, special_days, tables};
use super::words::RotaWords;
use crate::config::edit::Kind;
use crate::console::assets::{ROTA_CSS, ROTA_JS};
use crate::console::{Desk, Me, Nav, Page, Problem, times};
use crate::domain::access::Role;
use crate::domain::rota::Rota;
use crate::domain::rota::live::{LiveChange, LiveChangeId};

/// How many days the picture shows.
const DAYS: u16 = 8 * 7;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Look {
    /// The first day shown.
    from: String,
    /// What was just done.
    said: String,
}

pub(super) async fn page(State(console): State<Desk>, me: Me, Query(look): Query<Look>) -> Result<Markup, Problem> {
    let (rota, now) = (console.rota(), console.now());
    let changes = live::in_force(&console).await?;
    let first = look.from.parse().unwrap_or_else(|_| monday(now.date()));
    let picture = rota.picture(first, DAYS);
    let words = RotaWords(me.language);
    let may = match (&me.staff, me.role) {
        (_, role) if role.may(Role::Admin) => May::All,
        (Some(who), Role::Staff) => May::Own(who),
        (_, _) => May::Nobodys,
    };
    let shown = Shown { rota: &rota, picture: &picture, words, today: now.date(), may };
    let main = html! {
        (told(words, &look.said))
        @if console.file.live().broken.is_some() {
            div .notice.bad role="alert" { p { (words.broken()) } p { a href="/console/rota/edit" { (words.edit()) } } }
        }
        (links(&me, words))
        (steps(words, first))
        div .key.small.soft {
            p { (words.legend()) @if may != May::Nobodys { " " (words.click()) } }
            (special_days(shown))
        }
        (tables(shown))
        (live_list(&me, &rota, &changes, words, &now))
        (file_list(&me, &console.file.live().rota, words, &now))
    };
    Ok(Page::new(Nav::Rota, words.title()).style(&ROTA_CSS).script(&ROTA_JS).show(&console, &me, &main))
}

/// A day of the first week, and the Monday before it.
pub(super) fn monday(day: Date) -> Date {
    let days = i64::from(day.weekday().since(Weekday::Monday));
    day.saturating_sub(SignedDuration::from_hours(24 * days))
}

fn told(words: RotaWords, said: &str) -> Markup {
    let told = match said {
        "saved" | "written" => words.saved(),
        "behind" => words.log_is_behind(),
        "undone" => words.undone(),
        "asked" => words.asked(),
        _ => return html! {},
    };
    html! { p .notice.good role="status" { (told) } }
}

fn links(me: &Me, words: RotaWords) -> Markup {
    html! {
        nav .row.no-print aria-label=(words.actions()) {
            @if me.role.may(Role::Admin) {
                a .button.small href="/console/rota/change" { (words.change()) }
                a .button.small.quiet href="/console/rota/edit" { (words.edit()) }
                a .button.small.quiet href="/console/rota/versions" { (words.versions()) }
            } @else if me.role.may(Role::Staff) {
                a .button.small href="/console/rota/change" { (words.change()) }
            }
            a .button.small.quiet href="/console/rota/calendars" { (words.calendars()) }
            a .button.small.quiet href="/console/rota/print" { (words.print()) }
        }
    }
}

fn steps(words: RotaWords, first: Date) -> Markup {
    let step = |weeks: i64| {
        let day = first.saturating_add(SignedDuration::from_hours(weeks * 7 * 24));
        format!("/console/rota?from={day}")
    };
    html! {
        nav .pager aria-label=(words.scroll()) {
            a href=(step(-4)) rel="prev" { "← " (words.earlier()) }
            a href="/console/rota" { (words.today()) }
            a href=(step(4)) rel="next" { (words.later()) " →" }
        }
    }
}

fn live_list(me: &Me, rota: &Rota, changes: &[LiveChange], words: RotaWords, now: &Zoned) -> Markup {
    if changes.is_empty() {
        return html! {};
    }
    let telling = Telling { rota, words, today: now.date() };
    html! {
        section {
            h2 { (words.said_live()) }
            ul .entries {
                @for change in changes {
                    li .row {
                        span { (telling.live(&change.what)) }
                        span .small.soft { (words.said_by(rota.name(&change.by), times::short(words.0, change.made, now))) }
                        @if live::may_undo(me, change).is_ok() {
                            form .inline method="post" action="/console/rota/undo" {
                                input type="hidden" name="id" value=(change.id.0);
                                button .small.quiet aria-label=(format!("{}: {}", words.undo(), telling.live(&change.what))) { (words.undo()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What of the file lies ahead, each with its place among its kind.
fn file_list(me: &Me, file: &Rota, words: RotaWords, now: &Zoned) -> Markup {
    let telling = Telling { rota: file, words, today: now.date() };
    // A turn lasts a week, so a swap dated up to a week ago may still matter.
    let recent = now.date().saturating_sub(SignedDuration::from_hours(7 * 24));
    let away = file.away.iter().enumerate().filter(|(_, away)| away.until > now.datetime());
    let away = away.map(|(number, away)| {
        (away.from.date(), Kind::Away, number, telling.away(&away.who, away.from, away.until, away.cover.as_ref()))
    });
    let swaps = file.swaps.iter().enumerate().filter(|(_, swap)| swap.turn >= recent);
    let swaps =
        swaps.map(|(number, swap)| (swap.turn, Kind::Swap, number, telling.swap(swap.turn, &swap.give, &swap.take)));
    let holidays = file.holidays.iter().enumerate().filter(|(_, holiday)| holiday.date >= now.date());
    let holidays = holidays.map(|(number, holiday)| (holiday.date, Kind::Holiday, number, telling.holiday(holiday)));
    let mut entries: Vec<_> = away.chain(swaps).chain(holidays).collect();
    entries.sort_by_key(|(date, ..)| *date);
    html! {
        section {
            h2 { (words.in_file()) }
            @if entries.is_empty() { p .empty { (words.nothing_ahead()) } }
            @else {
                ul .entries {
                    @for (_, kind, number, told) in &entries {
                        li .row {
                            span { (told) }
                            @if me.role.may(Role::Admin) {
                                a .button.small.quiet href=(format!("/console/rota/preview?kind=remove&entry={}+{number}", kind.key()))
                                    aria-label=(format!("{}: {told}", words.remove())) { (words.remove()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Undone {
    id: i64,
}

pub(super) async fn undo(State(console): State<Desk>, me: Me, Form(undone): Form<Undone>) -> Result<Redirect, Problem> {
    live::undo(&console, &me, LiveChangeId(undone.id)).await?;
    Ok(Redirect::to("/console/rota?said=undone"))
}
