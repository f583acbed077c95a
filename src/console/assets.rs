//! Everything that pages load: embedded in the program, and served under names that change with the contents, so that
//! a browser may keep each for ever.

use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;

/// A file of a page. Its address is its name with a part of its digest.
pub(crate) struct Asset {
    pub(crate) name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

macro_rules! asset {
    ($constant:ident, $name:literal, $kind:literal) => {
        pub(crate) static $constant: Asset =
            Asset { name: $name, kind: $kind, bytes: include_bytes!(concat!("assets/", $name)) };
    };
}

asset!(CONSOLE_CSS, "console.css", "text/css; charset=utf-8");
asset!(LIVE_JS, "live.js", "text/javascript; charset=utf-8");
asset!(SEARCH_JS, "search.js", "text/javascript; charset=utf-8");
asset!(IMPORT_JS, "import.js", "text/javascript; charset=utf-8");
asset!(ROTA_CSS, "rota.css", "text/css; charset=utf-8");
asset!(ROTA_JS, "rota.js", "text/javascript; charset=utf-8");
asset!(ROTA_EDITOR_JS, "rota_editor.js", "text/javascript; charset=utf-8");
asset!(CODEMIRROR_JS, "vendor/codemirror.min.js", "text/javascript; charset=utf-8");
asset!(REPORT_CSS, "report.css", "text/css; charset=utf-8");
asset!(CALLS_CSS, "calls.css", "text/css; charset=utf-8");
asset!(REHEARSE_CSS, "rehearse.css", "text/css; charset=utf-8");
asset!(REHEARSE_JS, "rehearse.js", "text/javascript; charset=utf-8");
asset!(ICON, "icon.svg", "image/svg+xml");
asset!(ICON_192, "icon-192.png", "image/png");
asset!(ICON_512, "icon-512.png", "image/png");
asset!(ICON_MASKABLE, "icon-maskable.png", "image/png");
asset!(MINE_CSS, "mine.css", "text/css; charset=utf-8");
asset!(MINE_JS, "mine.js", "text/javascript; charset=utf-8");
asset!(LICENCES, "vendor/codemirror.LICENSES.txt", "text/plain; charset=utf-8");

#[rustfmt::skip]
static ALL: &[&Asset] = &[
    &CONSOLE_CSS,
    &LIVE_JS,
    &SEARCH_JS,
    &IMPORT_JS,
    &ROTA_CSS,
    &ROTA_JS,
    &ROTA_EDITOR_JS,
    &CODEMIRROR_JS,
    &REPORT_CSS,
    &CALLS_CSS,
    &REHEARSE_CSS,
    &REHEARSE_JS,
    &ICON,
    &ICON_192,
    &ICON_512,
    &ICON_MASKABLE,
    &MINE_CSS,
    &MINE_JS,
    &LICENCES,
];

/// Where browsers look for an icon before they have read that a page names one.
pub(super) const FAVICON: &str = "/favicon.ico";

/// Beside the console, so that the sign-in page has them too.
const FOLDER: &str = "/console/assets/";

static ADDRESSES: LazyLock<Vec<(&'static str, String)>> = LazyLock::new(|| {
    let address = |asset: &&Asset| (asset.name, format!("{FOLDER}{}/{}", digest(asset.bytes), asset.name));
    ALL.iter().map(address).collect()
});

impl Asset {
    /// Where it is served.
    pub(crate) fn address(&self) -> &'static str {
        ADDRESSES.iter().find(|(name, _)| *name == self.name).map_or("", |(_, address)| address)
    }
}

fn digest(bytes: &[u8]) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    HEXLOWER.encode(digest.as_ref().get(..8).unwrap_or_default())
}

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/console/assets/{digest}/{*name}", get(serve)).route(FAVICON, get(favicon))
}

async fn favicon() -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(ICON_192.kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400")),
    ];
    (headers, ICON_192.bytes).into_response()
}

async fn serve(Path((digest, name)): Path<(String, String)>) -> Response {
    let wanted = format!("{FOLDER}{digest}/{name}");
    let Some(asset) = ALL.iter().find(|asset| asset.address() == wanted) else {
        return (StatusCode::NOT_FOUND, "there is nothing here\n").into_response();
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(asset.kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, asset.bytes).into_response()
}
