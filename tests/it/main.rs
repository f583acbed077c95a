//! Everything that is tested from outside, in one binary.
<<<<<<< HEAD

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(unreachable_pub, reason = "in a test binary `pub` says: for the other files of the tests")]

mod tidy;
=======
#![allow(
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod customers;
mod store;
mod store_fixture;
>>>>>>> a08c4d8 (The store keeps calls, promises, jobs and customers, on SQLite and PostgreSQL alike)
