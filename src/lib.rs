//! Switchboard: a phone that is answered by the person you know.
//!
//! A telephony provider asks by webhook what to do with each call. We recognise the caller, ring the
//! person who usually looks after them, then a short rota, then the owner. Whoever cannot be put through
//! gets a promise: a named person will ring back by a named time.
//!
//! # One call's journey
//!
//! ```text
//! bytes ─ http::server ─ http::hooks
//!   provider.verify(request)              → Genuine      unverified bytes cannot be parsed
//!   provider.parse(genuine)               → Event        the provider's words become ours
//!   operator.answer(event)                               one transaction, one `now`, many calls at once
//!     store: the call, the customer, who is on a call
//!     rota.duty(line, now)                → Duty         who has the phone
//!     plan::make(rota, line, duty, …)     → Plan         steps and skips, each with its reason; first event only
//!     call.step(event, moment)            → Step         new state, answer, effects; pure, total, repeatable
//!     store: call, promise, who is engaged, jobs; commit
//!   provider.render(instruction)          → TwiML | JSON, its URLs sealed by ticket
//! later: leg news, key presses, the end ─ the same path ─ Outcome, Promise, jobs
//! after the commit: jobs ─ provider.send, looked up before a second try
//!
//! a promise:  promise.step(what happened)  → what is told to whom; woken by the clock (operator::promises)
//! CALL 41:    call_back.step(news)         → the person first, and only their key rings the customer
//! a text:     command::parse → conversation → what is true now, in words; who is away lives in the store
//! a call back:  operator.call_back ─ a job rings the person ─ call_back.step(news) ─ the customer ─ they spoke: kept
//! ```
//!
//! # A page's journey
//!
//! ```text
//! request ─ http::server ─ console::front              a thread of its own, of low priority: the phone comes first
//!   Me, from the session's cookie; or Program, from an API token; else: sign in
//!   console/<page>.rs: handler ─ console.read(…)        connections that only read; no call waits for them
//!                             ─ a deed ─ console.write(…)  the operator's thread; the change and its line in the audit log
//!                                                       are one transaction
//!   Page::show(markup)                                  templates checked when compiled; words in five languages
//! what happens ─ console::live: one look at the store for all open pages ─ server-sent events
//! ```
//!
//! Read in this order: [`domain::call`], [`domain::plan`], [`domain::rota`], [`operator`], [`provider`],
//! [`http::hooks`], [`store`], [`app`].
//!
//! # Who may import whom
//!
//! [`domain`] decides and imports nothing of ours: no clock, no database, no HTTP, no provider's word.
//! [`provider`], [`store`], [`ticket`], [`config`], [`calendar`] and [`customer_list`] translate, and import `domain`.
//! [`operator`] joins them. What no call waits for is done by [`aside`].
//! [`http`], [`console`] and [`jobs`] sit on the operator and never meet. [`app`] puts everything together; [`rehearsal`] and
//! [`cli`] start it; what a rehearsal shows is a page that is handed to the console from above. A test (`tests/it/tidy`) holds this.
//!
//! # What is deliberately absent
//!
//! - No truth in memory: whatever is decided is committed before it is answered, unless the store is away.
//! - No stored position in a rota: it is a pure function of the document and the instant.
//! - No time or chance that was not handed in: only [`clock`] asks the machine.
//! - No key, menu or queue for a caller; and no way to bridge a leg but a human's accept.
//! - No second text for one event: a job has a key, and an unknown result is looked up first.

pub mod app;
pub mod aside;
pub mod calendar;
pub mod cli;
pub mod clock;
pub mod config;
pub mod console;
pub mod customer_list;
pub mod domain;
pub mod http;
pub mod jobs;
pub mod operator;
pub mod provider;
pub mod rehearsal;
pub mod store;
pub mod telemetry;
pub mod ticket;
