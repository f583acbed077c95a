//! Something to be done outside after the commit: saved with what it follows from, done later, never twice.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::phone::Phone;
use super::staff::Reach;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The provider that does it.
    pub provider: String,
    pub outbound: Outbound,
    /// A text to a customer, which is not sent if they have said STOP by then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub heeds_stop: bool,
}

impl Job {
    /// The number whose STOP this job heeds.
    pub fn stoppable_by(&self) -> Option<Phone> {
        match self.outbound {
            Outbound::Text { to, .. } if self.heeds_stop => Some(to),
            Outbound::Text { .. } | Outbound::Call { .. } => None,
        }
    }
}

/// Something asked of a provider's REST interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outbound {
    Text {
        from: Phone,
        to: Phone,
        body: String,
    },
    /// A call to `to` that asks `url` what to do once it is answered, and tells `news` when it is over.
    Call {
        from: Phone,
        to: Reach,
        url: String,
        news: String,
        /// How long the phone really rings.
        seconds: u16,
    },
}

/// How often a job is tried before it is left for a human to see.
pub const TRIES_MAX: u32 = 10;

/// How long to wait after so many tries: 10 s, 20 s, 40 s, 80 s, 3 min, 5 min, 11 min, 21 min, 43 min,
/// then it has failed. Rides out an hour without the provider.
pub fn wait_after(tries: u32) -> Option<SignedDuration> {
    (tries < TRIES_MAX).then(|| SignedDuration::from_secs(10 << tries.saturating_sub(1).min(8)))
}

/// When to try again, or `None` when it has been tried often enough.
pub fn next_try(tries: u32, now: Timestamp) -> Option<Timestamp> {
    wait_after(tries).map(|wait| now + wait)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_without_the_provider_is_ridden_out_and_then_a_human_sees_it() {
        let waits: Vec<i64> = (1..).map_while(wait_after).map(|wait| wait.as_secs()).collect();
        assert_eq!(waits, [10, 20, 40, 80, 160, 320, 640, 1280, 2560]);
        assert!(waits.iter().sum::<i64>() > 3_600);
    }
}
