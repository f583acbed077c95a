//! The rota in plain words: what the file now means, and what an edit changes for whom.

mod changes;
mod sentences;
mod words;

pub use changes::changes;

use jiff::{SignedDuration, Timestamp};

use crate::domain::line::{Line, PromiseOwner, Within};
use crate::domain::rota::Rota;
use crate::domain::rota::duty::Duty;
use crate::domain::rota::outlook::Gap;
use crate::domain::rota::rotation::WhenClosed;
use crate::domain::words::Language;
use sentences::ReadBackWords;
use words::{at, day, listed, spans};

/// What the rota means from `now` on for so many weeks; a line of text each, some of them empty.
pub fn read_back(rota: &Rota, now: Timestamp, weeks: i64, language: Language) -> Vec<String> {
    let (until, words) = (weeks_after(now, weeks), ReadBackWords(language));
    let zone = rota.zone.iana_name().map_or_else(|| words.own_zone(), str::to_owned);
    let mut told = vec![words.head(&rota.business, zone, rota.name(&rota.owner))];
    for line in &rota.lines {
        told.push(String::new());
        told.extend(line_in_words(rota, line, now, until, words));
    }
    for (title, entries) in [
        (words.away(), away(rota, now, words)),
        (words.swaps(), swaps(rota, now, words)),
        (words.holidays(), holidays(rota, now, words)),
        (words.gaps(), gaps(rota, now, until, language)),
    ] {
        if !entries.is_empty() {
            told.push(String::new());
            told.push(title);
            told.extend(entries.into_iter().map(|entry| format!("  {entry}")));
        }
    }
    if let (Some(change), Some(line)) = (rota.next_clock_change(now), rota.lines.first()) {
        told.push(String::new());
        told.push(words.clock_change(change.words(rota, line, language)));
    }
    told
}

pub(super) fn weeks_after(now: Timestamp, weeks: i64) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(weeks.saturating_mul(7 * 24))).unwrap_or(Timestamp::MAX)
}

fn line_in_words(rota: &Rota, line: &Line, now: Timestamp, until: Timestamp, words: ReadBackWords) -> Vec<String> {
    let mut told = vec![
        words.line(&line.id, line.number.spaced(), hours(line, words)),
        format!("  {} {}", rings(line, words), promise(rota, line, words)),
        format!("  {}", words.who_has_phone()),
    ];
    for shift in rota.shifts(line, now, until) {
        let people = people(rota, &shift.duty, words);
        let shift = match shift.duty.turn.end {
            None if shift.until == until => words.always(people),
            Some(_) | None => words.until(at(rota, shift.until, words.0), people),
        };
        told.push(format!("    {shift}"));
    }
    told
}

/// `Tom Ellis, then Ana Costa; Priya Nair is away`
fn people(rota: &Rota, duty: &Duty, words: ReadBackWords) -> String {
    let mut names: Vec<String> = duty.people.iter().map(|person| words::person(rota, person, words)).collect();
    if !duty.people.iter().any(|person| person.who == rota.owner) {
        names.push(words.as_owner(rota.name(&rota.owner)));
    }
    let told = names.into_iter().reduce(|before, name| words.then(before, name)).unwrap_or_default();
    let absent: Vec<&str> = duty.absent.iter().map(|skipped| rota.name(&skipped.who)).collect();
    match (duty.everybody_away, absent.as_slice()) {
        (true, _) => format!("{told}; {}", words.all_others_away()),
        (false, []) => told,
        (false, [name]) => format!("{told}; {}", words.is_away(name)),
        (false, several) => format!("{told}; {}", words.are_away(listed(several, words.0))),
    }
}

fn hours(line: &Line, words: ReadBackWords) -> String {
    if line.hours == crate::domain::rota::hours::Hours::always() {
        return words.always_open();
    }
    words.open(words::week(&line.hours, words))
}

fn rings(line: &Line, words: ReadBackWords) -> String {
    let ring = line.ring;
    let closed = match line.rota.when_closed {
        WhenClosed::OnCall => words.closed_rings(),
        WhenClosed::Promise => words.closed_promises(),
    };
    format!("{} {closed}", words.rings(ring.usual_person, ring.each, ring.at_most))
}

fn promise(rota: &Rota, line: &Line, words: ReadBackWords) -> String {
    let length = |minutes: u32| words.0.in_days(minutes.into());
    let within = match line.promise.call_back {
        Within::OpenMinutes(minutes) => words.open_time(length(minutes)),
        Within::Minutes(minutes) => length(minutes),
    };
    let owner = match line.promise.owner {
        PromiseOwner::UsualPerson => words.by_usual(),
        PromiseOwner::OnCall => words.by_on_call(),
        PromiseOwner::Owner => rota.name(&rota.owner).to_owned(),
    };
    let remind = match line.promise.remind_minutes {
        Some(minutes) => words.reminded(length(minutes)),
        None => words.not_reminded(),
    };
    words.promise(owner, within, remind)
}

fn away(rota: &Rota, now: Timestamp, words: ReadBackWords) -> Vec<String> {
    let today = rota.zone.to_datetime(now);
    let mut away: Vec<_> = rota.away.iter().filter(|away| away.until > today).collect();
    away.sort_by_key(|away| away.from);
    let told = |away: &&crate::domain::rota::absence::Away| {
        let cover = match &away.cover {
            Some(cover) => words.stands_in(rota.name(cover)),
            None => words.next_steps_up(),
        };
        let (from, until) = (words::moment(away.from, words.0), words::last_moment(away.until, words.0));
        words.absence(rota.name(&away.who), from, until, cover)
            + &rota.said(&away.who, away.by.as_ref()).in_words(words.0)
    };
    away.iter().map(told).collect()
}

fn swaps(rota: &Rota, now: Timestamp, words: ReadBackWords) -> Vec<String> {
    // A turn lasts a week, so a swap dated up to a week ago may still matter.
    let recent = rota.zone.to_datetime(weeks_after(now, -1)).date();
    let mut swaps: Vec<_> = rota.swaps.iter().filter(|swap| swap.turn >= recent).collect();
    swaps.sort_by_key(|swap| swap.turn);
    let told = |swap: &&crate::domain::rota::absence::Swap| {
        words.swap(day(swap.turn, words.0), rota.name(&swap.give), rota.name(&swap.take))
            + &rota.said(&swap.give, swap.by.as_ref()).in_words(words.0)
    };
    swaps.iter().map(told).collect()
}

fn holidays(rota: &Rota, now: Timestamp, words: ReadBackWords) -> Vec<String> {
    let today = rota.zone.to_datetime(now).date();
    let mut holidays: Vec<_> = rota.holidays.iter().filter(|holiday| holiday.date >= today).collect();
    holidays.sort_by_key(|holiday| holiday.date);
    let told = |holiday: &&crate::domain::rota::holiday::Holiday| {
        let hours = match &holiday.hours {
            None => words.usual_hours(),
            Some(hours) if hours.is_empty() => words.closed(),
            Some(hours) => words.open_day(spans(hours, words)),
        };
        let on_call = holiday.on_call.as_ref().map(|who| format!(", {}", words.on_call(rota.name(who))));
        let day = day(holiday.date, words.0);
        format!("{day}, {}: {hours}{}", holiday.name, on_call.unwrap_or_default())
    };
    holidays.iter().map(told).collect()
}

/// Each kind of lack once: `Thu 16 Jul 08:30 to 17:30: nobody backs up Priya Nair, and 3 more times`
pub(super) fn thin_in_words(rota: &Rota, gaps: &[&Gap], language: Language) -> Vec<String> {
    let mut kinds: Vec<(&Gap, usize)> = Vec::new();
    for gap in gaps {
        match kinds.iter_mut().find(|(first, _)| first.lack == gap.lack) {
            Some((_, more)) => *more += 1,
            None => kinds.push((gap, 0)),
        }
    }
    let words = ReadBackWords(language);
    let told = |(first, more): &(&Gap, usize)| {
        let gap = first.words(rota, language);
        match more {
            0 => gap,
            1 => words.once_more(gap),
            more => words.more_times(gap, more),
        }
    };
    kinds.iter().map(told).collect()
}

fn gaps(rota: &Rota, now: Timestamp, until: Timestamp, language: Language) -> Vec<String> {
    let several = rota.lines.len() > 1;
    let of_line = |line: &Line| {
        let prefix = if several { format!("{}: ", line.id) } else { String::new() };
        let gaps = rota.gaps(line, now, until);
        let told = thin_in_words(rota, &gaps.iter().collect::<Vec<_>>(), language);
        told.into_iter().map(move |words| format!("{prefix}{words}"))
    };
    rota.lines.iter().flat_map(of_line).collect()
}
