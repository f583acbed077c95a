//! What staff text from their own phones: `AWAY 2H`, `SWAP FRI ANA`, `DONE 41`.
//!
//! Forgiving of case, spaces, punctuation, politeness, spelling and order, in five languages at once. What
//! cannot be read for certain is asked about, never guessed.

mod phrase;
mod times;
mod tokens;
mod vocabulary;

use jiff::civil::{Date, DateTime};
use jiff::{Timestamp, Zoned};

use super::promise::PromiseId;
use super::staff::{Roster, StaffId};
use phrase::{Phrase, Prefer, Style};
use tokens::{Token, tokens};
use vocabulary as words;
pub use vocabulary::Verb;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Who,
    Away {
        /// First moment away, wall clock; never before now.
        from: DateTime,
        /// First moment back, wall clock.
        until: DateTime,
        cover: Option<StaffId>,
    },
    Back,
    Swap {
        /// In the turn that is to be swapped.
        day: Date,
        with: StaffId,
    },
    Calls,
    Call(PromiseId),
    Done {
        promise: PromiseId,
        /// Ask the customer again on the next open morning.
        follow: bool,
    },
    Later {
        promise: PromiseId,
        until: Timestamp,
    },
    Sorted(Option<PromiseId>),
    Undo,
    Yes(Option<PromiseId>),
    No(Option<PromiseId>),
    Help,
}

/// Why a text is no command. The words for it are made in `words::staff`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misread {
    /// There is no command in it.
    NoCommand,
    /// The command is known, this word of it is not.
    Unclear {
        verb: Verb,
        word: String,
    },
    /// `not done 41`: what is meant, is not said.
    Negated(Verb),
    WhichPromise(Verb),
    /// Which of these people.
    WhichPerson {
        word: String,
        people: Vec<StaffId>,
    },
    SwapWithWhom,
    When(Verb),
    /// `AWAY FRI 14:00`: from then or until then.
    FromOrUntil,
    Past,
    TooFar,
}

/// Reads a text that came at `now`, which is on the business's wall clock.
pub fn parse(text: &str, now: &Zoned, roster: &Roster) -> Result<Command, Misread> {
    let tokens = tokens(text, roster);
    if text.trim() == "?" {
        return Ok(Command::Help);
    }
    if let [only] = tokens.as_slice()
        && let Some(number) = promise_id(only)
    {
        return Ok(Command::Call(number));
    }
    let (verb, at) = verb(&tokens).ok_or(Misread::NoCommand)?;
    let rest: Vec<Token> =
        tokens.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, token)| token.clone()).collect();
    let negated = |token: &Token| token.word().is_some_and(|word| words::NOT.contains(&word));
    let refused = |token: &Token| token.word().and_then(words::verb) == Some(Verb::No);
    let asks_only = matches!(verb, Verb::Who | Verb::Calls | Verb::Help | Verb::No | Verb::Yes);
    if !asks_only && (rest.iter().any(negated) || tokens.iter().take(at).any(refused)) {
        return Err(Misread::Negated(verb));
    }
    let promise = || one_number(&rest).ok_or(Misread::WhichPromise(verb));
    match verb {
        Verb::Who => Ok(Command::Who),
        Verb::Calls => Ok(Command::Calls),
        Verb::Help => Ok(Command::Help),
        Verb::Undo => Ok(Command::Undo),
        Verb::Back => nothing_else(verb, &rest).map(|()| Command::Back),
        Verb::Call => Ok(Command::Call(promise()?)),
        Verb::Done => Ok(Command::Done { promise: promise()?, follow: rest.iter().any(is_follow) }),
        Verb::Sorted => Ok(Command::Sorted(at_most_one_number(verb, &rest)?)),
        Verb::Yes => Ok(Command::Yes(at_most_one_number(verb, &rest)?)),
        Verb::No => Ok(Command::No(at_most_one_number(verb, &rest)?)),
        Verb::Away => away(&rest, now, roster),
        Verb::Swap => swap(&rest, now, roster),
        Verb::Later => later(&rest, now, roster),
    }
}

fn away(rest: &[Token], now: &Zoned, roster: &Roster) -> Result<Command, Misread> {
    let read = |prefer| Phrase::read(rest, Style { verb: Verb::Away, prefer, bare: false }, roster);
    let by_name = read(Prefer::Names);
    let phrase = match &by_name {
        // `AWAY SAM` may be a Saturday.
        Err(_) => read(Prefer::Days).or(by_name)?,
        Ok(phrase) if !phrase.has_time() => match read(Prefer::Days) {
            Ok(by_day) if by_day.has_time() => by_day,
            Ok(_) | Err(_) => by_name?,
        },
        Ok(_) => by_name?,
    };
    let cover = phrase.person.clone();
    let (from, until) = phrase.absence(now)?;
    Ok(Command::Away { from, until, cover })
}

fn swap(rest: &[Token], now: &Zoned, roster: &Roster) -> Result<Command, Misread> {
    let read = |prefer| -> Result<Command, Misread> {
        let phrase = Phrase::read(rest, Style { verb: Verb::Swap, prefer, bare: false }, roster)?;
        let day = phrase.date(now)?;
        Ok(Command::Swap { day, with: phrase.person.ok_or(Misread::SwapWithWhom)? })
    };
    read(Prefer::Names).or_else(|misread| read(Prefer::Days).map_err(|_| misread))
}

fn later(rest: &[Token], now: &Zoned, roster: &Roster) -> Result<Command, Misread> {
    let at = rest.iter().position(|token| promise_id(token).is_some()).ok_or(Misread::WhichPromise(Verb::Later))?;
    let promise = rest.get(at).and_then(promise_id).ok_or(Misread::WhichPromise(Verb::Later))?;
    let rest: Vec<Token> =
        rest.iter().enumerate().filter(|(index, _)| *index != at).map(|(_, token)| token.clone()).collect();
    let phrase = Phrase::read(&rest, Style { verb: Verb::Later, prefer: Prefer::Days, bare: true }, roster)?;
    Ok(Command::Later { promise, until: phrase.moment(now)? })
}

/// The first word that is a command; yes and no only if there is no other. Then one with a slip in it.
fn verb(tokens: &[Token]) -> Option<(Verb, usize)> {
    let words = || tokens.iter().enumerate().filter_map(|(at, token)| Some((token.word()?, at)));
    let found = || words().filter_map(|(word, at)| Some((words::verb(word)?, at)));
    let is_answer = |verb: Verb| matches!(verb, Verb::Yes | Verb::No);
    let strong = found().find(|(verb, _)| !is_answer(*verb));
    let first = words().find(|(word, _)| !words::FILLERS.contains(word) || words::verb(word).is_some());
    let answer = || found().find(|(_, at)| first.is_some_and(|(_, first)| first == *at));
    let slip = || first.and_then(|(word, at)| Some((words::nearly_verb(word)?, at)));
    strong.or_else(answer).or_else(slip)
}

/// No command has more digits in it: beyond, it is a phone number.
const PROMISE_MAX: u32 = 999_999;

fn promise_id(token: &Token) -> Option<PromiseId> {
    token.number().filter(|number| (1..=PROMISE_MAX).contains(number)).map(|number| PromiseId(number.into()))
}

fn one_number(rest: &[Token]) -> Option<PromiseId> {
    let mut numbers = rest.iter().filter_map(promise_id);
    let first = numbers.next()?;
    numbers.all(|other| other == first).then_some(first)
}

fn at_most_one_number(verb: Verb, rest: &[Token]) -> Result<Option<PromiseId>, Misread> {
    if !rest.iter().any(|token| token.number().is_some()) {
        return Ok(None);
    }
    one_number(rest).map(Some).ok_or(Misread::WhichPromise(verb))
}

fn nothing_else(verb: Verb, rest: &[Token]) -> Result<(), Misread> {
    let says_something = |token: &&Token| match token.word() {
        Some(word) => !words::FILLERS.contains(&word) && !words::AT.contains(&word),
        None => token.number().is_some(),
    };
    match rest.iter().find(says_something) {
        Some(token) => Err(Misread::Unclear { verb, word: token.written.clone() }),
        None => Ok(()),
    }
}

fn is_follow(token: &Token) -> bool {
    token.word().is_some_and(|word| words::FOLLOW.contains(&word))
}
