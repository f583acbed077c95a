//! Who is away, back or swaps, as people say it and as they are answered.

use jiff::SignedDuration;

use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OPEN, STRANGER};

async fn shop() -> Shop {
    Shop::open(ROTA, OPEN).await
}

async fn first_to_ring(shop: &Shop) -> String {
    let call = shop.caller(STRANGER).rings().await;
    let ringing = call.ringing().join(" ");
    call.hangs_up().await;
    ringing
}

#[tokio::test]
async fn away_for_two_hours_and_back_by_itself() {
    let shop = shop().await;
    let tom = shop.staff("tom");
    assert_eq!(tom.texts("AWAY 2H").await, "You are away until 12:00. Priya Nair has the phone. BACK to return.");
    assert_eq!(first_to_ring(&shop).await, "priya");
    shop.passes(SignedDuration::from_hours(2)).await;
    assert_eq!(first_to_ring(&shop).await, "tom");
    assert_eq!(tom.texts("back").await, "You are not away. You have the phone until 08:30 on Monday 15 June.");
}

#[tokio::test]
async fn back_before_time_and_taken_back() {
    let shop = shop().await;
    let tom = shop.staff("tom");
    tom.texts("away until monday").await;
    assert_eq!(first_to_ring(&shop).await, "priya");
    assert_eq!(tom.texts("BACK").await, "You are back. You have the phone until 08:30 on Monday 15 June.");
    assert_eq!(first_to_ring(&shop).await, "tom");
    assert_eq!(tom.texts("UNDO").await, "Taken back: you are away again as before.");
    assert_eq!(first_to_ring(&shop).await, "priya");
    assert_eq!(tom.texts("UNDO").await, "There is nothing to take back.");
}

#[tokio::test]
async fn a_cover_stands_in_and_a_day_off_is_a_day() {
    let shop = shop().await;
    let tom = shop.staff("tom");
    assert_eq!(tom.texts("AWAY FRI ANA").await, "You are away on Friday 12 June. Ana Costa stands in. BACK to return.");
    assert_eq!(first_to_ring(&shop).await, "tom");
    let ana = shop.staff("ana");
    assert_eq!(ana.received(), ["Tom Ellis is away on Friday 12 June, and you stand in."]);
    shop.passes(SignedDuration::from_hours(48)).await;
    assert_eq!(first_to_ring(&shop).await, "ana");
    assert_eq!(tom.texts("UNDO").await, "Taken back: that absence never was.");
    let told = ana.received().pop();
    assert_eq!(told.as_deref(), Some("Tom Ellis is not away until tomorrow any more: you need not stand in."));
    assert_eq!(first_to_ring(&shop).await, "tom");
}

#[tokio::test]
async fn who_has_the_phone_is_told_until_when_they_keep_it() {
    let shop = shop().await;
    let (tom, priya) = (shop.staff("tom"), shop.staff("priya"));
    assert_eq!(
        tom.texts("WHO").await.split(';').next().unwrap().split(". ").next().unwrap(),
        "main, office: Tom Ellis has the phone until 08:30 on Monday 15 June, then Priya Nair, then Sam Hartley"
    );
    tom.texts("AWAY 2H").await;
    let who = tom.texts("WHO").await;
    assert!(who.starts_with("main, office: Priya Nair has the phone until 12:00, then Ana Costa"), "{who}");
    assert_eq!(priya.texts("BACK").await, "You are not away. You have the phone until 12:00.");
}

#[tokio::test]
async fn a_shorter_time_is_what_counts_when_it_is_said_last() {
    let shop = shop().await;
    let tom = shop.staff("tom");
    tom.texts("AWAY TODAY").await;
    assert_eq!(
        tom.texts("AWAY UNTIL 15:00").await,
        "You are away until 15:00. Priya Nair has the phone. BACK to return."
    );
    assert_eq!(
        tom.texts("AWAY UNTIL 16:00").await,
        "You are away until 16:00. Priya Nair has the phone. BACK to return."
    );
    let shop =
        Shop::open(&format!("{ROTA}\n[[away]]\nwho = \"tom\"\nfrom = 2026-06-08\nto = 2026-06-12\n"), OPEN).await;
    assert_eq!(
        shop.staff("tom").texts("AWAY 2H").await,
        "You are away until Saturday 13 June already. BACK to return now."
    );
    assert_eq!(
        shop.staff("tom").texts("BACK").await,
        "You are back. You have the phone until 08:30 on Monday 15 June."
    );
}

#[tokio::test]
async fn whoever_leaves_a_hole_is_asked_and_goes_only_after_a_yes() {
    let alone = ROTA.replace("order       = [\"tom\", \"priya\", \"ana\"]", "order       = [\"sam\"]");
    let shop = Shop::open(&alone, OPEN).await;
    let sam = shop.staff("sam");
    let asked = sam.texts("AWAY 1H").await;
    assert_eq!(
        asked,
        "Then nobody would be there on line main: Wed 10 Jun 10:00 to 11:00, open, and no phone would ring. YES if you \
         are away all the same."
    );
    assert_eq!(first_to_ring(&shop).await, "sam");
    assert_eq!(sam.texts("No").await, "Nothing has changed.");
    assert_eq!(sam.texts("YES").await, "Nothing is waiting for your answer. HELP lists what you can write.");
    sam.texts("AWAY 1H").await;
    assert_eq!(
        sam.texts("Yes").await,
        "You are away until 11:00. No phone rings then: callers are promised a call. BACK to return."
    );
    sam.texts("UNDO").await;
    sam.texts("AWAY 1H").await;
    shop.passes(SignedDuration::from_mins(61)).await;
    assert_eq!(
        sam.texts("Yes").await,
        "Nothing is waiting for your answer. HELP lists what you can write.",
        "a question is asked for an hour"
    );
}

#[tokio::test]
async fn a_swap_waits_for_the_other_one() {
    let shop = shop().await;
    let (tom, ana) = (shop.staff("tom"), shop.staff("ana"));
    assert_eq!(
        tom.texts("SWAP FRI ANA").await,
        "Ana Costa is asked to swap Mon 8 Jun 08:30 to Mon 15 Jun 08:30. Nothing changes before they say yes, within a \
         day."
    );
    assert_eq!(
        ana.received(),
        ["Tom Ellis asks you to swap turns: Mon 8 Jun 08:30 to Mon 15 Jun 08:30. YES or NO? Until 10:00 tomorrow."]
    );
    assert_eq!(first_to_ring(&shop).await, "tom");
    assert_eq!(
        ana.texts("yes").await,
        "You and Tom Ellis have swapped: Mon 8 Jun 08:30 to Mon 15 Jun 08:30. UNDO takes it back."
    );
    assert_eq!(
        tom.received().last().unwrap(),
        "You and Ana Costa have swapped: Mon 8 Jun 08:30 to Mon 15 Jun 08:30. UNDO takes it back."
    );
    assert_eq!(first_to_ring(&shop).await, "ana");
    assert_eq!(tom.texts("undo").await, "Taken back: you and Ana Costa have the turns you had. Ana Costa is told.");
    assert_eq!(first_to_ring(&shop).await, "tom");
    assert_eq!(ana.texts("undo").await, "There is nothing to take back.");

    tom.texts("SWAP FRI ANA").await;
    assert_eq!(ana.texts("nee").await, "Nothing has changed. Tom Ellis is told that you do not swap.");
    assert_eq!(
        tom.received().last().unwrap(),
        "Ana Costa does not swap: Mon 8 Jun 08:30 to Mon 15 Jun 08:30. Nothing has changed."
    );
    tom.texts("SWAP FRI ANA").await;
    shop.passes(SignedDuration::from_hours(24)).await;
    assert_eq!(ana.texts("yes").await, "Nothing is waiting for your answer. HELP lists what you can write.");
    assert!(tom.texts("SWAP FRI DESK").await.starts_with("Front desk has no phone that takes texts"));
}

#[tokio::test]
async fn who_is_told_line_by_line_with_who_is_away() {
    let shop = shop().await;
    shop.staff("ana").texts("AWAY UNTIL FRI").await;
    assert_eq!(
        shop.staff("sam").texts("who?").await,
        "main, office: Tom Ellis has the phone until 08:30 on Monday 15 June, then Priya Nair, then Sam Hartley. desk: \
         Front desk has the phone, then Sam Hartley. Away: Ana Costa until Friday 12 June."
    );
}

#[tokio::test]
async fn what_is_not_understood_is_said_with_what_to_write() {
    let shop = shop().await;
    let tom = shop.staff("tom");
    for (text, answer) in [
        (
            "AWAY BANANA",
            "I understood AWAY but not \"BANANA\". Write for instance AWAY 2H, AWAY UNTIL MON or AWAY FRI ANA.",
        ),
        ("not back", "You write BACK and not: nothing has changed. Write BACK when it is so."),
        ("DONE", "Which one? Write DONE with its number, for instance DONE 41. CALLS lists them."),
        ("DONE 77", "There is no 77. CALLS lists what you owe."),
        ("AWAY FRI 14:00", "From then or until then? Write AWAY FROM FRI 14:00 or AWAY UNTIL FRI 14:00."),
        ("AWAY FRI TOM", "You cannot stand in for yourself: name somebody else, or nobody."),
    ] {
        assert_eq!(tom.texts(text).await, answer, "{text}");
    }
    assert!(tom.texts("good morning").await.starts_with("I did not understand that. You can write: WHO."));
    assert_eq!(first_to_ring(&shop).await, "tom");
}

#[tokio::test]
async fn a_stranger_is_told_nothing_but_to_ring_and_only_once_a_day() {
    let shop = shop().await;
    let stranger = shop.writer("+447700900998");
    let line = "Hartley Heating: this number is for calls. Please ring us: +44 20 7946 0000.";
    assert_eq!(stranger.texts("WHO").await, line);
    assert_eq!(stranger.texts("AWAY 2H").await, "");
    assert_eq!(first_to_ring(&shop).await, "tom");
    shop.passes(SignedDuration::from_hours(24)).await;
    assert_eq!(stranger.texts("hello?").await, line);
}

#[tokio::test]
async fn stop_is_the_last_word_until_start() {
    let shop = shop().await;
    let stranger = shop.writer("+447700900998");
    let stopped = stranger.texts("STOP").await;
    assert!(stopped.contains("START"), "{stopped}");
    assert_eq!(stranger.texts("Stop!").await, "");
    assert_eq!(stranger.texts("hello?").await, "");
    assert_ne!(stranger.texts("start").await, "");
    assert_ne!(stranger.texts("hello?").await, "");
}
