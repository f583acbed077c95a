use switchboard::domain::staff::StaffId;
use switchboard::store::calendar_links::{of, renew, whose};

use super::minute;
use crate::store_fixture::stores;

#[test]
fn a_calendar_link_leads_to_one_person_or_to_all_until_it_is_renewed() {
    let tom = StaffId::new("tom");
    for mut on in stores() {
        let engine = on.engine;
        on.store
            .transaction(|tx| {
                assert_eq!(of(tx, Some(&tom))?, None, "{engine}");
                renew(tx, Some(&tom), "a secret", minute(0))?;
                renew(tx, None, "another", minute(0))?;
                assert_eq!(whose(tx, "a secret")?, Some(Some(tom.clone())), "{engine}");
                assert_eq!(whose(tx, "another")?, Some(None), "{engine}");
                assert_eq!(whose(tx, "A SECRET")?, None, "{engine}");
                renew(tx, Some(&tom), "a new one", minute(1))?;
                assert_eq!(whose(tx, "a secret")?, None, "{engine}");
                assert_eq!(of(tx, Some(&tom))?.as_deref(), Some("a new one"), "{engine}");
                assert_eq!(of(tx, None)?.as_deref(), Some("another"), "{engine}");
                Ok(())
            })
            .unwrap();
    }
}
