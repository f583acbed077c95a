//! What a caller said after the tone, for whoever has the link of the text: fetched from the provider with our
//! credentials, and handed on. Nothing of it stays here.

use std::time::Duration;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_TYPE, HeaderName, HeaderValue, RANGE,
    RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Response, StatusCode};

use super::hooks::{Hooks, MESSAGE, only, plain};
use crate::domain::call::Call;
use crate::operator::Operator;
use crate::provider::{NoSound, Sound};
use crate::store::{StoreError, calls};
use crate::ticket::MessageTicket;

/// For the store and the provider together: so long somebody looks at an empty page.
const PATIENCE: Duration = Duration::from_secs(15);

type Page = Response<Full<Bytes>>;

/// Why there is nothing to hear.
enum Nothing {
    /// Also for a link that is forged or too old: nobody learns more.
    NoMessage,
    Deleted,
    Away,
}

/// `None` if the path is none of ours.
pub async fn answer(hooks: &Hooks, request: &hyper::Request<Bytes>) -> Option<Page> {
    let sealed = request.uri().path().strip_prefix(MESSAGE)?;
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Some(only("GET, HEAD"));
    }
    let found = tokio::time::timeout(PATIENCE, find(hooks, sealed)).await.unwrap_or(Err(Nothing::Away));
    let range = request.headers().get(RANGE).and_then(|range| range.to_str().ok());
    let mut page = found.map_or_else(|nothing| nothing.page(&hooks.operator), |sound| played(&sound, range));
    set(&mut page, CACHE_CONTROL, "private, no-store");
    set(&mut page, X_CONTENT_TYPE_OPTIONS, "nosniff");
    Some(page)
}

async fn find(hooks: &Hooks, sealed: &str) -> Result<Sound, Nothing> {
    let MessageTicket { call, expires } = hooks.sealer.open_message(sealed).ok_or(Nothing::NoMessage)?;
    if hooks.operator.desk().clock.now().as_second() >= expires {
        return Err(Nothing::NoMessage);
    }
    let found = hooks.operator.errand(move |tx| calls::find(tx, &[call], &[])).await;
    let found = found.inspect_err(note).map_err(|_: StoreError| Nothing::Away)?;
    let Call { provider, message, .. } = found.into_iter().next().ok_or(Nothing::NoMessage)?.call;
    let address = message.and_then(|message| message.recording).ok_or(Nothing::NoMessage)?;
    let provider = hooks.provider(&provider).ok_or(Nothing::NoMessage)?;
    provider.recording(&address).await.inspect_err(note).map_err(|why| match why {
        NoSound::NotARecording => Nothing::NoMessage,
        NoSound::Deleted => Nothing::Deleted,
        NoSound::Away(_) => Nothing::Away,
    })
}

fn note(error: &impl std::fmt::Display) {
    tracing::warn!(%error, "a message could not be played");
}

impl Nothing {
    fn page(&self, operator: &Operator) -> Page {
        let rota = operator.desk().rota();
        let words = rota.words.speak(None);
        match self {
            Self::NoMessage => plain(StatusCode::NOT_FOUND, &words.no_message()),
            Self::Deleted => plain(StatusCode::GONE, &words.recording_deleted()),
            Self::Away => {
                let mut page = plain(StatusCode::SERVICE_UNAVAILABLE, &words.recording_away());
                set(&mut page, RETRY_AFTER, "60");
                page
            }
        }
    }
}

/// Whole, or the part that is asked for: iPhones play nothing that they cannot get in parts.
fn played(sound: &Sound, range: Option<&str>) -> Page {
    let length = sound.bytes.len();
    let (status, bytes, told) = match range.map_or(Part::Whole, |range| part(range, length)) {
        Part::Whole => (StatusCode::OK, sound.bytes.clone(), None),
        Part::From { first, last } => {
            let bytes = sound.bytes.slice(first..=last);
            (StatusCode::PARTIAL_CONTENT, bytes, Some(format!("bytes {first}-{last}/{length}")))
        }
        Part::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), Some(format!("bytes */{length}"))),
    };
    let mut page = Response::new(Full::new(bytes));
    *page.status_mut() = status;
    page.headers_mut().insert(CONTENT_TYPE, sound.content_type.clone());
    page.headers_mut().extend(told.and_then(|told| told.parse().ok()).map(|told: HeaderValue| (CONTENT_RANGE, told)));
    set(&mut page, CONTENT_DISPOSITION, "inline");
    set(&mut page, ACCEPT_RANGES, "bytes");
    page
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    /// Both counted from 0, and below the length.
    From {
        first: usize,
        last: usize,
    },
    Beyond,
}

/// Of a `Range` header (RFC 9110, section 14). What we do not understand, several parts too, is the whole.
fn part(range: &str, length: usize) -> Part {
    let Some((first, last)) = range.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Part::Whole;
    };
    let (first, last) = match (first.parse::<usize>(), last.parse::<usize>()) {
        (Ok(first), Ok(last)) if first <= last => (first, last),
        (Ok(first), Err(_)) if last.is_empty() => (first, usize::MAX),
        // So many from the end.
        (Err(_), Ok(0)) if first.is_empty() => return Part::Beyond,
        (Err(_), Ok(many)) if first.is_empty() => (length.saturating_sub(many), usize::MAX),
        (_, _) => return Part::Whole,
    };
    match length.checked_sub(1) {
        Some(end) if first <= end => Part::From { first, last: last.min(end) },
        Some(_) | None => Part::Beyond,
    }
}

fn set(page: &mut Page, name: HeaderName, value: &'static str) {
    page.headers_mut().insert(name, HeaderValue::from_static(value));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_gets_the_part_that_it_asks_for() {
        for (range, expected) in [
            ("bytes=0-1", Part::From { first: 0, last: 1 }),
            ("bytes=0-", Part::From { first: 0, last: 9 }),
            ("bytes=4-99", Part::From { first: 4, last: 9 }),
            ("bytes=-3", Part::From { first: 7, last: 9 }),
            ("bytes=-99", Part::From { first: 0, last: 9 }),
            ("bytes=10-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        for odd in ["", "bytes=", "bytes=-", "bytes=3-1", "bytes=0-1,4-5", "lines=0-1", "bytes=a-b", "bytes=-1-2"] {
            assert_eq!(part(odd, 10), Part::Whole, "{odd}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
    }
}
