//! Whom of our customers we may text, and when.

use jiff::{Timestamp, Zoned};

use super::phone::{Kind, Phone};
use super::rota::hours::Span;

/// Who would get a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Receiver {
    /// `None` where it is withheld.
    pub phone: Option<Phone>,
    pub blocked: bool,
    /// Has said STOP.
    pub stopped: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Answers what the customer has just done, a call or a text: they are awake and wait for it.
    Answer,
    /// Comes from us.
    Ours,
}

/// Why somebody gets no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    Withheld,
    Landline,
    /// Premium, shared-cost, or billed like one: a text there would cost us what its owner likes.
    Costly,
    Blocked,
    Stopped,
}

/// When a text may go out, from now on. `quiet` are the hours in which nobody is disturbed.
pub fn may_text(
    receiver: &Receiver,
    occasion: Occasion,
    quiet: Option<Span>,
    now: &Zoned,
) -> Result<Timestamp, WhyNot> {
    let phone = receiver.phone.ok_or(WhyNot::Withheld)?;
    match phone.kind() {
        _ if receiver.stopped => Err(WhyNot::Stopped),
        _ if receiver.blocked => Err(WhyNot::Blocked),
        Kind::Landline => Err(WhyNot::Landline),
        Kind::Costly => Err(WhyNot::Costly),
        Kind::Mobile | Kind::Unknown => Ok(match occasion {
            Occasion::Answer => now.timestamp(),
            Occasion::Ours => after_quiet(quiet, now),
        }),
    }
}

/// The end of the quiet hours that `now` is in, else `now`.
pub fn after_quiet(quiet: Option<Span>, now: &Zoned) -> Timestamp {
    let quiet = quiet.and_then(|quiet| quiet.around(now.time_zone(), now.timestamp(), now.date()));
    quiet.map_or(now.timestamp(), |quiet| quiet.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::rota::hours::ClockTime;

    const QUIET: Option<Span> = Some(Span { start: ClockTime(21 * 60), end: ClockTime(8 * 60) });

    fn at(text: &str) -> Zoned {
        format!("{text}[Europe/London]").parse().unwrap()
    }

    fn to(number: &str) -> Receiver {
        Receiver { phone: Phone::from_e164(number), ..Receiver::default() }
    }

    fn asked(receiver: &Receiver) -> Result<(), WhyNot> {
        may_text(receiver, Occasion::Answer, QUIET, &at("2026-06-12T10:00")).map(|_| ())
    }

    #[test]
    fn only_a_phone_that_can_read_and_wants_to_gets_a_text() {
        assert_eq!(asked(&to("+447400123456")), Ok(()));
        assert_eq!(asked(&to("+447700900201")), Ok(()), "no plan knows it, so it may be a mobile");
        assert_eq!(asked(&to("+12015550123")), Ok(()), "nobody can tell in North America");
        assert_eq!(asked(&Receiver::default()), Err(WhyNot::Withheld));
        assert_eq!(asked(&to("+442083661177")), Err(WhyNot::Landline));
        assert_eq!(asked(&Receiver { blocked: true, ..to("+447400123456") }), Err(WhyNot::Blocked));
        assert_eq!(asked(&Receiver { stopped: true, ..to("+447400123456") }), Err(WhyNot::Stopped));
    }

    #[test]
    fn no_text_is_lured_to_a_number_that_earns_by_it() {
        for costly in
            ["+449012345678", "+19002345678", "+33891234567", "+979123456789", "+88216123456", "+447012345678"]
        {
            assert_eq!(asked(&to(costly)), Err(WhyNot::Costly), "{costly}");
        }
    }

    #[test]
    fn a_text_of_ours_waits_until_the_quiet_hours_are_over_and_an_answer_does_not() {
        let when = |occasion, now: &str| may_text(&to("+447400123456"), occasion, QUIET, &at(now)).unwrap();
        for (now, then) in [
            ("2026-06-12T20:59", "2026-06-12T20:59"),
            ("2026-06-12T21:00", "2026-06-13T08:00"),
            ("2026-06-13T03:00", "2026-06-13T08:00"),
            ("2026-06-13T07:59", "2026-06-13T08:00"),
            ("2026-06-13T08:00", "2026-06-13T08:00"),
            // The clock goes back in this night, and eight is still eight.
            ("2026-10-24T23:00", "2026-10-25T08:00"),
        ] {
            assert_eq!(when(Occasion::Ours, now), at(then).timestamp(), "{now}");
            assert_eq!(when(Occasion::Answer, now), at(now).timestamp(), "{now}");
        }
        let none = may_text(&to("+447400123456"), Occasion::Ours, None, &at("2026-06-13T03:00"));
        assert_eq!(none, Ok(at("2026-06-13T03:00").timestamp()));
    }
}
