//! A call back: a person's phone is rung because the server asked for it, and only the server's document
//! rings the customer's.

use super::leg::KEY_AFTER;
use super::{Happening, Network, spoken_seconds};
use crate::domain::call_back::{Connect, Instruction, Stage};
use crate::domain::event::{LegStatus, RingDone, RingResult};
use crate::domain::phone::Phone;
use crate::domain::staff::Reach;
use crate::provider::rehearsal::{Document, News};
use crate::rehearsal::{Behaviour, PickUp, RehearsalError};

/// How long people talk.
const TALK_SECONDS: u32 = 240;

/// The person's side of one.
pub(super) struct Back {
    /// The network's id.
    id: String,
    name: String,
    behaviour: Behaviour,
    keys_pressed: usize,
    /// Where its end is told.
    news: String,
    doing: Doing,
    /// Tells an old plan from the present one.
    turn: u32,
}

enum Doing {
    Ringing {
        url: String,
    },
    /// A key is told at `key`.
    Choosing {
        key: String,
    },
    CustomerRings {
        customer: Customer,
        behaviour: Behaviour,
    },
    Talking {
        customer: Customer,
    },
    Over,
}

#[derive(Clone)]
struct Customer {
    name: String,
    /// Where the end of the ring or the conversation is told, and what the phone does.
    done: String,
    news: Option<String>,
}

impl Network {
    /// The server has asked for it.
    pub(super) fn rings_back(&mut self, from: Phone, to: &Reach, (url, news): (&str, &str), seconds: u16) {
        let rota = self.house.rota();
        let person = rota.staff.iter().find(|person| person.reach == *to);
        let Some(person) = person else {
            return self.say("WRONG: a phone is rung for a call back that is nobody's in the rota".to_owned());
        };
        let behaviour = self.people.entry(person.id.clone()).or_default().turn();
        let back = self.backs.len();
        self.say(format!("rings {}, who sees {}", person.name, from.spaced()));
        self.later(behaviour.after().unwrap_or(seconds.into()), Happening::Back { back, turn: 0 });
        self.backs.push(Back {
            id: format!("B{}", back + 1),
            name: person.name.clone(),
            behaviour,
            keys_pressed: 0,
            news: news.to_owned(),
            doing: Doing::Ringing { url: url.to_owned() },
            turn: 0,
        });
    }

    /// What this number's phone does when a call back rings it. Without a word it answers.
    pub(super) fn number_does(&mut self, number: Phone, behaviour: Behaviour) {
        self.numbers.insert(number, behaviour);
    }

    /// The next thing happens on it.
    pub(super) async fn back_goes_on(&mut self, back: usize, turn: u32) -> Result<(), RehearsalError> {
        let Some(side) = self.backs.get_mut(back).filter(|side| side.turn == turn) else { return Ok(()) };
        let name = side.name.clone();
        match std::mem::replace(&mut side.doing, Doing::Over) {
            Doing::Ringing { url } => {
                let Behaviour::PicksUp(PickUp { machine, .. }) = side.behaviour else {
                    self.say(format!("{name} does not take it"));
                    return self.back_ends(back, LegStatus::Ended(RingResult::NoAnswer)).await;
                };
                self.say(if machine {
                    format!("{name}'s phone picks up by itself")
                } else {
                    format!("{name} picks up")
                });
                self.back_asks(back, &url, News::PickedUp).await
            }
            Doing::Choosing { key: url } => {
                let pressed = match &side.behaviour {
                    Behaviour::PicksUp(PickUp { keys, .. }) => keys.get(side.keys_pressed).copied(),
                    _ => None,
                };
                side.keys_pressed += 1;
                if let Some(key) = pressed {
                    self.say(format!("{name} presses {key}"));
                }
                self.back_asks(back, &url, News::Key(pressed)).await
            }
            Doing::CustomerRings { customer, behaviour } => {
                self.customer_takes_it_or_not(back, customer, &behaviour).await
            }
            Doing::Talking { customer } => {
                self.say(format!("{} hangs up", customer.name));
                self.tell_back(back, customer.news.as_deref(), LegStatus::Ended(RingResult::Answered)).await?;
                let talked = RingDone {
                    result: RingResult::Answered,
                    bridged: Some(true),
                    seconds: Some(TALK_SECONDS),
                    caller_gone: false,
                };
                self.back_asks(back, &customer.done, News::RingDone(talked)).await
            }
            Doing::Over => Ok(()),
        }
    }

    async fn customer_takes_it_or_not(
        &mut self,
        back: usize,
        customer: Customer,
        behaviour: &Behaviour,
    ) -> Result<(), RehearsalError> {
        if let Behaviour::PicksUp(_) = behaviour {
            self.say(format!("{} picks up, and they talk for {TALK_SECONDS} s", customer.name));
            self.tell_back(back, customer.news.as_deref(), LegStatus::Answered).await?;
            self.back_does(back, Doing::Talking { customer }, TALK_SECONDS);
            return Ok(());
        }
        self.say(format!("{} does not answer", customer.name));
        let result = RingResult::NoAnswer;
        let ring = RingDone { result, bridged: Some(false), seconds: None, caller_gone: false };
        self.back_asks(back, &customer.done, News::RingDone(ring)).await
    }

    fn back_does(&mut self, back: usize, doing: Doing, seconds: u32) {
        let Some(side) = self.backs.get_mut(back) else { return };
        side.doing = doing;
        side.turn += 1;
        let turn = side.turn;
        self.later(seconds, Happening::Back { back, turn });
    }

    async fn back_asks(&mut self, back: usize, url: &str, news: News) -> Result<(), RehearsalError> {
        let Some(id) = self.backs.get(back).map(|side| side.id.clone()) else { return Ok(()) };
        let Some(server) = self.house.address() else { return Ok(()) };
        let (instruction, urls) = match self.wire.post(server, url, &id, news).await {
            Ok(reply) => match reply.document {
                Document::CallBack { instruction, urls } => (instruction, urls),
                _ => return self.back_is_wrong(back, "a call back is told what only a call can be told").await,
            },
            Err(unanswered) => return self.back_is_wrong(back, &unanswered.to_string()).await,
        };
        let at = |stage: Stage| urls.iter().find(|(of, _)| *of == stage).map(|(_, url)| url.clone());
        match instruction {
            Instruction::Whisper(whisper) => {
                self.back_hears(back, &whisper.say.text);
                let key = at(Stage::Key { attempt: whisper.attempt }).unwrap_or_default();
                let silence = 2 * (spoken_seconds(&whisper.say) + u32::from(whisper.wait_seconds));
                let seconds = if self.has_a_key_left(back) { KEY_AFTER } else { silence };
                self.back_does(back, Doing::Choosing { key }, seconds);
                Ok(())
            }
            Instruction::Connect(connect) => {
                self.rings_customer(back, &connect, at(Stage::Done).unwrap_or_default(), at(Stage::Customer));
                Ok(())
            }
            Instruction::HangUp { say } => {
                if let Some(say) = say {
                    self.back_hears(back, &say.text);
                }
                self.back_ends(back, LegStatus::Ended(RingResult::Answered)).await
            }
            Instruction::Acknowledge => Ok(()),
        }
    }

    fn rings_customer(&mut self, back: usize, connect: &Connect, done: String, news: Option<String>) {
        if let Some(say) = &connect.say {
            self.back_hears(back, &say.text);
        }
        let Reach::Phone(number) = connect.to else {
            return self.say("WRONG: a call back rings something that is no customer's phone".to_owned());
        };
        let name = self.house.name_of(number);
        self.say(format!("rings {name}, who sees {}", connect.caller_id.spaced()));
        let behaviour = self.numbers.get(&number).cloned().unwrap_or_default();
        let seconds = behaviour.after().unwrap_or(connect.seconds.into());
        self.back_does(back, Doing::CustomerRings { customer: Customer { name, done, news }, behaviour }, seconds);
    }

    fn has_a_key_left(&self, back: usize) -> bool {
        let Some(side) = self.backs.get(back) else { return false };
        matches!(&side.behaviour, Behaviour::PicksUp(PickUp { keys, .. }) if keys.len() > side.keys_pressed)
    }

    fn back_hears(&mut self, back: usize, words: &str) {
        if let Some(name) = self.backs.get(back).map(|side| side.name.clone()) {
            self.say(format!("{name} hears: “{words}”"));
        }
    }

    async fn back_ends(&mut self, back: usize, status: LegStatus) -> Result<(), RehearsalError> {
        let Some(news) = self.backs.get(back).map(|side| side.news.clone()) else { return Ok(()) };
        self.tell_back(back, Some(&news), status).await
    }

    async fn tell_back(&mut self, back: usize, url: Option<&str>, status: LegStatus) -> Result<(), RehearsalError> {
        let (Some(url), Some(id)) = (url, self.backs.get(back).map(|side| side.id.clone())) else { return Ok(()) };
        let Some(server) = self.house.address() else { return Ok(()) };
        if let Err(unanswered) = self.wire.post(server, url, &id, News::Leg { sequence: 0, status }).await {
            self.say(format!("WRONG: {unanswered}"));
        }
        Ok(())
    }

    async fn back_is_wrong(&mut self, back: usize, words: &str) -> Result<(), RehearsalError> {
        self.say(format!("WRONG: {words}"));
        self.back_ends(back, LegStatus::Ended(RingResult::Answered)).await
    }
}
