//! A settings text that can be shown: as long as the original, with secrets starred out.

/// The only keys whose values are shown: a key that was spelt wrong may be a secret's.
const SHOWN: &[&str] = &[
    "listen",
    "public_url",
    "rota",
    "store",
    "metrics_listen",
    "log",
    "log_format",
    "answer_within_ms",
    "connections",
    "account_sid",
    "api_url",
    "enabled",
];

/// Byte for byte as long as `text`, so that places in one are places in the other. Works line by line
/// on whatever is there, since the text may be anything but TOML.
pub(super) fn redacted(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let heading = line.starts_with('[') && !line.contains([',', '"', '\'', '=']);
        match line.split_once('=') {
            _ if heading => shown.push_str(line),
            Some((key, value)) if is_key(key) => {
                shown.push_str(key);
                shown.push('=');
                shown.push_str(&if is_shown(key) { without_password(value) } else { starred(value) });
            }
            // The next line of a list, a comment, or not TOML at all.
            _ => shown.push_str(&starred(line)),
        }
    }
    shown
}

fn is_key(text: &str) -> bool {
    let key = text.trim();
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-. ".contains(c))
}

fn is_shown(key: &str) -> bool {
    let name = key.trim().rsplit('.').next().unwrap_or_default().trim();
    name.ends_with("_file") || SHOWN.contains(&name)
}

/// Everything but the marks around values.
fn starred(text: &str) -> String {
    let star = |c: char| {
        if c.is_whitespace() || "[],\"'#{}".contains(c) { c.to_string() } else { "*".repeat(c.len_utf8()) }
    };
    text.chars().map(star).collect()
}

/// `postgres://user:password@host` with the password starred out.
fn without_password(text: &str) -> String {
    let password = text.find("://").and_then(|at| {
        let start = at + "://".len();
        let address = text.get(start..)?;
        let address = address.get(..address.rfind('@')?)?;
        let colon = address.find(':')?;
        Some(start + colon + 1..start + address.len())
    });
    match password.and_then(|range| Some((text.get(..range.start)?, text.get(range.clone())?, text.get(range.end..)?)))
    {
        Some((before, password, after)) => format!("{before}{}{after}", "*".repeat(password.len())),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_is_shown_however_it_was_written() {
        let text = "store = \"postgres://u:s3cret@host/db\"\nsecret = s3cret\n[providers.twilio]\naccount_sid = \"AC1\"\n\
                    auth_tokn = \"s3cret\"\nauth_token = [\n  \"s3cret\", # s3cret\n  's3cret'\n]\nauth_token \"s3cret\"\n\
                    auth_token_file = \"/run/token\"\n";
        let shown = redacted(text);
        assert!(!shown.contains("s3cret"), "{shown}");
        assert_eq!(shown.len(), text.len());
        assert!(
            shown.contains("\"AC1\"") && shown.contains("/run/token") && shown.contains("postgres://u:******@host")
        );
        let inline = redacted("providers.twilio = { account_sid = \"AC1\", auth_token = \"s3cret\" }\n");
        assert!(!inline.contains("s3cret"), "{inline}");
    }
}
