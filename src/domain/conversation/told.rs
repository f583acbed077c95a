//! What others are told of a live change that is about them, when it is made or taken back.

use super::{Effect, Talk};
use crate::domain::rota::live::Live;
use crate::domain::staff::StaffId;
use crate::domain::words::answers as words;

impl Talk<'_> {
    /// To everybody whom it is about, but not to who says it.
    pub fn tells_made(&self, what: &Live) -> Vec<Effect> {
        let noted = |told: &str| words::noted_by(self.name(), told);
        self.tells(match what {
            Live::Away { who, from, until, cover } => {
                let mut told = vec![(who, noted(&words::away(*from, *until, self.now)))];
                let stands_in = || words::you_stand_in(self.rota.name(who), *from, *until, self.now);
                told.extend(cover.iter().map(|cover| (cover, stands_in())));
                told
            }
            Live::Back { who, .. } => vec![(who, noted(words::BACK))],
            Live::Swap { turn, give, take } => {
                let turn = self.turn(*turn);
                let with = |other: &StaffId| noted(&words::are_swapped(self.rota.name(other), &turn));
                vec![(give, with(take)), (take, with(give))]
            }
        })
    }

    /// As [`Talk::tells_made`].
    pub fn tells_taken_back(&self, what: &Live) -> Vec<Effect> {
        let taken_back = |told: &str| words::taken_back_by(self.name(), told);
        self.tells(match what {
            Live::Away { who, from, until, cover } => {
                let mut told = vec![(who, taken_back(&words::away(*from, *until, self.now)))];
                let need_not = || words::you_need_not_stand_in(self.rota.name(who), *from, *until, self.now);
                told.extend(cover.iter().map(|cover| (cover, need_not())));
                told
            }
            Live::Back { who, .. } => vec![(who, taken_back(words::BACK))],
            Live::Swap { give, take, .. } => {
                [give, take].map(|whom| (whom, words::swap_taken_back_by(self.name()))).to_vec()
            }
        })
    }

    fn tells(&self, told: Vec<(&StaffId, String)>) -> Vec<Effect> {
        let others = told.into_iter().filter(|(whom, _)| *whom != self.who);
        others.map(|(whom, say)| Effect::Tell { whom: whom.clone(), say }).collect()
    }
}
