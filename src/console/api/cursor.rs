//! Lists in pieces: where the next one begins.

use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use utoipa::ToSchema;

use crate::console::Problem;

/// A piece of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Piece<T> {
    pub(super) items: Vec<T>,
    /// Give it as `cursor` for what follows; null at the end of the list.
    pub(super) next: Option<String>,
}

/// Says nothing to programs, so that they do not count on it.
pub(super) fn cursor(place: &str) -> String {
    BASE64URL_NOPAD.encode(place.as_bytes())
}

pub(super) fn place<T: std::str::FromStr>(cursor: Option<&str>) -> Result<Option<T>, Problem> {
    let Some(cursor) = cursor else { return Ok(None) };
    let text = BASE64URL_NOPAD.decode(cursor.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    match text.and_then(|text| text.parse().ok()) {
        Some(place) => Ok(Some(place)),
        None => Err(Problem::Wrong("This cursor is none of ours: give the `next` of the piece before.".to_owned())),
    }
}
