//! Everything that is tested from outside, in one binary.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(unreachable_pub, reason = "in a test binary `pub` says: for the other files of the tests")]

mod tidy;
