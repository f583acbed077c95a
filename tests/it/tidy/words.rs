//! Words that have their place, and are wrong anywhere else.

use super::source::{Source, places};
use super::{Problem, problem};

pub struct Ban {
    words: &'static [&'static str],
    part: Part,
    below: &'static [&'static str],
    except: &'static [&'static str],
    remedy: &'static str,
}

enum Part {
    Code,
    TestCode,
    /// Code and strings, but not those of the file's own tests, which may quote anything.
    Speech,
}

impl Ban {
    pub fn problems(&self, source: &Source) -> Vec<Problem> {
        let under = |places: &[&str]| places.iter().any(|place| source.path.starts_with(place));
        if !under(self.below) || under(self.except) || source.path.starts_with("tests/it/tidy") {
            return Vec::new();
        }
        let (text, looked_at) = match self.part {
            Part::Code => (&source.code, 0..source.code.len()),
            Part::TestCode => (&source.code, source.tests_begin..source.code.len()),
            Part::Speech => (&source.speech, 0..source.tests_begin),
        };
        let found = self.words.iter().flat_map(|word| occurrences(text, word).into_iter().map(move |at| (at, word)));
        let found = found.filter(|(at, _)| looked_at.contains(at));
        found.map(|(at, word)| problem(source, at, format!("`{word}`"), self.remedy)).collect()
    }
}

/// A word in small letters is found in any case and inside of other words; any other stands as written, by itself.
fn occurrences(text: &str, word: &str) -> Vec<usize> {
    if word.chars().all(char::is_lowercase) {
        text.to_ascii_lowercase().match_indices(word).map(|(at, _)| at).collect()
    } else {
        places(text, word).collect()
    }
}

pub const DIRECT_CLOCK: Ban = Ban {
    words: &["Timestamp::now", "Zoned::now", "SystemTime::now", "Instant::now", "Utc::now", "Local::now", "now_v7"],
    part: Part::Code,
    below: &["src/"],
    except: &["src/clock.rs"],
    remedy: "take `now` as an argument; only src/clock.rs asks the machine",
};

pub const DIRECT_CHANCE: Ban = Ban {
    words: &["rand::rng(", "thread_rng", "rand::random", "new_v4", "OsRng", "SysRng"],
    part: Part::Code,
    below: &["src/"],
    except: &["src/app.rs", "src/app/", "src/clock.rs"],
    remedy: "take the generator as an argument; src/app.rs makes it (an id of time and chance: src/clock.rs)",
};

/// Settings and commands may: admins know their provider by its name.
pub const PROVIDER_WORDS: Ban = Ban {
    words: &["twilio", "twiml", "callsid", "messagesid", "accountsid", "callstatus", "dialcallstatus", "dialbridged"],
    part: Part::Speech,
    below: &["src/"],
    except: &["src/provider.rs", "src/provider/twilio", "src/config", "src/app", "src/cli"],
    remedy: "say it in our words (design: section 1) and translate in src/provider/",
};

pub const UNFINISHED: Ban = Ban {
    words: &["todo!", "unimplemented!", "#[ignore", "#[allow(", "#![allow("],
    part: Part::Code,
    below: &["src/", "tests/", "benches/", "fuzz/"],
    except: &[],
    remedy: "finish it; a wrong behaviour is asserted with a FIXME, an exception is an #[expect(.., reason = \"..\")]",
};

/// The network of the tests may: how long a provider waits between its tries is the provider's behaviour.
pub const SLEEP: Ban = Ban {
    words: &["sleep(", "sleep_until("],
    part: Part::TestCode,
    below: &["src/", "tests/"],
    except: &["tests/it/phones/wire.rs"],
    remedy: "wait for the event itself (a line of output, a channel, a row) or move the clock; a sleep is slow and lies",
};
