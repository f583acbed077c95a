//! Hours later: what is left to do is done, calls that nobody told the end of are closed, and the record is compared
//! with what was told.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use switchboard::app::{App, Background, Setup};
use switchboard::clock::Clock;
use switchboard::config::watch::RotaFile;
use switchboard::domain::call::{Call, CallId};
use switchboard::domain::outcome::Outcome;
use switchboard::domain::promise::Promise;
use switchboard::domain::staff::StaffId;
use switchboard::store::jobs::JobState;
use switchboard::store::promises::Which;
use switchboard::store::{calls, engaged, jobs, promises};
use tokio::net::TcpListener;

use super::caller::Memory;
use super::{is_of_staff, settings_at};
use crate::phones::rest::{Kind, Rest, Taken};

/// More than there are of anything.
const ALL: u32 = 10_000;

pub(super) struct Aftermath {
    calls: HashMap<String, Vec<Call>>,
    promises: HashMap<CallId, Vec<Promise>>,
    engaged: HashMap<StaffId, CallId>,
    /// What each number got.
    texts: HashMap<String, Vec<Taken>>,
    jobs_left: usize,
}

impl Aftermath {
    pub(super) async fn of(config: &Path, clock: Clock, rest: &Rest) -> Self {
        let settings = settings_at(config);
        let rota = Arc::new(RotaFile::open(&settings.rota, clock.now(), None).unwrap());
        let people: Vec<StaffId> = rota.live().rota.staff.iter().map(|person| person.id.clone()).collect();
        let setup = Setup {
            settings,
            rota,
            clock: clock.clone(),
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            providers: Vec::new(),
            secret: None,
            background: Background::OnDemand,
            console: None,
        };
        let app = App::start(setup).unwrap();
        while app.sweep().await.unwrap() > 0 {}
        for _ in 0..12 {
            app.run_jobs().await.unwrap();
            clock.advance(SignedDuration::from_mins(15));
        }
        let since = clock.now() - SignedDuration::from_hours(24);
        let operator = app.operator();
        let stored = operator.errand(move |tx| calls::list(tx, since, ALL)).await.unwrap();
        let made = operator.errand(|tx| promises::list(tx, Which::All, ALL)).await.unwrap();
        let engaged = operator.errand(move |tx| engaged::among(tx, &people)).await.unwrap();
        let jobs_left = operator.errand(|tx| {
            let states = [JobState::Waiting, JobState::Running, JobState::Unknown, JobState::Failed];
            states.into_iter().map(|state| jobs::list(tx, state, ALL).map(|jobs| jobs.len())).sum()
        });
        let jobs_left = jobs_left.await.unwrap();
        app.stop().await;
        let mut aftermath =
            Self { calls: HashMap::new(), promises: HashMap::new(), engaged, texts: HashMap::new(), jobs_left };
        for stored in stored {
            aftermath.calls.entry(stored.call.provider_id.0.clone()).or_default().push(stored.call);
        }
        for promise in made {
            for call in &promise.calls {
                aftermath.promises.entry(*call).or_default().push(promise.clone());
            }
        }
        for text in rest.taken().into_iter().filter(|taken| taken.kind == Kind::Text) {
            aftermath.texts.entry(text.to.clone()).or_default().push(text);
        }
        aftermath
    }

    pub(super) fn agrees_with(&self, memories: &[Memory], run: &str) {
        assert!(self.engaged.is_empty(), "{run}: engaged for ever: {:?}", self.engaged);
        assert_eq!(self.jobs_left, 0, "{run}: jobs are left undone");
        for memory in memories {
            let calls = self.calls.get(&memory.sid).map(Vec::as_slice).unwrap_or_default();
            assert!(calls.len() <= 1, "{run}: one call is on record twice\n{memory:#?}");
            let Some(call) = calls.first() else {
                assert!(!memory.got_the_call, "{run}: a call that was answered is lost\n{memory:#?}");
                continue;
            };
            self.agrees_with_one(memory, call, run);
        }
        let known: usize = self.calls.values().map(Vec::len).sum();
        let expected = memories.iter().filter(|memory| self.calls.contains_key(&memory.sid)).count();
        assert_eq!(known, expected, "{run}: calls that nobody made");
        self.owners_are_told_once(run);
    }

    /// Of every promise its owner is told that it is theirs once: of a second call about it, too.
    fn owners_are_told_once(&self, run: &str) {
        let owed = self.calls.values().flatten().filter(|call| self.promises.contains_key(&call.id)).count();
        let told: usize = (self.texts.iter().filter(|(to, _)| is_of_staff(to)).flat_map(|(_, texts)| texts))
            .filter(|text| text.body.contains(" rang "))
            .count();
        assert_eq!(told, owed, "{run}: texts to the owners of promises");
    }

    fn agrees_with_one(&self, memory: &Memory, call: &Call, run: &str) {
        let promises = self.promises.get(&call.id).map(Vec::as_slice).unwrap_or_default();
        let context = || format!("{run}\n{memory:#?}\n{:#?}\n{:#?}\n{promises:?}", call.state, call.story);
        let outcome = call.outcome().unwrap_or_else(|| panic!("no outcome: {}", context()));
        assert!(promises.len() <= 1, "promised twice: {}", context());
        let texts = self.texts.get(&memory.from).map(Vec::as_slice).unwrap_or_default();
        assert_eq!(texts.len(), promises.len(), "{texts:#?} {}", context());
        if memory.promised || memory.rings_back.is_some() {
            assert_eq!(promises.len(), 1, "a promise is lost: {}", context());
        }
        if let (Some(who), Some(promise)) = (&memory.rings_back, promises.first()) {
            // The time in which the calls are looked at is later than any promise of theirs.
            let owner = promise.broken.as_ref().map_or(&promise.owner, |broken| &broken.by);
            assert_eq!(owner.as_str(), who, "{}", context());
        }
        if let Some(who) = &memory.reached {
            let Outcome::Reached { who: recorded, .. } = outcome else { panic!("an accept is lost: {}", context()) };
            assert_eq!(recorded.as_str(), who, "{}", context());
            assert!(promises.is_empty() || memory.in_doubt, "reached and promised: {}", context());
        }
        if memory.in_doubt {
            return;
        }
        let word = match memory {
            Memory { reached: Some(_), .. } => "reached",
            Memory { promised: true, .. } => "promised",
            _ => "hung_up",
        };
        assert_eq!(outcome.word(), word, "{}", context());
        assert_eq!(promises.len(), usize::from(word != "reached"), "{}", context());
    }
}
