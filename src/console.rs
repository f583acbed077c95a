//! The console: one web application for the admin at a desk and the staff on a phone.
//!
//! Pages are rendered here, on the server; a page works without script wherever it can. It has a share of the machine
//! of its own, one thread of low priority and a few connections to the store that only read, so that whatever happens
//! here, the phone comes first. What it changes goes through the operator, like a call.
//!
//! A page is a file: its addresses (`routes`), what they show, and what they do. What a page does is a function beside
//! its handlers, which the JSON API calls too.

mod api;
mod assets;
mod audit;
mod calls;
mod customers;
mod front;
mod hindsight;
mod language;
mod live;
mod me;
mod mine;
mod now;
mod page;
mod people;
mod problem;
mod promises;
mod reader;
mod report;
mod rota;
mod sign_in;
mod sure;
pub(crate) mod times;
pub(crate) mod who;
mod words;

pub(crate) use assets::{REHEARSE_CSS, REHEARSE_JS};
pub use front::{Front, Pages, TooLong};
pub(crate) use me::Me;
pub(crate) use page::{Nav, Page};
pub(crate) use problem::Problem;
pub use sign_in::welcome::first_link;
pub(crate) use words::words;

use std::sync::Arc;

use axum::Router;
use jiff::Zoned;
use tokio::sync::Semaphore;

use crate::clock::Clock;
use crate::config::settings::Settings;
use crate::config::watch::RotaFile;
use crate::domain::rota::Rota;
use crate::operator::Operator;
use crate::store::{StoreError, Tx};
use hindsight::Hindsight;
use live::Live;
use reader::Reader;

/// So many changes of ours wait for the operator at once, and others here: whoever rings waits for no more of them.
const WRITES_AT_ONCE: usize = 2;

/// What every page has in hand.
pub(crate) type Desk = Arc<Console>;

/// Gives bytes that nobody can foresee: enough for a key.
pub type Chance = Arc<dyn Fn() -> [u8; 32] + Send + Sync>;

/// What the console is made of.
pub struct Parts {
    pub operator: Operator,
    pub clock: Clock,
    pub file: Arc<RotaFile>,
    pub settings: Settings,
    /// Those that are connected, the first one sends our texts.
    pub providers: Vec<&'static str>,
    pub chance: Chance,
}

pub(crate) struct Console {
    pub(crate) operator: Operator,
    pub(crate) clock: Clock,
    pub(crate) file: Arc<RotaFile>,
    pub(crate) settings: Settings,
    pub(crate) providers: Vec<&'static str>,
    chance: Chance,
    pages: Reader,
    judgements: Reader,
    writes: Semaphore,
    live: Live,
    hindsight: Hindsight,
    lists: customers::Lists,
    unlogged: rota::Unlogged,
}

impl Console {
    fn new(parts: Parts) -> Self {
        let Parts { operator, clock, file, settings, providers, chance } = parts;
        let readers = |at_once| Reader::new(settings.store.reveal(), at_once);
        let (pages, judgements) = (readers(reader::PAGES), readers(reader::JUDGEMENTS));
        Self {
            operator,
            clock,
            file,
            settings,
            providers,
            chance,
            pages,
            judgements,
            writes: Semaphore::new(WRITES_AT_ONCE),
            live: Live::default(),
            hindsight: Hindsight::default(),
            lists: customers::Lists::default(),
            unlogged: rota::Unlogged::default(),
        }
    }

    /// Looks into the store on a connection of the console's own: nobody who rings waits for it.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        Ok(self.pages.read(work).await?)
    }

    /// As [`Console::read`], for work that takes long by itself: a document is judged.
    pub(crate) async fn judge<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        Ok(self.judgements.read(work).await?)
    }

    /// Changes the store, in the operator's turn. `work` may be done more than once, until nobody else was first.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        // Never closed.
        let _place = self.writes.acquire().await;
        let written = self.operator.errand(work).await?;
        self.live.look_again();
        Ok(written)
    }

    /// As [`Console::write`], where somebody may lose their access by it: their open pages are let go.
    pub(crate) async fn write_access<T: Send + 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Problem> {
        let written = self.write(work).await?;
        self.live.doubt();
        Ok(written)
    }

    /// Bytes that nobody can foresee.
    pub(crate) fn chance(&self) -> [u8; 32] {
        (self.chance)()
    }

    /// The rota that calls are planned with.
    pub(crate) fn rota(&self) -> Arc<Rota> {
        self.operator.desk().rota()
    }

    /// Whether browsers reach us by HTTPS, whoever speaks it for us.
    pub(crate) fn is_https(&self) -> bool {
        self.settings.public_url.starts_with("https://")
    }

    /// On the business's wall clock.
    pub(crate) fn now(&self) -> Zoned {
        self.operator.desk().now(&self.rota())
    }
}

/// Every page there is, in the order of the menu, and what stands behind them.
fn routes() -> Router<Desk> {
    Router::new()
        .merge(now::routes())
        .merge(mine::routes())
        .merge(calls::routes())
        .merge(promises::routes())
        .merge(customers::routes())
        .merge(rota::routes())
        .merge(who::routes())
        .merge(report::routes())
        .merge(sign_in::routes())
        .merge(people::routes())
        .merge(audit::routes())
        .merge(language::routes())
        .merge(live::routes())
        .merge(api::routes())
        .merge(assets::routes())
}
