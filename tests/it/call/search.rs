//! All short sequences of events, and many long ones: whatever a provider sends, in whatever order.

use proptest::prelude::*;
use switchboard::domain::call::{Answer, Effect, State};
use switchboard::domain::event::{LegStatus, RingDone, RingResult, What};

use super::held::{Held, NAMES, PRIYA, Ringing, TOM, mrs_okafor, stranger, withheld};
use super::repeats::nobody_is_forgotten;

/// One thing that can happen to a call; `Sweep` is the only one that is no webhook.
#[derive(Clone, Debug)]
enum Move {
    Told(What),
    /// Time passes until the sweeper closes the call.
    Swept,
}

fn key(step: u8, attempt: u8, key: Option<char>) -> Move {
    Move::Told(What::KeyPressed { step, attempt, key })
}

fn over(step: u8, result: RingResult, bridged: Option<bool>, caller_gone: bool) -> Move {
    Move::Told(What::RingDone { step, ring: RingDone { result, bridged, seconds: None, caller_gone } })
}

fn moves() -> Vec<Move> {
    use RingResult::{Answered, NoAnswer};
    vec![
        Move::Told(What::LegAnswered { step: PRIYA }),
        Move::Told(What::LegAnswered { step: TOM }),
        key(PRIYA, 0, Some('1')),
        key(PRIYA, 1, Some('2')),
        key(TOM, 0, Some('1')),
        key(TOM, 1, Some('2')),
        key(PRIYA, 2, Some('7')),
        key(TOM, 0, None),
        over(PRIYA, NoAnswer, Some(false), false),
        over(PRIYA, Answered, Some(true), false),
        over(TOM, Answered, Some(false), false),
        over(TOM, Answered, None, true),
        over(200, NoAnswer, None, false),
        Move::Told(What::LegStatus { step: PRIYA, sequence: 0, status: LegStatus::Answered }),
        Move::Told(What::MessageDone { seconds: Some(9), recording: Some("https://example.com/RE1".into()) }),
        Move::Told(What::CallEnded { seconds: None }),
        Move::Swept,
    ]
}

fn callers() -> Vec<Ringing> {
    vec![stranger(), withheld().trusted(PRIYA), mrs_okafor().while_engaged(&["tom"]), stranger().trusted(TOM)]
}

/// A call with what its effects have added up to.
#[derive(Clone)]
struct Watched {
    held: Held,
    engaged: Vec<String>,
    promises: usize,
}

impl Watched {
    fn new(mut held: Held) -> Self {
        let effects = std::mem::take(&mut held.effects);
        let mut watched = Self { held, engaged: vec![], promises: 0 };
        watched.add(effects);
        watched.is_sound();
        watched
    }

    /// False when nothing came of it.
    fn goes_on(&mut self, made: &Move) -> bool {
        let before = self.held.call.clone();
        let changed = match made {
            Move::Told(what) => {
                let taken = self.held.step(what);
                if what.is_idle() {
                    assert_eq!((taken.changed, taken.answer), (false, Answer::Acknowledge), "{what:?} is not idle");
                }
                if taken.changed {
                    self.an_answer_is_never_silence(&before.state, what, taken.answer);
                }
                self.add(taken.effects);
                taken.changed
            }
            Move::Swept => {
                let Some(overdue) = self.held.call.overdue_at() else { return false };
                self.held.now = overdue.to_zoned(super::held::zone());
                self.held.is_swept();
                let effects = std::mem::take(&mut self.held.effects);
                self.add(effects);
                assert!(self.held.call.ended().is_some(), "a swept call is closed");
                true
            }
        };
        assert!(changed || self.held.call == before, "a change that would not be saved");
        if let State::Ended { .. } = before.state {
            assert_eq!(self.held.call.state, before.state, "an ended call never changes its outcome");
        }
        self.is_sound();
        changed
    }

    fn add(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Engage(who) => {
                    assert!(!self.engaged.contains(&who.to_string()), "{who} is engaged twice");
                    self.engaged.push(who.to_string());
                }
                Effect::Release(who) => {
                    let at = self.engaged.iter().position(|engaged| *engaged == who.as_str());
                    self.engaged.remove(at.unwrap_or_else(|| panic!("{who} is released, but was not engaged")));
                }
                Effect::Promise { .. } => self.promises += 1,
                Effect::TextCaller { .. } | Effect::Reached { .. } | Effect::MessageLeft | Effect::Remember { .. } => {}
            }
        }
    }

    /// What holds between any two events.
    fn is_sound(&self) {
        let call = &self.held.call;
        assert!(self.promises <= 1, "two promises");
        let (step, promised) = match &call.state {
            State::Ringing { step, .. } | State::Talking { step, .. } => (Some(*step), Some(0)),
            State::RingingBack { step, .. } => (Some(*step), Some(1)),
            State::Promising { .. } => (None, Some(1)),
            State::Ended { .. } => (None, None),
        };
        assert_eq!(self.engaged, Vec::from_iter(step.map(|step| NAMES[usize::from(step)])), "{:?}", call.state);
        if let Some(promised) = promised {
            assert_eq!(self.promises, promised, "{:?}", call.state);
        } else {
            self.as_held(nobody_is_forgotten);
        }
    }

    fn as_held(&self, check: impl Fn(&Held, &str)) {
        let mut held = self.held.clone();
        let due = held.call.started;
        let owner = held.call.plan.promise.owner.clone();
        held.effects = vec![Effect::Promise { owner, due }; self.promises];
        check(&held, "");
    }

    /// Whoever asks on the caller's side of a call that goes on is rung for, promised to, or was talking.
    fn an_answer_is_never_silence(&self, before: &State, what: &What, answer: Answer) {
        let gone = matches!(what, What::RingDone { ring: RingDone { caller_gone: true, .. }, .. });
        let talked = matches!(before, State::Talking { .. }) || self.held.reached().is_some();
        let asked = matches!(what, What::RingDone { .. });
        if asked && !gone && !talked {
            let mut held = self.held.clone();
            held.answer = answer;
            let rings = matches!(answer, Answer::Ring { .. });
            assert!(rings || !held.says().is_empty(), "{before:?}: {what:?} is answered {answer:?}");
        }
        if let Answer::Connect { step } = answer {
            let answered_before = self.held.call.answered.iter().any(|(_, before)| *before == answer);
            let talking = matches!(self.held.call.state, State::Talking { step: now, .. } if now == step);
            assert!(talking || answered_before, "{what:?} connects nobody");
        }
    }
}

fn search(from: &Watched, path: &mut Vec<Move>, depth: usize, moves: &[Move], seen: &mut usize) {
    for made in moves {
        let mut next = from.clone();
        path.push(made.clone());
        *seen += 1;
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| next.goes_on(made)));
        let Ok(changed) = outcome else { panic!("after {path:#?}") };
        // What changes nothing leads nowhere new.
        if changed && depth > 1 {
            search(&next, path, depth - 1, moves, seen);
        }
        path.pop();
    }
}

#[test]
fn no_sequence_of_four_events_breaks_a_call() {
    let mut seen = 0;
    for ringing in callers() {
        search(&Watched::new(ringing.comes_in()), &mut vec![], 4, &moves(), &mut seen);
    }
    assert!(seen > 50_000, "only {seen} were tried");
}

fn any_move() -> impl Strategy<Value = Move> {
    let step = prop_oneof![4 => 0..3_u8, 1 => any::<u8>()];
    let key_of = prop_oneof![Just(None), "[0-9*#]".prop_map(|key| key.chars().next())];
    let result = prop_oneof![
        Just(RingResult::Answered),
        Just(RingResult::NoAnswer),
        Just(RingResult::Busy),
        Just(RingResult::Failed),
        Just(RingResult::Canceled),
    ];
    let status =
        prop_oneof![Just(LegStatus::Ringing), Just(LegStatus::Answered), result.clone().prop_map(LegStatus::Ended)];
    let seconds = prop_oneof![Just(None), (0..3_u32).prop_map(Some)];
    prop_oneof![
        3 => step.clone().prop_map(|step| Move::Told(What::LegAnswered { step })),
        4 => (step.clone(), 0..8_u8, key_of).prop_map(|(step, attempt, pressed)| key(step, attempt, pressed)),
        4 => (step.clone(), result, any::<Option<bool>>(), prop::bool::weighted(0.2))
            .prop_map(|(step, result, bridged, gone)| over(step, result, bridged, gone)),
        2 => (step, status).prop_map(|(step, status)| Move::Told(What::LegStatus { step, sequence: 0, status })),
        1 => (seconds, any::<bool>()).prop_map(|(seconds, kept)| {
            Move::Told(What::MessageDone { seconds, recording: kept.then(|| "https://example.com/RE1".into()) })
        }),
        1 => "[ a-z]{0,4}".prop_map(|text| Move::Told(What::Transcript { text })),
        1 => Just(Move::Told(What::RecordingReady { recording: "https://example.com/RE2".into(), seconds: Some(3) })),
        1 => Just(Move::Told(What::RecordingAbsent)),
        1 => Just(Move::Told(What::CallProgress)),
        1 => Just(Move::Told(What::CallEnded { seconds: None })),
        1 => Just(Move::Swept),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_long_sequence_of_events_breaks_a_call(
        caller in 0..4_usize,
        made in prop::collection::vec((any_move(), 0..40_i64), 1..30),
    ) {
        let mut call = Watched::new(callers()[caller].clone().comes_in());
        for (made, seconds) in made {
            call.held.waits(seconds);
            call.goes_on(&made);
        }
        call.goes_on(&Move::Told(What::CallEnded { seconds: None }));
        prop_assert!(call.held.call.ended().is_some());
    }
}
