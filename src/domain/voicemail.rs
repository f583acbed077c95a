//! Voicemail that takes calls: a phone that picks up again and again after the same seconds of ringing, with
//! nobody there.
//!
//! What tells it from a person who hesitates: a machine has its second. Since the first of these pick-ups the
//! phone has never rung longer, whatever became of the ring, and hardly anybody pressed a key after so many
//! seconds. A voicemail that is set right rings longer, and the advice goes away by itself.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::call::Call;
use super::call::story::Happened;
use super::staff::StaffId;

/// How far back is looked.
pub const LOOKED_BACK: SignedDuration = SignedDuration::from_hours(28 * 24);

/// So many pick-ups before anything is said.
const PICK_UPS_MIN: usize = 3;

/// How far apart they may be, in seconds: what networks and webhooks add.
const SPREAD_SECONDS: i64 = 2;

/// A phone whose voicemail takes our calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voicemail {
    pub who: StaffId,
    /// Of ringing, until it picks up.
    pub seconds: u32,
    /// How many calls it took within [`LOOKED_BACK`].
    pub took: usize,
}

/// How long phones rang, and what for. Calls are told in the order in which they came.
#[derive(Clone, Debug, Default)]
pub struct Legs(BTreeMap<StaffId, Vec<Leg>>);

#[derive(Clone, Copy, Debug)]
struct Leg {
    seconds: i64,
    end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nothing picked up.
    StillRinging,
    /// Picked up, and no key.
    Nobody,
    /// Picked up, and a key.
    Human,
    /// Picked up, and the caller was gone before anybody could press a key.
    Unclear,
}

impl Legs {
    pub fn call(&mut self, call: &Call) {
        let mut ringing: Option<(&StaffId, Timestamp)> = None;
        let mut picked_up: Option<Leg> = None;
        for entry in &call.story {
            let rang = |since: Timestamp| entry.at.duration_since(since).as_secs();
            match (entry.what, ringing) {
                (Happened::Rings { .. }, _) => {
                    self.over(ringing, picked_up.take());
                    ringing = entry.who.as_ref().map(|who| (who, entry.at));
                }
                (Happened::PickedUp, Some((_, since))) if picked_up.is_none() => {
                    picked_up = Some(Leg { seconds: rang(since), end: End::Unclear });
                }
                (Happened::NoAnswer | Happened::Canceled | Happened::CallerHungUp, Some((_, since))) => {
                    picked_up = picked_up.or(Some(Leg { seconds: rang(since), end: End::StillRinging }));
                }
                (what, _) => {
                    if let (Some(leg), Some(end)) = (&mut picked_up, end_by(what)) {
                        leg.end = end;
                    }
                }
            }
        }
        self.over(ringing, picked_up);
    }

    /// A leg whose pick-up nobody told us about says nothing.
    fn over(&mut self, ringing: Option<(&StaffId, Timestamp)>, leg: Option<Leg>) {
        if let (Some((who, _)), Some(leg)) = (ringing, leg) {
            self.0.entry(who.clone()).or_default().push(leg);
        }
    }

    /// In order of the short names.
    pub fn voicemails(&self) -> Vec<Voicemail> {
        let found = self.0.iter().filter_map(|(who, legs)| {
            let (seconds, took) = voicemail(legs)?;
            Some(Voicemail { who: who.clone(), seconds: u32::try_from(seconds).unwrap_or(0), took })
        });
        found.collect()
    }
}

fn end_by(what: Happened) -> Option<End> {
    match what {
        Happened::Accepted | Happened::Declined | Happened::RingsBack { .. } | Happened::WrongKey { .. } => {
            Some(End::Human)
        }
        Happened::Silent | Happened::HungUpInWhisper | Happened::BridgedWithoutAccept => Some(End::Nobody),
        _ => None,
    }
}

/// After how many seconds, and how many calls it took.
fn voicemail(legs: &[Leg]) -> Option<(i64, usize)> {
    let nobody: Vec<i64> = legs.iter().filter(|leg| leg.end == End::Nobody).map(|leg| leg.seconds).collect();
    let longest = *nobody.iter().max()?;
    let its_second = |seconds: &i64| (longest - SPREAD_SECONDS..=longest).contains(seconds);
    let took: Vec<i64> = nobody.iter().copied().filter(its_second).collect();
    let first = legs.iter().position(|leg| leg.end == End::Nobody && its_second(&leg.seconds))?;
    let since = legs.get(first..)?;
    let humans = since.iter().filter(|leg| leg.end == End::Human && its_second(&leg.seconds)).count();
    let rang_longer = since.iter().any(|leg| leg.seconds > longest);
    let is_machine = took.len() >= PICK_UPS_MIN
        // Two of three, where somebody who hesitates has no second of their own.
        && took.len() * 3 >= nobody.len() * 2
        && humans * 3 <= took.len()
        && !rang_longer;
    Some((*took.iter().min()?, took.len())).filter(|_| is_machine)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn leg(seconds: i64, end: End) -> Leg {
        Leg { seconds, end }
    }

    fn nobody(seconds: i64) -> Leg {
        leg(seconds, End::Nobody)
    }

    fn takes(seconds: i64) -> Leg {
        leg(seconds, End::Human)
    }

    fn rings(seconds: i64) -> Leg {
        leg(seconds, End::StillRinging)
    }

    #[test]
    fn a_machine_has_its_second() {
        assert_eq!(voicemail(&[nobody(17), nobody(17), nobody(18)]), Some((17, 3)));
        assert_eq!(voicemail(&[takes(5), nobody(17), takes(9), nobody(18), rings(16), nobody(17)]), Some((17, 3)));
        assert_eq!(voicemail(&[nobody(17), nobody(17)]), None, "twice may be chance");
    }

    #[test]
    fn somebody_who_hesitates_is_no_machine() {
        assert_eq!(voicemail(&[nobody(3), nobody(9), nobody(14), nobody(15), nobody(15)]), None, "any second");
        assert_eq!(voicemail(&[nobody(6), nobody(5), takes(9), nobody(6)]), None, "it rang longer and was taken");
        assert_eq!(voicemail(&[nobody(5), takes(5), nobody(6), takes(6), nobody(5)]), None, "taken in those seconds");
    }

    #[test]
    fn a_phone_that_rings_on_has_no_voicemail_at_that_second() {
        assert_eq!(voicemail(&[nobody(12), nobody(12), rings(18), nobody(12)]), None);
        assert_eq!(voicemail(&[rings(18), takes(18), nobody(12), nobody(12), nobody(12)]), Some((12, 3)), "set anew");
        assert_eq!(voicemail(&[nobody(12), nobody(12), nobody(12), rings(18)]), None, "set right since");
    }

    #[test]
    fn a_phone_that_is_off_now_and_then_still_has_its_second() {
        assert_eq!(voicemail(&[nobody(17), nobody(1), nobody(17), nobody(17)]), Some((17, 3)));
    }
}
