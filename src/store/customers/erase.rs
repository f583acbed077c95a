//! Erases a customer for good.

use super::{get, hold, search};
use crate::domain::caller::{Customer, CustomerId};
use crate::store::sql::Value;
use crate::store::{Store, StoreError, Tx, audit, call_backs, calls, conversations, jobs, promises};

/// How often the calls are walked through for a customer who is changed meanwhile.
const WALKS_MAX: u32 = 10;

/// What was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    pub customer: Customer,
    pub calls: usize,
    /// Calls and call backs still going on keep what they need; erase again when they are over.
    pub live_calls: usize,
    pub promises: usize,
    /// Texts that were waiting, or had been sent.
    pub jobs: usize,
}

/// Erases a customer: no call, promise or job keeps their name or number. `None`: there is no such customer. If it is
/// interrupted, do it again: the customer goes last. A STOP of their numbers stays: see [`crate::store::stopped`].
pub fn erase(store: &mut Store, id: CustomerId) -> Result<Option<Erased>, StoreError> {
    let mut walked = calls::Erased::default();
    for _ in 0..WALKS_MAX {
        let Some(customer) = store.read(|tx| get(tx, id))? else { return Ok(None) };
        let calls::Erased { calls, live } = calls::erase(store, &customer)?;
        walked = calls::Erased { calls: walked.calls + calls, live };
        if let Some(erased) = store.transaction(|tx| all_else(tx, &customer, walked))? {
            store.leave_no_trace()?;
            return Ok(Some(erased));
        }
    }
    Err(StoreError::Conflict)
}

/// `None`, and nothing is erased: the customer is not as the calls were walked through for, may have another number or
/// have rung meanwhile.
fn all_else(tx: &mut Tx<'_>, customer: &Customer, calls: calls::Erased) -> Result<Option<Erased>, StoreError> {
    hold(tx, &[customer.id])?;
    if get(tx, customer.id)?.as_ref() != Some(customer) {
        return Ok(None);
    }
    let promises = promises::erase(tx, customer)?;
    let jobs = jobs::erase(tx, customer)?;
    conversations::erase(tx, customer)?;
    audit::erase(tx, &format!("customer {}", customer.id.0))?;
    let live_call_backs = call_backs::erase(tx, customer, &promises)?;
    let numbers: Vec<_> = customer.numbers.iter().map(|phone| [Value::Int(phone.digits())]).collect();
    tx.execute_each("DELETE FROM customer_number WHERE phone = $1", &numbers)?;
    search::forget(tx, customer)?;
    tx.execute("DELETE FROM customer WHERE id = $1", &[Value::Int(customer.id.0)])?;
    Ok(Some(Erased {
        customer: customer.clone(),
        calls: calls.calls,
        live_calls: calls.live + live_call_backs,
        promises: promises.len(),
        jobs,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phone::Phone;
    use crate::store::customers::{Details, by_phone, edit, put};

    #[test]
    fn whoever_gets_another_number_while_their_calls_are_walked_through_is_walked_through_again() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}", folder.path().join("switchboard.db").display());
        let mut store = Store::open(&url).unwrap();
        let [phone, other] = ["+447700900201", "+442079460201"].map(|number| Phone::from_e164(number).unwrap());
        let okafor = Details { name: "Mrs Okafor".to_owned(), numbers: vec![phone], ..Details::default() };
        store.transaction(|tx| put(tx, &[okafor])).unwrap();
        let before = store.read(|tx| by_phone(tx, &[phone])).unwrap().remove(&phone).unwrap();
        let after = Customer { numbers: vec![phone, other], ..before.clone() };
        store.transaction(|tx| edit(tx, before.clone(), after.clone())).unwrap().unwrap();

        let none = calls::Erased::default();
        assert_eq!(store.transaction(|tx| all_else(tx, &before, none)), Ok(None));
        assert_eq!(store.read(|tx| get(tx, before.id)), Ok(Some(after.clone())), "not half of them");
        assert_eq!(erase(&mut store, before.id).unwrap().unwrap().customer, after);
        assert_eq!(store.read(|tx| by_phone(tx, &[phone, other])).unwrap().len(), 0);
    }
}
