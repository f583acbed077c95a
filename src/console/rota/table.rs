//! The picture of some weeks as a table: colours for the eye, words for the ear.

use jiff::civil::Date;
use maud::{Markup, html};

use super::words::RotaWords;
use crate::console::times;
use crate::domain::plan::Reason;
use crate::domain::rota::Rota;
use crate::domain::rota::outlook::{Gap, Lack};
use crate::domain::rota::picture::{Day, Panel, Picture, Piece, Place, Row};
use crate::domain::staff::StaffId;

/// A picture and who looks at it.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) rota: &'a Rota,
    pub(super) picture: &'a Picture,
    pub(super) words: RotaWords,
    pub(super) today: Date,
    pub(super) may: May<'a>,
}

/// Whose days can be changed by a click.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum May<'a> {
    Nobodys,
    Own(&'a StaffId),
    All,
}

impl May<'_> {
    fn change(self, who: &StaffId) -> bool {
        match self {
            Self::Nobodys => false,
            Self::Own(me) => me == who,
            Self::All => true,
        }
    }
}

/// A sign stands where somebody's place is the same for longer than this; before a handover the bar alone tells.
const MOST_OF_A_DAY: usize = 12 * 60;

/// All panels, one below the other.
pub(super) fn tables(shown: Shown<'_>) -> Markup {
    html! {
        @for panel in &shown.picture.panels {
            @if shown.picture.panels.len() > 1 { h2 { (lines(shown.words, panel)) } }
            (table(shown, panel))
        }
    }
}

fn lines(words: RotaWords, panel: &Panel) -> String {
    let names: Vec<&str> = panel.lines.iter().map(crate::domain::line::LineId::as_str).collect();
    words.line(names.join(", "))
}

fn table(shown: Shown<'_>, panel: &Panel) -> Markup {
    let Shown { words, picture, .. } = shown;
    let holes = panel.gaps.iter().any(|gaps| !gaps.is_empty());
    html! {
        div .table.rota role="region" tabindex="0" aria-label=(format!("{}: {}", words.scroll(), lines(words, panel))) {
            table {
                thead {
                    tr {
                        td .name rowspan="2" { }
                        @for week in picture.days.chunks(7) {
                            @if let Some(first) = week.first() {
                                th .week scope="colgroup" colspan=(week.len()) { (words.week_of(times::day(words.0, first.date, shown.today))) }
                            }
                        }
                    }
                    tr { @for day in &picture.days { (day_head(shown, day)) } }
                }
                tbody {
                    @for row in &panel.rows { (person(shown, row)) }
                    @if holes {
                        tr .holes {
                            th .name scope="row" { (words.holes()) }
                            @for gaps in &panel.gaps { (gap_cell(shown, gaps)) }
                        }
                    }
                }
            }
        }
    }
}

/// Holidays and clock changes in words, for whoever cannot point at a day.
pub(super) fn special_days(shown: Shown<'_>) -> Markup {
    let special = shown.picture.days.iter().map(|day| (day, marks(day, shown.words)));
    let special: Vec<(&Day, Vec<String>)> = special.filter(|(_, marks)| !marks.is_empty()).collect();
    html! {
        @if !special.is_empty() {
            ul { @for (day, marks) in &special { li { (times::day(shown.words.0, day.date, shown.today)) ": " (marks.join(", ")) } } }
        }
    }
}

fn marks(day: &Day, words: RotaWords) -> Vec<String> {
    [day.holiday.clone(), day.clock_change.map(|_| words.clocks())].into_iter().flatten().collect()
}

fn day_head(shown: Shown<'_>, day: &Day) -> Markup {
    let words = shown.words;
    let marks = marks(day, words);
    let mut weekday = words.0.weekday(day.date).chars();
    let (first, second) = (weekday.next().unwrap_or_default(), weekday.next().unwrap_or_default());
    let kinds = [
        (day.date == shown.today).then_some("today"),
        day.holiday.is_some().then_some("holiday"),
        day.clock_change.is_some().then_some("clocks"),
        (day.date.weekday().to_monday_zero_offset() > 4).then_some("weekend"),
    ];
    let class = kinds.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let title = marks.join(", ");
    let face = html! {
        (first) span .second { (second) } br; (day.date.day())
        @if day.clock_change.is_some() { span aria-hidden="true" { " ±" } }
        @if day.holiday.is_some() { span aria-hidden="true" { " *" } }
        @if !marks.is_empty() { span .hidden { ", " (title) } }
    };
    html! {
        th scope="col" data-day=(day.date) class=[(!class.is_empty()).then_some(class)] title=[(!title.is_empty()).then_some(&title)]
            aria-current=[(day.date == shown.today).then_some("date")] {
            @if shown.may == May::All { a tabindex="-1" href=(format!("/console/rota/change?day={}", day.date)) { (face) } }
            @else { (face) }
        }
    }
}

fn person(shown: Shown<'_>, row: &Row) -> Markup {
    let may = shown.may.change(&row.who);
    let name = shown.rota.name(&row.who);
    html! {
        tr data-who=[may.then_some(&row.who)] {
            th .name scope="row" {
                @if may { a href=(format!("/console/rota/change?who={}&day={}", row.who, shown.today)) { (name) } }
                @else { (name) }
            }
            @for (day, pieces) in shown.picture.days.iter().zip(&row.cells) {
                (cell(shown, day, pieces))
            }
        }
    }
}

fn cell(shown: Shown<'_>, day: &Day, pieces: &[Piece]) -> Markup {
    let today = (day.date == shown.today).then_some("today");
    let said: Vec<String> = pieces.iter().map(|piece| in_words(shown, piece)).collect();
    html! {
        td class=[today] {
            @if !pieces.is_empty() {
                (bar(pieces))
                @for piece in pieces.iter().filter(|piece| piece.minutes.len() > MOST_OF_A_DAY) { span aria-hidden="true" { (sign(piece)) } }
                span .hidden { (said.join("; ")) }
            }
        }
    }
}

/// A bar as long as the day; what has no place is left blank.
fn bar(pieces: &[Piece]) -> Markup {
    html! {
        @match pieces {
            [only] if only.minutes == (0..1440) => { i class=(format!("bar {}", kind(&only.place))) {} }
            pieces => {
                svg .bar viewBox="0 0 1440 1" preserveAspectRatio="none" aria-hidden="true" {
                    @for piece in pieces {
                        rect class=(kind(&piece.place)) x=(piece.minutes.start) width=(piece.minutes.end.saturating_sub(piece.minutes.start)) height="1" {}
                    }
                }
            }
        }
    }
}

fn kind(place: &Place) -> &'static str {
    match place {
        Place::OnDuty { nth: 0, .. } => "first",
        Place::OnDuty { .. } => "behind",
        Place::Away(_) => "away",
    }
}

/// What stands for it beside the colour. A star: it is not their turn, but for a reason that is told.
fn sign(piece: &Piece) -> String {
    match &piece.place {
        Place::OnDuty { nth, reason } => {
            let star = if matches!(reason, Reason::OnCall { .. } | Reason::Backup) { "" } else { "*" };
            format!("{}{star}", nth + 1)
        }
        Place::Away(_) => "–".to_owned(),
    }
}

fn in_words(shown: Shown<'_>, piece: &Piece) -> String {
    let words = shown.words;
    let mut told = match &piece.place {
        Place::OnDuty { nth: 0, .. } => words.has_phone(),
        Place::OnDuty { nth, .. } => words.behind(nth + 1),
        Place::Away(away) => {
            let cover = away.cover.as_ref().map(|cover| words.covered(shown.rota.name(cover)));
            let by = away.by.as_ref().map(|by| words.by(shown.rota.name(by)));
            [Some(words.away()), cover, by].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
    };
    if let Place::OnDuty { reason, .. } = &piece.place {
        let why = match reason {
            Reason::Covers { absent } => Some(words.stands_in(absent)),
            Reason::Swapped { with, .. } => Some(words.swapped(with)),
            Reason::Holiday { name } => Some(words.for_holiday(name)),
            Reason::Owner => Some(words.as_owner()),
            _ => None,
        };
        if let Some(why) = why {
            told = format!("{told}, {why}");
        }
    }
    if piece.minutes == (0..1440) {
        return told;
    }
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    format!("{} {told}", words.between(clock(piece.minutes.start), clock(piece.minutes.end)))
}

fn gap_cell(shown: Shown<'_>, gaps: &[Gap]) -> Markup {
    let words = shown.words;
    let hole = gaps.iter().any(|gap| gap.lack == Lack::Anybody);
    let said: Vec<String> = gaps
        .iter()
        .map(|gap| {
            let what = if gap.lack == Lack::Anybody { words.hole() } else { words.thin() };
            let clock = |at| shown.rota.zone.to_datetime(at).strftime("%H:%M").to_string();
            format!("{} {what}", words.between(clock(gap.from), clock(gap.until)))
        })
        .collect();
    let said = said.join("; ");
    let class = match (gaps, hole) {
        ([], _) => None,
        (_, true) => Some("hole"),
        (_, false) => Some("thin"),
    };
    html! {
        td class=[class] title=[class.map(|_| &said)] {
            @if class.is_some() {
                span aria-hidden="true" { @if hole { "!!" } @else { "!" } }
                span .hidden { (said) }
            }
        }
    }
}
