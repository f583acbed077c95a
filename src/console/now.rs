//! Now: who has the phone, what is ringing, what is promised for today, and what needs fixing.

mod fix;
mod picture;
pub(super) mod unsent;
mod words;

pub(super) use fix::Fix;
pub(super) use picture::{Picture, is_due};

use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::get;
use maud::{Markup, html};

use super::assets::LIVE_JS;
use super::words::Words;
use super::{Desk, Me, Nav, Page};
use words::NowWords;

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/console") }))
        .route("/console/", get(|| async { Redirect::permanent("/console") }))
        .route("/console", get(now))
        .merge(unsent::routes())
}

async fn now(State(console): State<Desk>, me: Me) -> Markup {
    let picture = Picture::take(&console).await;
    let words = Words(me.language);
    let main = html! {
        p .small .soft role="status" data-live-told { }
        div data-live="/console/live" data-fresh=(words.live()) data-stale=(words.stale()) {
            (picture.part(me.language))
        }
    };
    Page::new(Nav::Now, NowWords(me.language).title()).script(&LIVE_JS).show(&console, &me, &main)
}
