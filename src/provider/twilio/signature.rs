//! Who really sent a webhook. Pure: bytes and keys in, the decoded parameters or a refusal out.
//!
//! What is signed: the URL as we gave it to Twilio, then every distinct parameter of a form body in
//! byte order, name and value without separators. A JSON body is covered by its hash in the URL's
//! `bodySHA256` instead; a GET has its parameters in the URL. The URL is always our configured one:
//! the headers `Host` and `X-Forwarded-*` are the sender's word.

use aws_lc_rs::{constant_time, digest, hmac};
use data_encoding::{BASE64, HEXLOWER_PERMISSIVE};
use hyper::header::{HeaderMap, HeaderName};
use hyper::{Method, Uri};

use super::{BadAccount, TwilioAccount};
use crate::provider::form::Form;
use crate::provider::{Forged, Request};

const SIGNATURE: HeaderName = HeaderName::from_static("x-twilio-signature");
/// `key=<id>,algorithm=HMAC_SHA256`: signed with a shared key instead of the auth token (public beta).
const SETTINGS: HeaderName = HeaderName::from_static("x-twilio-webhooks-signature-settings");

/// Room for the longest signature, SHA-256, where base64's padding counts as data.
const TAG_ROOM: usize = 33;

/// The keys of an account and the ways in which Twilio may spell our address.
pub(super) struct Verifier {
    /// Scheme, host and port, most likely first.
    origins: Vec<String>,
    tokens: Vec<hmac::Key>,
    shared: Vec<(String, hmac::Key)>,
}

impl Verifier {
    pub(super) fn new(account: &TwilioAccount) -> Result<Self, BadAccount> {
        Ok(Self {
            origins: origins(&account.public_url).ok_or(BadAccount::PublicUrl)?,
            tokens: account
                .auth_tokens
                .iter()
                .map(|token| hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes()))
                .collect(),
            shared: account
                .shared_keys
                .iter()
                .map(|(id, secret)| (id.clone(), hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())))
                .collect(),
        })
    }

    /// The parameters that the signature covers, and nothing else of the request.
    pub(super) fn check(&self, request: &Request) -> Result<Form, Forged> {
        let mut room = [0; TAG_ROOM];
        let tag = signature(&request.headers, &mut room)?;
        let keys = self.keys(&request.headers)?;
        let (form, appended) = covered(request)?;

        let mut signed = String::with_capacity(request.target.as_str().len() + request.body.len());
        signed.push_str(request.target.as_str());
        if appended {
            for (name, value) in form.pairs() {
                signed.push_str(name);
                signed.push_str(value);
            }
        }
        let genuine = keys.iter().any(|key| self.origins.iter().any(|origin| matches(key, origin, &signed, tag)));
        if genuine { Ok(form) } else { Err(Forged::Mismatch) }
    }

    fn keys(&self, headers: &HeaderMap) -> Result<&[hmac::Key], Forged> {
        let Some(settings) = only(headers, &SETTINGS)? else {
            return Ok(&self.tokens);
        };
        let setting =
            |name| settings.split(',').filter_map(|part| part.trim().split_once('=')).find(|(key, _)| *key == name);
        match setting("algorithm") {
            Some((_, "HMAC_SHA256")) => {}
            Some(_) | None => return Err(Forged::UnknownAlgorithm),
        }
        let (_, wanted) = setting("key").ok_or(Forged::UnknownKey)?;
        let shared = self.shared.iter().find(|(id, _)| id == wanted).ok_or(Forged::UnknownKey)?;
        Ok(std::slice::from_ref(&shared.1))
    }
}

fn matches(key: &hmac::Key, origin: &str, signed: &str, tag: &[u8]) -> bool {
    let mut context = hmac::Context::with_key(key);
    context.update(origin.as_bytes());
    context.update(signed.as_bytes());
    constant_time::verify_slices_are_equal(context.sign().as_ref(), tag).is_ok()
}

/// The decoded signature, in `room`.
fn signature<'t>(headers: &HeaderMap, room: &'t mut [u8; TAG_ROOM]) -> Result<&'t [u8], Forged> {
    let text = only(headers, &SIGNATURE)?.ok_or(Forged::Unsigned)?;
    let length = BASE64.decode_len(text.len()).map_err(|_| Forged::Mismatch)?;
    let room = room.get_mut(..length).ok_or(Forged::Mismatch)?;
    let length = BASE64.decode_mut(text.as_bytes(), room).map_err(|_| Forged::Mismatch)?;
    room.get(..length).ok_or(Forged::Mismatch)
}

/// A header that must not be repeated: which of two to believe would be a guess.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, Forged> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| Forged::Mismatch),
        (Some(_), Some(_)) => Err(Forged::Mismatch),
    }
}

/// What may be believed of a request once its signature is right, and whether it is appended to the
/// URL when signing.
fn covered(request: &Request) -> Result<(Form, bool), Forged> {
    let query = request.target.query().unwrap_or_default();
    if request.method == Method::GET {
        let form = Form::decode(query.as_bytes()).map_err(|_| Forged::NotAForm)?;
        return Ok((form, false));
    }
    if let Some(hash) = query.split('&').find_map(|pair| pair.strip_prefix("bodySHA256=")) {
        let expected = HEXLOWER_PERMISSIVE.decode(hash.as_bytes()).map_err(|_| Forged::Mismatch)?;
        let actual = digest::digest(&digest::SHA256, &request.body);
        return if expected == actual.as_ref() { Ok((Form::empty(), false)) } else { Err(Forged::Mismatch) };
    }
    let form = Form::decode(&request.body).map_err(|_| Forged::NotAForm)?;
    Ok((form, true))
}

/// Twilio drops the port for voice over HTTPS and keeps it for HTTP and for texts; its libraries also
/// accept the scheme's own port written out. User and password are never part of what it signs.
fn origins(public_url: &str) -> Option<Vec<String>> {
    let url: Uri = public_url.parse().ok()?;
    let scheme = url.scheme_str()?;
    let standard_port: u16 = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let host = url.host().filter(|host| !host.is_empty())?;
    let path = url.path().trim_end_matches('/');
    let bare = format!("{scheme}://{host}{path}");
    let with_port = |port: u16| format!("{scheme}://{host}:{port}{path}");
    Some(match url.port_u16() {
        None => vec![bare, with_port(standard_port)],
        Some(port) if scheme == "https" => vec![bare, with_port(port)],
        Some(port) => vec![with_port(port), bare],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_our_address_are_tried_most_likely_first() {
        let tried = |url| origins(url).unwrap();
        assert_eq!(tried("https://a.example/"), ["https://a.example", "https://a.example:443"]);
        assert_eq!(tried("https://a.example:8443"), ["https://a.example", "https://a.example:8443"]);
        assert_eq!(tried("http://a.example:8080"), ["http://a.example:8080", "http://a.example"]);
        assert_eq!(tried("http://a.example/phone/"), ["http://a.example/phone", "http://a.example:80/phone"]);
        assert_eq!(tried("https://user:pass@a.example"), ["https://a.example", "https://a.example:443"]);
        assert_eq!(tried("http://[::1]:8080"), ["http://[::1]:8080", "http://[::1]"]);
    }

    #[test]
    fn what_is_no_web_address_is_refused_at_the_start() {
        for url in ["", "phone.example.com", "ftp://a.example", "https://", "https:///x"] {
            assert_eq!(origins(url), None, "{url:?}");
        }
    }
}
