//! What a caller does, decided before they ring.

use super::dice::Dice;

/// How long a caller stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Patience {
    ToTheEnd,
    /// Seconds since they rang.
    UntilSecond(i64),
    /// Seconds into the first whisper; the caller hears ringing then.
    UntilWhisper(i64),
    /// Seconds into the first words after a ring: mostly a promise.
    UntilPromise(i64),
}

impl Patience {
    pub(crate) fn by_chance(dice: &mut Dice) -> Self {
        match dice.up_to(5) {
            0 => Self::UntilSecond(i64::from(dice.up_to(70))),
            1 => Self::UntilWhisper(i64::from(dice.up_to(6))),
            2 => Self::UntilPromise(i64::from(dice.up_to(6))),
            _ => Self::ToTheEnd,
        }
    }
}

/// What a caller does at the tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtTheTone {
    HangsUp,
    /// Waits for something to happen.
    SaysNothing,
    /// Seconds of speech, then silence.
    Speaks(i64),
    SpeaksAndHangsUp(i64),
}

impl AtTheTone {
    pub(crate) fn by_chance(dice: &mut Dice) -> Self {
        match dice.up_to(3) {
            0 => Self::HangsUp,
            1 => Self::SaysNothing,
            2 => Self::Speaks(i64::from(dice.up_to(150))),
            _ => Self::SpeaksAndHangsUp(i64::from(dice.up_to(150))),
        }
    }
}

/// What a test expects of the first answer. Anything but a ring must be expected, or it is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstAnswer {
    Rings,
    /// Everybody may be on the phone.
    RingsIfAnybodyIsFree,
    /// Closed, and the line promises when it is closed.
    Promises,
    /// Blocked.
    Refuses,
}

#[derive(Clone, Debug)]
pub(crate) struct Caller {
    /// As the network writes it: E.164, `anonymous`, `sip:...`.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) patience: Patience,
    pub(crate) at_the_tone: AtTheTone,
    pub(crate) first_answer: FirstAnswer,
    /// Parameters that only some calls carry: `StirVerstat`, `CallerName`.
    pub(crate) extra: Vec<(String, String)>,
}

impl Caller {
    pub(crate) fn new(from: &str, to: &str) -> Self {
        Self {
            from: from.to_owned(),
            to: to.to_owned(),
            patience: Patience::ToTheEnd,
            at_the_tone: AtTheTone::HangsUp,
            first_answer: FirstAnswer::Rings,
            extra: Vec::new(),
        }
    }
}
