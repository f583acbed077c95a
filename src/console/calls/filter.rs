//! What is looked for, as it stands in the address of a page.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use super::words::CallsWords;
use crate::console::Problem;
use crate::domain::call::CallId;
use crate::domain::caller::CustomerId;
use crate::domain::line::LineId;
use crate::domain::outcome::Kind;
use crate::domain::rota::{Rota, wall_clock};
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::store::calls::{Of, Place, Wanted};

/// As typed; nothing is the same as an empty text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::console) struct Filter {
    /// A number, a customer's name, or a call's id.
    pub(in crate::console) text: String,
    pub(in crate::console) customer: String,
    pub(in crate::console) line: String,
    pub(in crate::console) outcome: String,
    pub(in crate::console) who: String,
    /// Dates of the business, both inclusive.
    pub(in crate::console) from: String,
    pub(in crate::console) to: String,
    /// The calls before that one.
    pub(in crate::console) before: String,
    /// The calls right after that one.
    pub(in crate::console) after: String,
}

impl Filter {
    /// What was typed as text is somebody else's to resolve.
    pub(super) fn wanted(&self, language: Language, rota: &Rota, of: Of) -> Result<Wanted, Problem> {
        let date = |text: &str| match text.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some).map_err(|_| Problem::Wrong(CallsWords(language).bad_date(text))),
        };
        let start = |date: Date| -> Timestamp { wall_clock::begins(&rota.zone, date.at(0, 0, 0, 0)) };
        Ok(Wanted {
            of,
            line: some(&self.line).map(LineId::new),
            outcome: some(&self.outcome).and_then(Kind::of_word),
            rung: some(&self.who).map(StaffId::new),
            since: date(&self.from)?.map(start),
            until: date(&self.to)?.and_then(|date| date.tomorrow().ok()).map(start),
        })
    }

    pub(super) fn place(&self) -> Place {
        let call = |text: &str| text.parse().ok().map(CallId);
        match (call(&self.before), call(&self.after)) {
            (Some(call), _) => Place::Before(call),
            (None, Some(call)) => Place::After(call),
            (None, None) => Place::Newest,
        }
    }

    pub(super) fn customer(&self) -> Option<CustomerId> {
        self.customer.parse().ok().map(CustomerId)
    }

    pub(super) fn is_empty(&self) -> bool {
        let filters = [&self.text, &self.customer, &self.line, &self.outcome, &self.who, &self.from, &self.to];
        filters.iter().all(|text| text.trim().is_empty())
    }

    /// The address of the list with these filters, at another place.
    pub(super) fn address(&self, place: Place) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, text) in [
            ("text", &self.text),
            ("customer", &self.customer),
            ("line", &self.line),
            ("outcome", &self.outcome),
            ("who", &self.who),
            ("from", &self.from),
            ("to", &self.to),
        ] {
            if !text.trim().is_empty() {
                query.append_pair(name, text);
            }
        }
        match place {
            Place::Newest => {}
            Place::Before(call) => drop(query.append_pair("before", &call.0.to_string())),
            Place::After(call) => drop(query.append_pair("after", &call.0.to_string())),
        }
        match query.finish() {
            query if query.is_empty() => "/console/calls".to_owned(),
            query => format!("/console/calls?{query}"),
        }
    }

    /// As [`Filter::address`], of one customer instead of what was typed.
    pub(super) fn address_of(&self, customer: CustomerId) -> String {
        let of = Self { text: String::new(), customer: customer.0.to_string(), ..self.clone() };
        of.address(Place::Newest)
    }
}

fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}
