//! Checking the files, and the first start with them.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::Shop;

#[test]
fn the_example_is_right_and_told_in_plain_words() {
    let said = Shop::unpack().type_in(&["check"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.starts_with("config/switchboard.toml and config/rota.toml are right.\n\nHartley Heating"));
}

#[test]
fn what_customers_hear_and_read_is_shown_in_every_language_that_somebody_speaks() {
    let shop = Shop::unpack();
    let rota = std::fs::read_to_string(shop.path("config/rota.toml")).unwrap();
    let rota = rota.replace("languages = [\"en\", \"cy\"]", "languages = [\"cy\", \"de\"]");
    shop.write("config/rota.toml", &format!("{rota}\n[words.nl]\nmessage_thanks = \"Dank u. Dag.\"\n"));
    let said = shop.type_in(&["check"]);
    assert_eq!(said.code, 0, "{}", said.err);
    for expected in [
        "What customers hear and read in English:\n  promise: I am sorry, ",
        "What customers hear and read in German:\n  promise: Es tut mir leid, ",
        "  promise_text: Hartley Heating: Entschuldigung, dass wir Ihren Anruf verpasst haben. Priya Nair ruft Sie bis ",
        "  message_thanks: Dank u. Dag.",
    ] {
        assert!(said.out.contains(expected), "{expected}\n{}", said.out);
    }
    assert!(!said.out.contains("Spanish") && !said.out.contains("French"), "{}", said.out);
    assert!(!said.out.contains('{'), "a place is left open: {}", said.out);
}

#[test]
fn mistakes_in_either_file_are_shown_with_their_line() {
    let shop = Shop::unpack();
    let rota = std::fs::read_to_string(shop.path("config/rota.toml")).unwrap();
    shop.write("config/rota.toml", &rota.replace("[\"priya\", \"tom\", \"ana\"]", "[\"pria\", \"tom\", \"ana\"]"));
    let said = shop.type_in(&["check"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("did you mean `priya`?") && said.err.contains("config/rota.toml:"), "{}", said.err);

    let settings = std::fs::read_to_string(shop.path("config/switchboard.toml")).unwrap();
    shop.write("config/switchboard.toml", &settings.replace("listen =", "lissen ="));
    let said = shop.type_in(&["check"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("lissen") && said.err.contains("pria"), "both files in one go: {}", said.err);
}

#[test]
fn an_expectation_may_name_a_customer() {
    let shop = Shop::unpack();
    let rota = std::fs::read_to_string(shop.path("config/rota.toml")).unwrap();
    let expect = |caller: &str, rings: &str| {
        let more = format!("\n[[expect]]\nat = \"2026-07-15 10:00\"\ncaller = \"{caller}\"\nrings = {rings}\n");
        shop.write("config/rota.toml", &format!("{rota}{more}"));
        shop.type_in(&["check"]).code
    };
    for store_is_there in [false, true] {
        assert_eq!(expect("Gwen Pritchard", r#"["ana", "priya", "sam"]"#), 0, "{store_is_there}");
        assert_eq!(expect("Gwen Pritchard", r#"["tom", "priya", "sam"]"#), 1, "{store_is_there}");
        assert_eq!(expect("Gwen Prichard", r#"["ana", "priya", "sam"]"#), 1, "{store_is_there}");
        shop.write("config/rota.toml", &rota);
        assert_eq!(shop.type_in(&["customers", "import", "config/customers.csv"]).code, 0);
    }
}

#[test]
fn a_rota_that_is_wrong_still_answers_and_says_so() {
    let shop = Shop::unpack();
    let rota = std::fs::read_to_string(shop.path("config/rota.toml")).unwrap();
    shop.write("config/rota.toml", &rota.replace("rings  = [\"sam\"", "rings  = [\"tom\", \"sam\""));
    let said = shop.type_in(&["who", "anonymous", "--at", "2026-07-15 10:02"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("1. Priya Nair"), "{}", said.out);
    assert!(said.err.contains("this does not hold"), "{}", said.err);
    assert_eq!(shop.type_in(&["promises"]).code, 0, "what was promised does not hang on the file");
}

#[test]
fn the_first_start_takes_the_customers_in_and_a_later_one_does_not() {
    let shop = Shop::unpack();
    start_and_stop(&shop);
    assert!(shop.type_in(&["customers", "show", "07700900110"]).out.starts_with("Mrs Okafor\n"));
    assert_eq!(shop.type_in(&["customers", "erase", "07700900110", "--yes"]).code, 0);
    start_and_stop(&shop);
    assert_eq!(shop.type_in(&["customers", "show", "07700900110"]).code, 1);
}

fn start_and_stop(shop: &Shop) {
    let mut command = shop.command(&["serve"]);
    command.env("SWITCHBOARD__LISTEN", "127.0.0.1:0").stdout(Stdio::piped()).stderr(Stdio::null());
    let mut server = command.spawn().unwrap();
    let mut first = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut first).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(first.starts_with("Switchboard listens on http://127.0.0.1:"), "{first}");
}

#[test]
fn the_fallback_rings_the_owner_and_nothing_else() {
    let said = Shop::unpack().type_in(&["fallback", "--provider", "twilio"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let document = roxmltree::Document::parse(&said.out).unwrap();
    let dial = document.root_element().first_element_child().unwrap();
    assert_eq!((dial.tag_name().name(), dial.attribute("action")), ("Dial", None));
    assert_eq!(dial.first_element_child().unwrap().text(), Some("+447700900101"));
    assert!(!said.out.contains("http"), "it must need nothing of ours");
}
