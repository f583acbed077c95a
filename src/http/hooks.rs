//! The URLs that providers ask: verify, open the ticket, parse, let the operator answer, render.

use std::sync::Arc;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Response, StatusCode};

use crate::clock::Stopwatch;
use crate::domain::call_back;
use crate::domain::instruction::{Instruction, Stage};
use crate::operator::{Addresses, Answered, Operator, Question};
use crate::provider::{Forged, Genuine, Hook, LastResort, Malformed, Provider, Rendered, Request};
use crate::ticket::{CallBackTicket, CallTicket, Sealer, Ticket};

/// The path in front of a sealed ticket.
const STEP: &str = "/c/";
const CALL_BACK: &str = "/b/";
pub(super) const MESSAGE: &str = "/m/";

/// How long the owner's phone rings when nothing else is known.
const LAST_RESORT_SECONDS: u16 = 30;

pub struct Hooks {
    pub providers: Arc<[Arc<dyn Provider>]>,
    pub operator: Operator,
    pub sealer: Arc<Sealer>,
    /// Without a slash at the end.
    pub public_url: String,
}

/// Which of our URLs a path is.
enum Asked {
    Hook(Arc<dyn Provider>, Hook),
    Text(Arc<dyn Provider>),
    Step(Arc<dyn Provider>, Ticket),
    CallBack(Arc<dyn Provider>, CallBackTicket),
}

/// `public_url` has no slash at its end.
pub fn addresses(public_url: &str, sealer: &Arc<Sealer>) -> Addresses {
    let (of_call_backs, of_messages) = ([public_url, CALL_BACK].concat(), [public_url, MESSAGE].concat());
    let (call_backs, messages) = (Arc::clone(sealer), Arc::clone(sealer));
    Addresses {
        call_back: Arc::new(move |ticket| [of_call_backs.as_str(), &call_backs.seal_call_back(ticket)].concat()),
        message: Arc::new(move |ticket| [of_messages.as_str(), &messages.seal_message(ticket)].concat()),
    }
}

impl Hooks {
    /// `None` if the path is none of ours.
    pub async fn answer(&self, request: hyper::Request<Bytes>) -> Option<Response<Full<Bytes>>> {
        let asked = self.route(request.uri().path())?;
        if request.method() != Method::POST {
            return Some(only("POST"));
        }
        let (provider, hook, ticket) = match asked {
            Asked::Text(provider) => return Some(self.answer_text(&*provider, &Request::new(request)).await),
            Asked::CallBack(provider, ticket) => {
                return Some(self.answer_call_back(&*provider, &ticket, &Request::new(request)).await);
            }
            Asked::Hook(provider, hook) => (provider, hook, None),
            Asked::Step(provider, ticket) => (provider, Hook::Stage(ticket.stage), Some(ticket)),
        };
        let watch = Stopwatch::start();
        let response = self.answer_call(&*provider, hook, ticket, &Request::new(request)).await;
        metrics::histogram!("switchboard_webhook_seconds").record(watch.elapsed().as_secs_f64());
        Some(response)
    }

    fn route(&self, path: &str) -> Option<Asked> {
        if let Some(sealed) = path.strip_prefix(STEP) {
            let ticket = self.sealer.open(sealed)?;
            let provider = self.provider(&ticket.of.provider)?;
            return Some(Asked::Step(provider, ticket));
        }
        if let Some(sealed) = path.strip_prefix(CALL_BACK) {
            let ticket = self.sealer.open_call_back(sealed)?;
            return Some(Asked::CallBack(self.provider(&ticket.provider)?, ticket));
        }
        let (name, hook) = path.strip_prefix("/hooks/")?.split_once('/')?;
        let provider = self.provider(name)?;
        match hook {
            "voice" => Some(Asked::Hook(provider, Hook::Voice)),
            "status" => Some(Asked::Hook(provider, Hook::Status)),
            "text" => Some(Asked::Text(provider)),
            _ => None,
        }
    }

    pub(super) fn provider(&self, name: &str) -> Option<Arc<dyn Provider>> {
        self.providers.iter().find(|provider| provider.name() == name).cloned()
    }

    async fn answer_call(
        &self,
        provider: &dyn Provider,
        hook: Hook,
        ticket: Option<Ticket>,
        request: &Request,
    ) -> Response<Full<Bytes>> {
        let genuine = match genuine(provider, request) {
            Ok(genuine) => genuine,
            Err(refused) => return self.refuse(provider, &refused),
        };
        let event = match provider.parse(&genuine, hook) {
            Ok(event) => event,
            Err(malformed) => return self.answer_malformed(provider, hook, &malformed),
        };
        drop(genuine);
        let question = Question { provider: provider.name(), screens: provider.screens(), event, ticket };
        let Answered { instruction, ticket } = self.operator.answer(question).await;
        rendered(provider.render(&instruction, &|stage| self.url(stage, ticket.as_ref())))
    }

    async fn answer_call_back(
        &self,
        provider: &dyn Provider,
        ticket: &CallBackTicket,
        request: &Request,
    ) -> Response<Full<Bytes>> {
        let genuine = match genuine(provider, request) {
            Ok(genuine) => genuine,
            Err(refused) => return self.refuse(provider, &refused),
        };
        let news = provider.parse_call_back(&genuine, ticket.stage);
        drop(genuine);
        let instruction = match news {
            Ok(news) => self.operator.answer_call_back(ticket.call_back, news).await,
            Err(malformed) => {
                note_malformed(provider, &malformed);
                if !ticket.stage.asks() {
                    return plain(StatusCode::BAD_REQUEST, &malformed.to_string());
                }
                call_back::Instruction::HangUp { say: None }
            }
        };
        let address = |stage| self.operator.desk().call_back_address(&CallBackTicket { stage, ..ticket.clone() });
        rendered(provider.render_call_back(&instruction, &address))
    }

    /// A text to the business number. Its answer is a text too, sent when it is saved.
    async fn answer_text(&self, provider: &dyn Provider, request: &Request) -> Response<Full<Bytes>> {
        let text = match genuine(provider, request) {
            Ok(genuine) => provider.parse_text(&genuine),
            Err(refused) => return self.refuse(provider, &refused),
        };
        match text {
            Ok(text) => rendered(match self.operator.hear(provider.name(), text).await {
                None => provider.render(&Instruction::Acknowledge, &|_| String::new()),
                Some(say) => provider.render_text_reply(say),
            }),
            Err(malformed) => plain(StatusCode::BAD_REQUEST, &malformed.to_string()),
        }
    }

    fn url(&self, stage: Stage, ticket: Option<&CallTicket>) -> String {
        let sealed = ticket.map(|ticket| self.sealer.seal(stage, ticket)).unwrap_or_default();
        [&self.public_url, STEP, &sealed].concat()
    }

    /// A genuine request that we cannot read. The caller must not pay for that: a caller's side rings the
    /// owner, a leg hangs up (whatever a provider makes of an error there, it must not bridge).
    fn answer_malformed(&self, provider: &dyn Provider, hook: Hook, malformed: &Malformed) -> Response<Full<Bytes>> {
        note_malformed(provider, malformed);
        match hook {
            Hook::Voice | Hook::Stage(Stage::RingDone { .. } | Stage::Message) => rendered(self.last_resort(provider)),
            Hook::Stage(Stage::Whisper { .. } | Stage::Key { .. }) => {
                let hang_up = Instruction::HangUpLeg { say: None };
                rendered(provider.render(&hang_up, &|stage| self.url(stage, None)))
            }
            Hook::Status | Hook::Stage(Stage::Leg { .. } | Stage::Recording | Stage::Transcript) => {
                plain(StatusCode::BAD_REQUEST, &malformed.to_string())
            }
        }
    }

    fn refuse(&self, provider: &dyn Provider, refused: &Refused) -> Response<Full<Bytes>> {
        tracing::warn!(provider = provider.name(), %refused, "a webhook was refused");
        match refused {
            Refused::Forged(_) => {
                metrics::counter!("switchboard_webhooks_forged_total").increment(1);
                self.operator.desk().refuses(provider.name());
                plain(StatusCode::FORBIDDEN, "forbidden")
            }
            Refused::ContentType => {
                metrics::counter!("switchboard_webhooks_malformed_total").increment(1);
                plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, &format!("{} only", provider.media_type()))
            }
        }
    }

    fn last_resort(&self, provider: &dyn Provider) -> Rendered {
        let rota = self.operator.desk().rota();
        let owner = rota.staff.get(rota.owner.as_str()).or_else(|| rota.staff.iter().next());
        let words = rota.words.speak(None);
        let sorry = words.speech(words.nobody());
        match owner {
            Some(owner) => provider.render_last_resort(&LastResort {
                to: owner.reach.clone(),
                caller_id: rota.lines.first().map(|line| line.number),
                seconds: LAST_RESORT_SECONDS,
                sorry,
            }),
            None => provider.render(&Instruction::Goodbye { say: Some(sorry) }, &|stage| self.url(stage, None)),
        }
    }
}

fn note_malformed(provider: &dyn Provider, malformed: &Malformed) {
    tracing::warn!(provider = provider.name(), %malformed, "a genuine webhook could not be read");
    metrics::counter!("switchboard_webhooks_malformed_total").increment(1);
}

/// Why a request is not even read.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error(transparent)]
    Forged(#[from] Forged),
    #[error("its content type is not the one in which the provider writes")]
    ContentType,
}

/// The signature comes first: a stranger learns nothing but that it is missing. Whoever says nothing of
/// the content type is believed by the signature.
fn genuine<'a>(provider: &dyn Provider, request: &'a Request) -> Result<Genuine<'a>, Refused> {
    let genuine = provider.verify(request)?;
    let Some(content_type) = request.headers.get(CONTENT_TYPE) else { return Ok(genuine) };
    let named = content_type.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if named.eq_ignore_ascii_case(provider.media_type()) { Ok(genuine) } else { Err(Refused::ContentType) }
}

fn rendered(rendered: Rendered) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::from(rendered.body)));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(rendered.content_type));
    response
}

/// Refuses every method but these.
pub fn only(allowed: &'static str) -> Response<Full<Bytes>> {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, &format!("{allowed} only"));
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}

/// A status and one sentence.
pub fn plain(status: StatusCode, words: &str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(Bytes::copy_from_slice(words.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    response
}
