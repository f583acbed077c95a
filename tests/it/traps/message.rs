//! The tone, and all the ways in which a message ends.

use crate::by_hand::{Hand, LINE, Page, of_call};
use crate::phones::caller::{AtTheTone, FirstAnswer};
use crate::phones::opening::ROTA;
use crate::phones::shop::{End, Shop};
use crate::promises::{CLOSED, OFFICE, OPEN, STRANGER};

/// A call that has come to the tone.
async fn at_the_tone(hand: &Hand) -> Page {
    let page = hand.tells(crate::by_hand::VOICE, &crate::by_hand::incoming("CA1", STRANGER, OFFICE)).await;
    assert!(page.body.contains("<Record"), "{page:?}");
    page
}

#[tokio::test]
async fn a_message_is_kept_whether_silence_or_hanging_up_ends_it() {
    for tone in [AtTheTone::Speaks(12), AtTheTone::SpeaksAndHangsUp(12)] {
        let shop = Shop::open(ROTA, OPEN).await;
        let call = shop.caller(STRANGER).at_the_tone(tone).rings().await;
        call.ends().await;
        shop.goes_quiet().await;
        call.left_a_message_of(12);
        let record = shop.server().calls().await.remove(0);
        let message = record.message.unwrap();
        assert_eq!(message.seconds, Some(12));
        assert!(message.recording.is_some() && message.transcript.is_some(), "{message:?}");
        assert!(shop.server().promises().await[0].message.is_some());
    }
}

#[tokio::test]
async fn an_empty_message_is_none_and_the_promise_stands() {
    for tone in [AtTheTone::SaysNothing, AtTheTone::HangsUp] {
        let shop = Shop::open(ROTA, OPEN).await;
        let call = shop.caller(STRANGER).at_the_tone(tone).rings().await;
        call.ends().await;
        shop.goes_quiet().await;
        assert_eq!(call.end(), Some(End::Promised("tom".to_owned())), "{}", call.story());
        assert_eq!(shop.server().calls().await[0].message, None);
        assert!(shop.server().promises().await[0].message.is_none());
    }
}

#[tokio::test]
async fn every_tone_has_an_address_for_its_end_so_that_no_document_is_asked_for_in_a_circle() {
    let shop = Shop::open(ROTA, CLOSED).await;
    let hand = Hand::of(&shop);
    let page = at_the_tone(&hand).await;
    assert!(page.message().starts_with("https://phone.example.com/c/"));
    assert_ne!(page.message(), page.recording());
    assert!(page.body.contains("recordingStatusCallbackEvent=\"completed absent\""), "{page:?}");
    let end = hand.tells(&page.message(), &of_call("CA1", "completed", &[("Digits", "hangup")])).await;
    assert!(end.hangs_up(), "{end:?}");
}

#[tokio::test]
async fn a_recording_that_is_absent_or_failed_leaves_no_message_behind() {
    for status in ["absent", "failed", "in-progress", "", "unheard-of"] {
        let shop = Shop::open(ROTA, CLOSED).await;
        let hand = Hand::of(&shop);
        let page = at_the_tone(&hand).await;
        let news =
            of_call("CA1", "completed", &[("RecordingStatus", status), ("RecordingUrl", "https://api.twilio.com/x")]);
        assert_eq!(hand.tells(&page.recording(), &news).await.status, 200);
        assert_eq!(shop.server().calls().await[0].message, None, "{status:?}");
    }
}

#[tokio::test]
async fn the_news_of_a_message_add_up_in_any_order() {
    let shop = Shop::open(ROTA, CLOSED).await;
    let hand = Hand::of(&shop);
    let page = at_the_tone(&hand).await;
    let recording = [("RecordingUrl", "https://api.twilio.com/RE1"), ("RecordingDuration", "9")];
    let mut ready = of_call("CA1", "completed", &recording);
    ready.extend(crate::by_hand::params(&[("RecordingStatus", "completed")]));
    // The recording is there before the end of the tone is told.
    hand.tells(&page.recording(), &ready).await;
    hand.tells(crate::by_hand::STATUS, &of_call("CA1", "completed", &[])).await;
    hand.tells(&page.message(), &of_call("CA1", "completed", &recording)).await;
    hand.tells(&page.recording(), &ready).await;
    let record = shop.server().calls().await.remove(0);
    assert_eq!(record.message.as_ref().and_then(|message| message.seconds), Some(9));
    let told = record.story.iter().filter(|entry| entry.what.word() == "message_left").count();
    assert_eq!(told, 1);
    assert_eq!(shop.server().promises().await.len(), 1);
}

#[tokio::test]
async fn a_withheld_caller_is_asked_for_a_number_and_owed_a_call_all_the_same() {
    let shop = Shop::open(ROTA, CLOSED).await;
    let caller = shop.caller("anonymous").to(OFFICE).expects(FirstAnswer::Promises);
    let call = caller.at_the_tone(AtTheTone::Speaks(6)).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    assert!(call.heard().contains("say your name and number"), "{}", call.heard());
    let promises = shop.server().promises().await;
    assert!(promises.len() == 1 && promises[0].message.is_some() && promises[0].number.is_none(), "{promises:?}");
    assert_ne!(LINE, OFFICE);
}
