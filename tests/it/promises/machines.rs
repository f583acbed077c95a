//! 4. A machine never counts as a human.

use super::{OPEN, STRANGER};
use crate::by_hand::{Hand, of_call, of_leg};
use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::shop::{End, Shop};

#[tokio::test]
async fn a_voicemail_or_a_robot_never_takes_the_call_and_the_next_person_rings() {
    for machine in [Behaviour::voicemail, Behaviour::screening_robot, Behaviour::answers] {
        let shop = Shop::open(ROTA, OPEN).await;
        shop.always("tom", machine()).always("sam", machine());
        let call = shop.caller(STRANGER).rings().await;
        call.phone("tom").does(machine()).await;
        call.phone("priya").presses("1").await;
        call.reached("priya");
        let next = shop.caller("+447700900998").rings().await;
        next.ends().await;
        assert_eq!(next.end(), Some(End::Promised("tom".to_owned())), "{}", next.story());
        assert_eq!(next.rang(), ["tom", "sam"], "Priya is talking");
    }
}

#[tokio::test]
async fn of_all_that_a_leg_may_say_only_a_1_connects_it() {
    let shop = Shop::open(ROTA, OPEN).await;
    let hand = Hand::of(&shop);
    let keys = [
        "0", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "", "11", "1#", "10", " 1", "hangup", "one", "１", "\0",
    ];
    for (at, key) in keys.into_iter().enumerate() {
        let sid = format!("CA{at:032}");
        let first = hand.rings(&sid, &format!("+44770090{at:04}")).await;
        let whisper = hand.tells(&first.whisper(), &of_leg(&sid, "in-progress", &[])).await;
        assert!(whisper.hangs_up(), "{whisper:?}");
        let after = hand.tells(&whisper.key(), &of_leg(&sid, "in-progress", &[("Digits", key)])).await;
        assert!(after.hangs_up(), "{key:?} connects: {after:?}");
        let nothing = hand.tells(&whisper.key(), &of_leg(&sid, "in-progress", &[])).await;
        assert!(nothing.hangs_up());
        let over = [("DialCallStatus", "completed"), ("DialBridged", "false")];
        hand.tells(&first.done(), &of_call(&sid, "completed", &over)).await;
    }
    let sid = "CA1";
    let first = hand.rings(sid, STRANGER).await;
    let whisper = hand.tells(&first.whisper(), &of_leg(sid, "in-progress", &[])).await;
    let connected = hand.tells(&whisper.key(), &of_leg(sid, "in-progress", &[("Digits", "1")])).await;
    assert_eq!(connected.verbs(), Vec::<String>::new(), "the empty document is what connects");
}
