//! A real browser walks through the console: Chromium from the system's packages, by WebDriver.
//!
//! ```ignore
//! let Some(browser) = Browser::at(&url).await else { return };
//! browser.opens("/console/calls").await;
//! browser.presses("Mrs Okafor").await;
//! browser.sees("will ring you by 12:00").await;
//! browser.looks_fine().await;
//! ```

mod driver;
mod looks;
mod now;
mod pages;
mod program;
mod proof;
mod rota;
mod tasks;
mod walk;
mod window;

use crate::phones::shop::Shop;
use window::Browser;

/// A browser in which somebody of the staff is signed in.
async fn browser_of(shop: &Shop, who: &str) -> Option<Browser> {
    enters(shop, who, Browser::at(&home(shop)).await).await
}

async fn enters(shop: &Shop, who: &str, browser: Option<Browser>) -> Option<Browser> {
    let browser = browser?;
    let session = shop.signs_in(who).await.cookie("__Host-session").unwrap();
    browser.opens("/healthz").await;
    browser.carries(&format!("__Host-session={session}")).await;
    browser.faults_in_log().await; // that the health of the server has no icon
    Some(browser)
}

fn home(shop: &Shop) -> String {
    format!("http://{}", shop.server().app().address)
}
