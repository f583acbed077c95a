//! Bodies that are longer than a webhook's. A customer list is too long to hold: it goes to a file, and only from somebody
//! whom the handler's side knows. A form that people fill in is held, of the longer ones only a few at once.

use std::fs::File;
use std::future::Future;
use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// Says whether whoever asks may send a long body, before any of it is read.
pub type Admits = Arc<dyn Fn(Parts) -> Pin<Box<dyn Future<Output = bool> + Send>> + Send + Sync>;

/// Where a body may be long. The handler finds it among the request's extensions, as an `Arc<File>` without a name,
/// and the request itself without a body.
#[derive(Clone)]
pub struct Long {
    pub path: &'static str,
    pub bytes_max: u64,
    pub admits: Admits,
    /// How many are taken at once.
    pub places: Arc<Semaphore>,
    pub forms: Forms,
}

/// Where a body may be longer than the limits say and still is held in memory.
#[derive(Clone)]
pub struct Forms {
    pub are_meant: fn(&str) -> bool,
    pub bytes_max: usize,
    /// How many that are longer than the limits say are held at once, until they are answered; others wait.
    pub places: Arc<Semaphore>,
}

/// Among the extensions of a request whose body was longer than even a form may be: it comes without one, so that people
/// are told what to do.
#[derive(Clone, Copy, Debug)]
pub struct TooLong;

/// A line that says nothing for so long is lost.
const SILENCE: Duration = Duration::from_secs(20);
/// So much is gathered before it is written.
const PIECE_BYTES: usize = 256 * 1024;

impl Long {
    pub(super) fn is_meant(&self, head: &Parts) -> bool {
        head.method == Method::POST && head.uri.path() == self.path
    }

    /// Takes the body of somebody who was admitted.
    pub(super) async fn take(&self, mut body: Incoming) -> Result<Arc<File>, StatusCode> {
        let Ok(_place) = self.places.try_acquire() else { return Err(StatusCode::SERVICE_UNAVAILABLE) };
        let mut file = tempfile::tempfile().map_err(|error| no_room(&error))?;
        let (mut length, mut piece) = (0_u64, Vec::new());
        while let Some(frame) = timeout(SILENCE, body.frame()).await.map_err(|_| StatusCode::REQUEST_TIMEOUT)? {
            let Ok(data) = frame.map_err(|_| StatusCode::BAD_REQUEST)?.into_data() else { continue };
            length = length.saturating_add(u64::try_from(data.len()).unwrap_or(u64::MAX));
            if length > self.bytes_max {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            piece.extend_from_slice(&data);
            if piece.len() >= PIECE_BYTES {
                (file, piece) = written(file, piece).await?;
            }
        }
        let (file, _) = written(file, piece).await?;
        Ok(Arc::new(file))
    }
}

/// On a thread that may wait for the disk.
async fn written(mut file: File, mut piece: Vec<u8>) -> Result<(File, Vec<u8>), StatusCode> {
    let writing = tokio::task::spawn_blocking(move || {
        file.write_all(&piece)?;
        piece.clear();
        Ok((file, piece))
    });
    match writing.await {
        Ok(written) => written.map_err(|error| no_room(&error)),
        Err(_) => Err(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

fn no_room(error: &std::io::Error) -> StatusCode {
    tracing::warn!(%error, "an upload cannot be kept in a temporary file");
    StatusCode::INSUFFICIENT_STORAGE
}
