//! SWAP: two people agree.

use jiff::civil::Date;

use super::{Deed, Effect, Question, Reply, SWAP_WITHIN, Talk};
use crate::domain::rota::live::Live;
use crate::domain::rota::rotation::Turn;
use crate::domain::staff::StaffId;
use crate::domain::words::answers as words;

impl Talk<'_> {
    /// Asks the other one. Nothing changes until they say yes.
    pub fn swap(&self, day: Date, with: &StaffId) -> Reply {
        if with == self.who {
            return Reply::only(words::NOT_WITH_YOURSELF);
        }
        let other = self.rota.name(with);
        if Live::swap(self.rota, self.who, with, day).is_none() {
            return Reply::only(words::no_turn_to_swap(other));
        }
        if !self.reads_texts(with) {
            return Reply::only(words::cannot_be_asked(other));
        }
        let until = self.now.timestamp().saturating_add(SWAP_WITHIN).unwrap_or(self.now.timestamp());
        let question = Question::Swap { day, by: self.who.clone() };
        let turn = self.turn(day);
        let ask = words::asks_to_swap(self.name(), &turn, until, self.now);
        Reply {
            say: words::asked_to_swap(other, &turn),
            effects: vec![
                Effect::Ask { whom: with.clone(), question: question.clone(), until },
                Effect::Tell { whom: with.clone(), say: ask },
                Effect::Remember {
                    whom: self.who.clone(),
                    deed: Some(Deed::AskedToSwap { whom: with.clone(), question }),
                },
            ],
        }
    }

    /// YES to [`Question::Swap`].
    pub(super) fn agrees(&self, day: Date, with: &StaffId) -> Reply {
        let other = self.rota.name(with);
        let Some(what) = Live::swap(self.rota, with, self.who, day) else {
            return Reply::only(words::no_turn_to_swap(other));
        };
        let turn = self.turn(day);
        let told = words::swapped(self.name(), &turn);
        Reply {
            say: words::swapped(other, &turn),
            effects: vec![self.change(what, &[self.who, with]), Effect::Tell { whom: with.clone(), say: told }],
        }
    }

    /// NO to [`Question::Swap`].
    pub(super) fn declines(&self, day: Date, with: &StaffId) -> Reply {
        let turn = self.turn(day);
        Reply {
            say: words::declined(self.rota.name(with)),
            effects: vec![
                Effect::Tell { whom: with.clone(), say: words::does_not_swap(self.name(), &turn) },
                Effect::Remember { whom: with.clone(), deed: None },
            ],
        }
    }

    /// The turn that contains this date, as it is said.
    pub(super) fn turn(&self, day: Date) -> String {
        let turn = self.line().and_then(|line| line.rota.turn_on(&self.rota.zone, day));
        match turn {
            Some(Turn { start: Some(start), end: Some(end), .. }) => words::turn(start, end, self.now),
            Some(_) | None => words::day(day),
        }
    }
}
