//! The console, as a browser sees it.

mod now;
mod report;
mod visitor;
