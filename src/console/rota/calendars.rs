//! Links at which calendar programs find the turns: a secret one for each person, and one for everybody's.

use axum::Form;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, html};
use serde::Deserialize;

use super::words::RotaWords;
use crate::calendar::{Shown, calendar};
use crate::config::watch::fingerprint;
use crate::console::assets::ROTA_CSS;
use crate::console::sure::{self, sure};
use crate::console::{Console, Desk, Me, Nav, Page, Problem};
use crate::domain::access::{Deed, Role, Who};
use crate::domain::rota::wall_clock;
use crate::domain::staff::{Staff, StaffId};
use crate::store::audit::{self, Entry};
use crate::store::{Tx, calendar_links};

/// How far ahead a calendar reaches.
const AHEAD: SignedDuration = SignedDuration::from_hours(26 * 7 * 24);

/// Whose link somebody may see and renew; `None` is everybody's.
fn may(me: &Me, whose: Option<&StaffId>) -> bool {
    let own = whose.is_some() && whose == me.staff.as_ref();
    me.role.may(if own { Role::Staff } else { Role::Admin })
}

/// The secrets that there are, and whose: everybody's first.
pub(in crate::console) async fn links(
    console: &Console,
    me: &Me,
) -> Result<Vec<(Option<String>, Option<StaffId>)>, Problem> {
    let rota = console.rota();
    let people = rota.staff.iter().map(|person| Some(person.id.clone()));
    let shown: Vec<Option<StaffId>> =
        std::iter::once(None).chain(people).filter(|whose| may(me, whose.as_ref())).collect();
    let links = console.read(move |tx| {
        let of = |whose: Option<StaffId>| Ok((calendar_links::of(tx, whose.as_ref())?, whose));
        shown.into_iter().map(of).collect::<Result<Vec<_>, _>>()
    });
    links.await
}

pub(super) async fn page(State(console): State<Desk>, me: Me) -> Result<Markup, Problem> {
    let (rota, words) = (console.rota(), RotaWords(me.language));
    let links = links(&console, &me).await?;
    let main = html! {
        p { (words.calendar_told()) }
        div .table role="region" tabindex="0" aria-label=(words.calendars()) {
            table {
                thead { tr { @for title in [words.who(), words.link(), words.actions()] { th scope="col" { (title) } } } }
                tbody {
                    @for (secret, whose) in &links {
                        @let name = whose.as_ref().map_or_else(|| words.everybody(), |who| rota.name(who).to_owned());
                        tr {
                            th scope="row" { (name) }
                            td { @match secret {
                                Some(secret) => {
                                    @let link = address(&console, secret);
                                    input .mono.link type="text" readonly value=(link) aria-label=(format!("{}: {name}", words.link()));
                                    @if let Some((_, place)) = link.split_once(':') {
                                        " " a .button.small href=(format!("webcal:{place}")) aria-label=(format!("{}: {name}", words.subscribe())) { (words.subscribe()) }
                                    }
                                }
                                None => { span .soft { (words.no_link()) } }
                            } }
                            td {
                                @let who = whose.as_ref().map_or("", StaffId::as_str);
                                @if secret.is_some() {
                                    (sure(me.language, &sure::Deed {
                                        what: &words.renew_link(),
                                        about: &format!("{}: {name}", words.renew_link()),
                                        told: &words.renew_told(),
                                        address: "/console/rota/calendars",
                                        field: ("who", who),
                                    }))
                                    (sure(me.language, &sure::Deed {
                                        what: &words.end_link(),
                                        about: &format!("{}: {name}", words.end_link()),
                                        told: &words.end_told(),
                                        address: "/console/rota/calendars/revoke",
                                        field: ("who", who),
                                    }))
                                } @else {
                                    form .inline method="post" action="/console/rota/calendars" {
                                        input type="hidden" name="who" value=(who);
                                        button .small.quiet aria-label=(format!("{}: {name}", words.make_link())) { (words.make_link()) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        p { a .button.quiet href="/console/rota" { (words.back()) } }
    };
    Ok(Page::new(Nav::Rota, words.calendars()).style(&ROTA_CSS).show(&console, &me, &main))
}

pub(in crate::console) fn address(console: &Console, secret: &str) -> String {
    format!("{}/calendar/{secret}.ics", console.settings.public_url.trim_end_matches('/'))
}

#[derive(Deserialize)]
pub(super) struct Whose {
    /// Empty: everybody's.
    who: String,
}

pub(super) async fn renew(State(console): State<Desk>, me: Me, Form(whose): Form<Whose>) -> Result<Redirect, Problem> {
    make_link(&console, &me, &whose.who).await?;
    Ok(Redirect::to("/console/rota/calendars"))
}

pub(super) async fn revoke(State(console): State<Desk>, me: Me, Form(whose): Form<Whose>) -> Result<Redirect, Problem> {
    end_link(&console, &me, &whose.who).await?;
    Ok(Redirect::to("/console/rota/calendars"))
}

/// Whose calendar is meant, if one may say what becomes of its link; without a name everybody's.
fn theirs(console: &Console, me: &Me, whose: &str) -> Result<Option<StaffId>, Problem> {
    let who = match whose {
        "" => None,
        who => Some(console.rota().staff.get(who).ok_or(Problem::NotFound)?.id.clone()),
    };
    if may(me, who.as_ref()) { Ok(who) } else { Err(Problem::Forbidden) }
}

/// The link leads nowhere from now on.
pub(in crate::console) async fn end_link(console: &Console, me: &Me, whose: &str) -> Result<(), Problem> {
    let (who, at, by) = (theirs(console, me, whose)?, console.clock.now(), me.who());
    let ending = move |tx: &mut Tx<'_>| {
        let ended = calendar_links::end(tx, who.as_ref())?;
        if ended {
            audit::note(tx, &entry(&by, at, Deed::FeedRevoked, who.as_ref()))?;
        }
        Ok(ended)
    };
    if console.write(ending).await? { Ok(()) } else { Err(Problem::NotFound) }
}

/// The link itself is a secret.
fn entry(by: &Who, at: Timestamp, what: Deed, whose: Option<&StaffId>) -> Entry {
    let subject = whose.map_or_else(|| "everybody".to_owned(), ToString::to_string);
    Entry { who: by.clone(), at, what, subject, before: None, after: None }
}

/// A link to somebody's calendar, or, without a name, to everybody's; the one before works no more.
pub(in crate::console) async fn make_link(console: &Console, me: &Me, whose: &str) -> Result<String, Problem> {
    let who = theirs(console, me, whose)?;
    let (secret, now, by) = (BASE64URL_NOPAD.encode(&console.chance()), console.clock.now(), me.who());
    let link = address(console, &secret);
    console
        .write(move |tx| {
            calendar_links::renew(tx, who.as_ref(), &secret, now)?;
            audit::note(tx, &entry(&by, now, Deed::FeedMade, who.as_ref()))
        })
        .await?;
    Ok(link)
}

/// For calendar programs: nobody signs in, the address is the secret.
pub(super) async fn feed(
    State(console): State<Desk>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let secret = file.strip_suffix(".ics").ok_or(Problem::NotFound)?.to_owned();
    let only = console.read(move |tx| calendar_links::whose(tx, &secret)).await?.ok_or(Problem::NotFound)?;
    let rota = console.rota();
    // Whoever has left has no turns, and their link shows nothing any more.
    if only.as_ref().is_some_and(|who| rota.staff.get(who.as_str()).is_none()) {
        return Err(Problem::NotFound);
    }
    // From the beginning of the day, so that it is the same the whole day long.
    let now = wall_clock::begins(&rota.zone, console.now().date().at(0, 0, 0, 0));
    let until = now.checked_add(AHEAD).unwrap_or(now);
    // A calendar program has no language of its own: the person's, else the business's.
    let person = only.as_ref().and_then(|who| rota.staff.get(who.as_str()));
    let language = rota.words.speak(person.and_then(Staff::language)).language();
    let text = calendar(Shown { rota: &rota, now, until, only: only.as_ref(), language });
    let tag = format!("\"{}\"", fingerprint(&text));
    let caching = [(CACHE_CONTROL, "private, max-age=300".to_owned()), (ETAG, tag.clone())];
    let known = headers.get_all(IF_NONE_MATCH).iter().filter_map(|header| header.to_str().ok());
    if known.flat_map(|tags| tags.split(',')).any(|known| known.trim().trim_start_matches("W/") == tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, [(CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}
