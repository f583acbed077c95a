//! The customers of the first start: a store that never had one takes in the list that the settings name.

use std::fs::File;

use crate::config::settings::Settings;
use crate::customer_list::{self, ImportError, Imported, News, import};
use crate::domain::rota::Rota;
use crate::store::{Store, customers};

/// `None`: there was nothing to do.
pub(super) fn take_in(
    store: &mut Store,
    settings: &Settings,
    rota: &Rota,
    tell: &mut dyn FnMut(News),
) -> Result<Option<Imported>, ImportError> {
    let Some(path) = &settings.customers else { return Ok(None) };
    if store.read(customers::any_ever)? {
        return Ok(None);
    }
    let business = customer_list::Settings { country: rota.country, staff: Some(&rota.staff), replaces: false };
    import(store, File::open(path)?, &business, tell).map(Some)
}
