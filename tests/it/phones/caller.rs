//! What a caller does, decided before they ring.

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

/// What a test expects of the first answer. Anything but a ring must be expected, or it is a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstAnswer {
    Rings,
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
