//! What a phone reads to keep the console on its home screen.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use serde_json::json;

use crate::console::Desk;
use crate::console::assets::{ICON, ICON_192, ICON_512, ICON_MASKABLE};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route("/console/manifest.webmanifest", get(manifest))
}

/// Browsers ask for it without a cookie, so it tells nothing but what every caller hears: the business's name.
async fn manifest(State(console): State<Desk>) -> impl IntoResponse {
    let business = console.rota().business.clone();
    let manifest = json!({
        "id": "/console/mine",
        "name": format!("{business}: Switchboard"),
        "short_name": business,
        "start_url": "/console/mine",
        "scope": "/console",
        "display": "standalone",
        "background_color": "#f6f7f5",
        "theme_color": "#0b5d4e",
        "icons": [
            { "src": ICON.address(), "sizes": "any", "type": "image/svg+xml" },
            { "src": ICON_192.address(), "sizes": "192x192", "type": "image/png" },
            { "src": ICON_512.address(), "sizes": "512x512", "type": "image/png" },
            { "src": ICON_MASKABLE.address(), "sizes": "512x512", "type": "image/png", "purpose": "maskable" },
        ],
    });
    ([(CONTENT_TYPE, "application/manifest+json"), (CACHE_CONTROL, "max-age=3600")], manifest.to_string())
}
