//! The console, as a browser sees it.

mod access;
mod calls;
mod mine;
mod now;
mod promises;
mod report;
mod visitor;
