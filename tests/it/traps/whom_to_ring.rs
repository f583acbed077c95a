//! Numbers that may not be dialled or shown, and how long a phone really rings.

use switchboard::config::watch::Reloaded;

use crate::by_hand::{Hand, VOICE, incoming};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::Shop;
use crate::promises::{CLOSED, DESK, OFFICE, OPEN, STRANGER, TOM};

#[tokio::test]
async fn somebody_who_rings_from_their_own_phone_is_never_rung_back_in_a_circle() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(TOM).rings().await;
    call.ends().await;
    assert_eq!(call.rang(), ["priya", "sam"], "{}", call.story());
}

#[tokio::test]
async fn a_rota_in_which_a_phone_is_a_line_itself_does_not_go_live() {
    let shop = Shop::open(ROTA, OPEN).await;
    let saved = shop.server().save_rota(&ROTA.replace("+447700900103", "+442079460002"));
    assert!(matches!(saved, Reloaded::Refused(_)), "{saved:?}");
    assert_eq!(shop.caller(STRANGER).to(OFFICE).rings().await.ringing(), ["tom"]);
}

#[tokio::test]
async fn a_withheld_or_broken_number_is_never_shown_to_staff_as_the_caller() {
    let rota = ROTA.replace("phone = \"+447700900103\"", "phone = \"+447700900103\", shows = \"customer\"");
    let shop = Shop::open(&rota, OPEN).await;
    let hand = Hand::of(&shop);
    for (at, from) in
        ["anonymous", "+266696687", "Unknown", "", "sip:anna@pbx.example.com", "client:anna", "+1", "12ab"]
            .into_iter()
            .enumerate()
    {
        let sid = format!("CA{at}");
        let page = hand.rings(&sid, from).await;
        assert_eq!(page.rings().as_deref(), Some(TOM), "{from:?}");
        assert!(page.body.contains("callerId=\"+442079460000\""), "{from:?} {page:?}");
        let gone = crate::by_hand::of_call(&sid, "completed", &[("DialCallStatus", "canceled")]);
        hand.tells(&page.done(), &gone).await;
    }
    let page = hand.rings("CA99", STRANGER).await;
    assert!(page.body.contains(&format!("callerId=\"{STRANGER}\"")), "Tom wants to see the customer's: {page:?}");
}

#[tokio::test]
async fn a_phone_rings_as_long_as_the_rota_says_although_the_provider_adds_five_seconds() {
    let shop = Shop::open(ROTA, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    call.phone("tom").lets_it_ring().await;
    assert!(
        call.story().contains("rings tom 16 s") && call.story().contains("10:00:16 rings priya"),
        "{}",
        call.story()
    );
}

#[tokio::test]
async fn staff_on_a_sip_phone_are_screened_unless_their_phone_is_trusted() {
    let sip = "phone = \"sip:tom@pbx.example.com;transport=tls\"";
    let rota = ROTA.replace("phone = \"+447700900103\"", sip);
    let shop = Shop::open(&rota, OPEN).await;
    let call = shop.caller(STRANGER).rings().await;
    call.phone("tom").voicemail_answers().await;
    assert_eq!(call.ringing(), ["priya"], "{}", call.story());
    call.hangs_up().await;
    let again = shop.caller(STRANGER).rings().await;
    again.phone("tom").presses("1").await;
    again.reached("tom");
    let trusted = shop.caller("+447700900998").to(DESK).rings().await;
    trusted.phone("desk").answers().await;
    trusted.reached("desk");
}

#[tokio::test]
async fn a_call_to_a_number_that_no_line_has_rings_the_owner_even_when_all_lines_are_closed() {
    for (at, rota) in
        [(OPEN, ROTA.to_owned()), (CLOSED, ROTA.replace("when_closed = \"on-call\"", "when_closed = \"promise\""))]
    {
        let shop = Shop::open(&rota, at).await;
        let hand = Hand::of(&shop);
        for (index, to) in ["+442079469999", "sip:us@pbx.example.com", "", "nonsense"].into_iter().enumerate() {
            let sid = format!("CA{index}");
            let page = hand.tells(VOICE, &incoming(&sid, STRANGER, to)).await;
            assert_eq!(page.rings().as_deref(), Some("+447700900101"), "{to:?} at {at}: {page:?}");
            let gone = crate::by_hand::of_call(&sid, "completed", &[("DialCallStatus", "canceled")]);
            hand.tells(&page.done(), &gone).await;
        }
        assert_eq!(shop.server().calls().await.len(), 4, "each is on record");
    }
}

#[tokio::test]
async fn only_one_phone_rings_at_a_time_since_the_first_pick_up_would_silence_the_others() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.always("tom", Behaviour::voicemail()).always("priya", Behaviour::voicemail());
    let call = shop.caller(STRANGER).rings().await;
    call.ends().await;
    let network = shop.network();
    let documents =
        network.wire.log.iter().flat_map(|asked| &asked.replies).filter(|reply| reply.body.contains("<Dial"));
    let phones: Vec<_> =
        documents.map(|reply| reply.body.matches("<Number").count() + reply.body.matches("<Sip").count()).collect();
    assert_eq!(phones, [1, 1, 1]);
}
