//! `switchboard fallback`: the static document to park at the provider for the time we are down.

use std::path::Path;

use super::business::Business;
use super::{Failure, answer, note};
use crate::provider::twilio::{Twilio, TwilioAccount};
use crate::provider::{LastResort, Provider};

#[derive(clap::Args)]
pub(super) struct Args {
    /// Whose language the document is in
    #[arg(long, value_enum)]
    provider: Name,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Name {
    Twilio,
}

/// How long the owner's phone rings: nobody else comes after.
const SECONDS: u16 = 30;

/// The document knows no calendar, so it rings the one person who is there whatever the rota says.
pub(super) fn run(config: &Path, args: &Args) -> Result<(), Failure> {
    let business = Business::open(config)?;
    let rota = &business.rota;
    let owner = rota
        .staff
        .get(rota.owner.as_str())
        .ok_or_else(|| Failure::Given("the rota has no owner: write owner = \"…\"".to_owned()))?;
    let words = rota.words.speak(None);
    let ring = LastResort {
        to: owner.reach.clone(),
        caller_id: rota.lines.first().map(|line| line.number),
        seconds: SECONDS,
        sorry: words.speech(words.nobody()),
    };
    match args.provider {
        Name::Twilio => {
            let twilio = Twilio::new(no_account(&business)).map_err(|error| Failure::Given(error.to_string()))?;
            answer(&twilio.render_last_resort(&ring).body)?;
            note(&format!(
                "It rings {}, the owner. In Twilio's console put it into a TwiML Bin, and choose that for each of your \
                 numbers where it says \"Primary handler fails\". Do it again when the owner or their number changes.",
                owner.name
            ));
        }
    }
    business.rota_is_right()
}

/// Rendering needs no credentials.
fn no_account(business: &Business) -> TwilioAccount {
    TwilioAccount {
        account_sid: String::new(),
        auth_tokens: Vec::new(),
        shared_keys: Vec::new(),
        api_url: "https://api.twilio.com".to_owned(),
        public_url: business.settings.public_url.clone(),
    }
}
