//! The provider's signature (contracts, section 2.1), written from its description and not from the server's code.

use aws_lc_rs::hmac;
use data_encoding::BASE64;

/// Signs a form POST. `url` is what the provider was given, without fragment.
pub(crate) fn sign(token: &str, url: &str, params: &[(String, String)]) -> String {
    let mut sorted: Vec<_> = params.iter().collect();
    sorted.sort();
    sorted.dedup();
    let mut text = as_signed(url);
    for (key, value) in sorted {
        text.push_str(key);
        text.push_str(value);
    }
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, token.as_bytes());
    BASE64.encode(hmac::sign(&key, text.as_bytes()).as_ref())
}

/// The provider leaves out the port of an https address, and keeps that of an http address.
fn as_signed(url: &str) -> String {
    let Some(rest) = url.strip_prefix("https://") else { return url.to_owned() };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let host = host.split_once(':').map_or(host, |(name, _port)| name);
    format!("https://{host}{path}")
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn form(params: &[(String, String)]) -> String {
    params.iter().map(|(key, value)| format!("{}={}", escaped(key), escaped(value))).collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(params: &[(&str, &str)]) -> Vec<(String, String)> {
        params.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_network_signs_as_the_official_sdk_does() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2";
        let params = pairs(&[
            ("CallSid", "CA1234567890ABCDE"),
            ("To", "+18005551212"),
            ("Caller", "+14158675309"),
            ("From", "+14158675309"),
            ("Digits", "1234"),
        ]);
        assert_eq!(sign("12345", url, &params), "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        assert_eq!(
            sign("12345", "https://mycompany.com:1234/myapp.php?foo=1&bar=2", &params),
            "RSOYDt4T1cUTdK1PDd93/VVr8B8="
        );
        let repeated = pairs(&[
            ("Sid", "CA123"),
            ("SidAccount", "AC123"),
            ("Digits", "5678"),
            ("Digits", "1234"),
            ("Digits", "1234"),
        ]);
        assert_eq!(sign("12345", url, &repeated), "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
        let names = pairs(&[
            ("CallSid", "CA1"),
            ("CallerName", "Zoë O'Brien & Søn"),
            ("From", "anonymous"),
            ("FromCity", ""),
            ("To", "+18005551212"),
        ]);
        assert_eq!(sign("12345", "https://example.com/v/incoming", &names), "5CnrPQ7fKlg6kWpp4SMbX6lAqcY=");
    }

    #[test]
    fn a_form_reads_back_as_it_was_written() {
        let params = pairs(&[("From", "+447700900201"), ("CallerName", "Zoë & Søn = 100 %"), ("FromCity", "")]);
        let read: Vec<(String, String)> = form_urlencoded::parse(form(&params).as_bytes()).into_owned().collect();
        assert_eq!(read, params);
    }
}
