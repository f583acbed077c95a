//! The rota as it is looked at and changed in the console.

mod calendars;
mod document;

use jiff::civil::date;
use reqwest::Method;
use switchboard::domain::access::Role;
use switchboard::domain::rota::live::{IN_FORCE_MAX, Live};
use switchboard::domain::staff::StaffId;
use switchboard::store::Tx;
use switchboard::store::live_changes::{self, NewLiveChange};

use super::visitor::Seen;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

async fn shop() -> Shop {
    Shop::opening(ROTA, OPEN).customers(customers()).open().await
}

/// What a hidden field of the page holds.
fn hidden(seen: &Seen, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let at = seen.body.find(&field).unwrap_or_else(|| panic!("no {name} in\n{}", seen.body)) + field.len();
    seen.body[at..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_picture_shows_who_has_the_phone_in_the_coming_eight_weeks() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let seen = sam.opens("/console/rota").await;
    seen.is(200).says("Week of Mon 8 Jun").says("Week of Mon 27 Jul").does_not_say("Week of Mon 3 Aug");
    seen.says("Tom Ellis").says("00:00 to 08:30 has the phone").says("rings as number 2").says("Line desk");
    seen.says("Nothing out of the ordinary lies ahead.");
    sam.opens("/console/rota?from=2026-10-19").await.says("the clocks change");
    sam.opens("/console/rota?from=the+day+after").await.is(200).says("Week of Mon 8 Jun");
    sam.opens("/console/rota?from=9999-12-30").await.is(200);
    let page = seen.body.len();
    assert!(page < 100_000, "{page} bytes are more than a first view may have");
}

#[tokio::test]
async fn tom_is_put_on_holiday_with_ana_covering_and_it_is_shown_before_who_rings_instead() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let page = "/console/rota/preview?kind=away&who=tom&from=2026-06-10&to=2026-06-12&cover=ana&place=file";
    let preview = sam.opens(page).await;
    preview.is(200).says("Tom Ellis is away from Wed 10 Jun to Fri 12 Jun; Ana Costa covers.");
    preview.says("Ana Costa has the phone instead of Tom Ellis");
    preview.says("Before Tom Ellis, Priya Nair, Sam Hartley, then a promise");
    preview.says("After Ana Costa, Priya Nair, Sam Hartley, then a promise");
    assert_eq!(shop.server().rota_on_disk(), ROTA, "looking changes nothing");
    let base = hidden(&preview, "base");
    let form = [
        ("kind", "away"),
        ("who", "tom"),
        ("from", "2026-06-10"),
        ("to", "2026-06-12"),
        ("cover", "ana"),
        ("place", "file"),
        ("base", &base),
    ];
    let saved = sam.sends("/console/rota/change", &form).await;
    saved.is(200).says("Saved, and live.").says("Ana Costa covers").says("stands in for Tom Ellis");
    let entry = "\n[[away]]\nwho   = \"tom\"\nfrom  = 2026-06-10\nto    = 2026-06-12\ncover = \"ana\"\n";
    assert_eq!(shop.server().rota_on_disk(), format!("{ROTA}{entry}"), "nothing else of the file moves");
    let call = shop.caller("withheld").rings().await;
    assert_eq!(call.ringing(), ["ana"]);
    // And he comes back sooner.
    let preview = sam.opens("/console/rota/preview?kind=remove&entry=away+0").await;
    preview.says("Remove: Tom Ellis is away");
    let form = [("kind", "remove"), ("entry", "away 0"), ("base", &hidden(&preview, "base"))];
    sam.sends("/console/rota/change", &form).await.says("Saved, and live.");
    assert_eq!(shop.server().rota_on_disk(), ROTA);
}

#[tokio::test]
async fn open_hours_in_which_no_phone_would_ring_are_a_red_hole() {
    let alone = ROTA.replace("order       = [\"tom\", \"priya\", \"ana\"]", "order       = [\"sam\"]");
    let shop = Shop::open(&alone, OPEN).await;
    let sam = shop.signs_in("sam").await;
    let red = "<td class=\"hole\"";
    assert!(!sam.opens("/console/rota").await.body.contains(red));
    let away = [("kind", "away"), ("who", "sam"), ("from", "2026-06-11"), ("to", "2026-06-11"), ("place", "live")];
    let hole = "08:30 to 12:30 open, but no phone would ring; 13:15 to 17:30 open, but no phone would ring";
    let seen = sam.sends("/console/rota/change", &away).await;
    assert_eq!(seen.body.matches(red).count(), 1, "{}", seen.body);
    seen.says(&format!("!! {hole}"));
}

#[tokio::test]
async fn a_change_that_the_file_would_refuse_is_explained_and_not_made() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let twice = "kind=holiday&day=2026-12-25&name=Christmas&hours=closed";
    let preview = sam.opens(&format!("/console/rota/preview?{twice}")).await;
    let base = hidden(&preview, "base");
    let form =
        [("kind", "holiday"), ("day", "2026-12-25"), ("name", "Christmas"), ("hours", "closed"), ("base", &base)];
    sam.sends("/console/rota/change", &form).await.says("Saved, and live.").says("Christmas, Fri 25 Dec");
    let ticked = sam.opens("/console/rota/preview?kind=holiday&day=2026-12-28&name=Bridge&hours=&closed=yes").await;
    let base = hidden(&ticked, "base");
    let form = [("kind", "holiday"), ("day", "2026-12-28"), ("name", "Bridge"), ("closed", "yes"), ("base", &base)];
    assert_eq!(hidden(&ticked, "closed"), "yes");
    sam.sends("/console/rota/change", &form).await.says("Bridge, Mon 28 Dec");
    assert_eq!(shop.server().rota_on_disk().matches("hours = \"closed\"").count(), 2);
    let refused = sam.opens(&format!("/console/rota/preview?{twice}")).await;
    refused.says("2026-12-25 is Christmas already").does_not_say("Save this change");
    for (page, why) in [
        ("kind=away&who=nobody&from=2026-06-10&to=2026-06-10", "Nobody of the staff has this name"),
        ("kind=away&who=tom&from=2026-06-10&to=2026-06-09", "The last day away is before the first"),
        ("kind=away&who=tom&from=tomorrow&to=2026-06-09", "Write days as 2026-07-06"),
        ("kind=away&who=tom&from=2026-06-10&to=2026-06-10&cover=tom", "Nobody can cover for themselves"),
        ("kind=holiday&day=2026-06-10&hours=early", "Write hours as"),
        ("kind=holiday&day=2026-06-10&hours=09:00-12:00&closed=yes", "Either closed all day, or open at these hours"),
    ] {
        sam.opens(&format!("/console/rota/preview?{page}")).await.is(422).says(why);
    }
}

#[tokio::test]
async fn staff_are_away_for_an_afternoon_and_take_it_back_and_others_do_not_do_it_for_them() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    tom.opens("/console/rota/change?who=ana").await.is(200).does_not_say("Ana Costa Day").does_not_say("Holiday");
    let times = [("from", "2026-06-10"), ("from_time", "10:30"), ("to", "2026-06-10"), ("to_time", "16:00")];
    let away = |who: &'static str| [&[("kind", "away"), ("who", who), ("place", "file")], &times[..]].concat();
    tom.sends("/console/rota/change", &away("ana")).await.is(403);
    let said = tom.sends("/console/rota/change", &away("tom")).await;
    said.says("Tom Ellis is away from Wed 10 Jun 10:30 to Wed 10 Jun 16:00.").says("said by Tom Ellis, 10:00");
    assert_eq!(shop.server().rota_on_disk(), ROTA, "what staff say stands beside the file");
    let id = hidden(&said, "id");
    let ana = shop.signs_in("ana").await;
    ana.sends("/console/rota/undo", &[("id", &id)]).await.is(403);
    let viewer = shop.signs_in_as("the bookkeeper", Role::Viewer).await;
    viewer.opens("/console/rota").await.is(200).says("said by Tom Ellis").does_not_say("Undo");
    viewer.opens("/console/rota/change").await.is(403);
    let undone = tom.sends("/console/rota/undo", &[("id", &id)]).await;
    undone.says("Undone.").does_not_say("said by Tom Ellis");
    tom.sends("/console/rota/undo", &[("id", &id)]).await.is(409);
}

#[tokio::test]
async fn what_an_admin_says_is_told_to_whom_it_is_about_and_is_the_admins_to_take_back() {
    let shop = shop().await;
    let (sam, tom) = (shop.signs_in("sam").await, shop.signs_in("tom").await);
    let times = [("from", "2026-06-10"), ("to", "2026-06-10"), ("cover", "ana"), ("place", "live")];
    let said = sam.sends("/console/rota/change", &[&[("kind", "away"), ("who", "tom")], &times[..]].concat()).await;
    shop.server().texts().await;
    let (toms, anas) = (shop.staff("tom"), shop.staff("ana"));
    assert_eq!(toms.received(), ["Sam Hartley has noted: You are away until tomorrow."]);
    assert_eq!(anas.received(), ["Tom Ellis is away until tomorrow, and you stand in."]);
    assert_eq!(shop.staff("sam").received(), [""; 0]);
    let id = hidden(&said, "id");
    tom.opens("/console/rota").await.says("said by Sam Hartley").does_not_say("Undo");
    tom.sends("/console/rota/undo", &[("id", &id)]).await.is(403);
    assert_eq!(toms.texts("UNDO").await, "There is nothing to take back.");
    sam.sends("/console/rota/undo", &[("id", &id)]).await.says("Undone.");
    assert_eq!(toms.gets().await, "Sam Hartley has taken this back: You are away until tomorrow.");
    assert_eq!(anas.received()[1], "Tom Ellis is not away until tomorrow any more: you need not stand in.");
    // What they say of themselves is told to who covers, wherever they say it.
    tom.sends("/console/mine/away", &[("until", "2h"), ("cover", "ana")]).await.is(200);
    assert_eq!(anas.gets().await, "Tom Ellis is away until 12:00, and you stand in.");
}

#[tokio::test]
async fn a_swap_that_two_agreed_on_is_taken_back_by_either_and_the_other_is_told() {
    let shop = shop().await;
    let (tom, ana) = (shop.staff("tom"), shop.staff("ana"));
    tom.texts("SWAP FRI ANA").await;
    ana.texts("YES").await;
    let told = tom.received().len();
    let visitor = shop.signs_in("ana").await;
    let id = hidden(&visitor.opens("/console/rota").await, "id");
    shop.signs_in("priya").await.sends("/console/rota/undo", &[("id", &id)]).await.is(403);
    visitor.sends("/console/rota/undo", &[("id", &id)]).await.says("Undone.");
    shop.server().texts().await;
    assert_eq!(tom.received()[told..], ["Ana Costa has taken the swap back. Everybody has the turn they had."]);
}

#[tokio::test]
async fn nobody_says_so_much_that_calls_would_have_to_wait_for_it() {
    let shop = shop().await;
    let (rota, made) = (shop.server().rota(), shop.server().now());
    let hour = |hour: i8| date(2026, 6, 10).at(hour, 0, 0, 0);
    let what = Live::Away { who: StaffId::new("tom"), from: hour(9), until: hour(20), cover: None };
    let new = NewLiveChange { by: StaffId::new("tom"), until: what.over(&rota), what, made };
    let fill = move |tx: &mut Tx<'_>| (0..IN_FORCE_MAX).try_for_each(|_| live_changes::add(tx, &new).map(drop));
    shop.server().app().operator().errand(fill).await.unwrap();
    let (tom, texts) = (shop.signs_in("tom").await, shop.staff("tom"));
    let times = [("kind", "away"), ("who", "tom"), ("from", "2026-06-11"), ("to", "2026-06-11")];
    tom.sends("/console/rota/change", &times).await.is(422).says("50 changes about Tom Ellis are in force");
    tom.sends("/console/mine/away", &[("day", "2026-06-12")]).await.is(422).says("50 changes about you are in force");
    let refused = texts.texts("AWAY UNTIL FRI").await;
    assert!(refused.starts_with("Nothing has changed: 50 changes about Tom Ellis are in force"), "{refused}");
    // Coming back is never too much, and others may say what they like.
    assert!(texts.texts("BACK").await.starts_with("You are back."));
    assert!(shop.staff("priya").texts("AWAY 1H").await.starts_with("You are away until 11:00."));
}

#[tokio::test]
async fn who_is_away_now_rings_again_as_soon_as_they_say_that_they_are_back() {
    let shop = shop().await;
    let sam = shop.signs_in("sam").await;
    let away = [("kind", "away"), ("who", "tom"), ("from", "2026-06-10"), ("to", "2026-06-10"), ("place", "live")];
    sam.sends("/console/rota/change", &away).await.says("said by Sam Hartley");
    let call = shop.caller("withheld").rings().await;
    assert_eq!(call.ringing(), ["priya"]);
    call.hangs_up().await;
    let tom = shop.signs_in("tom").await;
    tom.opens("/console/rota/change").await.says("Tom Ellis is back from 10:00");
    tom.sends("/console/rota/change", &[("kind", "back"), ("who", "tom")]).await.says("Saved, and live.");
    assert_eq!(shop.caller("withheld").rings().await.ringing(), ["tom"]);
}

#[tokio::test]
async fn a_swap_that_staff_want_is_asked_by_text_and_one_of_an_admin_is_made() {
    let shop = shop().await;
    let tom = shop.signs_in("tom").await;
    let swap = [("kind", "swap"), ("who", "tom"), ("with", "priya"), ("day", "2026-06-16")];
    tom.opens("/console/rota/preview?kind=swap&who=tom&with=priya&day=2026-06-16")
        .await
        .says("Priya Nair is asked by text");
    tom.sends("/console/rota/change", &swap).await.says("Asked.").does_not_say("said by");
    let texts = shop.server().texts().await;
    assert!(texts.iter().any(|text| text.starts_with("+447700900102: Tom Ellis")), "{texts:?}");
    let sam = shop.signs_in("sam").await;
    let mut swap = swap.to_vec();
    swap.push(("place", "live"));
    sam.sends("/console/rota/change", &swap)
        .await
        .says("Tom Ellis and Priya Nair swap places in the turn of Tue 16 Jun");
}

#[tokio::test]
async fn whoever_cannot_sign_in_sees_nothing_and_a_page_speaks_its_readers_language() {
    let shop = shop().await;
    let nobody = shop.visitor();
    for page in ["/console/rota", "/console/rota/edit", "/console/rota/versions", "/console/rota/print"] {
        assert_eq!(nobody.request(Method::GET, page).send().await.unwrap().status(), 303, "{page}");
    }
    let sam = shop.signs_in("sam").await;
    sam.sends("/console/language", &[("language", "nl")]).await;
    sam.opens("/console/rota").await.says("heeft de telefoon").says("Week van ma 8 jun");
    sam.opens("/console/rota/print").await.says("Hartley Heating: wie de telefoon opneemt");
    shop.caller(OKAFOR).rings().await.hangs_up().await;
}

#[tokio::test]
async fn the_rota_on_paper_has_the_turns_the_phones_and_what_to_do_when_nothing_works() {
    let shop = shop().await;
    let seen = shop.signs_in("ana").await.opens("/console/rota/print").await;
    seen.says("Mon 15 Jun 08:30")
        .says("+44 7700 900103")
        .says("Sam Hartley (owner)")
        .says("If the phone system is down")
        .says("Times are those of Europe/London (BST). Printed");
}
