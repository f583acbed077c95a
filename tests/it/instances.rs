//! Several instances on one store, behind a load balancer that knows nothing of calls. Both databases.

use jiff::SignedDuration;
use switchboard::domain::job::{Job, Outbound};
use switchboard::domain::outcome::Outcome;
use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::Details;
use switchboard::store::jobs::{self, JobState, Worker};
use tokio::task::JoinSet;

use crate::by_hand::{Hand, LINE, Page, VOICE, incoming, of_call, of_leg};
use crate::phones::caller::FirstAnswer;
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::rest::Mood;
use crate::phones::shop::{End, Shop};
use crate::promises::{CLOSED, OFFICE, OKAFOR, OPEN, STRANGER, customers};
use crate::store_fixture::{TestStore, stores};

/// Runs a story on a new store of each engine.
pub(crate) fn on_each_store(story: &impl AsyncFn(&TestStore)) {
    for store in stores() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(story(&store));
        // Before the store is thrown away.
        drop(runtime);
    }
}

pub(crate) async fn two(store: &TestStore, at: &str) -> Shop {
    Shop::opening(ROTA, at).customers(customers()).store(&store.url).instances(2).open().await
}

#[test]
fn the_webhooks_of_one_call_may_each_go_to_another_instance() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, OPEN).await;
        shop.always("priya", Behaviour::voicemail()).always("tom", Behaviour::presses("981").talks(200));
        let call = shop.caller(OKAFOR).rings().await;
        call.ends().await;
        call.reached("tom");
        shop.goes_quiet().await;
        let records = shop.server().calls().await;
        assert_eq!(records.len(), 1, "{}", store.engine);
        assert!(matches!(records[0].outcome(), Some(Outcome::Reached { who, .. }) if who.as_str() == "tom"));
        assert!(shop.server().promises().await.is_empty());
        let next = shop.caller(OKAFOR).rings().await;
        assert_eq!(next.ringing(), ["priya"], "{}", store.engine);
    });
}

/// Sends each webhook to its instance, all of them at once.
async fn at_once(shop: &Shop, webhooks: Vec<(usize, String, crate::by_hand::Params)>) -> Vec<Page> {
    let mut sending = JoinSet::new();
    for (place, (instance, address, params)) in webhooks.into_iter().enumerate() {
        let hand = Hand::of(shop);
        sending.spawn(async move { (place, hand.tells_instance(instance, &address, &params).await) });
    }
    let mut answers = sending.join_all().await;
    answers.sort_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, page)| page).collect()
}

#[test]
fn one_call_told_to_both_instances_in_the_same_moment_is_one_call() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, OPEN).await;
        for round in 0..10 {
            let sid = format!("CA{round}");
            let ring = incoming(&sid, STRANGER, LINE);
            let told = (0..4).map(|at| (at % 2, VOICE.to_owned(), ring.clone())).collect();
            let answers = at_once(&shop, told).await;
            assert!(answers.iter().all(|answer| answer == &answers[0]), "{}: {answers:#?}", store.engine);
            let over = of_call(&sid, "completed", &[("DialCallStatus", "canceled")]);
            let told = (0..4).map(|at| (at % 2, answers[0].done(), over.clone())).collect();
            let answers = at_once(&shop, told).await;
            assert!(answers.iter().all(|answer| answer == &answers[0]), "{}: {answers:#?}", store.engine);
        }
        assert_eq!(shop.server().calls().await.len(), 10, "{}", store.engine);
        let promises = shop.server().promises().await;
        assert_eq!(promises.len(), 1, "{}: one caller, one matter, one promise", store.engine);
        assert_eq!(promises[0].calls.len(), 10, "{}", store.engine);
    });
}

#[test]
fn callers_who_ring_two_instances_in_the_same_moment_never_ring_one_person() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, OPEN).await;
        for round in 0..10 {
            let sids: Vec<String> = (0..3).map(|caller| format!("CA{round}x{caller}")).collect();
            let ring = |caller: usize, sid: &String| {
                (caller % 2, VOICE.to_owned(), incoming(sid, &format!("+44770090040{caller}"), LINE))
            };
            let answers =
                at_once(&shop, sids.iter().enumerate().map(|(caller, sid)| ring(caller, sid)).collect()).await;
            let mut phones: Vec<String> = answers.iter().filter_map(Page::rings).collect();
            phones.sort();
            assert_eq!(phones, ["+447700900101", "+447700900102", "+447700900103"], "{}: {answers:#?}", store.engine);
            let hand = Hand::of(&shop);
            for (sid, answer) in sids.iter().zip(&answers) {
                hand.tells(&answer.done(), &of_call(sid, "completed", &[("DialCallStatus", "canceled")])).await;
            }
        }
    });
}

#[test]
fn a_key_and_the_end_of_the_ring_in_the_same_moment_have_one_winner() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, OPEN).await;
        let hand = Hand::of(&shop);
        for round in 0..10 {
            let sid = format!("CA{round}");
            let first = hand.rings(&sid, STRANGER).await;
            let whisper = hand.tells(&first.whisper(), &of_leg(&sid, "in-progress", &[])).await;
            let told = vec![
                (0, whisper.key(), of_leg(&sid, "in-progress", &[("Digits", "1")])),
                (
                    1,
                    first.done(),
                    of_call(&sid, "completed", &[("DialCallStatus", "completed"), ("DialBridged", "false")]),
                ),
            ];
            let answers = at_once(&shop, told).await;
            assert!(answers.iter().all(|answer| answer.status == 200), "{}: {answers:#?}", store.engine);
            hand.tells(crate::by_hand::STATUS, &of_call(&sid, "completed", &[])).await;
            let records = shop.server().calls().await;
            let record = records.iter().find(|record| record.provider_id.0 == sid).unwrap();
            assert_eq!(record.outcome(), Some(&Outcome::HungUp), "{}: nobody spoke to the caller", store.engine);
        }
        let promises = shop.server().promises().await;
        assert_eq!(promises.len(), 1, "{}: one caller, one matter, one promise", store.engine);
        assert_eq!(promises[0].calls.len(), 10, "{}", store.engine);
        assert_eq!(hand.rings("CAx", STRANGER).await.rings().as_deref(), Some("+447700900103"), "Tom is free");
    });
}

#[test]
fn an_instance_that_goes_leaves_its_calls_to_the_other() {
    on_each_store(&async |store: &TestStore| {
        let mut shop = two(store, OPEN).await;
        let call = shop.caller(STRANGER).rings().await;
        shop.server_mut().restart().await;
        call.phone("tom").declines().await;
        shop.server_mut().restart().await;
        call.phone("priya").presses("1").await;
        call.reached("priya");
        shop.goes_quiet().await;
        assert_eq!(shop.server().calls().await.len(), 1, "{}", store.engine);
    });
}

/// A Sunday on which so many callers are promised a call: each makes two texts.
async fn promises(shop: &Shop, count: usize) {
    for at in 0..count {
        let caller = shop.caller(&format!("+4477009005{at:02}")).to(OFFICE).expects(FirstAnswer::Promises);
        let call = caller.rings().await;
        call.ends().await;
        assert!(matches!(call.end(), Some(End::Promised(_))));
    }
}

#[test]
fn two_instances_that_work_at_the_same_time_send_no_text_twice() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, CLOSED).await;
        promises(&shop, 30).await;
        let apps: Vec<_> = shop.server().apps().collect();
        let (one, two) = tokio::join!(apps[0].run_jobs(), apps[1].run_jobs());
        assert_eq!(one.unwrap() + two.unwrap(), 60, "{}", store.engine);
        let mut texts = shop.server().rest.texts();
        assert_eq!(texts.len(), 60, "{}", store.engine);
        texts.dedup();
        assert_eq!(texts.len(), 60, "{}: a text was sent twice", store.engine);
    });
}

#[test]
fn whatever_the_provider_says_to_a_text_it_goes_out_once() {
    let moods = [
        Mood::Refuses(500, 20500),
        Mood::Refuses(503, 20503),
        Mood::Refuses(429, 20429),
        Mood::Drops,
        Mood::TakesAndDrops,
    ];
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, CLOSED).await;
        for (at, mood) in moods.into_iter().enumerate() {
            shop.server().rest.next(&[mood, mood]);
            let caller = shop.caller(&format!("+4477009006{at:02}")).to(OFFICE).expects(FirstAnswer::Promises);
            caller.rings().await.ends().await;
            for _ in 0..4 {
                shop.server().texts().await;
                shop.passes(SignedDuration::from_mins(2)).await;
            }
            let mut texts = shop.server().texts().await;
            assert_eq!(texts.len(), 2 * (at + 1), "{}: {mood:?}\n{texts:#?}", store.engine);
            texts.dedup();
            assert_eq!(texts.len(), 2 * (at + 1), "{}: {mood:?} sent a text twice", store.engine);
        }
    });
}

#[test]
fn a_provider_that_takes_a_text_and_never_answers_is_not_given_it_again() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, CLOSED).await;
        shop.server().rest.next(&[Mood::TakesAndHangs]);
        promises(&shop, 1).await;
        for _ in 0..4 {
            shop.server().texts().await;
            shop.passes(SignedDuration::from_mins(2)).await;
        }
        assert_eq!(shop.server().texts().await.len(), 2, "{}", store.engine);
        assert!(shop.server().rest.looked_up() > 0, "{}: it was looked up", store.engine);
        assert_eq!(shop.server().rest.tries(), 2, "{}", store.engine);
    });
}

#[test]
fn a_provider_that_is_gone_for_an_hour_gets_every_text_once_when_it_is_back() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, CLOSED).await;
        shop.server().rest.always(Mood::Drops);
        promises(&shop, 3).await;
        for _ in 0..12 {
            assert!(shop.server().texts().await.is_empty());
            shop.passes(SignedDuration::from_mins(5)).await;
        }
        shop.server().rest.always(Mood::Takes);
        for _ in 0..10 {
            shop.passes(SignedDuration::from_mins(5)).await;
            shop.server().texts().await;
        }
        let mut texts = shop.server().texts().await;
        texts.dedup();
        assert_eq!(texts.len(), 6, "{}", store.engine);
        assert_eq!(shop.server().rest.texts().len(), 6, "{}", store.engine);
        assert!(failed(&shop).await.is_empty(), "{}", store.engine);
    });
}

#[test]
fn a_provider_that_stays_away_leaves_a_failure_that_people_can_see() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, CLOSED).await;
        shop.server().rest.always(Mood::Refuses(500, 20500));
        promises(&shop, 1).await;
        for _ in 0..30 {
            shop.server().texts().await;
            shop.passes(SignedDuration::from_mins(10)).await;
        }
        let failures = failed(&shop).await;
        assert_eq!(failures.len(), 2, "{}", store.engine);
        assert!(failures.iter().all(|why| why.contains("tried 10 times")), "{}: {failures:?}", store.engine);
        shop.server().rest.always(Mood::Takes);
        assert!(shop.server().texts().await.is_empty(), "{}: what is given up is a human's to repeat", store.engine);
        assert_eq!(shop.server().promises().await.len(), 1, "the promise itself stands");
    });
}

async fn failed(shop: &Shop) -> Vec<String> {
    let list = shop.server().app().operator().errand(|tx| jobs::list(tx, JobState::Failed, 100)).await.unwrap();
    list.into_iter().map(|job| job.last_error.unwrap_or_default()).collect()
}

/// A text is claimed by an instance that is never heard of again, `sent` before or not.
async fn dies_while_it_sends(store: &TestStore, from: &str, sent: bool) {
    // Another seed gives other ids: on one store the same call would not be a second one.
    let shop = Shop::opening(ROTA, CLOSED).store(&store.url).instances(2).seed(1 + u64::from(sent)).open().await;
    shop.caller(from).to(OFFICE).expects(FirstAnswer::Promises).rings().await.ends().await;
    let operator = shop.server().app().operator();
    let now = operator.desk().clock.now();
    let lease = SignedDuration::from_mins(2);
    let claimed = operator.errand(move |tx| jobs::claim(tx, now, lease, Worker("the dead"), 20)).await.unwrap();
    assert_eq!(claimed.len(), 2, "{}", store.engine);
    if sent {
        for job in &claimed {
            let job: Job = serde_json::from_str(&job.doc).unwrap();
            let Outbound::Text { from, to, body } = job.outbound else { panic!("no text") };
            shop.server().rest.took_before(&from.to_string(), &to.to_string(), &body);
        }
    }
    let before = shop.server().rest.texts().len();
    assert_eq!(shop.server().texts().await.len(), before, "{}: while its lease holds nobody else sends", store.engine);
    shop.passes(SignedDuration::from_mins(3)).await;
    assert_eq!(shop.server().texts().await.len(), 2, "{}", store.engine);
    assert_eq!(shop.server().rest.tries(), if sent { 0 } else { 2 }, "{}", store.engine);
}

#[test]
fn an_instance_that_dies_while_it_sends_is_followed_by_one_that_looks_first() {
    on_each_store(&async |store: &TestStore| {
        dies_while_it_sends(store, "+447700900701", false).await;
        dies_while_it_sends(store, "+447700900702", true).await;
    });
}

#[test]
fn a_customer_whom_one_instance_learns_is_known_to_the_other() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, OPEN).await;
        let new = Details {
            name: "Mr Byrne".to_owned(),
            numbers: vec![Phone::from_e164("+447700900801").unwrap()],
            usual: Some(Some(StaffId::new("ana"))),
            ..Details::default()
        };
        let put = move |tx: &mut switchboard::store::Tx<'_>| {
            switchboard::store::customers::put(tx, std::slice::from_ref(&new)).map(drop)
        };
        shop.server().app().operator().errand(put).await.unwrap();
        for instance in [0, 1] {
            let hand = Hand::of(&shop);
            let sid = format!("CA{instance}");
            let page = hand.tells_instance(instance, VOICE, &incoming(&sid, "+447700900801", LINE)).await;
            assert_eq!(page.rings().as_deref(), Some("+447700900104"), "{}", store.engine);
            hand.tells(&page.done(), &of_call(&sid, "completed", &[("DialCallStatus", "canceled")])).await;
        }
    });
}

#[test]
fn two_calls_of_one_caller_that_end_in_the_same_moment_are_one_promise() {
    on_each_store(&async |store: &TestStore| {
        let shop = two(store, OPEN).await;
        for round in 0..10 {
            let from = format!("+44770090050{round}");
            let sids: Vec<String> = (0..2).map(|call| format!("CA{round}x{call}")).collect();
            let told = sids.iter().enumerate().map(|(at, sid)| (at, VOICE.to_owned(), incoming(sid, &from, LINE)));
            let answers = at_once(&shop, told.collect()).await;
            let over = sids.iter().zip(&answers).enumerate().map(|(at, (sid, answer))| {
                (at, answer.done(), of_call(sid, "completed", &[("DialCallStatus", "canceled")]))
            });
            at_once(&shop, over.collect()).await;
        }
        let promises = shop.server().promises().await;
        assert_eq!(promises.len(), 10, "{}: one caller, one matter, one promise", store.engine);
        assert!(promises.iter().all(|promise| promise.calls.len() == 2), "{}", store.engine);
    });
}
