//! What staff and customers text to the business number, and what they are answered.

mod live;
mod once;
mod promises;
mod reading;
mod talk;
