//! What every incoming call goes through, on the example business.

use std::fmt;
use std::hint::black_box;

use aws_lc_rs::hmac;
use data_encoding::BASE64;
use hyper::body::Bytes;
use jiff::{Timestamp, Zoned};
use switchboard::domain::call::{Answer, Call, CallId, Moment, Opening};
use switchboard::domain::caller::{Caller, Customer, CustomerId, PastCall};
use switchboard::domain::event::{Event, Incoming, What};
use switchboard::domain::instruction::{Instruction, Stage};
use switchboard::domain::line::Line;
use switchboard::domain::phone::Phone;
use switchboard::domain::plan::{self, Plan};
use switchboard::domain::rota::Rota;
use switchboard::domain::rota::duty::Duty;
use switchboard::domain::staff::StaffId;
use switchboard::provider::twilio::{Twilio, TwilioAccount};
use switchboard::provider::{Hook, Provider, Request};
use switchboard::ticket::{CallTicket, Sealer};

pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Fixture),
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

pub(crate) const CASES: &[Case] = &[
    Case { name: "verify", run: |f| drop(black_box(f.twilio.verify(&f.request))) },
    Case { name: "verify and parse", run: |f| drop(black_box(f.event())) },
    Case { name: "who is on duty", run: |f| drop(black_box(f.rota.duty(f.line(), f.now.timestamp()))) },
    Case { name: "plan", run: |f| drop(black_box(f.plan())) },
    Case { name: "plan and begin", run: |f| drop(black_box(f.begin(f.plan()))) },
    Case { name: "copy and step", run: |f| drop(black_box(f.step())) },
    Case { name: "write the call", run: |f| drop(black_box(serde_json::to_string(&f.call))) },
    Case { name: "read the call", run: |f| drop(black_box(serde_json::from_str::<Call>(&f.document))) },
    Case { name: "seal a ticket", run: |f| drop(black_box(f.sealer.seal(Stage::Whisper { step: 0 }, &f.ticket))) },
    Case { name: "open a ticket", run: |f| drop(black_box(f.sealer.open(&f.sealed))) },
    Case { name: "seal and render", run: |f| drop(black_box(f.render(&f.ring, &f.ticket))) },
    Case { name: "all but the store", run: Fixture::all },
];

const URL: &str = "https://phone.example.com";
const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const PATH: &str = "/hooks/twilio/voice";

const PARAMETERS: &[(&str, &str)] = &[
    ("AccountSid", "AC0123456789abcdef0123456789abcdef"),
    ("ApiVersion", "2010-04-01"),
    ("CallSid", "CA00000000000000000000000000000001"),
    ("CallStatus", "ringing"),
    ("Called", "+442079460000"),
    ("CalledCity", ""),
    ("CalledCountry", "GB"),
    ("CalledState", "London"),
    ("CalledZip", ""),
    ("Caller", "+447700900201"),
    ("CallerCity", ""),
    ("CallerCountry", "GB"),
    ("CallerState", ""),
    ("CallerZip", ""),
    ("Direction", "inbound"),
    ("From", "+447700900201"),
    ("FromCity", ""),
    ("FromCountry", "GB"),
    ("FromState", ""),
    ("FromZip", ""),
    ("StirVerstat", "TN-Validation-Passed-A"),
    ("To", "+442079460000"),
    ("ToCity", ""),
    ("ToCountry", "GB"),
    ("ToState", "London"),
    ("ToZip", ""),
];

pub(crate) struct Fixture {
    twilio: Twilio,
    request: Request,
    rota: Rota,
    now: Zoned,
    duty: Duty,
    caller: Caller,
    incoming: Event,
    call: Call,
    document: String,
    sealer: Sealer,
    ticket: CallTicket,
    sealed: String,
    ring: Instruction,
}

impl Fixture {
    pub(crate) fn new() -> Self {
        let rota = concat!(env!("CARGO_MANIFEST_DIR"), "/config/rota.toml");
        let now: Zoned = "2026-06-15T10:00:00+01:00[Europe/London]".parse().unwrap();
        let text = std::fs::read_to_string(rota).unwrap();
        let rota = switchboard::config::rota::read("rota.toml", &text, now.timestamp(), None).unwrap().rota;
        let twilio = Twilio::new(TwilioAccount {
            account_sid: "AC0123456789abcdef0123456789abcdef".to_owned(),
            auth_tokens: vec![TOKEN.to_owned()],
            shared_keys: vec![],
            api_url: "http://127.0.0.1:9".to_owned(),
            public_url: URL.to_owned(),
        });
        let (twilio, request) = (twilio.unwrap(), signed());
        let incoming = twilio.parse(&twilio.verify(&request).unwrap(), Hook::Voice).unwrap();
        let duty = rota.duty(rota.lines.first().unwrap(), now.timestamp());
        let caller = Caller::Customer(Box::new(customer(now.timestamp())));
        let plan = make(&rota, &duty, &caller);
        let (call, answer) = begin(&rota, &now, &caller, &incoming, plan);
        let sealer = Sealer::new([TOKEN]);
        let ticket = CallTicket::of(&call);
        let sealed = sealer.seal(Stage::Whisper { step: 0 }, &ticket);
        let ring = call.instruction(answer, &rota);
        assert!(matches!(ring, Instruction::Ring(_)));
        let document = serde_json::to_string(&call).unwrap();
        Self { twilio, request, rota, now, duty, caller, incoming, call, document, sealer, ticket, sealed, ring }
    }

    fn line(&self) -> &Line {
        self.rota.lines.first().unwrap()
    }

    fn event(&self) -> Event {
        self.twilio.parse(&self.twilio.verify(&self.request).unwrap(), Hook::Voice).unwrap()
    }

    fn plan(&self) -> Plan {
        make(&self.rota, &self.duty, &self.caller)
    }

    fn begin(&self, plan: Plan) -> (Call, Answer) {
        begin(&self.rota, &self.now, &self.caller, &self.incoming, plan)
    }

    fn step(&self) -> (Call, Answer) {
        let mut call = self.call.clone();
        let moment = Moment { now: &self.now, rota: &self.rota, engaged: &|_| false };
        let answer = call.step(&What::LegAnswered { step: 0 }, &moment).answer;
        (call, answer)
    }

    fn render(&self, instruction: &Instruction, ticket: &CallTicket) -> String {
        let url = |stage| [URL, "/c/", &self.sealer.seal(stage, ticket)].concat();
        self.twilio.render(instruction, &url).body
    }

    fn all(&self) {
        let incoming = self.event();
        let (call, answer) = begin(&self.rota, &self.now, &self.caller, &incoming, self.plan());
        let ring = call.instruction(answer, &self.rota);
        black_box(serde_json::to_string(&call).unwrap());
        black_box(self.render(&ring, &CallTicket::of(&call)));
    }
}

fn make(rota: &Rota, duty: &Duty, caller: &Caller) -> Plan {
    plan::make(rota, rota.lines.first().unwrap(), duty, caller, Phone::from_e164("+447700900201"), true)
}

fn begin(rota: &Rota, now: &Zoned, caller: &Caller, event: &Event, plan: Plan) -> (Call, Answer) {
    let What::Incoming(incoming): &What = &event.what else { std::process::abort() };
    let incoming: &Incoming = incoming;
    let opening = Opening {
        id: CallId(uuid::Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0001)),
        provider: "twilio",
        provider_id: event.provider_id.clone(),
        incoming,
        rota,
        line: rota.lines.first().unwrap(),
        caller,
        plan,
        promised: None,
    };
    let (call, step) = Call::begin(opening, &Moment { now, rota, engaged: &|_| false });
    (call, step.answer)
}

fn customer(now: Timestamp) -> Customer {
    Customer {
        id: CustomerId(1),
        name: "Mrs Okafor".to_owned(),
        numbers: Phone::from_e164("+447700900201").into_iter().collect(),
        usual: Some(StaffId::new("tom")),
        language: None,
        note: Some("Boiler, Tuesday".to_owned()),
        tags: vec![],
        blocked: false,
        recent: vec![PastCall { at: now, reached: Some(StaffId::new("tom")), settled: true }],
        asked: Vec::new(),
    }
}

fn signed() -> Request {
    let mut sorted = PARAMETERS.to_vec();
    sorted.sort_unstable();
    let covered: String = sorted.into_iter().flat_map(|(name, value)| [name, value]).collect();
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, TOKEN.as_bytes());
    let signature = BASE64.encode(hmac::sign(&key, [URL, PATH, &covered].concat().as_bytes()).as_ref());
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(PARAMETERS).finish();
    let request = hyper::Request::post(PATH).header("x-twilio-signature", signature).body(Bytes::from(body));
    Request::new(request.unwrap())
}
