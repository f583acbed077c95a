//! An entry of the log as people read it: names for what the store calls by numbers and short names, with links.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, Time};
use jiff::{Timestamp, Zoned};
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::words::AuditWords;
use crate::console::people::sessions::browser;
use crate::console::people::words::PeopleWords;
use crate::console::promises::PromisesWords;
use crate::console::rota::live;
use crate::console::times;
use crate::console::words::own_name;
use crate::domain::access::{Deed, Role, Scope};
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::domain::staff::StaffId;
use crate::domain::words::Language;
use crate::store::accounts::Listed;
use crate::store::audit::Entry;

/// In whose words, and when.
#[derive(Clone, Copy)]
pub(super) struct Telling<'a> {
    pub(super) rota: &'a Rota,
    pub(super) people: &'a [Listed],
    pub(super) now: &'a Zoned,
    pub(super) words: AuditWords,
}

impl Telling<'_> {
    /// What it was done to, and a link to it where there is still something to see.
    pub(super) fn subject(self, entry: &Entry) -> Markup {
        let link = |address: String, told: String| html! { a href=(address) { (told) } };
        match entry.subject.split_once(' ') {
            Some(("customer", id)) if entry.what == Deed::CustomerErased => html! { (self.words.customer(id)) },
            Some(("customer", id)) => link(format!("/console/customers/{id}"), self.words.customer(id)),
            Some(("promise", id)) => link(format!("/console/promises/{id}"), self.words.promise(id)),
            Some(("call", id)) => link(format!("/console/calls/{id}"), self.words.call()),
            Some(("account", id)) => link("/console/people".to_owned(), self.account(id)),
            Some(("job", id)) => link("/console/unsent".to_owned(), self.words.sending(id)),
            Some(("token", id)) => link("/console/people/tokens".to_owned(), self.words.token(id)),
            None if entry.subject == "customers" => link("/console/customers".to_owned(), self.words.customers()),
            None if entry.subject == "everybody" => html! { (self.words.everybody()) },
            None if matches!(entry.what, Deed::RotaSaved | Deed::RotaRestored) => {
                link("/console/rota/versions".to_owned(), entry.subject.clone())
            }
            _ => {
                let names: Vec<String> = entry.subject.split(' ').map(|who| self.name(who)).collect();
                html! { (names.join(", ")) }
            }
        }
    }

    fn account(self, id: &str) -> String {
        let found = self.people.iter().find(|listed| listed.account.id.to_string() == id);
        found.map_or_else(|| self.words.account(id), |listed| listed.account.name.clone())
    }

    fn name(self, who: &str) -> String {
        self.rota.name(&StaffId::new(who)).to_owned()
    }

    /// Only what differs.
    pub(super) fn change(self, entry: &Entry) -> Markup {
        let changed = changed(entry.before.as_ref(), entry.after.as_ref());
        let told = |value: Option<Value>, field: &str| value.and_then(|value| self.value(field, &value));
        let rows = changed.into_iter().map(|(field, before, after)| {
            let (before, after) = (told(before, &field), told(after, &field));
            (self.field(&field), before, after)
        });
        let rows: Vec<_> = rows.filter(|(_, before, after)| before.is_some() || after.is_some()).collect();
        html! {
            @if !rows.is_empty() {
                dl {
                    @for (field, before, after) in rows {
                        dt { (field) }
                        dd {
                            @if let Some(before) = &before { del { span .hidden { (self.words.before()) ": " } (before) } " " }
                            @if let Some(after) = &after { ins { span .hidden { (self.words.after()) ": " } (after) } }
                        }
                    }
                }
            }
        }
    }

    fn field(self, field: &str) -> String {
        let words = self.words;
        match field {
            "" => words.change(),
            "address" => words.address(),
            "added" => words.added(),
            "away_until" => words.away_until(),
            "back" => words.back(),
            "begun" => words.begun(),
            "blocked" | "blocks" => words.blocked(),
            "browser" => words.browser(),
            "change" => words.live_change(),
            "cover" => words.cover(),
            "due" => words.due(),
            "failed" => words.failed(),
            "language" | "languages" => words.language(),
            "left_out" => words.left_out(),
            "name" => words.name(),
            "note" | "notes" => words.note(),
            "numbers" => words.numbers(),
            "owner" => words.owner(),
            "password" => words.password(),
            "replaces" => words.replaces(),
            "role" => words.role(),
            "scope" => words.scope(),
            "sessions" => words.sessions(),
            "staff" => words.place(),
            "state" => words.standing(),
            "stopped" => words.stopped(),
            "taken_away" => words.taken_away(),
            "tags" => words.tags(),
            "tokens" => words.tokens(),
            "unchanged" => words.unchanged(),
            "updated" => words.updated(),
            "usual" => words.usual(),
            "version" => words.version(),
            "what" => words.what_changed(),
            "why" => words.why(),
            other => other.to_owned(),
        }
    }

    /// Nothing where there is none.
    fn value(self, field: &str, value: &Value) -> Option<Markup> {
        Some(match value {
            Value::Null => return None,
            Value::String(text) => html! { (self.text(field, text)) },
            Value::Bool(true) => html! { (self.words.yes()) },
            Value::Bool(false) => html! { (self.words.no()) },
            Value::Number(id) if field == "version" => {
                html! { a href={ "/console/rota/versions/difference?to=" (id) } { (id) } }
            }
            Value::Number(number) => {
                let told = number.as_u64().map(|number| times::number(self.words.0, number));
                html! { (told.unwrap_or_else(|| number.to_string())) }
            }
            Value::Array(all) => listed(all.iter().filter_map(|value| self.value(field, value))),
            Value::Object(fields) => {
                if let Ok(change) = serde_json::from_value(value.clone()) {
                    html! { (live::told(self.rota, self.words.0, self.now.date(), &change)) }
                } else {
                    // Counts, of which none is not worth a word.
                    let some = fields.iter().filter(|(_, count)| **count != 0);
                    listed(some.filter_map(|(field, value)| {
                        self.value(field, value).map(|value| html! { (self.field(field)) " " (value) })
                    }))
                }
            }
        })
    }

    fn text(self, field: &str, text: &str) -> String {
        let (people, promises) = (PeopleWords(self.words.0), PromisesWords(self.words.0));
        let told = match (field, text) {
            ("role", role) => Role::from_word(role).map(|role| people.role_name(role)),
            ("scope", scope) => Scope::from_word(scope).map(|scope| match scope {
                Scope::Read => people.read(),
                Scope::Write => people.write(),
            }),
            ("state", "open") => Some(promises.open()),
            ("state", "claimed") => Some(promises.claimed()),
            ("state", "kept") => Some(promises.kept()),
            ("state", "broken") => Some(promises.broken()),
            ("state", "let_go") => Some(promises.let_go()),
            ("usual" | "owner" | "cover" | "staff", who) => Some(self.name(who)),
            ("language", code) => Language::of(code).map(|language| own_name(language).to_owned()),
            ("browser", told) => Some(browser(told)),
            ("numbers", number) => Phone::from_e164(number).map(Phone::spaced),
            ("due", at) => at.parse().ok().map(|at: Timestamp| times::short(self.words.0, at, self.now)),
            ("away_until", at) => at.parse().ok().map(|at| self.moment(at)),
            _ => None,
        };
        told.unwrap_or_else(|| text.to_owned())
    }

    /// On the business's wall clock already.
    fn moment(self, at: DateTime) -> String {
        let day = times::day(self.words.0, at.date(), self.now.date());
        if at.time() == Time::midnight() { day } else { format!("{day} {:02}:{:02}", at.hour(), at.minute()) }
    }
}

fn listed(told: impl Iterator<Item = Markup>) -> Markup {
    html! { @for (place, told) in told.enumerate() { @if place > 0 { ", " } (told) } }
}

/// A field, and what it was and is.
type Changed = (String, Option<Value>, Option<Value>);

fn changed(before: Option<&Value>, after: Option<&Value>) -> Vec<Changed> {
    let mut all: BTreeMap<String, (Option<Value>, Option<Value>)> = BTreeMap::new();
    for (field, value) in before.into_iter().flat_map(fields) {
        all.entry(field).or_default().0 = Some(value);
    }
    for (field, value) in after.into_iter().flat_map(fields) {
        all.entry(field).or_default().1 = Some(value);
    }
    let differs = all.into_iter().filter(|(_, (before, after))| before != after);
    differs.map(|(field, (before, after))| (field, before, after)).collect()
}

/// Those that say something. Of several together, as those that were merged, each field has the values of all; what is
/// no object is a field without a name.
fn fields(value: &Value) -> Map<String, Value> {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(all) => !all.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    };
    let mut found = Map::new();
    match value {
        Value::Object(fields) => {
            // The number of a live change means nothing to people.
            let told = fields.iter().filter(|(field, value)| *field != "id" && says(value));
            found.extend(told.map(|(field, value)| (field.clone(), value.clone())));
        }
        Value::Array(several) if several.iter().all(Value::is_object) => {
            for (field, value) in several.iter().flat_map(fields) {
                let values = match value {
                    Value::Array(values) => values,
                    one => vec![one],
                };
                if let Value::Array(all) = found.entry(field).or_insert_with(|| Value::Array(Vec::new())) {
                    all.extend(values);
                }
            }
        }
        one if says(one) => {
            found.insert(String::new(), one.clone());
        }
        _ => {}
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(before: &Value, after: &Value) -> Value {
        changed(Some(before), Some(after)).into_iter().map(|(field, was, is)| json!([field, was, is])).collect()
    }

    #[test]
    fn of_a_change_only_what_differs_is_told() {
        let before = json!({ "name": "Mrs Okafor", "note": "", "numbers": ["+447700900201"], "usual": null });
        let after = json!({ "name": "Mrs Okafor", "note": "boiler", "numbers": ["+447700900201", "+447700900202"] });
        assert_eq!(
            told(&before, &after),
            json!([["note", null, "boiler"], ["numbers", ["+447700900201"], ["+447700900201", "+447700900202"]],])
        );
        assert_eq!(told(&Value::Null, &json!({ "role": "staff" })), json!([["role", null, "staff"]]));
        assert_eq!(told(&json!("old"), &json!("new")), json!([["", "old", "new"]]));
        assert_eq!(changed(None, None), []);
    }

    #[test]
    fn of_two_that_become_one_both_are_told() {
        let before = json!([{ "name": "Bo Li", "tags": ["shop"] }, { "name": "Mr Li", "tags": [] }]);
        let after = json!({ "name": "Mr Li", "tags": ["shop"] });
        assert_eq!(told(&before, &after), json!([["name", ["Bo Li", "Mr Li"], "Mr Li"]]));
    }
}
