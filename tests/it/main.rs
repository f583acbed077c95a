//! Everything that is tested from outside, in one binary; one promise per test, named as a sentence.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on has failed")]
#![expect(unreachable_pub, reason = "in a test binary `pub` says: for the other files of the tests")]

mod call;
