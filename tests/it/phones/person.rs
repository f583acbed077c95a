//! The people behind the phones, and what a phone does when it is rung.

use std::collections::VecDeque;

use super::dice::Dice;

#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The short name in the rota: `priya`.
    pub(crate) id: String,
    pub(crate) name: String,
    /// The name as a voice reads it.
    spoken: String,
    /// E.164, or a SIP address with its scheme.
    pub(crate) phone: String,
    /// This phone cannot have voicemail, so answering is accepting.
    pub(crate) trusted: bool,
    /// What the phone does on its next rings.
    pub(super) next: VecDeque<Behaviour>,
    /// What it does otherwise.
    pub(super) always: Behaviour,
}

impl Person {
    pub(crate) fn new(id: &str, name: &str, phone: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            spoken: name.to_owned(),
            phone: phone.to_owned(),
            trusted: false,
            next: VecDeque::new(),
            always: Behaviour::lets_it_ring(),
        }
    }

    pub(crate) fn says(mut self, spoken: &str) -> Self {
        spoken.clone_into(&mut self.spoken);
        self
    }

    pub(crate) fn trusted(mut self) -> Self {
        self.trusted = true;
        self
    }

    /// The whole name, the first name and the spoken forms of both, longest first.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        [self.spoken.as_str(), self.name.as_str()]
            .into_iter()
            .flat_map(|name| [name, name.split(' ').next().unwrap_or(name)])
    }
}

/// What one phone does on one ring. Seconds count from the start of the ring unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Behaviour {
    /// How long it rings before something happens.
    pub(super) after: i64,
    pub(super) act: Act,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Act {
    LetsItRing,
    PicksUp(PickUp),
    Busy,
    /// The person presses the red button.
    Declines,
    /// The number does not exist, or its network refuses.
    Unreachable,
    /// The network loses the leg: no event about it or its call ever comes again.
    Vanishes,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PickUp {
    pub(super) by: Answerer,
    /// Each key with the seconds since the key before it, or since the phone was picked up.
    pub(super) keys: Vec<(i64, char)>,
    /// Seconds since the phone was picked up; before a conversation.
    pub(super) hangs_up: Option<i64>,
    /// Length of a conversation, in seconds.
    pub(super) talks: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answerer {
    Human,
    Voicemail,
    /// A handset that asks strangers who they are (iOS 26 call screening).
    Robot,
}

impl Behaviour {
    pub(crate) fn lets_it_ring() -> Self {
        Self { after: 0, act: Act::LetsItRing }
    }

    pub(crate) fn busy() -> Self {
        Self { after: 2, act: Act::Busy }
    }

    pub(crate) fn declines() -> Self {
        Self { after: 3, act: Act::Declines }
    }

    pub(crate) fn unreachable() -> Self {
        Self { after: 1, act: Act::Unreachable }
    }

    pub(crate) fn vanishes() -> Self {
        Self { after: 0, act: Act::Vanishes }
    }

    /// A human answers after 4 seconds, and presses nothing.
    pub(crate) fn answers() -> Self {
        Self::picked_up(4, Answerer::Human)
    }

    pub(crate) fn voicemail() -> Self {
        Self::picked_up(6, Answerer::Voicemail)
    }

    pub(crate) fn screening_robot() -> Self {
        Self::picked_up(1, Answerer::Robot)
    }

    /// Answers and presses these keys, one every 2 seconds.
    pub(crate) fn presses(keys: &str) -> Self {
        keys.chars().fold(Self::answers(), |behaviour, key| behaviour.then(2, key))
    }

    /// One more key, this many seconds after the one before it, or after the answer.
    pub(crate) fn then(mut self, seconds: i64, key: char) -> Self {
        self.picking_up().keys.push((seconds, key));
        self
    }

    /// Rings this long first.
    pub(crate) fn after(mut self, seconds: i64) -> Self {
        self.after = seconds;
        self
    }

    /// Hangs up this many seconds after answering, if no conversation has begun.
    pub(crate) fn hangs_up_after(mut self, seconds: i64) -> Self {
        self.picking_up().hangs_up = Some(seconds);
        self
    }

    pub(crate) fn talks(mut self, seconds: i64) -> Self {
        self.picking_up().talks = seconds;
        self
    }

    /// What people do all day.
    pub(crate) fn by_chance(dice: &mut Dice) -> Self {
        let seconds = |dice: &mut Dice, most| i64::from(dice.up_to(most));
        match dice.up_to(12) {
            0 | 1 => Self::lets_it_ring(),
            2 => Self::busy().after(seconds(dice, 5)),
            3 => Self::declines().after(seconds(dice, 20)),
            4 => Self::unreachable(),
            5 => Self::voicemail().after(seconds(dice, 25)),
            6 => Self::screening_robot(),
            7 => Self::answers().hangs_up_after(seconds(dice, 10)),
            8 => Self::presses(["5", "2", "3", "#"][usize::try_from(dice.up_to(3)).unwrap()]),
            _ => {
                let wrong = Self::answers().after(seconds(dice, 15)).talks(seconds(dice, 900));
                let wrong = if dice.percent(30) { wrong.then(1, '9') } else { wrong };
                wrong.then(seconds(dice, 12), '1')
            }
        }
    }

    fn picked_up(after: i64, by: Answerer) -> Self {
        Self { after, act: Act::PicksUp(PickUp { by, keys: Vec::new(), hangs_up: None, talks: 120 }) }
    }

    fn picking_up(&mut self) -> &mut PickUp {
        match &mut self.act {
            Act::PicksUp(pick_up) => pick_up,
            other => panic!("only somebody who answers can do more: {other:?}"),
        }
    }
}
