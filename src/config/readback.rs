//! The rota in plain words: what the file now means, and what an edit changes for whom.

mod changes;
mod words;

pub use changes::changes;

use jiff::{SignedDuration, Timestamp};

use crate::domain::line::{Line, PromiseOwner, Within};
use crate::domain::rota::Rota;
use crate::domain::rota::duty::Duty;
use crate::domain::rota::outlook::Gap;
use crate::domain::rota::rotation::WhenClosed;
use words::{at, day, listed, spans};

/// What the rota means from `now` on for so many weeks; a line of text each, some of them empty.
pub fn read_back(rota: &Rota, now: Timestamp, weeks: i64) -> Vec<String> {
    let until = weeks_after(now, weeks);
    let zone = rota.zone.iana_name().unwrap_or("its own zone");
    let mut told = vec![format!(
        "{} ({zone}). The owner is {}: rung last, and inherits broken promises.",
        rota.business,
        rota.name(&rota.owner)
    )];
    for line in &rota.lines {
        told.push(String::new());
        told.extend(line_in_words(rota, line, now, until));
    }
    for (title, entries) in [
        ("Away:", away(rota, now)),
        ("Swapped turns:", swaps(rota, now)),
        ("Holidays ahead:", holidays(rota, now)),
        ("Open, but not in enough hands:", gaps(rota, now, until)),
    ] {
        if !entries.is_empty() {
            told.push(String::new());
            told.push(title.to_owned());
            told.extend(entries.into_iter().map(|entry| format!("  {entry}")));
        }
    }
    if let (Some(change), Some(line)) = (rota.next_clock_change(now), rota.lines.first()) {
        told.push(String::new());
        told.push(format!("Next clock change: {}", change.words(rota, line)));
    }
    told
}

pub(super) fn weeks_after(now: Timestamp, weeks: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(weeks.saturating_mul(7 * 24))).unwrap_or(Timestamp::MAX)
}

fn line_in_words(rota: &Rota, line: &Line, now: Timestamp, until: Timestamp) -> Vec<String> {
    let mut told = vec![
        format!("Line {}, {}: {}.", line.id, line.number.spaced(), hours(line)),
        format!("  {} {}", rings(line), promise(rota, line)),
        "  Who has the phone:".to_owned(),
    ];
    for shift in rota.shifts(line, now, until) {
        let people = people(rota, &shift.duty);
        told.push(match shift.duty.turn.end {
            None if shift.until == until => format!("    always: {people}"),
            Some(_) | None => format!("    until {}: {people}", at(rota, shift.until)),
        });
    }
    told
}

/// `Tom Ellis, then Ana Costa; Priya Nair is away`
fn people(rota: &Rota, duty: &Duty) -> String {
    let mut names: Vec<String> = duty.people.iter().map(|person| words::person(rota, person)).collect();
    if !duty.people.iter().any(|person| person.who == rota.owner) {
        names.push(format!("{} (owner)", rota.name(&rota.owner)));
    }
    let mut told = names.join(", then ");
    if duty.everybody_away {
        told.push_str("; everybody else is away");
    } else if !duty.absent.is_empty() {
        let absent: Vec<&str> = duty.absent.iter().map(|skipped| rota.name(&skipped.who)).collect();
        let are = if absent.len() == 1 { "is" } else { "are" };
        told = format!("{told}; {} {are} away", listed(&absent));
    }
    told
}

fn hours(line: &Line) -> String {
    if line.hours == crate::domain::rota::hours::Hours::always() {
        return "always open".to_owned();
    }
    format!("open {}", words::week(&line.hours))
}

fn rings(line: &Line) -> String {
    let ring = line.ring;
    let closed = match line.rota.when_closed {
        WhenClosed::OnCall => "When closed, whoever is on call rings all the same.",
        WhenClosed::Promise => "When closed, nobody rings and a promise is made at once.",
    };
    let usual = format!("The usual person rings for {} seconds, everybody else for {}", ring.usual_person, ring.each);
    format!("{usual}, a call for {} at most. {closed}", ring.at_most)
}

fn promise(rota: &Rota, line: &Line) -> String {
    let within = match line.promise.call_back {
        Within::OpenMinutes(minutes) => format!("{} of open time", words::length(minutes)),
        Within::Minutes(minutes) => words::length(minutes),
    };
    let owner = match line.promise.owner {
        PromiseOwner::UsualPerson => "the usual person, else whoever is on call,",
        PromiseOwner::OnCall => "whoever is on call",
        PromiseOwner::Owner => rota.name(&rota.owner),
    };
    let remind = match line.promise.remind_minutes {
        Some(minutes) => format!("reminded {} before", words::length(minutes)),
        None => "without a reminder".to_owned(),
    };
    format!("Then {owner} rings back within {within}, {remind}.")
}

fn away(rota: &Rota, now: Timestamp) -> Vec<String> {
    let today = rota.zone.to_datetime(now);
    let mut away: Vec<_> = rota.away.iter().filter(|away| away.until > today).collect();
    away.sort_by_key(|away| away.from);
    let told = |away: &&crate::domain::rota::absence::Away| {
        let cover = match &away.cover {
            Some(cover) => format!("{} stands in", rota.name(cover)),
            None => "the next name steps up".to_owned(),
        };
        let (from, until) = (words::moment(away.from), words::last_moment(away.until));
        let said = rota.said(&away.who, away.by.as_ref());
        format!("{} from {from} to {until}: {cover}{said}", rota.name(&away.who))
    };
    away.iter().map(told).collect()
}

fn swaps(rota: &Rota, now: Timestamp) -> Vec<String> {
    // A turn lasts a week, so a swap dated up to a week ago may still matter.
    let recent = rota.zone.to_datetime(weeks_after(now, -1)).date();
    let mut swaps: Vec<_> = rota.swaps.iter().filter(|swap| swap.turn >= recent).collect();
    swaps.sort_by_key(|swap| swap.turn);
    let told = |swap: &&crate::domain::rota::absence::Swap| {
        let (give, take) = (rota.name(&swap.give), rota.name(&swap.take));
        format!("the turn of {}: {give} gives, {take} takes{}", day(swap.turn), rota.said(&swap.give, swap.by.as_ref()))
    };
    swaps.iter().map(told).collect()
}

fn holidays(rota: &Rota, now: Timestamp) -> Vec<String> {
    let today = rota.zone.to_datetime(now).date();
    let mut holidays: Vec<_> = rota.holidays.iter().filter(|holiday| holiday.date >= today).collect();
    holidays.sort_by_key(|holiday| holiday.date);
    let told = |holiday: &&crate::domain::rota::holiday::Holiday| {
        let hours = match &holiday.hours {
            None => "the usual hours".to_owned(),
            Some(hours) if hours.is_empty() => "closed".to_owned(),
            Some(hours) => format!("open {}", spans(hours)),
        };
        let on_call = holiday.on_call.as_ref().map_or_else(String::new, |who| format!(", {} on call", rota.name(who)));
        format!("{}, {}: {hours}{on_call}", day(holiday.date), holiday.name)
    };
    holidays.iter().map(told).collect()
}

/// Each kind of lack once: `Thu 16 Jul 08:30 to 17:30: nobody backs up Priya Nair, and 3 more times`
pub(super) fn thin_in_words(rota: &Rota, gaps: &[&Gap]) -> Vec<String> {
    let mut kinds: Vec<(&Gap, usize)> = Vec::new();
    for gap in gaps {
        match kinds.iter_mut().find(|(first, _)| first.lack == gap.lack) {
            Some((_, more)) => *more += 1,
            None => kinds.push((gap, 0)),
        }
    }
    let told = |(first, more): &(&Gap, usize)| match more {
        0 => first.words(rota),
        1 => format!("{}, and once more", first.words(rota)),
        more => format!("{}, and {more} more times", first.words(rota)),
    };
    kinds.iter().map(told).collect()
}

fn gaps(rota: &Rota, now: Timestamp, until: Timestamp) -> Vec<String> {
    let several = rota.lines.len() > 1;
    let of_line = |line: &Line| {
        let prefix = if several { format!("{}: ", line.id) } else { String::new() };
        let gaps = rota.gaps(line, now, until);
        thin_in_words(rota, &gaps.iter().collect::<Vec<_>>()).into_iter().map(move |words| format!("{prefix}{words}"))
    };
    rota.lines.iter().flat_map(of_line).collect()
}
