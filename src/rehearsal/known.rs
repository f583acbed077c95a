//! What of a rehearsed call only the server's record tells.

use std::fmt;

use crate::domain::call::Call;
use crate::domain::plan::Why;
use crate::domain::rota::Rota;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Who the caller was taken for, and who looks after them.
    Customer {
        name: String,
        usual: Option<String>,
    },
    NewCaller,
    /// A caller without a number.
    Nobody,
    Why(Why),
}

/// Whom the server took the caller for.
pub(super) fn recognised(call: &Call, rota: &Rota) -> Known {
    match &call.customer {
        Some(customer) => {
            let usual = customer.usual.as_ref().map(|usual| rota.name(usual).to_owned());
            Known::Customer { name: customer.name.clone(), usual }
        }
        None if call.from.phone().is_some() => Known::NewCaller,
        None => Known::Nobody,
    }
}

/// In English: for what our commands print.
impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Customer { name, usual: Some(usual) } => write!(f, "{name}, usual person {usual}"),
            Self::Customer { name, usual: None } => f.write_str(name),
            Self::NewCaller => f.write_str("a new caller"),
            Self::Nobody => f.write_str("nobody we could know"),
            Self::Why(why) => why.fmt(f),
        }
    }
}
