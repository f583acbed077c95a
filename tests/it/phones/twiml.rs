//! Reads a document as strictly as a provider's debugger would, and says what is wrong with it.

use roxmltree::{Document, Node};

mod rules;

/// A provider refuses a larger document.
const BYTES_MAX: usize = 64 * 1024;

/// Who will hear a document. Decides which verbs it may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listener {
    Caller,
    /// A leg that was picked up and is not yet connected.
    Leg,
    /// Somebody of the staff who was rung to ring a customer back.
    Person,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Say(String),
    Play(String),
    Pause(i64),
    Gather(Gather),
    Dial(Dial),
    Record(Record),
    Redirect(String),
    Hangup,
    Reject { busy: bool },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gather {
    pub(super) words: Vec<Verb>,
    pub(super) digits: usize,
    /// Seconds of silence after the words.
    pub(super) timeout: i64,
    /// `None`: the current document is asked for again.
    pub(super) action: Option<String>,
    pub(super) action_on_empty: bool,
    /// The key that ends the keys before it, and is not one of them.
    pub(super) finish: Option<char>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dial {
    pub(super) nouns: Vec<Noun>,
    /// Seconds, without the provider's own margin.
    pub(super) timeout: i64,
    pub(super) talk_seconds_max: i64,
    pub(super) answer_on_bridge: bool,
    pub(super) caller_id: Option<String>,
    pub(super) action: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Noun {
    pub(super) sip: bool,
    pub(super) target: String,
    /// The screening document; none: whoever answers is connected.
    pub(super) url: Option<String>,
    pub(super) callback: Option<String>,
    /// `initiated ringing answered completed`.
    pub(super) events: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) action: Option<String>,
    /// Seconds of silence that end the message.
    pub(super) timeout: i64,
    pub(super) seconds_max: i64,
    pub(super) callback: Option<String>,
    /// `in-progress completed absent`.
    pub(super) events: Vec<String>,
    pub(super) transcript: Option<String>,
}

impl Verb {
    /// How long the listener is busy with it. Speech at an even 14 characters a second.
    pub(super) fn seconds(&self) -> i64 {
        match self {
            Self::Say(text) => i64::try_from(text.chars().count().div_ceil(14)).unwrap_or(1).max(1),
            Self::Play(_) => 3,
            Self::Pause(seconds) => *seconds,
            _ => 0,
        }
    }
}

/// A document's verbs, and everything that is wrong with it.
pub(super) fn read(body: &str, listener: Listener) -> (Vec<Verb>, Vec<String>) {
    let mut reader = Reader { faults: Vec::new() };
    if body.len() > BYTES_MAX {
        reader.fault(format!("the document has {} bytes; at most {BYTES_MAX} are read", body.len()));
    }
    let verbs = match Document::parse(body) {
        Ok(document) if document.root_element().has_tag_name("Response") => {
            let verbs = reader.verbs(document.root_element());
            reader.faults.extend(rules::broken(&verbs, listener));
            verbs
        }
        Ok(document) => {
            reader
                .fault(format!("the document is a <{}>, not a <Response>", document.root_element().tag_name().name()));
            Vec::new()
        }
        Err(error) => {
            reader.fault(format!("the document is not XML: {error}"));
            Vec::new()
        }
    };
    (verbs, reader.faults)
}

struct Reader {
    faults: Vec<String>,
}

impl Reader {
    fn fault(&mut self, what: String) {
        self.faults.push(what);
    }

    fn verbs(&mut self, parent: Node<'_, '_>) -> Vec<Verb> {
        self.attributes(parent, &[]);
        let mut verbs = Vec::new();
        for child in self.elements(parent) {
            verbs.extend(self.verb(child));
        }
        verbs
    }

    fn verb(&mut self, node: Node<'_, '_>) -> Option<Verb> {
        match node.tag_name().name() {
            "Say" => self.say(node),
            "Play" => {
                self.attributes(node, &["loop", "digits"]);
                Some(Verb::Play(self.text(node)?))
            }
            "Pause" => {
                self.attributes(node, &["length"]);
                Some(Verb::Pause(self.number(node, "length", 1, 1..=600)))
            }
            "Gather" => Some(Verb::Gather(self.gather(node))),
            "Dial" => Some(Verb::Dial(self.dial(node))),
            "Record" => Some(Verb::Record(self.record(node))),
            "Redirect" => {
                self.attributes(node, &["method"]);
                Some(Verb::Redirect(self.text(node)?))
            }
            "Hangup" => {
                self.attributes(node, &[]);
                Some(Verb::Hangup)
            }
            "Reject" => {
                self.attributes(node, &["reason"]);
                match node.attribute("reason") {
                    None | Some("rejected" | "busy") => {}
                    Some(other) => self.fault(format!("<Reject reason=\"{other}\"> is unknown")),
                }
                Some(Verb::Reject { busy: node.attribute("reason") == Some("busy") })
            }
            other => {
                self.fault(format!("the verb <{other}> is unknown here"));
                None
            }
        }
    }

    fn say(&mut self, node: Node<'_, '_>) -> Option<Verb> {
        self.attributes(node, &["voice", "language", "loop"]);
        let words: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            self.fault("a <Say> without words".to_owned());
            return None;
        }
        Some(Verb::Say(words))
    }

    fn gather(&mut self, node: Node<'_, '_>) -> Gather {
        self.attributes(
            node,
            &["numDigits", "timeout", "finishOnKey", "actionOnEmptyResult", "action", "method", "input"],
        );
        if node.attribute("input").is_some_and(|input| input != "dtmf") {
            self.fault("a <Gather> may listen to keys only: nobody talks to a machine here".to_owned());
        }
        let mut words = Vec::new();
        for child in self.elements(node) {
            match child.tag_name().name() {
                "Say" | "Play" | "Pause" => words.extend(self.verb(child)),
                other => self.fault(format!("<{other}> may not stand inside <Gather>")),
            }
        }
        let digits = self.number(node, "numDigits", 32, 1..=32);
        Gather {
            words,
            digits: usize::try_from(digits).unwrap_or(1),
            timeout: self.number(node, "timeout", 5, 1..=600),
            action: self.address(node, "action"),
            action_on_empty: self.flag(node, "actionOnEmptyResult"),
            finish: node.attribute("finishOnKey").unwrap_or("#").chars().next(),
        }
    }

    fn dial(&mut self, node: Node<'_, '_>) -> Dial {
        self.attributes(node, &["answerOnBridge", "timeout", "timeLimit", "action", "method", "callerId", "record"]);
        if node.attribute("record").is_some_and(|record| record != "do-not-record") {
            self.fault("a conversation is recorded without anybody being told".to_owned());
        }
        let mut nouns = Vec::new();
        for child in self.elements(node) {
            match child.tag_name().name() {
                "Number" | "Sip" => nouns.extend(self.noun(child)),
                other => self.fault(format!("<{other}> may not stand inside <Dial>")),
            }
        }
        if nouns.is_empty() {
            self.fault("a <Dial> that rings nobody".to_owned());
        }
        if nouns.len() > 1 && nouns.iter().any(|noun| noun.url.is_some()) {
            // Contracts, section 0, fact 3.
            self.fault(
                "several screened phones in one <Dial>: the first pick-up, even a machine's, ends the others".into(),
            );
        }
        Dial {
            nouns,
            timeout: self.number(node, "timeout", 30, 5..=600),
            talk_seconds_max: self.number(node, "timeLimit", 14_400, 1..=14_400),
            answer_on_bridge: self.flag(node, "answerOnBridge"),
            caller_id: node.attribute("callerId").map(str::to_owned),
            action: self.address(node, "action"),
        }
    }

    fn noun(&mut self, node: Node<'_, '_>) -> Option<Noun> {
        let sip = node.tag_name().name() == "Sip";
        let mut known = vec!["url", "method", "statusCallback", "statusCallbackEvent", "statusCallbackMethod"];
        known.extend(if sip { ["username", "password"].as_slice() } else { &["sendDigits"] });
        self.attributes(node, &known);
        let events = self.events(node, "statusCallbackEvent", &["initiated", "ringing", "answered", "completed"]);
        Some(Noun {
            sip,
            target: self.text(node)?,
            url: self.address(node, "url"),
            callback: self.address(node, "statusCallback"),
            events,
        })
    }

    fn record(&mut self, node: Node<'_, '_>) -> Record {
        self.attributes(
            node,
            &[
                "action",
                "method",
                "timeout",
                "finishOnKey",
                "maxLength",
                "playBeep",
                "trim",
                "recordingStatusCallback",
                "recordingStatusCallbackMethod",
                "recordingStatusCallbackEvent",
                "transcribe",
                "transcribeCallback",
            ],
        );
        let seconds_max = self.number(node, "maxLength", 3_600, 1..=14_400);
        let transcribe = self.flag(node, "transcribe");
        let transcript = self.address(node, "transcribeCallback");
        if transcribe && seconds_max > 120 {
            self.fault("only messages of up to 120 seconds are transcribed".to_owned());
        }
        if node.attribute("playBeep") == Some("false") {
            self.fault("a caller is recorded without hearing a tone".to_owned());
        }
        let action = self.address(node, "action");
        if action.is_none() {
            self.fault("a <Record> without action asks for its own document again, for ever".to_owned());
        }
        Record {
            action,
            timeout: self.number(node, "timeout", 5, 1..=600),
            seconds_max,
            callback: self.address(node, "recordingStatusCallback"),
            events: self.events(node, "recordingStatusCallbackEvent", &["in-progress", "completed", "absent"]),
            transcript: transcript.filter(|_| transcribe),
        }
    }

    fn events(&mut self, node: Node<'_, '_>, name: &str, known: &[&str]) -> Vec<String> {
        let events = node.attribute(name).unwrap_or("completed");
        let events: Vec<&str> = events.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        for event in events.iter().filter(|event| !known.contains(event)) {
            self.fault(format!("the {name} {event} is unknown"));
        }
        events.into_iter().map(str::to_owned).collect()
    }

    /// The child elements; words between them are a fault.
    fn elements<'a, 'i>(&mut self, parent: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
        for child in parent.children().filter(Node::is_text) {
            if let Some(stray) = child.text().map(str::trim).filter(|text| !text.is_empty()) {
                self.fault(format!("stray words in <{}>: {stray}", parent.tag_name().name()));
            }
        }
        parent.children().filter(Node::is_element).collect()
    }

    fn text(&mut self, node: Node<'_, '_>) -> Option<String> {
        let text = node.text().unwrap_or("").trim();
        if text.is_empty() {
            self.fault(format!("an empty <{}>", node.tag_name().name()));
            return None;
        }
        Some(text.to_owned())
    }

    fn attributes(&mut self, node: Node<'_, '_>, known: &[&str]) {
        for attribute in node.attributes() {
            if !known.contains(&attribute.name()) {
                self.fault(format!("<{}> has no attribute {}", node.tag_name().name(), attribute.name()));
            }
            if attribute.name().to_ascii_lowercase().ends_with("method") && attribute.value() != "POST" {
                self.fault(format!("{}=\"{}\": only POST is signed whole", attribute.name(), attribute.value()));
            }
        }
    }

    fn address(&mut self, node: Node<'_, '_>, name: &str) -> Option<String> {
        let address = node.attribute(name)?;
        // Contracts, section 2.1: other characters are signed differently by different versions of the provider.
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:?=&#".contains(c);
        if address.is_empty() || !address.chars().all(plain) {
            self.fault(format!("{name}=\"{address}\" holds a character that may break its signature"));
        }
        Some(address.to_owned())
    }

    fn flag(&mut self, node: Node<'_, '_>, name: &str) -> bool {
        match node.attribute(name) {
            None | Some("false") => false,
            Some("true") => true,
            Some(other) => {
                self.fault(format!("{name}=\"{other}\" is neither true nor false"));
                false
            }
        }
    }

    fn number(&mut self, node: Node<'_, '_>, name: &str, default: i64, range: std::ops::RangeInclusive<i64>) -> i64 {
        let Some(written) = node.attribute(name) else { return default };
        match written.parse() {
            Ok(number) if range.contains(&number) => number,
            _ => {
                self.fault(format!("{name}=\"{written}\" is not a number in {range:?}"));
                default
            }
        }
    }
}
