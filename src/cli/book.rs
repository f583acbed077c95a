//! Where a command looks a customer up: in the store, and before there is one in the list that the
//! first start will take in.

use std::fs::File;
use std::path::PathBuf;

use super::business::look;
use super::note;
use crate::config::settings::Settings;
use crate::customer_list::{self, look_up};
use crate::domain::caller::Customer;
use crate::domain::phone::Phone;
use crate::domain::rota::Rota;
use crate::store::{Store, StoreError, customers};

/// Customers of one name that are told apart.
const NAMESAKES: u32 = 10;

pub(super) enum Book<'a> {
    Store(Box<Store>),
    List { path: PathBuf, rota: &'a Rota },
    Empty,
}

impl<'a> Book<'a> {
    pub(super) fn open(settings: &Settings, rota: &'a Rota) -> Result<Self, StoreError> {
        Ok(match (look(settings)?, &settings.customers) {
            (Some(store), _) => Self::Store(Box::new(store)),
            (None, Some(path)) => {
                note(&format!("There is no store yet: customers are looked up in {}.", path.display()));
                Self::List { path: path.clone(), rota }
            }
            (None, None) => Self::Empty,
        })
    }

    /// For looking at more than customers.
    pub(super) fn store(&mut self) -> Option<&mut Store> {
        match self {
            Self::Store(store) => Some(store),
            Self::List { .. } | Self::Empty => None,
        }
    }

    pub(super) fn by_phone(&mut self, phone: Phone) -> Result<Option<Customer>, StoreError> {
        match self {
            Self::Store(store) => Ok(store.read(|tx| customers::by_phone(tx, &[phone]))?.remove(&phone)),
            Self::List { path, rota } => Ok(listed(path, rota, |customer| customer.numbers.contains(&phone)).pop()),
            Self::Empty => Ok(None),
        }
    }

    pub(super) fn by_name(&mut self, name: &str) -> Result<Vec<Customer>, StoreError> {
        match self {
            Self::Store(store) => store.read(|tx| customers::by_name(tx, name, NAMESAKES)),
            Self::List { path, rota } => {
                let name = name.trim().to_lowercase();
                Ok(listed(path, rota, |customer| customer.name.to_lowercase() == name))
            }
            Self::Empty => Ok(Vec::new()),
        }
    }
}

/// A list that cannot be read has no customers; the first start says why.
fn listed(path: &PathBuf, rota: &Rota, wanted: impl Fn(&Customer) -> bool) -> Vec<Customer> {
    let settings = customer_list::Settings { country: rota.country, staff: Some(&rota.staff) };
    File::open(path).ok().and_then(|file| look_up(file, &settings, wanted).ok()).unwrap_or_default()
}
