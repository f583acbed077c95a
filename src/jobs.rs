//! Does what calls have left to do: claims due jobs, asks the provider, notes what became of it.
//!
//! A job is noted as begun before the provider is asked. Whoever finds one begun and not finished,
//! because an instance was killed or an answer got lost, looks it up at the provider before it is tried
//! again: never two texts for one event.

pub mod daily;
mod left;

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock::Clock;
use crate::domain::job::{Job, next_try};
use crate::domain::texting::after_quiet;
use crate::operator::{Operator, could_not_ring};
use crate::provider::{Provider, Sent};
use crate::store::jobs::{Claimed, Worker};
use crate::store::{StoreError, jobs, stopped};

/// How long an instance has to finish what it has claimed. Longer than any provider's time-out.
const LEASE: SignedDuration = SignedDuration::from_secs(120);

/// How many jobs are claimed at once.
const CLAIM: u32 = 20;

/// After so many tries in vain, about ten minutes, the quiet hours hold for every text to a customer.
const ANSWER_TRIES: u32 = 6;

/// How often due jobs are looked for.
const POLL: Duration = Duration::from_secs(1);

pub struct Jobs {
    pub operator: Operator,
    pub providers: Arc<[Arc<dyn Provider>]>,
    pub clock: Clock,
    /// Names this instance in the claims.
    pub worker: String,
}

/// What became of one try.
enum Verdict {
    Done,
    /// Never to be done: its receiver has said STOP since.
    Unwanted,
    /// Not done; try again then.
    Retry {
        at: Timestamp,
        why: String,
    },
    /// Perhaps done; look it up then.
    Unknown {
        at: Timestamp,
        why: String,
    },
    /// Left for a human.
    Fail {
        why: String,
    },
}

impl Jobs {
    /// Works until it is dropped.
    pub async fn run(self) {
        loop {
            match self.run_due().await {
                Ok(0) => tokio::time::sleep(POLL).await,
                Ok(_) => {}
                Err(error) => {
                    tracing::debug!(%error, "jobs wait for the store");
                    tokio::time::sleep(POLL).await;
                }
            }
        }
    }

    /// Does all that is due now; returns how many were tried.
    pub async fn run_due(&self) -> Result<usize, StoreError> {
        let (now, worker) = (self.clock.now(), self.worker.clone());
        let claimed = self.operator.errand(move |tx| jobs::claim(tx, now, LEASE, Worker(&worker), CLAIM)).await?;
        let tried = claimed.len();
        for job in claimed {
            let verdict = self.try_once(&job).await?;
            self.note(&job, verdict).await?;
        }
        Ok(tried)
    }

    async fn try_once(&self, claimed: &Claimed) -> Result<Verdict, StoreError> {
        let Ok(job) = serde_json::from_str::<Job>(&claimed.doc) else {
            let why = "it was saved by a version of Switchboard that this one does not know".into();
            return Ok(Verdict::Fail { why });
        };
        let Some(provider) = self.providers.iter().find(|known| known.name() == job.provider) else {
            let why = format!("the provider {} is not configured any more; add it again", job.provider);
            return Ok(Verdict::Fail { why });
        };
        if let Some(since) = claimed.tried {
            match provider.find(&job.outbound, since).await {
                Ok(Some(_)) => return Ok(Verdict::Done),
                Ok(None) => {}
                Err(why) => return Ok(self.later(claimed, why, true)),
            }
        }
        if self.is_stopped(&job).await? {
            return Ok(Verdict::Unwanted);
        }
        if let Some(at) = self.waits_until(claimed, &job) {
            return Ok(Verdict::Retry { at, why: "nobody is disturbed in the quiet hours".into() });
        }
        Ok(match provider.send(&job.outbound).await {
            Sent::Done { .. } => Verdict::Done,
            Sent::Retry { why } => self.later(claimed, why, false),
            Sent::Unknown { why } => self.later(claimed, why, true),
            Sent::Fail { why } => Verdict::Fail { why },
        })
    }

    /// Asked at the last moment: a text may have waited for hours.
    async fn is_stopped(&self, job: &Job) -> Result<bool, StoreError> {
        let Some(phone) = job.stoppable_by() else { return Ok(false) };
        self.operator.errand(move |tx| Ok(!stopped::among(tx, &[phone])?.is_empty())).await
    }

    /// What could not be sent for so long is not an answer any more, and a customer is not woken by it.
    fn waits_until(&self, claimed: &Claimed, job: &Job) -> Option<Timestamp> {
        job.stoppable_by().filter(|_| claimed.attempts > ANSWER_TRIES)?;
        let (rota, now) = (self.operator.desk().rota(), self.clock.now());
        let then = after_quiet(rota.quiet, &now.to_zoned(rota.zone.clone()));
        (then > now).then_some(then)
    }

    fn later(&self, claimed: &Claimed, why: String, perhaps_done: bool) -> Verdict {
        match next_try(claimed.attempts, self.clock.now()) {
            Some(at) if perhaps_done => Verdict::Unknown { at, why },
            Some(at) => Verdict::Retry { at, why },
            None => Verdict::Fail { why: format!("tried {} times; last: {why}", claimed.attempts) },
        }
    }

    async fn note(&self, claimed: &Claimed, verdict: Verdict) -> Result<(), StoreError> {
        let (id, now, worker) = (claimed.id, self.clock.now(), self.worker.clone());
        let (key, operator) = (claimed.key.clone(), self.operator.clone());
        match &verdict {
            Verdict::Done => tracing::info!(job = id.0, "done"),
            Verdict::Unwanted => tracing::info!(job = id.0, "not sent: its receiver has said STOP"),
            Verdict::Retry { at, why } | Verdict::Unknown { at, why } => {
                tracing::warn!(job = id.0, %at, why, "will be tried again");
            }
            Verdict::Fail { why } => tracing::error!(job = id.0, why, "failed; a human has to see to it"),
        }
        self.operator
            .errand(move |tx| {
                let worker = Worker(&worker);
                // Somebody whose lease ran out meanwhile changes nothing: the next worker decides.
                match &verdict {
                    Verdict::Done | Verdict::Unwanted => jobs::finish(tx, &[id]),
                    Verdict::Retry { at, why } => jobs::retry(tx, id, worker, *at, why).map(drop),
                    Verdict::Unknown { at, why } => jobs::unsure(tx, id, worker, *at, why).map(drop),
                    Verdict::Fail { why } if jobs::fail(tx, id, worker, now, why)? => {
                        could_not_ring(tx, operator.desk(), &key)
                    }
                    Verdict::Fail { .. } => Ok(()),
                }
            })
            .await
    }
}
