//! What can only be judged of the whole rota: holes, expectations, thin days.

use jiff::Timestamp;

use super::{Customers, Places};
use crate::config::document::Problems;
use crate::domain::rota::Rota;

pub(super) fn check(
    rota: &Rota,
    places: &Places,
    now: Timestamp,
    customers: Option<Customers<'_>>,
    problems: &mut Problems,
) {
    let _ = (rota, places, now, customers, problems);
}
