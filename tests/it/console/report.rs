//! The report: what the owner sees of how the phone was answered.

use jiff::SignedDuration;

use super::visitor::{Seen, Visitor};
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, STRANGER, customers};

/// On Tuesday Priya took Mrs Okafor's call after a moment; on Wednesday a stranger hung up, Mrs Okafor was promised a
/// call that nobody made, and then reached Priya.
async fn two_days() -> (Shop, Visitor) {
    let shop = Shop::opening(ROTA, "2026-06-09 10:00").customers(customers()).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    shop.passes(SignedDuration::from_hours(24)).await;
    shop.caller(STRANGER).rings().await.hangs_up().await;
    shop.passes(SignedDuration::from_mins(30)).await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    let sam = shop.signs_in("sam").await;
    (shop, sam)
}

#[tokio::test]
async fn the_report_tells_who_reached_a_human_and_what_it_was_before() {
    let (_shop, sam) = two_days().await;
    let wednesday = sam.opens("/console/report?from=2026-06-10&to=2026-06-10").await;
    wednesday.is(200).says("Calls 2 up from 1");
    wednesday.says("Reached a human 50% 1 of 2; down from 100%");
    wednesday.says("Hung up before 50% 1 of 2; up from 0% aim: at most 5%");
    wednesday.says("Usual person or cover 100% 1 of 1; as before ✓ aim: 70%");
    wednesday.says("Compared with as many days before: Tue 9 Jun to Tue 9 Jun.");
    let week = sam.opens("/console/report").await;
    week.says("Thu 4 Jun to Wed 10 Jun").says("Calls 3 up from 0").says("Reached a human 67% 2 of 3");
}

#[tokio::test]
async fn a_promise_that_was_not_kept_stands_with_whoever_gave_it_before_how_fast_they_are() {
    let (shop, sam) = two_days().await;
    shop.passes(SignedDuration::from_hours(5)).await;
    shop.server().sweeps().await;
    let seen = sam.opens("/console/report").await;
    seen.says("Promises kept in time 0% 0 of 1 aim: 95%").says("Promises open: 1, overdue: 1");
    let people = after(&seen, "By person");
    let titles =
        "Person Promises Kept Broken Open Overdue Promises kept in time Usual person or cover Rung Took Median 9 of 10";
    assert!(people.contains(titles), "{people}");
    assert!(people.contains("Tom Ellis 1 0 1 1 "), "{people}");
    assert!(people.contains("Priya Nair 0 0 0 0 0 – 100% 2 2 "), "{people}");
}

#[tokio::test]
async fn every_picture_has_its_words_and_the_table_behind_it() {
    let (_shop, sam) = two_days().await;
    let seen = sam.opens("/console/report?since=7d").await;
    let pictures = seen.body.matches("<svg").count();
    assert_eq!(pictures, 4);
    assert_eq!(seen.body.matches("role=\"img\"").count(), pictures);
    assert_eq!(seen.body.matches("<desc").count(), pictures);
    seen.says("Reached a human: 2, of them within 20 seconds: 2.");
    seen.says("Most calls in a day: 2, on Wed 10 Jun.");
    seen.says("Most calls: 2, on Wednesday from 10:00.");
    let days = after(&seen, "As a table: By day");
    assert!(days.contains("Tue 9 Jun 1 100%"), "{days}");
    assert!(days.contains("Mon 8 Jun 0 – – – – 0 –"), "{days}");
}

#[tokio::test]
async fn every_table_is_a_file_with_the_same_names_in_every_language() {
    let (_shop, sam) = two_days().await;
    sam.sends("/console/language", &[("language", "de")]).await;
    for (file, head, row) in [
        ("days", "day,calls,reached_percent,median_seconds", "2026-06-10,2,50,"),
        ("hours", "hour,calls,reached_percent", "10,3,67,"),
        ("week", "weekday,hour,calls", "Wednesday,10,2,50,"),
        ("waits", "up_to_seconds,calls", "5,"),
        ("people", "person,promises_made,promises_kept,promises_broken", "Priya Nair,0,0,0,0,0,,100,2,2,"),
    ] {
        let seen = sam.opens(&format!("/console/report/{file}.csv?from=2026-06-01&to=2026-06-10")).await;
        seen.is(200);
        assert_eq!(seen.headers["content-type"], "text/csv; charset=utf-8");
        let name = format!("attachment; filename=\"{file}-2026-06-01-2026-06-10.csv\"");
        assert_eq!(seen.headers["content-disposition"], name);
        assert!(seen.body.starts_with(head), "{}", seen.body);
        assert!(seen.body.lines().any(|line| line.starts_with(row)), "{file}: {}", seen.body);
    }
    sam.opens("/console/report/secrets.csv").await.is(404);
}

#[tokio::test]
async fn a_name_that_a_spreadsheet_would_run_is_text_in_its_file() {
    let shop = Shop::opening(&ROTA.replace("Priya Nair", "=HYPERLINK(A1)"), OPEN).customers(customers()).open().await;
    let call = shop.caller(OKAFOR).rings().await;
    call.phone("priya").presses("1").await;
    call.hangs_up().await;
    let file = shop.signs_in("sam").await.opens("/console/report/people.csv").await;
    assert!(file.is(200).body.contains("\n'=HYPERLINK(A1),"), "{}", file.body);
}

#[tokio::test]
async fn numbers_are_written_as_the_language_does() {
    let (_shop, sam) = two_days().await;
    sam.sends("/console/language", &[("language", "fr")]).await;
    assert!(sam.opens("/console/report").await.body.contains(">67\u{202f}%<"));
    sam.sends("/console/language", &[("language", "de")]).await;
    let seen = sam.opens("/console/report").await;
    assert!(seen.says("gestiegen von 0").body.contains(">67\u{a0}%<"));
}

#[tokio::test]
async fn days_without_a_call_say_where_to_look() {
    let shop = Shop::opening(ROTA, OPEN).open().await;
    let sam = shop.signs_in("sam").await;
    let seen = sam.opens("/console/report").await;
    seen.is(200).says("Nobody has rung in these days.").says("Look further back").says("Rehearse a call");
}

#[tokio::test]
async fn days_that_cannot_be_are_refused_with_what_to_write() {
    let shop = Shop::opening(ROTA, OPEN).open().await;
    let sam = shop.signs_in("sam").await;
    for (asked, told) in [
        ("from=2026-06-10&to=2026-06-01", "The first day must not be after the last"),
        ("from=2026-06-11", "nor in the future"),
        ("from=2026-01-01", "Choose at most 92 days."),
        ("since=14w", "Choose at most 92 days."),
        ("since=yesterday", "`yesterday` does not say how far back: write 7d"),
        ("from=tuesday", "`tuesday` does not say"),
        ("since=0d", "`0d` does not say"),
    ] {
        sam.opens(&format!("/console/report?{asked}")).await.is(422).says(told);
    }
}

/// What the page says from these words on.
fn after(seen: &Seen, words: &str) -> String {
    let all = seen.words();
    all.split_once(words).unwrap_or_else(|| panic!("{words:?} is not there:\n{all}")).1.to_owned()
}
