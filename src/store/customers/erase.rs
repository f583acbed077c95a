//! Erases a customer for good.

use super::{by_phone, search};
use crate::domain::caller::Customer;
use crate::domain::phone::Phone;
use crate::store::sql::Value;
use crate::store::{Store, StoreError, audit, call_backs, calls, conversations, jobs, promises};

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

/// Erases the customer this number belongs to: no call, promise or job keeps their name or number.
/// `None`: nobody has this number. If it is interrupted, do it again with any of the numbers that
/// are left: the customer goes last. A STOP of their numbers stays: see [`crate::store::stopped`].
pub fn erase(store: &mut Store, phone: Phone) -> Result<Option<Erased>, StoreError> {
    let Some(customer) = store.read(|tx| by_phone(tx, &[phone]))?.remove(&phone) else { return Ok(None) };
    let calls = calls::erase(store, &customer)?;
    let (promises, jobs, live_call_backs) = store.transaction(|tx| {
        let promises = promises::erase(tx, &customer)?;
        let jobs = jobs::erase(tx, &customer)?;
        conversations::erase(tx, &customer)?;
        audit::erase(tx, &format!("customer {}", customer.id.0))?;
        let live_call_backs = call_backs::erase(tx, &customer)?;
        let numbers: Vec<_> = customer.numbers.iter().map(|phone| [Value::Int(phone.digits())]).collect();
        tx.execute_each("DELETE FROM customer_number WHERE phone = $1", &numbers)?;
        search::forget(tx, &customer)?;
        tx.execute("DELETE FROM customer WHERE id = $1", &[Value::Int(customer.id.0)])?;
        Ok((promises, jobs, live_call_backs))
    })?;
    store.leave_no_trace()?;
    let live_calls = calls.live + live_call_backs;
    Ok(Some(Erased { customer, calls: calls.calls, live_calls, promises, jobs }))
}
