//! A browser as a person uses it: by what is written on things, never by how they are built.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use switchboard::clock::Stopwatch;

use super::driver::{Driver, Element, PATIENCE, Refused};

pub(crate) struct Browser {
    pub(super) driver: Driver,
    /// `http://127.0.0.1:41234`
    pub(super) home: String,
    pub(super) has_script: bool,
}

impl Browser {
    /// `None`, and it is said, where there is no browser on the machine.
    pub(crate) async fn at(home: &str) -> Option<Self> {
        Self::with(home, true).await
    }

    /// One that runs no script of any page.
    pub(crate) async fn without_script(home: &str) -> Option<Self> {
        Self::with(home, false).await
    }

    async fn with(home: &str, has_script: bool) -> Option<Self> {
        if !super::driver::is_here() {
            return None;
        }
        let browser = Self { driver: Driver::start(has_script).await, home: home.to_owned(), has_script };
        browser.is_as_wide_as(1280).await;
        Some(browser)
    }

    /// An address, or a path of the site.
    pub(crate) async fn opens(&self, address: &str) {
        let address = if address.starts_with('/') { format!("{}{address}", self.home) } else { address.to_owned() };
        self.driver.posts("/url", json!({ "url": address })).await.unwrap();
    }

    /// Carries a cookie that was made elsewhere: `name=value`. A page of the site must be open.
    pub(crate) async fn carries(&self, cookie: &str) {
        let (name, value) = cookie.split_once('=').unwrap();
        let cookie = json!({ "name": name, "value": value, "path": "/", "secure": true, "httpOnly": true });
        self.driver.posts("/cookie", json!({ "cookie": cookie })).await.unwrap();
    }

    /// Presses the button, link or box with this name.
    pub(crate) async fn presses(&self, name: &str) {
        self.presses_beside("", name).await;
    }

    /// The one in the row, or the card, that says `row`.
    pub(crate) async fn presses_beside(&self, row: &str, name: &str) {
        let element = self.finds("press", name, row).await;
        self.clicks(&element, name).await;
    }

    /// Presses somebody's cell of a day in a picture of the rota.
    pub(crate) async fn presses_day(&self, who: &str, day: &str) {
        let find = "const [who, day] = arguments; \
             const head = document.querySelector(`[data-day='${day}']`); \
             const row = [...head.closest('table').tBodies[0].rows].find((row) => row.cells[0].textContent.includes(who)); \
             return row.cells[head.cellIndex + 1]";
        let cell = self.driver.runs(find, json!([who, day])).await.unwrap();
        let cell = Element::of(&cell).unwrap_or_else(|| panic!("{who} has no {day}"));
        self.clicks(&cell, day).await;
    }

    async fn clicks(&self, element: &Element, name: &str) {
        if let Err(refused) = self.driver.posts(&format!("/element/{}/click", element.0), json!({})).await {
            panic!("`{name}` cannot be pressed: {}\n{}", refused.0, self.page().await);
        }
    }

    /// Writes into the field with this label, in place of what is there.
    pub(crate) async fn fills(&self, label: &str, text: &str) {
        let element = self.finds("field", label, "").await;
        // What one picks, rather than types, differs from language to language.
        let picked = "const [field, text] = arguments; field.focus(); \
             if (!field.matches('[type=date], [type=time], [type=datetime-local], [type=range], [type=color]')) { \
               if ('value' in field) field.value = ''; return false; } \
             field.value = text; for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, { bubbles: true })); \
             return true";
        let was_picked = self.driver.runs(picked, json!([element.handed(), text])).await.unwrap();
        if was_picked != json!(true) {
            self.driver.posts(&format!("/element/{}/value", element.0), json!({ "text": text })).await.unwrap();
        }
    }

    /// Sends a form of the site with this one field, as if a page had it.
    pub(crate) async fn posts(&self, to: &str, field: &str, value: &str) {
        let send = "const [to, field, value] = arguments, form = document.createElement('form'); \
             form.method = 'post'; form.action = to; \
             if (field) { const input = document.createElement('textarea'); input.name = field; input.value = value; form.append(input); } \
             document.body.append(form); form.submit()";
        self.driver.runs(send, json!([to, field, value])).await.unwrap();
    }

    /// Gives the field with this label a file.
    pub(crate) async fn hands_in(&self, label: &str, file: &Path) {
        let element = self.finds("field", label, "").await;
        let body = json!({ "text": file.to_str().unwrap() });
        self.driver.posts(&format!("/element/{}/value", element.0), body).await.unwrap();
    }

    /// Chooses the option that says this in the list with this label.
    pub(crate) async fn chooses(&self, label: &str, option: &str) {
        let list = self.finds("field", label, "").await;
        let find = "const [list, words] = arguments; return [...list.options].find((one) => one.text.trim() === words) \
             || [...list.options].find((one) => one.text.includes(words)) || [...list.options].map((one) => one.text)";
        let found = self.driver.runs(find, json!([list.handed(), option])).await.unwrap();
        let found = Element::of(&found).unwrap_or_else(|| panic!("`{label}` has no `{option}`, but {found}"));
        self.clicks(&found, option).await;
    }

    /// What is in the field with this label.
    pub(crate) async fn reads(&self, label: &str) -> String {
        let element = self.finds("field", label, "").await;
        let value = self.driver.gets(&format!("/element/{}/property/value", element.0)).await.unwrap();
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Types at wherever the keyboard is: letters, or `Tab`, `Enter`, `Escape`, `Space`, `Down`.
    pub(crate) async fn types(&self, keys: &str) {
        let named = match keys {
            "Tab" => "\u{e004}",
            "Enter" => "\u{e007}",
            "Escape" => "\u{e00c}",
            "Space" => " ",
            "Down" => "\u{e015}",
            letters => letters,
        };
        let strokes: Vec<Value> = named
            .chars()
            .flat_map(|key| [json!({ "type": "keyDown", "value": key }), json!({ "type": "keyUp", "value": key })])
            .collect();
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.driver.posts("/actions", json!({ "actions": [keyboard] })).await.unwrap();
    }

    /// Waits until the page says this; small and capital letters, and how it is spaced, do not matter.
    pub(crate) async fn sees(&self, words: &str) {
        self.waits_for(words, true).await;
    }

    pub(crate) async fn no_longer_sees(&self, words: &str) {
        self.waits_for(words, false).await;
    }

    /// As [`Self::sees`], and how long it took.
    pub(crate) async fn sees_within(&self, words: &str, at_most: Duration) {
        let watch = Stopwatch::start();
        self.sees(words).await;
        let took = watch.elapsed();
        assert!(took <= at_most, "`{words}` is seen after {took:?}");
    }

    async fn waits_for(&self, words: &str, wanted: bool) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let watch = Stopwatch::start();
        loop {
            let text = self.text().await.to_lowercase();
            if text.contains(&words.to_lowercase()) == wanted {
                return;
            }
            // Where no script runs nothing changes by itself.
            let left = PATIENCE.saturating_sub(watch.elapsed());
            let over = left.is_zero() || !self.has_script;
            let seen = if over {
                Ok(Value::from(text))
            } else {
                let with = json!([words, wanted, left.as_millis()]);
                self.driver.waits(include_str!("seen.js"), with).await
            };
            match seen {
                Ok(Value::Null) => return,
                Ok(_) => panic!("{} `{words}`\n{}", if wanted { "nowhere" } else { "still" }, self.page().await),
                // The page went while it was looked at: its successor is.
                Err(Refused(_)) => {}
            }
        }
    }

    /// What can be read, in one line.
    pub(crate) async fn text(&self) -> String {
        let text = self.driver.runs("return document.body ? document.body.innerText : ''", json!([])).await;
        let text = text.unwrap_or_default();
        text.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// `/console/calls?since=7d`
    pub(crate) async fn path(&self) -> String {
        let url = self.driver.gets("/url").await.unwrap();
        let url = url.as_str().unwrap_or_default();
        url.strip_prefix(&self.home).unwrap_or(url).to_owned()
    }

    /// For messages: where one is and what can be read there.
    pub(super) async fn page(&self) -> String {
        format!("at {}:\n{}", self.path().await, self.text().await)
    }

    /// What has this very name; else the only thing whose name contains it. Waits for it as long as for anything.
    async fn finds(&self, kind: &str, name: &str, row: &str) -> Element {
        let watch = Stopwatch::start();
        loop {
            let found = self.driver.runs(include_str!("candidates.js"), json!([kind, name, row])).await;
            let found = found.unwrap_or_default();
            let mut nearly = Vec::new();
            for element in found["fitting"].as_array().into_iter().flatten().filter_map(Element::of) {
                let called = self.driver.gets(&format!("/element/{}/computedlabel", element.0)).await;
                let called = called.unwrap_or_default().as_str().unwrap_or_default().replace('\u{a0}', " ");
                if called.trim() == name {
                    return element;
                }
                if called.contains(name) {
                    nearly.push(element);
                }
            }
            match nearly.as_slice() {
                [only] => return only.clone(),
                [] if watch.elapsed() < PATIENCE && self.has_script => self.changes().await,
                _ => panic!(
                    "{} of a {kind} is called `{name}` {row}, but {}\n{}",
                    nearly.len(),
                    found["others"],
                    self.page().await
                ),
            }
        }
    }

    /// Waits until something on the page changes, for a while.
    async fn changes(&self) {
        let look = "const done = arguments[0]; \
             new MutationObserver(done.bind(null, null)).observe(document, { subtree: true, childList: true, attributes: true }); \
             setTimeout(done, 250)";
        drop(self.driver.waits(look, json!([])).await);
    }
}
