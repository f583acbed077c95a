//! All customers as CSV, written while it is read.

use std::io::{self, Write};

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt, stream};
use hyper::body::Bytes;
use tokio::sync::mpsc;

use super::import::busy;
use crate::console::{Desk, Me, Problem};
use crate::customer_list;
use crate::domain::access::{Deed, Role};
use crate::store::Store;
use crate::store::audit::{self, Entry};

/// Bytes sent at a time, and how many such pieces may wait for a slow browser.
const PIECE_BYTES: usize = 64 * 1024;
const PIECES_WAITING: usize = 4;

pub(in crate::console) async fn export(State(console): State<Desk>, me: Me) -> Result<Response, Problem> {
    me.may(Role::Admin)?;
    let place = console.lists.place().ok_or_else(|| busy(me.language))?;
    let entry = Entry {
        who: me.who(),
        at: console.clock.now(),
        what: Deed::CustomersExported,
        subject: "customers".to_owned(),
        before: None,
        after: None,
    };
    console.write(move |tx| audit::note(tx, &entry)).await?;
    let url = console.settings.store.reveal().to_owned();
    let (pieces, waiting) = mpsc::channel(PIECES_WAITING);
    tokio::task::spawn_blocking(move || {
        let mut out = Pieces { pieces, piece: Vec::with_capacity(PIECE_BYTES) };
        let exported = Store::open_read_only(&url).map_err(io::Error::other).and_then(|mut store| {
            customer_list::export(&mut store, &mut out).map_err(io::Error::other)?;
            out.send()
        });
        if let Err(error) = exported {
            // Else what is missing would look like the end.
            drop(out.pieces.blocking_send(Err(error)));
        }
        drop(place);
    });
    // What packs it looks once more behind the end.
    let body = stream::unfold(waiting, async |mut waiting| Some((waiting.recv().await?, waiting))).fuse();
    let name = format!("attachment; filename=\"customers-{}.csv\"", console.now().date());
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(body)).into_response())
}

struct Pieces {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE_BYTES));
        // Whoever asked may have gone away.
        self.pieces.blocking_send(Ok(piece.into())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
