//! What must always hold (design, section 2), one file per promise of the product, one test per half of it.

use switchboard::domain::phone::Phone;
use switchboard::domain::staff::StaffId;
use switchboard::store::customers::Details;

mod breaks;
mod clock;
mod ends;
mod explained;
mod first_ring;
mod forged;
mod kept;
mod machines;
mod no_keys;
mod private;
mod repeats;
mod wrong_edit;

/// A Wednesday in a week of Tom's; Priya is behind him.
pub(crate) const OPEN: &str = "2026-06-10 10:00";
/// A Sunday.
pub(crate) const CLOSED: &str = "2026-06-14 10:00";
pub(crate) const STRANGER: &str = "+447700900999";
pub(crate) const OKAFOR: &str = "+447700900201";
pub(crate) const BLOCKED: &str = "+447700900202";
pub(crate) const TOM: &str = "+447700900103";
/// Only rings in open hours.
pub(crate) const OFFICE: &str = "+442079460002";
/// Its first phone cannot have voicemail.
pub(crate) const DESK: &str = "+442079460001";

/// Priya looks after Mrs Okafor, and nobody wants to hear of the other.
pub(crate) fn customers() -> [Details; 2] {
    let okafor = Details {
        name: "Mrs Okafor".to_owned(),
        numbers: vec![Phone::from_e164(OKAFOR).unwrap()],
        usual: Some(Some(StaffId::new("priya"))),
        note: Some(Some("Boiler, Tuesday".to_owned())),
        ..Details::default()
    };
    let blocked = Details {
        name: "Robot of the lottery".to_owned(),
        numbers: vec![Phone::from_e164(BLOCKED).unwrap()],
        blocked: Some(Some(true)),
        ..Details::default()
    };
    [okafor, blocked]
}
