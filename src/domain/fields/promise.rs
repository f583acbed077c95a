//! A promise, as programs are told of it.

use jiff::tz::TimeZone;
use serde::Serialize;
use utoipa::ToSchema;

use super::iso;
use crate::domain::phone::Phone;
use crate::domain::promise::Promise;

/// A promise to ring somebody back.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Promise)]
pub struct PromiseFields {
    pub id: i64,
    /// The first of the calls about it.
    pub call: Option<String>,
    /// The customer's name, as it was then.
    pub customer: Option<String>,
    pub number: Option<String>,
    pub owner: String,
    pub due: String,
    /// `open`, `claimed`, `kept`, `broken` or `let_go`.
    pub state: &'static str,
    /// Whether the caller left one.
    pub message: bool,
}

impl PromiseFields {
    pub fn of(promise: &Promise, zone: &TimeZone) -> Self {
        Self {
            id: promise.id.0,
            call: promise.first_call().map(|call| call.0.to_string()),
            customer: promise.name.clone(),
            number: promise.number.as_ref().map(Phone::to_string),
            owner: promise.owner.to_string(),
            due: iso(promise.due, zone),
            state: promise.state.word(),
            message: promise.message.is_some(),
        }
    }
}
