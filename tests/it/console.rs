//! The console, as a browser sees it.

mod access;
mod calls;
mod customer_lists;
mod customers;
mod mine;
mod now;
mod promises;
mod rehearse;
mod report;
mod rota;
mod visitor;
mod who;
