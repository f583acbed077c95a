//! The shell around every page: menu, main part, and what stands below.

use maud::{DOCTYPE, Markup, html};

use super::assets::{Asset, CONSOLE_CSS, ICON, ICON_MASKABLE, LICENCES};
use super::words::{Words, own_name};
use super::{Console, Me};
use crate::domain::access::Role;
use crate::domain::words::Language;

/// Holds the tag of a language that somebody has chosen.
pub(super) const LANGUAGE_COOKIE: &str = "language";

/// An entry of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nav {
    Now,
    Calls,
    Promises,
    Customers,
    Rota,
    Who,
    Rehearse,
    Report,
    Mine,
    People,
    Audit,
}

impl Nav {
    /// In the order of the menu.
    const ALL: [Self; 11] = [
        Self::Now,
        Self::Mine,
        Self::Calls,
        Self::Promises,
        Self::Customers,
        Self::Rota,
        Self::Who,
        Self::Rehearse,
        Self::Report,
        Self::People,
        Self::Audit,
    ];

    pub(crate) fn address(self) -> &'static str {
        match self {
            Self::Now => "/console",
            Self::Calls => "/console/calls",
            Self::Promises => "/console/promises",
            Self::Customers => "/console/customers",
            Self::Rota => "/console/rota",
            Self::Who => "/console/who",
            Self::Rehearse => "/console/rehearse",
            Self::Report => "/console/report",
            Self::Mine => "/console/mine",
            Self::People => "/console/people",
            Self::Audit => "/console/audit",
        }
    }

    /// Whose page, or one step from it, has this address.
    pub(super) fn of(path: &str) -> Self {
        let under =
            |nav: &Self| path.strip_prefix(nav.address()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        Self::ALL.into_iter().filter(under).max_by_key(|nav| nav.address().len()).unwrap_or(Self::Now)
    }

    pub(crate) fn title(self, words: Words) -> String {
        match self {
            Self::Now => words.now(),
            Self::Calls => words.calls(),
            Self::Promises => words.promises(),
            Self::Customers => words.customers(),
            Self::Rota => words.rota(),
            Self::Who => words.who(),
            Self::Rehearse => words.rehearse(),
            Self::Report => words.report(),
            Self::Mine => words.mine(),
            Self::People => words.people(),
            Self::Audit => words.audit(),
        }
    }
}

/// A page that is being put together.
///
/// ```text
/// Page::new(Nav::Calls, title).script(&LIVE_JS).show(&console, &me, &html! { … })
/// ```
pub(crate) struct Page {
    nav: Nav,
    title: String,
    styles: Vec<&'static Asset>,
    scripts: Vec<&'static Asset>,
}

impl Page {
    pub(crate) fn new(nav: Nav, title: impl Into<String>) -> Self {
        Self { nav, title: title.into(), styles: vec![&CONSOLE_CSS], scripts: Vec::new() }
    }

    /// Beside the style of all pages.
    pub(crate) fn style(mut self, style: &'static Asset) -> Self {
        self.styles.push(style);
        self
    }

    pub(crate) fn script(mut self, script: &'static Asset) -> Self {
        self.scripts.push(script);
        self
    }

    /// The whole page around its main part, of which the title is the first heading.
    pub(crate) fn show(&self, console: &Console, me: &Me, main: &Markup) -> Markup {
        let words = Words(me.language);
        let rota = console.rota();
        let business = rota.business.as_str();
        let head = html! {
            title { (self.title) " · " (business) }
            link rel="manifest" href="/console/manifest.webmanifest";
            link rel="apple-touch-icon" href=(ICON_MASKABLE.address());
            @for style in &self.styles { link rel="stylesheet" href=(style.address()); }
            @for script in &self.scripts { script defer src=(script.address()) {} }
        };
        document(
            me.language,
            &head,
            &html! {
                a .skip href="#main" { (words.skip()) }
                header .top {
                    a .brand href="/console" { img src=(ICON.address()) alt="" width="28" height="28"; span { (business) } }
                    (self.menu(me, words))
                }
                main #main tabindex="-1" {
                    h1 { (self.title) }
                    (main)
                }
                (below(console, me, words))
                @if self.is_at_hand(me) { (self.shortcuts(words)) }
            },
        )
    }

    /// Open on a wide screen, behind a button on a narrow one; needs no script.
    fn menu(&self, me: &Me, words: Words) -> Markup {
        let entries = Nav::ALL.into_iter().filter(|nav| me.sees(*nav));
        html! {
            input #menu .menu-switch type="checkbox" aria-label=(words.menu());
            label .menu-button for="menu" aria-hidden="true" { (words.menu()) }
            nav .menu aria-label=(words.pages()) {
                ul {
                    @for nav in entries {
                        li { a href=(nav.address()) aria-current=[(nav == self.nav).then_some("page")] { (nav.title(words)) } }
                    }
                }
            }
        }
    }

    /// Whoever answers the phone has the console in one hand; others have Mine at most.
    fn is_at_hand(&self, me: &Me) -> bool {
        me.staff.is_some() && (me.role == Role::Staff || self.nav == Nav::Mine)
    }

    /// Where a thumb is: at the foot of a phone's screen.
    fn shortcuts(&self, words: Words) -> Markup {
        html! {
            nav .thumb aria-label=(words.shortcuts()) {
                ul {
                    @for nav in [Nav::Mine, Nav::Promises, Nav::Calls, Nav::Now] {
                        li { a href=(nav.address()) aria-current=[(nav == self.nav).then_some("page")] { (nav.title(words)) } }
                    }
                }
            }
        }
    }
}

/// Whose clock it is that is shown.
pub(crate) fn zone(console: &Console, words: Words) -> String {
    let now = console.now();
    let zone = now.time_zone().iana_name().unwrap_or("UTC");
    words.zone(format!("{zone} ({})", now.strftime("%Z")))
}

fn below(console: &Console, me: &Me, words: Words) -> Markup {
    html! {
        footer .below {
            p { (zone(console, words)) " " a href=(LICENCES.address()) { (words.licences()) } }
            form .inline method="post" action="/console/language" {
                label for="language" { (words.language()) }
                select #language name="language" {
                    @for language in Language::ALL {
                        option value=(language.code()) lang=(language.code()) selected[language == me.language] { (own_name(language)) }
                    }
                }
                button .quiet { (words.change()) }
            }
            form .inline method="post" action="/console/sign-out" {
                span { (me.name) }
                button .quiet { (words.sign_out()) }
            }
        }
    }
}

/// A page without the menu: for problems, and before somebody has signed in.
pub(crate) fn bare(language: Language, title: &str, main: &Markup) -> Markup {
    let head = html! {
        title { (title) " · Switchboard" }
        link rel="stylesheet" href=(CONSOLE_CSS.address());
    };
    document(
        language,
        &head,
        &html! {
            main #main .narrow {
                img src=(ICON.address()) alt="" width="40" height="40";
                h1 { (title) }
                (main)
            }
        },
    )
}

fn document(language: Language, head: &Markup, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="icon" href=(ICON.address()) type="image/svg+xml";
                (head)
            }
            body { (body) }
        }
    }
}
