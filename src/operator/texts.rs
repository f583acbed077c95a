//! Texts to the business number: from staff a command, from a customer an answer, from anybody else nothing that is
//! read. What is decided and what is answered are saved in one transaction, once for every text.

mod noted;
mod staff;

pub(super) use staff::{apply, too_much_for};

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Zoned};

use super::{Desk, Operator, promises};
use crate::domain::caller::CustomerId;
use crate::domain::event::Text;
use crate::domain::job::{Job, Outbound};
use crate::domain::phone::Phone;
use crate::domain::promise::{Check, Happens, Promise, PromiseState, mobile_of};
use crate::domain::rota::Rota;
use crate::domain::staff::{Reach, Staff, StaffId};
use crate::domain::texting::{Occasion, Receiver, may_text};
use crate::domain::words::{Wish, Words, YesOrNo, answers, stop_word, yes_or_no};
use crate::store::jobs::NewJob;
use crate::store::{self, StoreError, Tx, conversations, customers, jobs, stopped};

/// How long a text is remembered, so that a repeated webhook is not a second command.
const HEARD_FOR: SignedDuration = SignedDuration::from_hours(72);

/// Within this time the provider gets a reply to its webhook, whether the store has answered or not.
const PATIENCE: Duration = Duration::from_secs(5);

impl Operator {
    /// Takes a text. The answer goes out by itself; what comes back is to be said in the reply to the webhook,
    /// because nothing could be saved.
    pub async fn hear(&self, provider: &'static str, text: Text) -> Option<&'static str> {
        let rota = self.desk.rota();
        let is_staff = text.from.phone().is_some_and(|from| staff_of(&rota, from).is_some());
        // A STOP must not get lost, whoever says it.
        let must_know = is_staff || stop_word(&text.body).is_some();
        let (desk, operator) = (Arc::clone(&self.desk), self.clone());
        // On its own: whoever loses patience must not lose what was said.
        let taking = tokio::spawn(async move { operator.errand(move |tx| take(tx, &desk, provider, &text)).await });
        match tokio::time::timeout(PATIENCE, taking).await {
            // Still on its way, it will be answered by text.
            Ok(Ok(Ok(()))) | Err(_) => None,
            Ok(Ok(Err(error))) => {
                tracing::warn!(%error, "a text could not be noted");
                must_know.then_some(answers::COULD_NOT_BE_NOTED)
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "a text could not be taken");
                must_know.then_some(answers::COULD_NOT_BE_NOTED)
            }
        }
    }
}

/// One text and the answers to it.
struct Post<'a> {
    provider: &'static str,
    text: &'a Text,
    from: Phone,
    /// The number of ours that is spoken with.
    ours: Phone,
    rota: &'a Rota,
    now: &'a Zoned,
    jobs: Vec<NewJob>,
}

impl Post<'_> {
    fn reply(&mut self, say: String) {
        let key = format!("reply to {} {}", self.provider, self.text.provider_id);
        self.send(key, self.from, say, false);
    }

    /// To a customer, unless they say STOP before it is sent.
    fn reply_to_customer(&mut self, say: String) {
        let key = format!("reply to {} {}", self.provider, self.text.provider_id);
        self.send(key, self.from, say, true);
    }

    /// To somebody else; who has no phone that takes texts is not told.
    fn tell(&mut self, whom: &StaffId, say: String) {
        let Some(to) = mobile_of(self.rota, whom) else { return };
        let key = format!("after {} {} {}", self.provider, self.text.provider_id, self.jobs.len());
        self.send(key, to, say, false);
    }

    fn send(&mut self, key: String, to: Phone, body: String, heeds_stop: bool) {
        let outbound = Outbound::Text { from: self.ours, to, body };
        let job = Job { provider: self.provider.to_owned(), outbound, heeds_stop };
        // A job of plain numbers and texts always has a JSON form.
        let doc = serde_json::to_string(&job).unwrap_or_default();
        let now = self.now.timestamp();
        self.jobs.push(NewJob { key, doc, due: now, made: now });
    }
}

fn take(tx: &mut Tx<'_>, desk: &Desk, provider: &'static str, text: &Text) -> Result<(), StoreError> {
    let rota = desk.rota_in(tx)?;
    let now = desk.now(&rota);
    conversations::forget_heard(tx, now.timestamp() - HEARD_FOR)?;
    if !conversations::hear(tx, provider, &text.provider_id, now.timestamp())? {
        return Ok(());
    }
    // Nobody is known by less than a number, nor could be answered.
    let ours = text.to.or_else(|| rota.lines.first().map(|line| line.number));
    let (Some(from), Some(ours)) = (text.from.phone(), ours) else { return Ok(()) };
    let mut post = Post { provider, text, from, ours, rota: &rota, now: &now, jobs: Vec::new() };
    match staff_of(&rota, from) {
        Some(person) => staff::answer(tx, desk, &mut post, &person.id)?,
        None => answer_others(tx, &mut post)?,
    }
    if post.jobs.is_empty() { Ok(()) } else { jobs::add(tx, &post.jobs) }
}

fn staff_of(rota: &Rota, from: Phone) -> Option<&Staff> {
    rota.staff.iter().find(|person| person.reach == Reach::Phone(from))
}

/// STOP and START; a customer who was asked whether it is sorted, or who waits for a call; else a stranger.
fn answer_others(tx: &mut Tx<'_>, post: &mut Post<'_>) -> Result<(), StoreError> {
    let (from, rota, now) = (post.from, post.rota, post.now);
    let customer = customers::by_phone(tx, &[from])?.remove(&from);
    let language = customer.as_ref().and_then(|customer| customer.language.as_deref());
    let words = rota.words.speak(language);
    let blocked = customer.as_ref().is_some_and(|customer| customer.blocked);
    let news = match stop_word(&post.text.body) {
        None => false,
        Some(Wish::Stop) => stopped::stop(tx, from, now.timestamp())?,
        Some(Wish::Start) => stopped::start(tx, from)?,
    };
    let stopped = stopped::among(tx, &[from])?.contains(&from);
    let receiver = |stopped| Receiver { phone: Some(from), blocked, stopped };
    let may_text = |stopped| may_text(&receiver(stopped), Occasion::Answer, rota.quiet, now).is_ok();
    match stop_word(&post.text.body) {
        // The last word to somebody who wants no more.
        Some(Wish::Stop) if news && may_text(false) => post.reply(words.stopped(&rota.business)),
        Some(Wish::Start) if news && may_text(false) => post.reply(words.started(&rota.business)),
        Some(_) => {}
        None if blocked => {}
        None => {
            let ids: Vec<CustomerId> = customer.iter().map(|customer| customer.id).collect();
            let theirs = store::promises::alive(tx, &[from], &ids)?.into_iter().map(|stored| stored.promise).collect();
            answer_customer(tx, post, theirs, &words, may_text(stopped))?;
        }
    }
    Ok(())
}

fn answer_customer(
    tx: &mut Tx<'_>,
    post: &mut Post<'_>,
    mut theirs: Vec<Promise>,
    words: &Words<'_>,
    may_text: bool,
) -> Result<(), StoreError> {
    let business = &post.rota.business;
    theirs.sort_by_key(|promise| promise.id);
    let asked = theirs
        .iter()
        .rfind(|promise| matches!(promise.state, PromiseState::Kept { check: Some(Check { asked: true, .. }), .. }));
    if let (Some(promise), Some(said)) = (asked, yes_or_no(&post.text.body)) {
        let happens = Happens::CustomerSays { sorted: said == YesOrNo::Yes };
        let Some(changed) = promises::act(tx, post.rota, post.now, promise.id, &happens)? else { return Ok(()) };
        let owner = post.rota.name(&changed.after.owner);
        let say = match said {
            YesOrNo::Yes => words.sorted_yes(business),
            YesOrNo::No => words.sorted_no(business, owner, changed.after.due, post.now),
        };
        if may_text {
            post.reply_to_customer(say);
        }
    } else if let Some(promise) = asked.or_else(|| theirs.iter().rfind(|promise| promise.is_unsettled())) {
        // Whoever owes the call reads what it is about.
        post.tell(&promise.owner, answers::customer_writes(&answers::caller(promise), &post.text.body));
    } else if may_text {
        // Once a day: two machines that thank each other must not do so for ever.
        let key = format!("not read here {} {}", post.from, post.now.date());
        post.send(key, post.from, words.calls_only(business, post.ours), true);
    }
    Ok(())
}
