//! Mine: the page of somebody who answers, on their phone.

mod away;
mod manifest;
mod words;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use maud::{Markup, html};

use self::words::MineWords;
use super::assets::{MINE_CSS, MINE_JS};
use super::promises::{After, notice};
use super::words::Words;
use super::{Console, Desk, Me, Nav, Page, Problem, calls, promises, times};
use crate::domain::access::Role;
use crate::domain::rota::live::IN_FORCE_MAX;
use crate::domain::rota::{Rota, wall_clock};
use crate::domain::staff::StaffId;
use crate::store;
use crate::store::calls::{Place, Stored, Wanted};
pub(in crate::console) use away::{Asked, Came, away, back};

const LAST_CALLS: usize = 5;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/console/mine", get(show))
        .route("/console/mine/away", post(go_away))
        .route("/console/mine/back", post(come_back))
        .merge(manifest::routes())
}

async fn show(State(console): State<Desk>, me: Me, Query(after): Query<After>) -> Result<Markup, Problem> {
    let Some(who) = me.staff.clone() else {
        let main = html! { div .empty { p { (MineWords(me.language).not_staff()) } } };
        return Ok(page(&console, &me, &main));
    };
    let wanted = Wanted { rung: Some(who.clone()), ..Wanted::default() };
    let (operator, owner) = (console.operator.clone(), who.clone());
    let look = move |tx: &mut store::Tx<'_>| {
        // What was just said, here or elsewhere, is known to the calls and to this page.
        operator.desk().rota_in(tx)?;
        Ok((store::promises::owed_by(tx, &owner)?, store::calls::history(tx, &wanted, Place::Newest)?))
    };
    let (owed, last) = console.read(look).await?;
    let words = MineWords(me.language);
    let main = html! {
        // For the script that shows this page anew.
        span data-anew=(Nav::Mine.address()) {}
        (told(&after, &me))
        (duty(&console, &me, &who))
        section aria-labelledby="owed" {
            h2 #owed { (words.owed()) }
            @if owed.is_empty() { p .soft { (words.owe_nobody()) } }
            @else {
                ul .cards { @for owed in &owed { li .card { (promises::card(&console, &me, &owed.promise, "mine")) } } }
            }
        }
        section aria-labelledby="last" { h2 #last { (words.last_calls()) } (last_calls(&console, &me, &who, &last.calls)) }
        p .soft .small .install { (words.install()) }
    };
    Ok(page(&console, &me, &main))
}

async fn go_away(State(console): State<Desk>, me: Me, Form(asked): Form<Asked>) -> Result<Response, Problem> {
    let did = match away(&console, &me, &asked).await? {
        Came::Away => "away",
        Came::Already => "already",
        Came::TooMuch => return Err(Problem::Wrong(MineWords(me.language).too_many(IN_FORCE_MAX))),
        Came::WouldLeave(hole) => {
            let main = away::question(&console, &me, &asked, &hole);
            return Ok(page(&console, &me, &main).into_response());
        }
    };
    Ok(Redirect::to(&format!("/console/mine?did={did}")).into_response())
}

async fn come_back(State(console): State<Desk>, me: Me) -> Result<Redirect, Problem> {
    let did = if back(&console, &me).await? { "back" } else { "stayed" };
    Ok(Redirect::to(&format!("/console/mine?did={did}")))
}

fn page(console: &Console, me: &Me, main: &Markup) -> Markup {
    let main = html! { div .mine { (main) } };
    Page::new(Nav::Mine, Words(me.language).mine()).style(&MINE_CSS).script(&MINE_JS).show(console, me, &main)
}

fn told(after: &After, me: &Me) -> Markup {
    let words = MineWords(me.language);
    let said = match after.did.as_str() {
        "away" => words.did_away(),
        "back" => words.did_back(),
        "already" => words.did_already(),
        "stayed" => words.did_nothing(),
        _ => return notice(after, me, "mine"),
    };
    html! { div .notice .good role="status" { p { (said) } } }
}

/// Whether they are on call, until when, who is behind them; and the way out and back.
fn duty(console: &Console, me: &Me, who: &StaffId) -> Markup {
    let (rota, now, words) = (console.rota(), console.now(), MineWords(me.language));
    let absence = rota.absence(who, now.timestamp());
    let until = absence.as_ref().map(|absence| wall_clock::ends(&rota.zone, absence.until));
    html! {
        section aria-labelledby="duty" {
            h2 #duty { (words.duty()) }
            @if let Some(until) = until {
                div .card { p .big { (words.you_are_away()) } p { (words.until(times::short(me.language, until, &now))) } }
            }
            @for line in &rota.lines { div .card { (place(&rota, console, me, who, line)) } }
        }
        @if me.role.may(Role::Staff) {
            section aria-labelledby="away" {
                h2 #away { (words.away()) }
                @if absence.is_some() {
                    form method="post" action="/console/mine/back" { button .large { (words.back()) } }
                }
                (away::buttons(console, me, who, absence.is_some()))
            }
        }
    }
}

/// Their place on one line.
fn place(rota: &Rota, console: &Console, me: &Me, who: &StaffId, line: &crate::domain::line::Line) -> Markup {
    let (now, words) = (console.now(), MineWords(me.language));
    let at = now.timestamp();
    let duty = rota.duty(line, at);
    let names: Vec<&str> = duty.people.iter().map(|person| rota.name(&person.who)).collect();
    let mine = duty.people.iter().position(|person| person.who == *who);
    html! {
        p .soft .small { (line.id) " " span .number { (line.number.spaced()) } }
        p .big {
            @match mine {
                Some(0) => { (words.you_have_it()) }
                Some(_) => { (words.you_back_up()) }
                None => { (words.not_you()) }
            }
        }
        @if let Some(until) = mine.and_then(|_| rota.keeps_place_until(line, who, at)) {
            p { (words.until(times::short(me.language, until, &now))) }
        }
        @match (mine, names.first()) {
            (Some(0), _) => {
                @if names.len() > 1 { p { (words.behind_you(names.iter().skip(1).copied().collect::<Vec<_>>().join(", "))) } }
                @else { p { (words.nobody_behind()) } }
            }
            (_, Some(first)) => { p { (words.has_it(first)) } }
            (_, None) => { p { (words.nobody_has_it()) } }
        }
        @if let Some(next) = rota.next_turn(line, who, at).filter(|_| mine != Some(0)) {
            p { (words.next_turn(times::short(me.language, next, &now))) }
        }
    }
}

fn last_calls(console: &Console, me: &Me, who: &StaffId, last: &[Stored]) -> Markup {
    let (now, words) = (console.now(), MineWords(me.language));
    if last.is_empty() {
        return html! { p .soft { (words.no_calls()) } };
    }
    html! {
        ul .plain {
            @for Stored { call, .. } in last.iter().take(LAST_CALLS) {
                li .row .apart {
                    a href=(calls::address(call.id)) { (calls::caller(call, me.language)) }
                    span .row {
                        (calls::badge(call, calls::CallsWords(me.language)))
                        time .soft datetime=(times::machine(call.started)) { (times::short(me.language, call.started, &now)) }
                    }
                }
            }
        }
        p { a href={ "/console/calls?who=" (who) } { (words.all_calls()) } }
    }
}
