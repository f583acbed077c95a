//! What is noted in the audit log.

/// One kind of change. What it was about, and how things were before and after, stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deed {
    SignedIn,
    SignedOut,
    SessionEnded,
    SessionsEnded,
    AccountAdded,
    AccountRemoved,
    RoleChanged,
    /// An account and a person of the rota are one, or no more.
    PlaceGiven,
    /// Whoever left the rota is out.
    AccessEnded,
    PasswordSet,
    LinkMade,
    Invited,
    LanguageChosen,
    TokenMade,
    TokenRevoked,
    CustomerAdded,
    CustomerChanged,
    CustomersMerged,
    CustomersImported,
    CustomersExported,
    CustomerErased,
    RotaSaved,
    RotaRestored,
    LiveChangeMade,
    LiveChangeUndone,
    SwapAsked,
    FeedMade,
    FeedRevoked,
    PromiseChanged,
    CallBackAsked,
    ApologySent,
    CallNoted,
    SentAgain,
    UnsentSeen,
}

impl Deed {
    pub const ALL: [Self; 34] = [
        Self::SignedIn,
        Self::SignedOut,
        Self::SessionEnded,
        Self::SessionsEnded,
        Self::AccountAdded,
        Self::AccountRemoved,
        Self::RoleChanged,
        Self::PlaceGiven,
        Self::AccessEnded,
        Self::PasswordSet,
        Self::LinkMade,
        Self::Invited,
        Self::LanguageChosen,
        Self::TokenMade,
        Self::TokenRevoked,
        Self::CustomerAdded,
        Self::CustomerChanged,
        Self::CustomersMerged,
        Self::CustomersImported,
        Self::CustomersExported,
        Self::CustomerErased,
        Self::RotaSaved,
        Self::RotaRestored,
        Self::LiveChangeMade,
        Self::LiveChangeUndone,
        Self::SwapAsked,
        Self::FeedMade,
        Self::FeedRevoked,
        Self::PromiseChanged,
        Self::CallBackAsked,
        Self::ApologySent,
        Self::CallNoted,
        Self::SentAgain,
        Self::UnsentSeen,
    ];

    /// In the store and the API.
    pub fn word(self) -> &'static str {
        match self {
            Self::SignedIn => "signed in",
            Self::SignedOut => "signed out",
            Self::SessionEnded => "ended a session",
            Self::SessionsEnded => "ended all sessions",
            Self::AccountAdded => "added an account",
            Self::AccountRemoved => "removed an account",
            Self::RoleChanged => "changed a role",
            Self::PlaceGiven => "changed a place in the rota",
            Self::AccessEnded => "ended the access of a leaver",
            Self::PasswordSet => "set a password",
            Self::LinkMade => "made a sign-in link",
            Self::Invited => "invited somebody",
            Self::LanguageChosen => "chose a language",
            Self::TokenMade => "made a token",
            Self::TokenRevoked => "revoked a token",
            Self::CustomerAdded => "added a customer",
            Self::CustomerChanged => "changed a customer",
            Self::CustomersMerged => "merged customers",
            Self::CustomersImported => "imported customers",
            Self::CustomersExported => "exported customers",
            Self::CustomerErased => "erased a customer",
            Self::RotaSaved => "saved the rota",
            Self::RotaRestored => "brought back an older rota",
            Self::LiveChangeMade => "made a live change",
            Self::LiveChangeUndone => "undid a live change",
            Self::SwapAsked => "asked for a swap",
            Self::FeedMade => "made a calendar link",
            Self::FeedRevoked => "revoked a calendar link",
            Self::PromiseChanged => "changed a promise",
            Self::CallBackAsked => "asked for a call back",
            Self::ApologySent => "sent an apology",
            Self::CallNoted => "noted something on a call",
            Self::SentAgain => "had something sent again",
            Self::UnsentSeen => "saw what was not sent",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| deed.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_deed_reads_back() {
        for deed in Deed::ALL {
            assert_eq!(Deed::from_word(deed.word()), Some(deed));
        }
    }
}
