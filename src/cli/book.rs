//! Where a command looks a customer up: in the store, and before there is one in the list that the
//! first start will take in.

use std::cell::RefCell;
use std::fs::File;
use std::path::PathBuf;

use super::business::look;
use super::note;
use crate::config::rota::Customers;
use crate::config::settings::Settings;
use crate::customer_list::{self, look_up};
use crate::domain::caller::Customer;
use crate::domain::phone::Phone;
use crate::domain::rota::{ExpectedCaller, Rota};
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
            (None, Some(path)) => Self::List { path: path.clone(), rota },
            (None, None) => Self::Empty,
        })
    }

    /// As [`Book::open`], for somebody who asks about a customer: says where it looks if that is not the store.
    pub(super) fn open_and_tell(settings: &Settings, rota: &'a Rota) -> Result<Self, StoreError> {
        let book = Self::open(settings, rota)?;
        if let Self::List { path, .. } = &book {
            note(&format!("There is no store yet: customers are looked up in {}.", path.display()));
        }
        Ok(book)
    }

    /// For looking at more than customers.
    pub(super) fn store(&mut self) -> Option<&mut Store> {
        match self {
            Self::Store(store) => Some(store),
            Self::List { .. } | Self::Empty => None,
        }
    }

    /// Whom an expectation of the rota means. A store that fails in the middle has no such customer.
    fn expected(&mut self, whom: &ExpectedCaller) -> Option<Customer> {
        match whom {
            ExpectedCaller::Anyone => None,
            ExpectedCaller::Number(phone) => self.by_phone(*phone).ok().flatten(),
            ExpectedCaller::Customer(name) => self.by_name(name).ok().and_then(|mut found| found.pop()),
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

/// Does `work` with the rota's expectations held against the customers that there are. Without a store
/// to ask, expectations that name a customer are left unchecked.
pub(super) fn with_customers<T>(settings: &Settings, rota: &Rota, work: impl Fn(Option<Customers<'_>>) -> T) -> T {
    match Book::open(settings, rota) {
        Ok(Book::Empty) => work(None),
        Ok(book) => {
            let book = RefCell::new(book);
            work(Some(&|whom| book.borrow_mut().expected(whom)))
        }
        Err(error) => {
            note(&format!("warning: {error}. Expectations that name a customer are left unchecked."));
            work(None)
        }
    }
}

/// A list that cannot be read has no customers; the first start says why.
fn listed(path: &PathBuf, rota: &Rota, wanted: impl Fn(&Customer) -> bool) -> Vec<Customer> {
    let settings = customer_list::Settings { country: rota.country, staff: Some(&rota.staff), replaces: false };
    File::open(path).ok().and_then(|file| look_up(file, &settings, wanted).ok()).unwrap_or_default()
}
