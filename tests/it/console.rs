//! The console, as a browser sees it.

mod calls;
mod mine;
mod now;
mod promises;
mod report;
mod visitor;
