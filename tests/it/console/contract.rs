//! The API against its own description, by a public contract tester: Schemathesis.

use std::process::Command;

use switchboard::clock::Clock;
use switchboard::domain::access::{AccountId, Key, Role, Scope};
use switchboard::domain::staff::StaffId;
use switchboard::store::Store;
use switchboard::store::tokens::NewToken;

use super::program::token_of;
use crate::phones::opening::ROTA;
use crate::phones::rest::Rest;
use crate::process::{ACCOUNT, Process, TOKEN};

/// A text that fits its pattern need not mean something; and whoever shows wrong tokens again and again is told to
/// wait, where the tester would hear once more that they are wrong.
const LEFT_OUT: &str = "positive_data_acceptance,ignored_auth";

/// What would take the tester's own token away.
const NOT_ASKED: &str = "^(revoke_token|end_sessions|withdraw_person|give_role)$";

/// By name or by path; `None`, and it is said, where it is not installed.
fn tester() -> Option<String> {
    let name = std::env::var("SWITCHBOARD_TEST_SCHEMATHESIS").unwrap_or_else(|_| "schemathesis".to_owned());
    if Command::new(&name).arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Some(name);
    }
    assert!(
        std::env::var_os("SWITCHBOARD_TEST_NOTHING_SKIPPED").is_none(),
        "SWITCHBOARD_TEST_NOTHING_SKIPPED is set: pip install schemathesis"
    );
    eprintln!("The contract test of the API was skipped. To run it: pip install schemathesis");
    None
}

#[tokio::test]
async fn every_answer_of_the_api_is_as_its_description_says() {
    let Some(tester) = tester() else { return };
    let folder = tempfile::tempdir().unwrap();
    let rota = folder.path().join("rota.toml");
    std::fs::write(&rota, ROTA).unwrap();
    let rest = Rest::open(ACCOUNT, TOKEN, Box::new(|| Clock::System.now())).await;
    let store = format!("sqlite://{}", folder.path().join("switchboard.db").display());
    let mut process = Process::new(folder.path(), "switchboard", &rota, &store, rest.url());
    process.start().await;
    let key = Key::new(rand::random());
    let (made, shown) = (Clock::System.now(), key.reveal());
    let token = move || {
        let (account, name) = (AccountId(0), "the tester".to_owned());
        let new = NewToken { key, account, name, scope: Scope::Write, made, parent: None };
        let owner = Some(StaffId::new("sam"));
        Store::open_for_command(&store)
            .unwrap()
            .transaction(|tx| token_of(tx, "Sam", owner, Role::Owner, new))
            .unwrap();
    };
    tokio::task::spawn_blocking(token).await.unwrap();
    let description = format!("{}/api/v1/openapi.json", process.url());
    let mut run = Command::new(tester);
    run.args([
        "run",
        &description,
        "--header",
        &format!("Authorization: Bearer {shown}"),
        "--exclude-checks",
        LEFT_OUT,
    ])
    .args(["--exclude-operation-id-regex", NOT_ASKED])
    .args(["--phases", "examples,coverage,fuzzing", "--max-examples", "15", "--seed", "1", "--workers", "2"])
    .args(["--warnings", "off", "--request-timeout", "20", "--no-color"])
    .current_dir(folder.path());
    let output = tokio::task::spawn_blocking(move || run.output()).await.unwrap().unwrap();
    assert!(
        output.status.success(),
        "{}\n{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
        process.log()
    );
}
