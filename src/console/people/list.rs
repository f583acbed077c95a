//! The page of who may come in.

use maud::{Markup, html};

use super::Person;
use super::words::PeopleWords;
use crate::console::sure::{Deed, sure};
use crate::console::times::{machine, short};
use crate::console::{Console, Me, Nav, Page};
use crate::domain::access::{Account, Role};

pub(super) fn page(console: &Console, me: &Me, everybody: &[Person]) -> Markup {
    let words = PeopleWords(me.language);
    let looks_after = me.role.may(Role::Admin);
    let main = html! {
        (ways(words))
        section {
            div .table role="region" aria-label=(words.who()) tabindex="0" {
                table {
                    caption { (words.who()) }
                    thead {
                        tr {
                            th scope="col" { (words.name()) }
                            th scope="col" { (words.role()) }
                            th scope="col" { (words.signed_in()) }
                            @if looks_after { th scope="col" { (words.actions()) } }
                        }
                    }
                    tbody {
                        @for person in everybody {
                            tr {
                                th scope="row" { (person.name) }
                                td { (standing(words, person)) }
                                td { (last_seen(console, me, words, person)) }
                                @if looks_after { td { (actions(console, me, words, person)) } }
                            }
                        }
                    }
                }
            }
        }
        @if looks_after { (add(me, words)) }
        details {
            summary { (words.what_roles_may()) }
            dl { @for role in Role::ALL { dt { (words.role_name(role)) } dd { (words.role_may(role)) } } }
        }
    };
    Page::new(Nav::People, words.title()).show(console, me, &main)
}

/// To one's own sessions and tokens.
pub(super) fn ways(words: PeopleWords) -> Markup {
    html! {
        p .row {
            a .button.quiet href="/console/people/sessions" { (words.sessions()) }
            a .button.quiet href="/console/people/tokens" { (words.tokens()) }
        }
    }
}

fn standing(words: PeopleWords, person: &Person) -> Markup {
    html! {
        @match &person.listed {
            Some(listed) if listed.removed.is_some() => span .badge.bad { (words.withdrawn()) },
            Some(_) if !person.in_rota => span .badge.warn { (words.left()) },
            Some(listed) => span .badge { (words.role_name(listed.account.role)) },
            None => span .badge.quiet { (words.never()) },
        }
    }
}

fn last_seen(console: &Console, me: &Me, words: PeopleWords, person: &Person) -> Markup {
    let seen = person.listed.as_ref().and_then(|listed| listed.signed_in);
    html! {
        @match seen {
            Some(at) => time datetime=(machine(at)) { (short(me.language, at, &console.now())) },
            None => span .soft { (words.never()) },
        }
    }
}

fn actions(console: &Console, me: &Me, words: PeopleWords, person: &Person) -> Markup {
    let role = person.listed.as_ref().map(|listed| listed.account.role);
    if role.is_some_and(|role| !me.role.may_give(role)) {
        return html! {};
    }
    let (whom, name) = (person.whom.written(), person.name.as_str());
    let withdrawn = person.listed.as_ref().is_some_and(|listed| listed.removed.is_some());
    let id = format!("role-{}", whom.replace('@', "of-"));
    html! {
        div .row {
            form .inline method="post" action="/console/people/role" {
                input type="hidden" name="whom" value=(whom);
                label .hidden for=(id) { (words.role_of(name)) }
                select id=(id) name="role" { (roles(me, words, role.unwrap_or(Role::Staff))) }
                button .small.quiet aria-label=(words.give_role(name)) { (words.give()) }
            }
            @if !withdrawn && person.in_rota {
                form .inline method="post" action="/console/people/link" {
                    input type="hidden" name="whom" value=(whom);
                    button .small.quiet aria-label=(words.link_for(name)) { (words.link()) }
                }
                @if person.has_mobile && !console.providers.is_empty() {
                    form .inline method="post" action="/console/people/invite" {
                        input type="hidden" name="whom" value=(whom);
                        button .small.quiet aria-label=(words.invite_whom(name)) { (words.invite()) }
                    }
                }
            }
            @if let (Some(listed), false) = (&person.listed, withdrawn) {
                (place(console, words, &listed.account))
                a .small href={ "/console/people/sessions?of=" (listed.account.id) } { (words.sessions_of(name)) }
            }
            @if !withdrawn {
                (sure(me.language, &Deed {
                    what: &words.withdraw(),
                    about: &words.withdraw_from(name),
                    told: &words.withdraw_told(name),
                    address: "/console/people/withdraw",
                    field: ("whom", &whom),
                }))
            }
        }
    }
}

fn place(console: &Console, words: PeopleWords, account: &Account) -> Markup {
    let (rota, id) = (console.rota(), format!("place-{}", account.id));
    html! {
        details {
            summary { (words.place()) }
            form method="post" action="/console/people/place" {
                input type="hidden" name="account" value=(account.id);
                p .field {
                    label for=(id) { (words.place_of(&account.name)) }
                    select id=(id) name="place" aria-describedby={ (id) "-told" } {
                        option value="" { (words.no_place()) }
                        @for person in rota.staff.iter() {
                            option value=(person.id) selected[account.staff.as_ref() == Some(&person.id)] { (person.name) }
                        }
                    }
                }
                p .hint id={ (id) "-told" } { (words.place_told()) }
                button .small aria-label=(words.give_place(&account.name)) { (words.give()) }
            }
        }
    }
}

fn roles(me: &Me, words: PeopleWords, chosen: Role) -> Markup {
    html! {
        @for role in Role::ALL.into_iter().filter(|role| me.role.may_give(*role)) {
            option value=(role.word()) selected[role == chosen] { (words.role_name(role)) }
        }
    }
}

fn add(me: &Me, words: PeopleWords) -> Markup {
    html! {
        section {
            h2 { (words.add()) }
            form .card.toolbar method="post" action="/console/people/add" {
                p .field.wide {
                    label for="name" { (words.name()) }
                    input #name name="name" autocomplete="off" maxlength="100" required;
                }
                p .field {
                    label for="new-role" { (words.role()) }
                    select #new-role name="role" { (roles(me, words, Role::Viewer)) }
                }
                button { (words.add_button()) }
            }
        }
    }
}

/// Shown once.
pub(super) fn link_page(console: &Console, me: &Me, name: &str, link: &str) -> Markup {
    let words = PeopleWords(me.language);
    let main = html! {
        p .notice.good role="status" { (words.link_made(name)) }
        pre role="region" tabindex="0" aria-label=(words.link()) { code #link { (link) } }
        (back(words))
    };
    Page::new(Nav::People, words.link_for(name)).show(console, me, &main)
}

pub(super) fn invited_page(console: &Console, me: &Me, name: &str) -> Markup {
    let words = PeopleWords(me.language);
    let main = html! { p .notice.good role="status" { (words.invited(name)) } (back(words)) };
    Page::new(Nav::People, words.invite()).show(console, me, &main)
}

pub(super) fn back(words: PeopleWords) -> Markup {
    html! { p { a href="/console/people" { (words.back()) } } }
}

#[cfg(test)]
mod tests {
    use crate::console::people::Whom;
    use crate::domain::access::AccountId;
    use crate::domain::staff::StaffId;

    #[test]
    fn whom_a_form_means_reads_back() {
        for whom in [Whom::Account(AccountId(7)), Whom::Staff(StaffId::new("7")), Whom::Staff(StaffId::new("tom"))] {
            assert_eq!(Whom::read(&whom.written()), Some(whom));
        }
        assert_eq!(Whom::read("tom"), None);
    }
}
