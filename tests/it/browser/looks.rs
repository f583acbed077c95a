//! Whether a page is fit for everybody: nothing that axe-core holds against it, in light and dark, on the smallest telephone and
//! the widest screen, with the keyboard alone; and no fault in the browser's own log.

use std::collections::HashSet;
use std::path::Path;

use data_encoding::BASE64;
use serde_json::{Value, json};

use super::window::Browser;

/// axe-core 4.14.1, as npm has it (sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==);
/// its licence lies beside it.
const AXE: &str = include_str!("axe/axe.min.js");
/// CSS pixels.
const TELEPHONE: u32 = 360;
const DESK: u32 = 1280;
const CINEMA: u32 = 3840;
/// Bytes over the wire of all that a page needs at first view.
const FIRST_VIEW: u64 = 100_000;

impl Browser {
    pub(crate) async fn looks_fine(&self) {
        let faults = self.faults().await;
        assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    }

    /// Whatever breaks what must hold on every page. Where no script runs axe-core cannot either.
    pub(crate) async fn faults(&self) -> Vec<String> {
        let mut faults = self.overflows(CINEMA).await;
        for colours in ["dark", "light"] {
            self.likes(colours).await;
            for width in [TELEPHONE, DESK] {
                faults.extend(self.overflows(width).await);
                let found = if self.has_script { self.axe().await } else { Vec::new() };
                faults.extend(found.into_iter().map(|fault| format!("{colours}, {width} px wide: {fault}")));
            }
        }
        faults.extend(self.faults_in_log().await);
        let here = self.path().await;
        faults.into_iter().map(|fault| format!("{here}: {fault}")).collect()
    }

    pub(super) async fn is_as_wide_as(&self, width: u32) {
        let height = if width == TELEPHONE { 740 } else { width * 10 / 16 };
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.driver.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    pub(super) async fn likes(&self, colours: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": colours }]);
        self.driver.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// What is wider than the window, when the page scrolls sideways.
    pub(super) async fn overflows(&self, width: u32) -> Vec<String> {
        self.is_as_wide_as(width).await;
        let look = "const wide = document.documentElement.clientWidth; \
             if (document.documentElement.scrollWidth <= wide) return []; \
             return [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > wide + 1) \
               .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))";
        let found = self.driver.runs(look, json!([])).await.unwrap();
        strings(&found).iter().map(|one| format!("scrolls sideways at {width} px: {one}")).collect()
    }

    pub(super) async fn axe(&self) -> Vec<String> {
        let here = self.driver.runs("return 'axe' in window", json!([])).await.unwrap();
        if here != json!(true) {
            // In the page's own world, as axe expects it; a policy of the page does not apply to devtools.
            self.driver.devtools("Runtime.evaluate", json!({ "expression": AXE, "returnByValue": true })).await;
        }
        strings(&self.driver.waits(include_str!("faults.js"), json!([])).await.unwrap())
    }

    /// What the browser has complained about since it was asked last: a policy that was broken, a script that failed, a thing that
    /// is not there. That a form was refused, or a page not found, is the page's own answer.
    pub(crate) async fn faults_in_log(&self) -> Vec<String> {
        let log = self.driver.posts("/se/log", json!({ "type": "browser" })).await.unwrap();
        let url = self.driver.gets("/url").await.unwrap();
        let own = format!("{} - Failed to load resource", url.as_str().unwrap_or_default());
        let said =
            log.as_array().unwrap().iter().filter(|entry| entry["level"] == "SEVERE" || entry["source"] == "security");
        let said = said.map(|entry| entry["message"].as_str().unwrap_or_default());
        said.filter(|message| !message.starts_with(&own)).map(|message| format!("browser: {message}")).collect()
    }

    /// From the top of the page to its end with the Tab key: what is not reached, or is reached and one does not see it.
    pub(crate) async fn faults_by_keyboard(&self) -> Vec<String> {
        let here = self.path().await;
        let all = self.driver.runs(include_str!("reachable.js"), json!([])).await.unwrap().as_u64().unwrap();
        self.driver.runs("document.activeElement?.blur(); window.scrollTo(0, 0)", json!([])).await.unwrap();
        let (mut reached, mut faults) = (HashSet::new(), Vec::new());
        // A date is a stop for the day, the month and the year.
        for _ in 0..all * 6 + 5 {
            if u64::try_from(reached.len()).unwrap() >= all {
                break;
            }
            self.types("Tab").await;
            let at = self.driver.runs(include_str!("tabs.js"), json!([])).await.unwrap();
            let fresh = !at.is_null() && reached.insert(at["element"].to_string());
            for (fault, wrong) in
                [("has the focus unseen", at["outlined"] == false), ("is covered", at["covered"] == true)]
            {
                if fresh && wrong {
                    faults.push(format!("{here}: {} {fault}", at["said"]));
                }
            }
        }
        if u64::try_from(reached.len()).unwrap() < all {
            faults.push(format!("{here}: the keyboard reaches {} of {all}", reached.len()));
        }
        faults
    }

    /// Opens a page as somebody who was never there; what is too heavy about it.
    pub(crate) async fn opens_lightly(&self, path: &str) -> Vec<String> {
        self.driver.devtools("Network.enable", json!({})).await;
        self.driver.devtools("Network.clearBrowserCache", json!({})).await;
        self.opens(path).await;
        // What comes after the page is there, and nobody waits for, is no part of the first view.
        let weigh = "const [page] = performance.getEntriesByType('navigation'); \
             return [page, ...performance.getEntriesByType('resource')] \
               .filter((one) => !page.loadEventStart || one.startTime <= page.loadEventStart).map((one) => [one.transferSize, one.name])";
        let weighed = self.driver.runs(weigh, json!([])).await.unwrap();
        let sum: u64 = weighed.as_array().unwrap().iter().map(|one| one[0].as_u64().unwrap_or_default()).sum();
        if sum < FIRST_VIEW { Vec::new() } else { vec![format!("{path}: {sum} bytes at first view: {weighed}")] }
    }

    /// How many sheets of paper it takes to print what is open.
    pub(crate) async fn sheets(&self) -> usize {
        let printed = self.driver.devtools("Page.printToPDF", json!({ "preferCSSPageSize": true })).await;
        let pdf = BASE64.decode(printed["data"].as_str().unwrap().as_bytes()).unwrap();
        let pages = pdf.windows(11).zip(pdf.iter().skip(11));
        pages.filter(|(word, next)| *word == b"/Type /Page" && **next != b's').count()
    }

    /// A screenshot for the README, where it is asked for.
    pub(crate) async fn shows(&self, file: &str) {
        if std::env::var_os("SWITCHBOARD_SCREENSHOTS").is_none() {
            return;
        }
        let picture = self.driver.gets("/screenshot").await.unwrap();
        let picture = BASE64.decode(picture.as_str().unwrap().as_bytes()).unwrap();
        assert!(picture.len() < 150_000, "{file} is {} bytes", picture.len());
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screenshots");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(file), picture).unwrap();
    }
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|one| one.as_str().map(str::to_owned)).collect()
}
