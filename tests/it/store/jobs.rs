use std::collections::BTreeSet;
use std::thread;

use jiff::{SignedDuration, Timestamp};
use switchboard::store::jobs::{self, Claimed, JobState, NewJob, Worker};
use switchboard::store::{Store, StoreError, pulse};

use super::minute;
use crate::store_fixture::stores;

const LEASE: SignedDuration = SignedDuration::from_mins(1);
const ONE: Worker<'static> = Worker("one");
const TWO: Worker<'static> = Worker("two");

fn text(key: &str, due: Timestamp) -> NewJob {
    NewJob { key: key.to_owned(), doc: r#"{"to":"+447700900201"}"#.to_owned(), due, made: minute(0) }
}

fn add(store: &mut Store, batch: &[NewJob]) {
    store.transaction(|tx| jobs::add(tx, batch)).unwrap();
}

fn claim(store: &mut Store, now: Timestamp, worker: Worker<'_>) -> Vec<Claimed> {
    store.transaction(|tx| jobs::claim(tx, now, LEASE, worker, 10)).unwrap()
}

#[test]
fn an_event_that_comes_twice_makes_one_job() {
    for mut on in stores() {
        add(&mut on.store, &[text("a", minute(0)), text("b", minute(0)), text("a", minute(0))]);
        let claimed = claim(&mut on.store, minute(0), ONE);
        assert_eq!(claimed.len(), 2, "{}", on.engine);
        let done: Vec<_> = claimed.iter().map(|job| job.id).collect();
        on.store.transaction(|tx| jobs::finish(tx, &done)).unwrap();
        add(&mut on.store, &[text("a", minute(0))]);
        assert_eq!(claim(&mut on.store, minute(99), ONE), [], "{}: nor after it was done", on.engine);
    }
}

#[test]
fn a_job_waits_until_it_is_due() {
    for mut on in stores() {
        assert_eq!(on.store.transaction(jobs::next_due).unwrap(), None, "{}", on.engine);
        add(&mut on.store, &[text("later", minute(5)), text("sooner", minute(3))]);
        assert_eq!(on.store.transaction(jobs::next_due).unwrap(), Some(minute(3)), "{}", on.engine);
        assert_eq!(claim(&mut on.store, minute(2), ONE), [], "{}", on.engine);
        assert_eq!(claim(&mut on.store, minute(3), ONE)[0].key, "sooner", "{}", on.engine);
    }
}

#[test]
fn the_job_of_a_worker_that_died_goes_to_another_who_knows_to_look_first() {
    for mut on in stores() {
        add(&mut on.store, &[text("a", minute(0))]);
        let first = claim(&mut on.store, minute(0), ONE).remove(0);
        assert_eq!((first.attempts, first.tried), (1, None), "{}", on.engine);
        assert_eq!(claim(&mut on.store, minute(0), TWO), [], "{}: it is taken", on.engine);
        let second = claim(&mut on.store, minute(1), TWO).remove(0);
        assert_eq!((second.attempts, second.tried), (2, Some(minute(0))), "{}", on.engine);
        let late = on.store.transaction(|tx| jobs::retry(tx, first.id, ONE, minute(9), "busy")).unwrap();
        assert!(!late, "{}: the first worker has no say any more", on.engine);
        let third = claim(&mut on.store, minute(2), ONE).remove(0);
        assert_eq!(third.tried, Some(minute(0)), "{}: the earliest try counts", on.engine);
    }
}

#[test]
fn a_try_that_surely_did_nothing_is_simply_tried_again() {
    for mut on in stores() {
        add(&mut on.store, &[text("a", minute(0))]);
        let job = claim(&mut on.store, minute(0), ONE).remove(0);
        assert!(on.store.transaction(|tx| jobs::retry(tx, job.id, ONE, minute(2), "503")).unwrap());
        let waiting = on.store.read(|tx| jobs::list(tx, JobState::Waiting, 10)).unwrap().remove(0);
        assert_eq!((waiting.due, waiting.last_error.as_deref()), (minute(2), Some("503")), "{}", on.engine);
        let again = claim(&mut on.store, minute(2), ONE).remove(0);
        assert_eq!((again.attempts, again.tried), (2, None), "{}", on.engine);
        assert!(on.store.transaction(|tx| jobs::unsure(tx, job.id, ONE, minute(3), "timeout")).unwrap());
        let unsure = claim(&mut on.store, minute(3), ONE).remove(0);
        assert_eq!((unsure.attempts, unsure.tried), (3, Some(minute(2))), "{}", on.engine);
        assert!(on.store.transaction(|tx| jobs::fail(tx, job.id, ONE, minute(3), "no such number")).unwrap());
        assert_eq!(claim(&mut on.store, minute(99), ONE), [], "{}", on.engine);
        assert_eq!(on.store.transaction(jobs::next_due).unwrap(), None, "{}", on.engine);
        let failed = on.store.read(|tx| jobs::list(tx, JobState::Failed, 10)).unwrap();
        assert_eq!(failed[0].last_error.as_deref(), Some("no such number"), "{}", on.engine);
    }
}

#[test]
fn done_jobs_are_forgotten_and_failed_ones_stay() {
    for mut on in stores() {
        add(&mut on.store, &[text("a", minute(0)), text("b", minute(0))]);
        let claimed = claim(&mut on.store, minute(0), ONE);
        on.store
            .transaction(|tx| {
                jobs::finish(tx, &[claimed[0].id])?;
                jobs::fail(tx, claimed[1].id, ONE, minute(0), "no such number")
            })
            .unwrap();
        assert_eq!(on.store.transaction(|tx| jobs::forget_done(tx, minute(9), 10)).unwrap(), 1, "{}", on.engine);
        assert_eq!(on.store.read(|tx| jobs::list(tx, JobState::Done, 10)).unwrap(), [], "{}", on.engine);
        assert_eq!(on.store.read(|tx| jobs::list(tx, JobState::Failed, 10)).unwrap().len(), 1, "{}", on.engine);
    }
}

#[test]
fn of_several_instances_one_gets_each_job() {
    for mut on in stores() {
        let batch: Vec<_> = (0..400).map(|n| text(&format!("text-{n}"), minute(0))).collect();
        add(&mut on.store, &batch);
        let workers: Vec<_> = (0..4)
            .map(|n| {
                let url = on.url.clone();
                thread::spawn(move || claim_all(&url, &format!("worker-{n}")))
            })
            .collect();
        let mut seen = BTreeSet::new();
        for worker in workers {
            for key in worker.join().unwrap() {
                assert!(seen.insert(key), "{}: claimed twice", on.engine);
            }
        }
        assert_eq!(seen.len(), 400, "{}", on.engine);
    }
}

fn claim_all(url: &str, name: &str) -> Vec<String> {
    let mut store = Store::open_for_command(url).unwrap();
    let mut keys = Vec::new();
    loop {
        match store.transaction(|tx| jobs::claim(tx, minute(1), LEASE, Worker(name), 7)) {
            // An empty answer may only mean that others were first: the list says whether any is left.
            Ok(claimed) if claimed.is_empty() => {
                if store.read(|tx| jobs::list(tx, JobState::Waiting, 1)).unwrap().is_empty() {
                    return keys;
                }
            }
            Ok(claimed) => keys.extend(claimed.into_iter().map(|job| job.key)),
            Err(StoreError::Conflict) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_job_that_is_given_up_is_news_and_one_that_is_done_is_none() {
    for mut on in stores() {
        add(&mut on.store, &[text("a", minute(0)), text("b", minute(0))]);
        let claimed = claim(&mut on.store, minute(1), ONE);
        let before = on.store.read(pulse::take).unwrap();
        on.store.transaction(|tx| jobs::finish(tx, &[claimed[1].id])).unwrap();
        assert_eq!(on.store.read(pulse::take).unwrap(), before, "{}", on.engine);
        assert!(on.store.transaction(|tx| jobs::fail(tx, claimed[0].id, ONE, minute(2), "refused")).unwrap());
        assert_ne!(on.store.read(pulse::take).unwrap(), before, "{}", on.engine);
    }
}
