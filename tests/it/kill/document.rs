//! What a document asks for, as far as a caller in a hurry must know. `phones::twiml` reads them strictly.

use roxmltree::{Document as Xml, Node};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Document {
    Ring {
        to: String,
        whisper: String,
        done: String,
    },
    /// To a leg.
    Whisper {
        key: String,
    },
    TakeMessage {
        message: String,
    },
    HangUp,
    /// Nothing more: connects a leg.
    Empty,
}

impl Document {
    pub(super) fn read(body: &str) -> Self {
        let xml = Xml::parse(body).unwrap_or_else(|error| panic!("{error}: {body}"));
        let find = |name: &str| xml.descendants().find(|node| node.has_tag_name(name));
        let address = |node: Node<'_, '_>, name: &str| node.attribute(name).unwrap().to_owned();
        if let (Some(dial), Some(number)) = (find("Dial"), find("Number")) {
            let to = number.text().unwrap().trim().to_owned();
            return Self::Ring { to, whisper: address(number, "url"), done: address(dial, "action") };
        }
        if let Some(gather) = find("Gather") {
            return Self::Whisper { key: address(gather, "action") };
        }
        if let Some(record) = find("Record") {
            return Self::TakeMessage { message: address(record, "action") };
        }
        if find("Hangup").is_some() { Self::HangUp } else { Self::Empty }
    }
}
