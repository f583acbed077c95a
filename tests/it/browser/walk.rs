//! Somebody who has never seen it, with the example business and without a manual. The README's screenshots are from here.

use std::fs;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use switchboard::clock::Clock;
use switchboard::domain::rota::Rota;

use super::driver;
use super::program::Program;
use super::window::Browser;
use crate::phones::caller::AtTheTone;
use crate::phones::shop::Shop;

const ROTA: &str = include_str!("../../../config/rota.toml");
const OKAFOR: &str = "+447700900110";
const PRITCHARD: &str = "+447700900112";
/// Of eight customers five can be taken in.
const LIST: &str = "\
name,phone,usual,language,note,tags
Mrs Hughes,07700 900301,priya,en,Dog in the yard,boiler
Mr Silva,07700 900302,tom,es,,boiler
Riverside School,020 7946 0130,sam,en,Ask for the caretaker,\"business,contract\"
Mr Short,12,priya,,,
Nobody's Number,,ana,,,
The Old Mill,07700 900303,,,,business
,07700 900304,tom,,,
Ms Bergström,+46 8 465 004 30,,en,,
";

/// Mrs Okafor rang yesterday, nobody could take it, and she left a message.
async fn a_call_was_missed_yesterday(store: &str, now: &Zoned) -> Rota {
    let at = format!("{} 10:00", now.date().yesterday().unwrap());
    let shop = Shop::opening(ROTA, &at).store(store).open().await;
    let call = shop.caller(OKAFOR).at_the_tone(AtTheTone::SpeaksAndHangsUp(9)).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    shop.server().texts().await;
    Rota::clone(&shop.server().rota())
}

/// A coming week in which Tom has the phone and nothing else is special: from its Monday on.
fn a_week_of_toms(rota: &Rota, now: &Zoned) -> Date {
    let line = &rota.lines[0];
    let mondays = (1..=8)
        .map(|weeks| now.date() + (weeks * 7).days() - i64::from(now.date().weekday().since(Weekday::Monday)).days());
    let mut quiet = mondays.filter(|monday| {
        (0..6).all(|day| {
            let duty = rota.duty(line, noon(*monday + day.days(), &rota.zone));
            (duty.open || day == 5) && duty.absent.is_empty() && duty.people[0].who.as_str() == "tom"
        })
    });
    quiet.next().expect("Tom has a turn in eight weeks")
}

fn noon(day: Date, zone: &TimeZone) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp()
}

#[tokio::test]
async fn somebody_who_has_never_seen_it_needs_no_manual() {
    if !driver::is_here() {
        return;
    }
    let mut program = Program::start();
    program.prints("/console/").await;
    let (now, store) = (Clock::System.now().to_zoned(TimeZone::get("Europe/London").unwrap()), program.store());
    let rota = program.while_it_is_off(a_call_was_missed_yesterday(&store, &now)).await;
    let link = program.prints("/console/").await;
    let monday = a_week_of_toms(&rota, &now);
    let browser = Browser::at(&link[..link.find("/console/").unwrap()]).await.unwrap();

    signs_in(&browser, &link).await;
    sees_somebody_ring(&browser, &program, &rota.zone).await;
    rehearses_a_call(&browser, monday).await;
    puts_tom_on_holiday(&browser, &program, monday).await;
    sees_who_rings_instead(&browser, monday).await;
    imports_a_list(&browser, &program).await;
    finds_the_missed_call(&browser).await;
}

async fn signs_in(browser: &Browser, link: &str) {
    browser.opens(link).await;
    browser.sees("Welcome to Switchboard").await;
    browser.looks_fine().await;
    browser.chooses("You are", "Sam Hartley").await;
    browser.fills("Password", "three warm radiators").await;
    browser.fills("The password again", "three warm radiators").await;
    browser.presses("Keep it and sign in").await;
    browser.sees("On call").await;
    browser.looks_fine().await;
}

/// And be put through.
async fn sees_somebody_ring(browser: &Browser, program: &Program, zone: &TimeZone) {
    let now = Clock::System.now().to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
    let shop = Shop::opening(ROTA, &now).seed(2).store(&program.store()).open().await;
    // The first look at a store takes long on a busy machine, and a caller is not kept waiting for it.
    shop.server().comes_back().await;
    let call = shop.caller(PRITCHARD).rings().await;
    let who = call.ringing().remove(0);
    assert!(!shop.server().is_adrift(), "the call is in nobody's store");
    browser.sees("Gwen Pritchard").await;
    browser.sees(&format!("rings {}", shop.server().rota().staff.get(&who).unwrap().name)).await;
    browser.looks_fine().await;
    browser.shows("now.png").await;
    call.phone(&who).presses("1").await;
    browser.sees("talks with").await;
    call.hangs_up().await;
    browser.sees("Nobody is ringing at this moment.").await;
}

async fn rehearses_a_call(browser: &Browser, monday: Date) {
    browser.presses("Rehearse").await;
    browser.fills("Caller", "Mrs Okafor").await;
    browser.fills("When", &format!("{monday}T10:00")).await;
    browser.presses("Ring").await;
    browser.presses("Pause").await;
    browser.sees("rings Priya Nair for 18 s").await;
    browser.looks_fine().await;
    browser.presses("Go on").await;
    browser.presses("Answer").await;
    browser.sees("Mrs Okafor for you.").await;
    browser.shows("rehearse.png").await;
    browser.presses("1 take it").await;
    browser.sees("Priya Nair and the caller talk").await;
    browser.presses_beside("Priya Nair", "Hang up").await;
    browser.sees("Priya Nair took the call").await;
    browser.looks_fine().await;
}

async fn puts_tom_on_holiday(browser: &Browser, program: &Program, monday: Date) {
    let file = program.folder().join("config/rota.toml");
    let before = fs::read_to_string(&file).unwrap();
    browser.presses("Rota").await;
    browser.presses_day("Tom Ellis", &monday.to_string()).await;
    assert_eq!(browser.reads("First day away").await, monday.to_string());
    browser.fills("Last day away", &(monday + 6.days()).to_string()).await;
    browser.chooses("Who covers", "Ana Costa").await;
    browser.presses_beside("First day away", "Show what changes").await;
    browser.sees("Ana Costa covers").await;
    browser.sees("Who would ring").await;
    browser.looks_fine().await;
    browser.presses("Save this change").await;
    browser.sees("Saved, and live.").await;
    browser.sees("Tom Ellis is away").await;
    browser.looks_fine().await;
    browser.shows("rota.png").await;
    let after = fs::read_to_string(&file).unwrap();
    let added: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert!(before.lines().all(|line| after.lines().any(|kept| kept == line)), "a line of the file is gone:\n{after}");
    assert!(added.iter().any(|line| line.contains(&monday.to_string())), "{added:#?}");
}

async fn sees_who_rings_instead(browser: &Browser, monday: Date) {
    browser.presses("Who would ring?").await;
    browser.fills("When", &format!("{}T10:00", monday + 2.days())).await;
    browser.presses("Show").await;
    browser.sees("stands in for Tom Ellis").await;
    let text = browser.text().await;
    let (rung, not_rung) = text.split_once("Not rung").unwrap();
    assert!(rung.contains("1. Ana Costa 16 stands in for Tom Ellis") && not_rung.contains("Tom Ellis away"), "{text}");
    browser.looks_fine().await;
    browser.shows("who.png").await;
}

async fn imports_a_list(browser: &Browser, program: &Program) {
    let list = program.folder().join("our customers.csv");
    fs::write(&list, LIST).unwrap();
    browser.presses("Customers").await;
    browser.presses("Import a list").await;
    browser.looks_fine().await;
    browser.hands_in("The file", &list).await;
    browser.presses_beside("The file", "See what it would do").await;
    browser.sees("rows left out").await;
    for line in ["5", "6", "8"] {
        browser.sees(line).await;
    }
    browser.looks_fine().await;
    browser.shows("import.png").await;
    browser.presses("Take 5 in").await;
    browser.sees("The list is in.").await;
    browser.presses("Customers").await;
    browser.fills("Find a customer", "mill").await;
    browser.sees("The Old Mill").await;
}

async fn finds_the_missed_call(browser: &Browser) {
    browser.presses("Calls").await;
    browser.sees("Mrs Okafor").await;
    browser.looks_fine().await;
    browser.presses_beside("Mrs Okafor", "10:00").await;
    browser.sees("Call of Mrs Okafor").await;
    // Who was rung depends on the day: on a Sunday it is whoever is on call.
    browser.sees("does not answer").await;
    browser.looks_fine().await;
    browser.shows("call.png").await;
    browser.presses("Promise 1").await;
    browser.sees("Priya Nair").await;
    browser.looks_fine().await;
}
