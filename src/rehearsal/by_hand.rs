//! A rehearsal in somebody's hands: it stands still until it is told what happens next.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};

use super::network::{Move, Seen};
use super::{Caller, House, Network, RehearsalError};
use crate::aside::step_back;
use crate::config::settings::Settings;
use crate::config::watch::RotaFile;
use crate::domain::caller::Customer;
use crate::domain::rota::Rota;

/// Left alone for so long, a rehearsal ends.
const IDLE: Duration = Duration::from_mins(15);

/// Somebody at a page makes one move after the other.
const MOVES_WAITING: usize = 8;

/// What is rehearsed.
pub struct Scene {
    pub settings: Settings,
    /// Saved or not.
    pub rota: Arc<Rota>,
    /// Whom the rehearsal knows, with their newest calls.
    pub customers: Vec<Customer>,
    pub caller: Caller,
    pub at: Timestamp,
}

/// Ends when it is dropped.
pub struct ByHand {
    moves: mpsc::Sender<(Move, Answer)>,
}

type Answer = oneshot::Sender<Result<Seen, RehearsalError>>;

impl ByHand {
    /// The first phone rings, or the first words are heard, when this returns.
    ///
    /// A rehearsal has a thread of its own, and on it a runtime: it takes nothing from those who answer real
    /// calls, what it counts and logs is not taken for theirs, and it is gone with everything that it started.
    pub async fn begin(scene: Scene) -> Result<(Self, Seen), RehearsalError> {
        let (moves, asked) = mpsc::channel(MOVES_WAITING);
        let (begun, seen) = oneshot::channel();
        std::thread::Builder::new().name("rehearsal".to_owned()).spawn(move || {
            step_back();
            let _silent = tracing::subscriber::set_default(tracing::subscriber::NoSubscriber::default());
            metrics::with_local_recorder(&metrics::NoopRecorder, || play(scene, asked, begun));
        })?;
        Ok((Self { moves }, heard(seen).await?))
    }

    pub async fn moves(&self, what: Move) -> Result<Seen, RehearsalError> {
        let (answer, seen) = oneshot::channel();
        self.moves.send((what, answer)).await.map_err(|_| RehearsalError::Over)?;
        heard(seen).await
    }

    pub fn is_over(&self) -> bool {
        self.moves.is_closed()
    }
}

async fn heard(seen: oneshot::Receiver<Result<Seen, RehearsalError>>) -> Result<Seen, RehearsalError> {
    seen.await.unwrap_or(Err(RehearsalError::Over))
}

fn play(scene: Scene, asked: mpsc::Receiver<(Move, Answer)>, begun: Answer) {
    // Whoever asked may be gone; then there is nobody left to tell.
    match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(follow(scene, asked, begun)),
        Err(error) => drop(begun.send(Err(error.into()))),
    }
}

async fn follow(scene: Scene, mut asked: mpsc::Receiver<(Move, Answer)>, begun: Answer) {
    let mut network = match open(scene).await {
        Ok(network) => network,
        Err(error) => return drop(begun.send(Err(error))),
    };
    drop(begun.send(seen(&network)));
    while let Ok(Some((what, answer))) = tokio::time::timeout(IDLE, asked.recv()).await {
        let moved = network.moves(what).await;
        drop(answer.send(moved.and_then(|()| seen(&network))));
    }
    drop(network.close().await);
}

async fn open(scene: Scene) -> Result<Network, RehearsalError> {
    let Scene { settings, rota, customers, caller, at } = scene;
    let file = Arc::new(RotaFile::unwritten(rota, at));
    Network::by_hand(House::open(&settings, file, &customers, at).await?, caller).await
}

fn seen(network: &Network) -> Result<Seen, RehearsalError> {
    network.seen()?.ok_or(RehearsalError::Over)
}
