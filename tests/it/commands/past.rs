//! Calls, promises and the report, as they are in the store.

use serde_json::json;

use super::Shop;
use super::morning::Morning;

/// Priya takes Mrs Okafor's call; nobody takes the stranger's; Ana talks to the one without a number.
fn after_a_morning() -> Shop {
    let shop = Shop::unpack();
    shop.type_in(&["customers", "import", "config/customers.csv"]);
    let rota = shop.rota();
    let mut morning = Morning { rota: &rota, store: shop.store() };
    let okafor = morning.rings(1, "+447700900110", "10:02:00").presses_one(0).ends();
    morning.keep(&okafor);
    let stranger = morning.rings(2, "+447700900999", "10:15:00");
    let stranger = stranger.lets_it_ring(0).lets_it_ring(1).lets_it_ring(2).ends();
    morning.keep(&stranger);
    let withheld = morning.rings(3, "anonymous", "10:30:00").lets_it_ring(0).presses_one(1);
    morning.keep(&withheld);
    shop
}

const SINCE: [&str; 2] = ["--since", "2026-07-15"];

#[test]
fn a_call_is_told_as_a_timeline_with_the_reason_of_every_step() {
    let shop = after_a_morning();
    insta::assert_snapshot!(shop.type_in(&["calls", "R1"]).out, @r"
    Mrs Okafor (+44 7700 900110) rang line main on Wed 15 Jul 2026 at 10:02:00.
    Priya Nair took the call after 6 s.

      10:02:00     0 s  the call comes in
      10:02:00     0 s  does not ring Tom Ellis: away until Sat 18 Jul
      10:02:00     0 s  rings Priya Nair for 18 s: usual person
      10:02:04     4 s  Priya Nair's phone picks up and hears the whisper
      10:02:06     6 s  Priya Nair takes the call
      10:03:06    66 s  the conversation ends

    Call 019f6502-f340-7101-8101-010101010101, at the provider (rehearsal) R1.
    ");
    insta::assert_snapshot!(shop.type_in(&["calls", "R2"]).out, @r"
    +44 7700 900999 rang line main on Wed 15 Jul 2026 at 10:15:00.
    Nobody could take the call; a promise was made.

      10:15:00     0 s  the call comes in
      10:15:00     0 s  does not ring Tom Ellis: away until Sat 18 Jul
      10:15:00     0 s  rings Priya Nair for 16 s: on call until Mon 20 Jul 08:30
      10:15:18    18 s  Priya Nair does not answer
      10:15:18    18 s  rings Ana Costa for 16 s: stands in for Tom Ellis
      10:15:36    36 s  Ana Costa does not answer
      10:15:36    36 s  rings Sam Hartley for 16 s: owner
      10:15:54    54 s  Sam Hartley does not answer
      10:15:54    54 s  promise: Priya Nair rings back by 12:15

    Promise 1: Priya Nair rings back by 12:15: open.

    Call 019f650e-da20-7202-8202-020202020202, at the provider (rehearsal) R2.
    ");
    insta::assert_snapshot!(shop.type_in(&["calls", "R3"]).out, @r"
    A caller without a number rang line main on Wed 15 Jul 2026 at 10:30:00.
    Ana Costa took the call after 24 s; they are talking.

      10:30:00     0 s  the call comes in
      10:30:00     0 s  does not ring Tom Ellis: away until Sat 18 Jul
      10:30:00     0 s  rings Priya Nair for 16 s: on call until Mon 20 Jul 08:30
      10:30:18    18 s  Priya Nair does not answer
      10:30:18    18 s  rings Ana Costa for 16 s: stands in for Tom Ellis
      10:30:22    22 s  Ana Costa's phone picks up and hears the whisper
      10:30:24    24 s  Ana Costa takes the call

    Call 019f651c-95c0-7303-8303-030303030303, at the provider (rehearsal) R3.
    ");
}

#[test]
fn calls_are_listed_and_each_is_found_by_what_the_list_shows() {
    let shop = after_a_morning();
    let list = shop.type_in(&[&["calls"][..], &SINCE].concat()).out;
    // The year is told in other years only.
    insta::assert_snapshot!(list.replace("Jul 2026 ", "Jul ").replace("CAME IN                ", "CAME IN           "), @r"
    CALL           CAME IN           LINE  CALLER                        OUTCOME   TAKEN BY    AFTER
    019f651c-95c0  Wed 15 Jul 10:30  main  number withheld               talking   Ana Costa    24 s
    019f650e-da20  Wed 15 Jul 10:15  main  +44 7700 900999               promised
    019f6502-f340  Wed 15 Jul 10:02  main  Mrs Okafor (+44 7700 900110)  reached   Priya Nair    6 s
    ");
    for line in list.lines().skip(1) {
        let id = line.split(' ').next().unwrap();
        assert_eq!(shop.type_in(&["calls", id]).code, 0, "{id}");
    }
    assert_eq!(shop.type_in(&["calls", "019"]).err, "more than one call begins with `019`: type more of its id\n");
}

#[test]
fn programs_get_calls_in_fields() {
    let shop = after_a_morning();
    let all = shop.json(&[&["calls", "--json"][..], &SINCE].concat());
    assert_eq!(all.as_array().unwrap().len(), 3);
    let one = shop.json(&["calls", "R1", "--json"]);
    assert_eq!(one[0], all[2], "the oldest is the last");
    let id = one[0]["id"].as_str().unwrap();
    let at = |clock: &str| format!("2026-07-15T{clock}+01:00");
    assert_eq!(
        one,
        json!([{
            "id": id,
            "provider_id": "R1",
            "from": "+447700900110",
            "line": "main",
            "customer": "Mrs Okafor",
            "started": at("10:02:00"),
            "state": "ended",
            "outcome": "reached",
            "reached": "priya",
            "seconds_to_human": 6,
            "events": [
                { "at": at("10:02:00"), "what": "came_in", "who": null, "reason": null },
                { "at": at("10:02:00"), "what": "not_rung", "who": "tom", "reason": "away until Sat 18 Jul" },
                { "at": at("10:02:00"), "what": "not_rung", "who": "priya", "reason": "already in the plan" },
                { "at": at("10:02:00"), "what": "rings", "who": "priya", "reason": "usual person" },
                { "at": at("10:02:04"), "what": "picked_up", "who": "priya", "reason": null },
                { "at": at("10:02:06"), "what": "accepted", "who": "priya", "reason": null },
                { "at": at("10:03:06"), "what": "talk_ended", "who": null, "reason": null },
            ],
        }])
    );
    let live = &all[0];
    assert_eq!((&live["state"], &live["outcome"]), (&json!("talking"), &json!(null)));
    assert_eq!((&live["from"], &live["customer"]), (&json!("withheld"), &json!(null)));
    assert_eq!((&live["reached"], &live["seconds_to_human"]), (&json!("ana"), &json!(24)));
}

#[test]
fn promises_are_listed_until_somebody_has_kept_them() {
    let shop = after_a_morning();
    let call = shop.json(&["calls", "R2", "--json"])[0]["id"].clone();
    assert_eq!(
        shop.json(&["promises", "--json"]),
        json!([{
            "id": 1,
            "call": call,
            "customer": null,
            "number": "+447700900999",
            "owner": "priya",
            "due": "2026-07-15T12:15:00+01:00",
            "state": "open",
            "message": false,
        }])
    );
    let told = shop.type_in(&["promises"]).out;
    assert!(
        told.contains("Priya Nair") && told.contains("+44 7700 900999") && told.contains("open, overdue"),
        "{told}"
    );
    assert_eq!(Shop::unpack().type_in(&["promises"]).out, "No promise is open: nobody waits for a call.\n");
}

#[test]
fn the_report_counts_humans_and_promises() {
    let shop = after_a_morning();
    let mut report = shop.json(&[&["report", "--json"][..], &SINCE].concat());
    report.as_object_mut().unwrap().remove("until");
    let no_promises = json!({ "made": 0, "kept": 0, "broken": 0, "open": 0, "overdue": 0 });
    let broken_word = json!({ "made": 1, "kept": 0, "broken": 0, "open": 1, "overdue": 1 });
    let six = json!({ "median": 6, "p90": 6 });
    let never = json!({ "median": null, "p90": null });
    assert_eq!(
        report,
        json!({
            "since": "2026-07-15T00:00:00+01:00",
            "calls": 3,
            "reached": 1,
            "promised": 1,
            "hung_up": 0,
            "blocked": 0,
            "live": 1,
            "reached_percent": 50,
            "seconds_to_human": six,
            "usual_person_percent": 100,
            "promises": broken_word,
            "to_fix": "+44 7700 900999 was promised a call from Priya Nair by Wed 15 Jul 12:15 and still waits",
            "people": [
                { "who": "ana", "promises": no_promises, "rung": 2, "took": 1, "seconds_to_take": six },
                { "who": "priya", "promises": broken_word, "rung": 3, "took": 1, "seconds_to_take": six },
                { "who": "sam", "promises": no_promises, "rung": 1, "took": 0, "seconds_to_take": never },
            ],
        })
    );
    let text = shop.type_in(&[&["report"][..], &SINCE].concat()).out;
    insta::assert_snapshot!(text.split_once("\n\n").unwrap().1, @r"
    Calls                       3
    Reached a human             50 % (1 of 2)
    Time to a human             6 s in the middle, at most 6 s for nine of ten
    Usual person or cover       100 % (1 of 1)
    Ended with a promise        1
    Hung up before              0
    Going on now                1
    Promises                    1 made, 0 kept, 0 broken, 1 open, 1 of them overdue
    To fix                      +44 7700 900999 was promised a call from Priya Nair by Wed 15 Jul 12:15 and still waits

                 PROMISED  KEPT  BROKEN  OPEN  OVERDUE  RUNG  TOOK  MEDIAN
    Ana Costa           0     0       0     0        0     2     1     6 s
    Priya Nair          1     0       0     1        1     3     1     6 s
    Sam Hartley         0     0       0     0        0     1     0
    ");
    insta::assert_snapshot!(shop.type_in(&[&["report", "--csv"][..], &SINCE].concat()).out, @r"
    who,name,promises_made,promises_kept,promises_broken,promises_open,promises_overdue,calls,taken,median_seconds,p90_seconds,to_fix
    ,everybody,1,0,0,1,1,3,1,6,6,'+44 7700 900999 was promised a call from Priya Nair by Wed 15 Jul 12:15 and still waits
    ana,Ana Costa,0,0,0,0,0,2,1,6,6,
    priya,Priya Nair,1,0,0,1,1,3,1,6,6,
    sam,Sam Hartley,0,0,0,0,0,1,0,,,
    ");
}
