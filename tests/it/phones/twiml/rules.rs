//! What a document of known verbs may still not do: dead ends, unreachable verbs, keys for callers.

use super::{Gather, Listener, Verb};

/// Every rule that these verbs break.
pub(super) fn broken(verbs: &[Verb], listener: Listener) -> Vec<String> {
    let mut broken: Vec<String> = unreachable(verbs).into_iter().collect();
    match listener {
        Listener::Caller => broken.extend(verbs.iter().filter_map(wrong_for_a_caller)),
        Listener::Leg => {
            broken.extend(verbs.iter().filter_map(wrong_for_a_leg));
            broken.extend(fail_open(verbs));
        }
        Listener::Person => {
            broken.extend(verbs.iter().filter_map(wrong_for_a_person));
            broken.extend(fail_open(verbs));
        }
    }
    if verbs.iter().skip(1).any(|verb| matches!(verb, Verb::Reject { .. })) {
        broken.push("a <Reject> after another verb: the call is answered by then".to_owned());
    }
    broken
}

fn unreachable(verbs: &[Verb]) -> Option<String> {
    let (_, before) = verbs.split_last()?;
    let stop = before.iter().find(|verb| match verb {
        Verb::Dial(dial) => dial.action.is_some(),
        Verb::Redirect(_) | Verb::Hangup | Verb::Reject { .. } => true,
        // A message without sound does not ask for the action, and the next verb follows.
        Verb::Record(_) | Verb::Say(_) | Verb::Play(_) | Verb::Pause(_) | Verb::Gather(_) => false,
    })?;
    Some(format!("unreachable verbs after <{}>", word(stop)))
}

fn wrong_for_a_caller(verb: &Verb) -> Option<String> {
    match verb {
        Verb::Gather(_) => Some("a <Gather> for the caller: callers never press keys".to_owned()),
        Verb::Say(words) if asks_for_a_key(words) => Some(format!("the caller is asked for a key: {words}")),
        _ => None,
    }
}

fn asks_for_a_key(words: &str) -> bool {
    let words = words.to_lowercase();
    words.split(|c: char| !c.is_alphanumeric()).any(|word| word == "press" || word == "dial")
}

fn wrong_for_a_leg(verb: &Verb) -> Option<String> {
    match verb {
        Verb::Dial(_) | Verb::Record(_) | Verb::Redirect(_) | Verb::Reject { .. } => {
            Some(format!("<{}> is not allowed while a phone is screened", word(verb)))
        }
        Verb::Gather(Gather { action: None, .. }) => {
            Some("a screening <Gather> without action asks for its own document again".to_owned())
        }
        Verb::Gather(_) | Verb::Say(_) | Verb::Play(_) | Verb::Pause(_) | Verb::Hangup => None,
    }
}

fn wrong_for_a_person(verb: &Verb) -> Option<String> {
    match verb {
        Verb::Record(_) | Verb::Redirect(_) | Verb::Reject { .. } => {
            Some(format!("<{}> for somebody who rings a customer back", word(verb)))
        }
        Verb::Gather(Gather { action: None, .. }) => {
            Some("a <Gather> without action asks for its own document again".to_owned())
        }
        Verb::Dial(dial) if dial.action.is_none() => Some("nobody is told how the conversation ended".to_owned()),
        Verb::Dial(_) | Verb::Gather(_) | Verb::Say(_) | Verb::Play(_) | Verb::Pause(_) | Verb::Hangup => None,
    }
}

/// Contracts, section 0, fact 2: a screening document that runs out connects whatever has answered.
fn fail_open(verbs: &[Verb]) -> Option<String> {
    let asks = verbs.iter().any(|verb| matches!(verb, Verb::Gather(_)));
    let closed = matches!(verbs.last(), Some(Verb::Hangup));
    (asks && !closed).then(|| "a screening document without <Hangup/> at its end connects a machine".to_owned())
}

fn word(verb: &Verb) -> &'static str {
    match verb {
        Verb::Say(_) => "Say",
        Verb::Play(_) => "Play",
        Verb::Pause(_) => "Pause",
        Verb::Gather(_) => "Gather",
        Verb::Dial(_) => "Dial",
        Verb::Record(_) => "Record",
        Verb::Redirect(_) => "Redirect",
        Verb::Hangup => "Hangup",
        Verb::Reject { .. } => "Reject",
    }
}
