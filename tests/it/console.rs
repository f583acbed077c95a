//! The console, as a browser sees it.

mod access;
mod api;
mod audit;
mod calls;
mod contract;
mod customer_lists;
mod customers;
mod fixes;
mod languages;
mod live;
mod mine;
mod now;
mod problems;
mod program;
mod promises;
mod rehearse;
mod report;
mod rota;
mod visitor;
mod who;
