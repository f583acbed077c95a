//! The stand-in for the provider's REST takes, refuses, hangs and lists as the provider does.

use std::time::Duration;

use crate::phones::rest::{Kind, Mood, Rest};

const CALLER: &str = "+447700900201";
const LINE: &str = "+442079460000";

async fn open() -> Rest {
    Rest::open("AC1", "12345", Box::new(|| "2026-06-10T09:00:00Z".parse().unwrap())).await
}

async fn asks(request: reqwest::RequestBuilder) -> Option<(u16, serde_json::Value)> {
    let response = request.basic_auth("AC1", Some("12345")).timeout(Duration::from_millis(500)).send().await.ok()?;
    Some((response.status().as_u16(), response.json().await.unwrap()))
}

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().tls_certs_only([]).build().unwrap()
}

async fn texts(rest: &Rest, to: &str, words: &str) -> Option<(u16, serde_json::Value)> {
    let url = format!("{}/2010-04-01/Accounts/AC1/Messages.json", rest.url());
    asks(client().post(url).form(&[("To", to), ("From", LINE), ("Body", words)])).await
}

async fn lists(rest: &Rest, query: &[(&str, &str)]) -> serde_json::Value {
    let url = format!("{}/2010-04-01/Accounts/AC1/Messages.json", rest.url());
    asks(client().get(url).query(query)).await.unwrap().1
}

#[tokio::test]
async fn a_text_that_is_taken_is_listed_and_one_that_is_refused_is_not() {
    let rest = open().await;
    rest.next(&[Mood::Takes, Mood::Refuses(429, 20429), Mood::Refuses(500, 20500)]);
    let (status, taken) = texts(&rest, CALLER, "Priya will ring you by 12:00.").await.unwrap();
    assert_eq!((status, taken["sid"].as_str()), (201, Some("SM00000000000000000000000000000001")));
    assert_eq!(texts(&rest, CALLER, "again").await.unwrap().0, 429);
    assert_eq!(texts(&rest, CALLER, "again").await.unwrap().0, 500);
    assert_eq!(texts(&rest, "", "nobody").await.unwrap().1["code"], 21604);
    assert_eq!(rest.texts(), [format!("{CALLER}: Priya will ring you by 12:00.")]);
    assert_eq!(rest.tries(), 4);
    let listed = lists(&rest, &[("To", CALLER), ("DateSent>", "2026-06-10")]).await;
    assert_eq!(listed["messages"][0]["body"], "Priya will ring you by 12:00.");
    assert_eq!(listed["messages"][0]["date_sent"], "Wed, 10 Jun 2026 09:00:00 +0000");
    assert_eq!(lists(&rest, &[("DateSent>", "2026-06-11")]).await["messages"], serde_json::json!([]));
    assert_eq!(rest.looked_up(), 2);
}

#[tokio::test]
async fn a_text_can_be_taken_although_no_answer_came() {
    let rest = open().await;
    rest.next(&[Mood::Hangs, Mood::Drops, Mood::TakesAndHangs, Mood::TakesAndDrops]);
    for _ in 0..4 {
        assert_eq!(texts(&rest, CALLER, "hello").await, None);
    }
    rest.was_tried(4).await;
    assert_eq!(rest.has_taken(2).await.len(), 2);
    rest.always(Mood::Drops);
    assert_eq!(texts(&rest, CALLER, "hello").await, None);
    assert_eq!(rest.taken().len(), 2);
}

#[tokio::test]
async fn long_lists_come_in_pages_and_the_newest_first() {
    let rest = open().await;
    for words in ["one", "two", "three"] {
        texts(&rest, CALLER, words).await.unwrap();
    }
    let first = lists(&rest, &[("PageSize", "2")]).await;
    assert_eq!((&first["messages"][0]["body"], &first["messages"][1]["body"]), (&"three".into(), &"two".into()));
    let next = format!("{}{}", rest.url(), first["next_page_uri"].as_str().unwrap());
    let second = asks(client().get(next)).await.unwrap().1;
    assert_eq!(second["messages"][0]["body"], "one");
    assert_eq!(second["next_page_uri"], serde_json::Value::Null);
}

#[tokio::test]
async fn calls_are_taken_and_strangers_are_not_let_in() {
    let rest = open().await;
    let url = format!("{}/2010-04-01/Accounts/AC1/Calls.json", rest.url());
    let form = [("To", CALLER), ("From", LINE), ("Url", "https://phone.example.com/x")];
    assert_eq!(asks(client().post(&url).form(&form)).await.unwrap().0, 201);
    assert_eq!(asks(client().get(&url)).await.unwrap().1["calls"][0]["to"], CALLER);
    let taken = &rest.taken()[0];
    assert_eq!(
        (taken.kind, taken.from.as_str(), taken.at.to_string().as_str()),
        (Kind::Call, LINE, "2026-06-10T09:00:00Z")
    );
    assert_eq!(rest.taken()[0].sid.len(), 34);
    assert_eq!(client().post(&url).form(&form).send().await.unwrap().status().as_u16(), 401);
}
