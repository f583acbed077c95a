//! AWAY and BACK.

use jiff::civil::DateTime;

use super::{Effect, Question, REALLY_WITHIN, Reply, Talk};
use crate::domain::rota::live::{Live, LiveChange, LiveChangeId};
use crate::domain::rota::{Rota, wall_clock};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::domain::words::answers as words;

impl Talk<'_> {
    pub fn away(&self, from: DateTime, until: DateTime, cover: Option<&StaffId>) -> Reply {
        if cover == Some(self.who) {
            return Reply::only(words::NOT_YOUR_OWN_COVER);
        }
        let present = self.rota.absence(self.who, self.now.timestamp());
        let starts_now = from <= self.now.datetime();
        if let Some(absence) = present.filter(|absence| starts_now && until < absence.until) {
            // A shorter time than was said before; what stands in the admin's file is not shortened by the way.
            if absence.by.is_none() {
                return Reply::only(words::away_anyway(absence.until, self.now));
            }
            let back = Live::Back { who: self.who.clone(), from: until, until: absence.until };
            return self.done(back, from, until);
        }
        let what = Live::Away { who: self.who.clone(), from, until, cover: cover.cloned() };
        match self.rota.would_leave_hole(&what, self.who, self.now.timestamp()) {
            None => self.done(what, from, until),
            Some(hole) => {
                let question = Question::Really { change: what };
                let when = hole.gap.from_until(self.rota, Language::English);
                let say = words::would_leave_hole(&when, &hole.line, self.rota.lines.len() > 1);
                let until = self.now.timestamp().saturating_add(REALLY_WITHIN).unwrap_or(self.now.timestamp());
                Reply { say, effects: vec![Effect::Ask { whom: self.who.clone(), question, until }] }
            }
        }
    }

    /// YES to [`Question::Really`].
    pub(super) fn away_all_the_same(&self, change: &Live) -> Reply {
        match change {
            Live::Away { from, until, .. } => self.done(change.clone(), *from, *until),
            Live::Back { .. } | Live::Swap { .. } => Reply::only(words::NOTHING_ASKED),
        }
    }

    /// What is true once the change is made.
    fn done(&self, what: Live, from: DateTime, until: DateTime) -> Reply {
        let changed = self.changed(&what);
        let begins = wall_clock::begins(&self.rota.zone, from).max(self.now.timestamp());
        // An absence that follows without a break is the same absence.
        let until = changed.absence(self.who, begins).map_or(until, |absence| absence.until);
        let away = words::away(from, until, self.now);
        let say = format!("{away} {} {}", self.stand_in(&changed, begins), words::BACK_TO_RETURN);
        let told = self.tells_made(&what);
        let mut effects = vec![self.change(what, &[self.who])];
        effects.extend(told);
        Reply { say, effects }
    }

    /// Who answers instead.
    fn stand_in(&self, changed: &Rota, at: jiff::Timestamp) -> String {
        let absence = changed.absence(self.who, at);
        if let Some(cover) = absence.and_then(|absence| absence.cover) {
            let name = changed.name(&cover);
            return match changed.absence(&cover, at) {
                None => words::stands_in(name),
                Some(_) => words::cover_is_away(name),
            };
        }
        let Some(line) = self.line() else { return String::new() };
        let there = Live::Back { who: self.who.clone(), from: DateTime::MIN, until: DateTime::MAX };
        let (before, after) = (self.changed(&there).duty(line, at), changed.duty(line, at));
        let place = before.people.iter().position(|person| person.who == *self.who);
        let new = after.people.iter().find(|person| !before.people.iter().any(|other| other.who == person.who));
        match (place, after.people.first(), new) {
            (None, _, _) => words::NO_TURN_THEN.to_owned(),
            (Some(_), None, _) => words::NO_PHONE_RINGS.to_owned(),
            (Some(_), Some(first), _) if after.everybody_away => words::only_owner(changed.name(&first.who)),
            (Some(0), Some(first), _) => words::has_the_phone(changed.name(&first.who)),
            (Some(_), _, Some(new)) => words::backs_up(changed.name(&new.who)),
            (Some(_), _, None) => words::NOBODY_BACKS_UP.to_owned(),
        }
    }

    pub fn back(&self) -> Reply {
        let now = self.now.timestamp();
        let Some(what) = Live::back(self.rota, self.who, now) else {
            return Reply::only(format!("{} {}", words::NOT_AWAY, self.place(self.rota)));
        };
        let changed = self.changed(&what);
        let say = format!("{} {}", words::BACK, self.place(&changed));
        Reply { say, effects: vec![self.change(what, &[self.who])] }
    }

    /// What this person's place is right now.
    fn place(&self, rota: &Rota) -> String {
        let Some(line) = self.line() else { return String::new() };
        let duty = rota.duty(line, self.now.timestamp());
        match duty.people.iter().position(|person| person.who == *self.who) {
            Some(0) => words::you_have_the_phone(rota.keeps_place_until(line, self.who, duty.at), self.now),
            Some(_) => words::YOU_BACK_UP.to_owned(),
            None => match duty.people.first() {
                Some(first) => words::has_the_phone(rota.name(&first.who)),
                None => String::new(),
            },
        }
    }

    pub(super) fn changed(&self, what: &Live) -> Rota {
        let change =
            LiveChange { id: LiveChangeId(0), by: self.who.clone(), made: self.now.timestamp(), what: what.clone() };
        self.rota.with_live(&[change])
    }
}
