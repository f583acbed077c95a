//! Texts to the business number, from the phones of its people or from anybody.

use super::network::Network;
use super::rest::Kind;
use super::shop::Shop;

const TEXT: &str = "/hooks/twilio/text";

/// Somebody who writes.
pub(crate) struct Writer<'a> {
    shop: &'a Shop,
    number: String,
}

impl Shop {
    /// One of the staff, with their phone in the hand.
    pub(crate) fn staff(&self, who: &str) -> Writer<'_> {
        let number = self.network().person(who).phone.clone();
        Writer { shop: self, number }
    }

    /// Anybody with a phone.
    pub(crate) fn writer(&self, number: &str) -> Writer<'_> {
        Writer { shop: self, number: number.to_owned() }
    }
}

impl Writer<'_> {
    /// Sends a text to the first line. What this phone gets in the moment after.
    pub(crate) async fn texts(&self, body: &str) -> String {
        self.shop.server().texts().await;
        let before = self.received().len();
        let reply = self.sends(body).await;
        assert!(!reply.contains("Message"), "an answer goes its own way: {reply}");
        self.shop.server().texts().await;
        self.received().split_off(before).join("\n")
    }

    /// Sends a text. The reply to the webhook.
    pub(crate) async fn sends(&self, body: &str) -> String {
        let mut network = self.shop.network();
        let id = network.sid("SM");
        self.sends_as(&mut network, &id, body).await
    }

    /// Sends it, and the provider sends the webhook so many times more, each to the next instance.
    pub(crate) async fn texts_repeatedly(&self, body: &str, more: usize) -> String {
        let before = self.received().len();
        let mut network = self.shop.network();
        let id = network.sid("SM");
        for _ in 0..=more {
            self.sends_as(&mut network, &id, body).await;
        }
        drop(network);
        self.shop.server().texts().await;
        self.received().split_off(before).join("\n")
    }

    async fn sends_as(&self, network: &mut Network, id: &str, body: &str) -> String {
        let to = network.lines[0].clone();
        let params = [("MessageSid", id), ("From", &*self.number), ("To", &*to), ("Body", body), ("NumMedia", "0")];
        let params = params.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let event = network.sid("EV");
        let url = network.wire.resolve("/", TEXT);
        let replies = network.wire.post(&url, &params, &event).await.unwrap();
        assert!(replies.iter().all(|reply| reply.status == 200), "{replies:?}");
        replies.into_iter().next().map(|reply| reply.body).unwrap_or_default()
    }

    /// Every text to this phone so far, the oldest first.
    pub(crate) fn received(&self) -> Vec<String> {
        let taken = self.shop.server().rest.taken().into_iter();
        taken.filter(|taken| taken.kind == Kind::Text && taken.to == self.number).map(|taken| taken.body).collect()
    }

    /// What this phone gets when all that is due is done.
    pub(crate) async fn gets(&self) -> String {
        let before = self.received().len();
        self.shop.server().texts().await;
        self.received().split_off(before).join("\n")
    }
}
