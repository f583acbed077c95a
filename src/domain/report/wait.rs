//! How long somebody waited.

/// Seconds; `None` where there is nothing to measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wait {
    pub median: Option<u32>,
    /// Nine of ten waited no longer.
    pub p90: Option<u32>,
}

/// How many waited how long, in steps of [`Spread::STEP`] seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Up to 5 s, up to 10 s, and so on; a wait of 5 s is in the first.
    pub steps: [u32; 12],
    /// Longer than all of them.
    pub longer: u32,
}

impl Wait {
    pub(super) fn of(waits: &[u32]) -> Self {
        let mut waits = waits.to_vec();
        waits.sort_unstable();
        // The smallest wait that so many per cent did not exceed.
        let at = |percent: usize| {
            let rank = (waits.len() * percent).div_ceil(100);
            rank.checked_sub(1).and_then(|index| waits.get(index)).copied()
        };
        Self { median: at(50), p90: at(90) }
    }
}

impl Spread {
    pub const STEP: u32 = 5;

    pub(super) fn of(waits: &[u32]) -> Self {
        let mut spread = Self::default();
        for wait in waits {
            let step = usize::try_from(wait.saturating_sub(1) / Self::STEP).unwrap_or(usize::MAX);
            *spread.steps.get_mut(step).unwrap_or(&mut spread.longer) += 1;
        }
        spread
    }

    /// The upper end of each step, in seconds, and how many waited so long.
    pub fn upto(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (1..).map(|step| step * Self::STEP).zip(self.steps.iter().copied())
    }

    pub fn all(&self) -> u32 {
        self.steps.iter().sum::<u32>() + self.longer
    }

    /// How many waited no longer; exact for ends of steps.
    pub fn within(&self, seconds: u32) -> u32 {
        self.upto().take_while(|(end, _)| *end <= seconds).map(|(_, count)| count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waited_to_the_end_of_a_step_is_in_it() {
        let spread = Spread::of(&[0, 1, 5, 6, 20, 21, 60, 61, u32::MAX]);
        assert_eq!(spread.steps, [3, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1]);
        assert_eq!((spread.longer, spread.all()), (2, 9));
        assert_eq!((spread.within(20), spread.within(4), spread.within(60)), (5, 0, 7));
    }
}
