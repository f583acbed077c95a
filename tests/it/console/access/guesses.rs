//! Whoever guesses is slowed down: at every instance, after every restart, and without locking out those who know.

use std::pin::pin;
use std::sync::mpsc::channel;
use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;
use reqwest::Method;
use reqwest::header::{ORIGIN, RETRY_AFTER};
use rusqlite::Connection;
use tokio::time::timeout;

use super::{TOM, code, shop};
use crate::console::visitor::Visitor;
use crate::phones::opening::{PUBLIC_URL, ROTA};
use crate::phones::shop::Shop;
use crate::promises::{OKAFOR, OPEN, customers};

/// From this address, as our own proxy tells.
async fn guess(visitor: &Visitor, from: &str, number: &str, code: &str) -> (u16, Option<String>) {
    let request = visitor.request(Method::POST, "/console/sign-in/code").header(ORIGIN, PUBLIC_URL);
    let form = [("number", number), ("code", code)];
    let answer = request.header("x-forwarded-for", from).form(&form).send().await.unwrap();
    let wait = answer.headers().get(RETRY_AFTER).map(|wait| wait.to_str().unwrap().to_owned());
    (answer.status().as_u16(), wait)
}

#[tokio::test]
async fn guesses_at_one_account_are_slowed_down_wherever_they_come_from_and_whichever_instance_they_ask() {
    let mut shop = Shop::opening(ROTA, OPEN).instances(2).open().await;
    shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await.is(200);
    let right = code(&shop, "+447700900103").await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for n in 0..4 {
        let visitor = shop.visitor_of(n % 2);
        assert_eq!(guess(&visitor, &format!("198.51.100.{n}"), TOM, wrong).await.0, 422);
    }
    shop.server_mut().restart().await;
    for instance in [0, 1] {
        let answer = guess(&shop.visitor_of(instance), "198.51.100.9", TOM, &right).await;
        assert_eq!(answer, (429, Some("2".to_owned())), "even the right one is not looked at");
    }
    shop.passes(SignedDuration::from_secs(2)).await;
    assert_eq!(guess(&shop.visitor(), "198.51.100.9", TOM, &right).await.0, 303);
}

#[tokio::test]
async fn after_five_wrong_codes_the_right_one_is_worth_nothing() {
    let shop = shop().await;
    shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await.is(200);
    let right = code(&shop, "+447700900103").await;
    let wrong = if right == "000000" { "000001" } else { "000000" };
    for _ in 0..5 {
        assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, wrong).await.0, 422);
        shop.passes(SignedDuration::from_mins(1)).await;
    }
    assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, &right).await.0, 422);
}

#[tokio::test]
async fn one_address_that_tries_many_numbers_is_slowed_down_and_others_are_not() {
    let shop = shop().await;
    let visitor = shop.visitor();
    for n in 0..20 {
        assert_eq!(guess(&visitor, "198.51.100.1", &format!("07700 9002{n:02}"), "000000").await.0, 422, "{n}");
    }
    assert_eq!(guess(&visitor, "198.51.100.1", TOM, "000000").await, (429, Some("2".to_owned())));
    assert_eq!(guess(&visitor, "198.51.100.2", TOM, "000000").await.0, 422);
}

#[tokio::test]
async fn nobody_is_flooded_with_codes() {
    let shop = shop().await;
    for wish in 0..5 {
        let seen = shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await;
        seen.is(if wish < 3 { 200 } else { 429 });
    }
    let texts = shop.server().texts().await;
    assert_eq!(texts.iter().filter(|text| text.starts_with("+447700900103")).count(), 3, "{texts:?}");
}

#[tokio::test]
async fn others_who_guess_do_not_keep_somebody_out_who_is_known_where_they_are() {
    let shop = shop().await;
    let asks = async || shop.visitor().sends("/console/sign-in/text", &[("number", TOM)]).await.is(200).status;
    asks().await;
    let first = code(&shop, "+447700900103").await;
    assert_eq!(guess(&shop.visitor(), "192.0.2.7", TOM, &first).await.0, 303);
    asks().await;
    let second = code(&shop, "+447700900103").await;
    let wrong = if second == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, wrong).await.0, 422);
    }
    assert_eq!(guess(&shop.visitor(), "198.51.100.1", TOM, &second).await.0, 429);
    assert_eq!(guess(&shop.visitor(), "192.0.2.7", TOM, &second).await.0, 303);
}

#[tokio::test]
async fn strangers_who_share_somebodys_address_do_not_keep_them_out_and_ipv6_does_not_make_them_many() {
    let shop = shop().await;
    let here = |n: usize| format!("2001:db8:7:7::{n:x}");
    let asks = async |from: &str| {
        let request = shop.visitor().request(Method::POST, "/console/sign-in/text").header(ORIGIN, PUBLIC_URL);
        let answer = request.header("x-forwarded-for", from).form(&[("number", TOM)]).send().await.unwrap();
        answer.status().as_u16()
    };
    assert_eq!(asks(&here(1)).await, 200);
    let first = code(&shop, "+447700900103").await;
    assert_eq!(guess(&shop.visitor(), &here(1), TOM, &first).await.0, 303);
    // Tom's wish for a code was one already.
    for n in 0..19 {
        assert_eq!(guess(&shop.visitor(), &here(n), &format!("07700 9002{n:02}"), "000000").await.0, 422, "{n}");
    }
    assert_eq!(guess(&shop.visitor(), &here(99), "07700 900299", "000000").await.0, 429);
    assert_eq!(guess(&shop.visitor(), "2001:db8:7:8::1", "07700 900299", "000000").await.0, 422);
    assert_eq!(asks(&here(2)).await, 200);
    let second = code(&shop, "+447700900103").await;
    assert_eq!(guess(&shop.visitor(), &here(2), TOM, &second).await.0, 303);
}

fn store_of(shop: &Shop) -> Connection {
    Connection::open(shop.server().store().strip_prefix("sqlite://").unwrap()).unwrap()
}

#[tokio::test]
async fn a_try_that_is_not_looked_at_writes_nothing() {
    let shop = shop().await;
    let number = |n: usize| format!("07700 9002{n:02}");
    for n in 0..20 {
        assert_eq!(guess(&shop.visitor(), "198.51.100.1", &number(n), "000000").await.0, 422);
    }
    let wrong = async |token: &str| {
        let request = shop.visitor().request(Method::GET, "/api/v1/now").bearer_auth(token);
        request.send().await.unwrap().status().as_u16()
    };
    for _ in 0..20 {
        assert_eq!(wrong("no token").await, 401);
    }
    let watch = store_of(&shop);
    let kept = || {
        let sql = "SELECT count(*), sum(count) FROM failure";
        watch.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).unwrap()
    };
    let before = kept();
    for n in 20..70 {
        assert_eq!(guess(&shop.visitor(), "198.51.100.1", &number(n), "000000").await.0, 429);
        assert_eq!(wrong("no token").await, 429);
    }
    assert_eq!(kept(), before);
    assert_eq!(
        guess(&shop.visitor(), "127.0.0.1", "07700 900299", "000000").await.0,
        422,
        "programs are counted apart"
    );
    assert_ne!(kept(), before, "one that is looked at is counted");
}

#[tokio::test]
async fn however_many_try_to_come_in_a_call_waits_for_two_of_them_at_most() {
    let shop = Shop::opening(ROTA, OPEN).customers(customers()).open().await;
    let operator = shop.server().app().operator();
    let (go, held) = channel::<()>();
    let hold = operator.errand(move |_| {
        let _ = held.recv();
        Ok(())
    });
    let visitor = shop.visitor();
    let tries = (0..100).map(|n| {
        let (from, number) = (format!("198.51.100.{n}"), format!("07700 9002{n:02}"));
        let visitor = &visitor;
        async move { guess(visitor, &from, &number, "000000").await.0 }
    });
    let (mut tries, mut hold) = (pin!(join_all(tries)), pin!(hold));
    let early = timeout(Duration::from_secs(1), async { tokio::join!(&mut hold, &mut tries) }).await;
    assert!(early.is_err(), "all of them wait for the operator");
    // What comes in now stands behind those who are in the queue already, and no others.
    let store = store_of(&shop);
    let store = std::sync::Mutex::new(store);
    let counted = operator.errand(move |_| {
        let count = store.lock().unwrap().query_row("SELECT count(*) FROM failure", [], |row| row.get::<_, i64>(0));
        Ok(count.unwrap())
    });
    let mut counted = pin!(counted);
    assert!(timeout(Duration::ZERO, &mut counted).await.is_err());
    go.send(()).unwrap();
    assert!(counted.await.unwrap() <= 4, "two keys a try");
    let (_, tried, call) = tokio::join!(hold, tries, shop.caller(OKAFOR).rings());
    assert!(tried.iter().all(|status| *status == 422), "{tried:?}");
    assert_eq!(call.ringing(), ["priya"]);
    assert!(!shop.server().is_adrift(), "it was answered from the store");
}
