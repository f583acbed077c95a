//! Everything that is tested from outside, in one binary.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on says so by panicking")]
#![expect(unreachable_pub, reason = "in a test binary `pub` says: for the other files of the tests")]

mod rota;
