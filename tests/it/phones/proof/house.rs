//! A tiny server with hand-written documents: rings tom, then priya, then promises.

use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::phones::loopback::{Answer, Asked, Loopback};
use crate::phones::network::{Network, Setup};
use crate::phones::person::Person;
use crate::phones::shop::Shop;
use crate::phones::wire::standing;

pub(super) const LINE: &str = "+442079460000";
pub(super) const CALLER: &str = "+447700900201";
pub(super) const PUBLIC: &str = "https://phone.example.com";
pub(super) const TOKEN: &str = "12345";
pub(super) const VOICE: &str = "/hooks/twilio/voice";

/// A server, and everything it was asked.
pub(super) struct House {
    pub(super) serving: Loopback,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl House {
    /// `document` answers what asks for a document; `/news/...` and the number's status need none.
    pub(super) async fn open(document: impl Fn(&Asked) -> String + Send + Sync + 'static) -> Self {
        Self::answering(move |asked| xml(&document(asked))).await
    }

    pub(super) async fn answering(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::answering_on(TcpListener::bind("127.0.0.1:0").await.unwrap(), answer)
    }

    /// The good house, but for the status of its phones.
    pub(super) async fn refusing_news() -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let serving = Loopback::open(|asked: Asked| {
            let news = asked.path.starts_with("/news");
            let refusal = Answer::Reply { status: 500, content_type: "text/plain", body: String::new() };
            std::future::ready(if news { refusal } else { xml(&good(&asked)) })
        });
        Self { serving: serving.await, asked }
    }

    pub(super) fn answering_on(
        listener: TcpListener,
        answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let diary = Arc::clone(&asked);
        let serving = Loopback::open_on(listener, move |asked: Asked| {
            diary.lock().unwrap().push(asked.clone());
            let news = asked.path.starts_with("/news") || asked.path == "/hooks/twilio/status";
            std::future::ready(if news {
                Answer::Reply { status: 204, content_type: "text/plain", body: String::new() }
            } else {
                answer(&asked)
            })
        });
        Self { serving, asked }
    }

    pub(super) fn asked(&self, path: &str) -> Vec<Asked> {
        self.asked.lock().unwrap().iter().filter(|asked| asked.path == path).cloned().collect()
    }

    pub(super) fn shop(&self) -> Shop {
        shop_on(vec![self.serving.url.clone()])
    }
}

pub(super) fn shop_on(instances: Vec<String>) -> Shop {
    shop_of(standing(instances))
}

pub(super) fn shop_of(instances: watch::Receiver<Vec<String>>) -> Shop {
    Shop::on(Network::open(Setup {
        instances,
        public_url: PUBLIC.to_owned(),
        account: "AC1".to_owned(),
        api_url: "https://api.twilio.com".to_owned(),
        token: TOKEN.to_owned(),
        lines: vec![LINE.to_owned()],
        people: vec![
            Person::new("tom", "Tom Ellis", "+447700900103"),
            Person::new("priya", "Priya Nair", "+447700900102").says("PREE-ya NY-er"),
            Person::new("desk", "Front desk", "sip:desk@pbx.example.com").trusted(),
        ],
        zone: TimeZone::get("Europe/London").unwrap(),
        start: "2026-06-10T09:00:00Z".parse().unwrap(),
        tick: Box::new(|_| {}),
        seed: 7,
    }))
}

pub(super) fn xml(body: &str) -> Answer {
    Answer::Reply { status: 200, content_type: "text/xml", body: format!("<Response>{body}</Response>") }
}

/// The house that does everything right.
pub(super) fn good(asked: &Asked) -> String {
    match asked.path.as_str() {
        VOICE => ring("tom", "+447700900103"),
        "/tom/whisper" | "/priya/whisper" => whisper("Mrs Okafor for you. Press 1 to take it."),
        "/tom/key" | "/priya/key" => key(asked),
        "/tom/done" | "/priya/done" if asked.param("DialBridged") == "true" => "<Hangup/>".to_owned(),
        "/tom/done" => ring("priya", "+447700900102"),
        "/priya/done" => promise(),
        "/message" => "<Say>Thank you.</Say><Hangup/>".to_owned(),
        other => panic!("nothing is known of {other}"),
    }
}

pub(super) fn ring(who: &str, phone: &str) -> String {
    format!(
        "<Dial answerOnBridge=\"true\" timeout=\"13\" timeLimit=\"7200\" callerId=\"{LINE}\" action=\"/{who}/done\">\
         <Number url=\"/{who}/whisper\" statusCallback=\"/news/{who}\" \
         statusCallbackEvent=\"initiated ringing answered completed\">{phone}</Number></Dial>"
    )
}

pub(super) fn whisper(words: &str) -> String {
    format!("<Gather numDigits=\"1\" timeout=\"8\" action=\"key\"><Say>{words}</Say></Gather><Hangup/>")
}

fn key(asked: &Asked) -> String {
    match asked.param("Digits") {
        "1" => String::new(),
        "3" => "<Hangup/>".to_owned(),
        _ => whisper("Mrs Okafor. Press 1."),
    }
}

pub(super) fn promise() -> String {
    "<Say language=\"en-GB\">Priya will ring you by 12:00 today. Leave a message if you like.</Say>\
     <Record action=\"/message\" maxLength=\"120\" transcribe=\"true\" transcribeCallback=\"/news/transcript\" \
     recordingStatusCallback=\"/news/recording\" \
     recordingStatusCallbackEvent=\"completed absent\"/><Say>Goodbye.</Say><Hangup/>"
        .to_owned()
}
