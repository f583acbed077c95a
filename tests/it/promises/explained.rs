//! 8. Every decision can be explained, in the same words before the call and after it.

use switchboard::domain::call::story::Happened;
use switchboard::domain::caller::{Caller, Party};
use switchboard::domain::plan::{self, Skip, Why};
use switchboard::domain::staff::StaffId;
use switchboard::store::customers as store_customers;

use super::{CLOSED, DESK, OFFICE, OKAFOR, OPEN, STRANGER, TOM, customers};
use crate::phones::caller::FirstAnswer;
use crate::phones::opening::ROTA;
use crate::phones::shop::Shop;

/// Who would be rung for how long and why, and who not and why.
async fn foreseen(shop: &Shop, from: &str, to: &str) -> (Vec<String>, Vec<String>) {
    let operator = shop.server().app().operator();
    let phone = Party::from_network(from).phone();
    let known =
        operator.errand(move |tx| store_customers::by_phone(tx, &phone.into_iter().collect::<Vec<_>>())).await.unwrap();
    let caller = match (phone.and_then(|phone| known.get(&phone).cloned()), phone) {
        (Some(customer), _) => Caller::Customer(Box::new(customer)),
        (None, Some(phone)) => Caller::Stranger(phone),
        (None, None) => Caller::Unknown,
    };
    let rota = operator.desk().rota();
    let line = rota.lines.iter().find(|line| line.number.to_string() == to).unwrap();
    let duty = rota.duty(line, operator.desk().clock.now());
    let plan = plan::make(&rota, line, &duty, &caller, phone, true);
    let rings = plan.steps.iter().map(|step| format!("{} {} s: {}", step.who, step.seconds, step.reason)).collect();
    let skips = plan.skipped.iter().map(|skipped| format!("{}: {}", skipped.who, skipped.reason)).collect();
    (rings, skips)
}

#[tokio::test]
async fn the_reasons_given_before_a_call_are_those_kept_with_it() {
    let rota = format!(
        "{ROTA}\n[[away]]\nwho = \"tom\"\nfrom = 2026-06-11\nto = 2026-06-12\ncover = \"ana\"\n\
         [[swap]]\nturn = 2026-06-22\ngive = \"priya\"\ntake = \"ana\"\n"
    )
    .replace("ana   = { name", "ana   = { not_between = \"22:00-07:00\", name");
    for at in [OPEN, "2026-06-11 09:00", "2026-06-10 12:45", "2026-06-11 23:00", CLOSED, "2026-06-23 16:00"] {
        let shop = Shop::opening(&rota, at).customers(customers()).open().await;
        for (from, to) in [(OKAFOR, "+442079460000"), (STRANGER, DESK), (TOM, "+442079460000"), ("anonymous", OFFICE)] {
            // Everybody lets it ring, so that every step is taken.
            let (rings, skips) = foreseen(&shop, from, to).await;
            let first = FirstAnswer::RingsIfAnybodyIsFree;
            let call = shop.caller(from).to(to).expects(first).rings().await;
            call.ends().await;
            shop.goes_quiet().await;
            let records = shop.server().calls().await;
            let record = records.iter().find(|record| record.provider_id.0 == call.sid()).unwrap();
            let mut rung = Vec::new();
            let mut not_rung = Vec::new();
            for entry in &record.story {
                let (who, reason) = (entry.who.clone(), entry.why.clone());
                match entry.what {
                    Happened::Rings { seconds } => {
                        rung.push(format!("{} {seconds} s: {}", who.unwrap(), reason.unwrap()));
                    }
                    Happened::NotRung => not_rung.push(format!("{}: {}", who.unwrap(), reason.unwrap())),
                    _ => {}
                }
            }
            assert_eq!((rung, not_rung), (rings, skips), "{from} rang {to} at {at}");
        }
    }
}

#[tokio::test]
async fn somebody_who_was_passed_over_for_another_call_is_in_the_story_with_the_reason() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let first = shop.caller(STRANGER).rings().await;
    assert_eq!(first.ringing(), ["tom"]);
    let second = shop.caller("+447700900998").rings().await;
    let records = shop.server().calls().await;
    let record = records.iter().find(|record| record.provider_id.0 == second.sid()).unwrap();
    let passed = record.story.iter().find(|entry| entry.what == Happened::NotRung).unwrap();
    assert_eq!(passed.who.as_ref().map(StaffId::as_str), Some("tom"));
    assert_eq!(passed.why, Some(Why::Skipped(Skip::Engaged)));
}
