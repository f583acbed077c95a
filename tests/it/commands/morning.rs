//! Calls of the morning of 15 July 2026, as the domain decides them, put into the store.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use switchboard::domain::call::{Call, CallId, Effect, Moment, Opening};
use switchboard::domain::caller::{Attestation, Caller, Party};
use switchboard::domain::event::{Incoming, ProviderCallId, RingDone, RingResult, What};
use switchboard::domain::phone::Phone;
use switchboard::domain::plan;
use switchboard::domain::promise::{self, Promise};
use switchboard::domain::rota::Rota;
use switchboard::domain::staff::StaffId;
use switchboard::store::calls::Save;
use switchboard::store::{Store, calls, customers, promises};

pub(super) struct Morning<'a> {
    pub(super) rota: &'a Rota,
    pub(super) store: Store,
}

/// One call of it.
pub(super) struct Ringing<'a> {
    rota: &'a Rota,
    call: Call,
    now: Timestamp,
    promises: Vec<(StaffId, Timestamp)>,
}

impl<'a> Morning<'a> {
    pub(super) fn rings(&mut self, number: u8, from: &str, clock: &str) -> Ringing<'a> {
        self.rings_at(number, from, format!("2026-07-15T{clock}+01:00").parse().unwrap())
    }

    pub(super) fn rings_at(&mut self, number: u8, from: &str, now: Timestamp) -> Ringing<'a> {
        let phone = Phone::from_e164(from);
        let known = |phone| self.store.read(|tx| customers::by_phone(tx, &[phone])).unwrap().remove(&phone);
        let caller = match (phone.and_then(known), phone) {
            (Some(customer), _) => Caller::Customer(Box::new(customer)),
            (None, Some(phone)) => Caller::Stranger(phone),
            (None, None) => Caller::Unknown,
        };
        let line = &self.rota.lines[0];
        let incoming = Incoming {
            from: phone.map_or(Party::Withheld, Party::Known),
            to: Some(line.number),
            attestation: Attestation::None,
            forwarded_from: None,
        };
        let millis = u64::try_from(now.as_millisecond()).unwrap();
        let opening = Opening {
            id: CallId(uuid::Builder::from_unix_timestamp_millis(millis, &[number; 10]).into_uuid()),
            provider: "rehearsal",
            provider_id: ProviderCallId(format!("R{number}")),
            incoming: &incoming,
            rota: self.rota,
            line,
            caller: &caller,
            plan: plan::make(self.rota, line, &self.rota.duty(line, now), &caller, phone, true),
            promised: None,
        };
        let (call, _) = Call::begin(opening, &moment(self.rota, &zoned(now)));
        Ringing { rota: self.rota, call, now, promises: Vec::new() }
    }

    pub(super) fn keep(&mut self, ringing: &Ringing<'_>) {
        let save = Save { call: &ringing.call, version: None, wake: None };
        let kept = self.store.transaction(|tx| {
            calls::save(tx, &[save])?;
            let now = zoned(ringing.now);
            let moment = promise::Moment { now: &now, rota: self.rota };
            let begin =
                |(owner, due): &(StaffId, Timestamp)| Promise::begin(&ringing.call, None, owner, *due, moment).0;
            promises::make(tx, &mut ringing.promises.iter().map(begin).collect::<Vec<_>>())
        });
        kept.unwrap();
    }
}

impl Ringing<'_> {
    fn after(mut self, seconds: i64, what: &What) -> Self {
        self.now += SignedDuration::from_secs(seconds);
        let step = self.call.step(what, &moment(self.rota, &zoned(self.now)));
        for effect in step.effects {
            if let Effect::Promise { owner, due } = effect {
                self.promises.push((owner, due));
            }
        }
        self
    }

    /// The full name of whose phone rang first.
    pub(super) fn first_rung(&self) -> &str {
        &self.call.plan.steps[0].name
    }

    pub(super) fn presses_one(self, step: u8) -> Self {
        self.after(4, &What::LegAnswered { step }).after(2, &What::KeyPressed { step, attempt: 0, key: Some('1') })
    }

    pub(super) fn lets_it_ring(self, step: u8) -> Self {
        let ring = RingDone { result: RingResult::NoAnswer, bridged: None, seconds: None, caller_gone: false };
        self.after(18, &What::RingDone { step, ring })
    }

    pub(super) fn voicemail_answers(self, step: u8) -> Self {
        let silence = What::KeyPressed { step, attempt: 0, key: None };
        self.after(14, &What::LegAnswered { step }).after(18, &silence)
    }

    pub(super) fn ends(self) -> Self {
        self.after(60, &What::CallEnded { seconds: None })
    }
}

fn zoned(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::get("Europe/London").unwrap())
}

fn moment<'a>(rota: &'a Rota, now: &'a Zoned) -> Moment<'a> {
    Moment { now, rota, engaged: &|_| false }
}
