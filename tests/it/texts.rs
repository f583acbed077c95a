//! What people hear and read is in their language, and nobody gets a text they should not get.

use jiff::SignedDuration;
use switchboard::domain::phone::Phone;
use switchboard::store::customers::{self, Details};
use switchboard::store::{StoreError, Tx, stopped};

use crate::phones::opening::ROTA;
use crate::phones::person::Behaviour;
use crate::phones::rest::Mood;
use crate::phones::shop::Shop;
use crate::promises::{OPEN, STRANGER};

const JANSEN: &str = "+447700900301";
/// A number that its plan knows as a landline.
const LANDLINE: &str = "+442083661177";
const TOM: &str = "+447700900103";

fn speaking(number: &str, language: &str) -> Details {
    Details {
        name: "Mevrouw Jansen".to_owned(),
        numbers: vec![phone(number)],
        language: Some(Some(language.to_owned())),
        ..Details::default()
    }
}

fn phone(number: &str) -> Phone {
    Phone::from_e164(number).unwrap()
}

/// Tom speaks German to us.
fn german_tom() -> String {
    ROTA.replace("phone = \"+447700900103\" }", "phone = \"+447700900103\", languages = [\"cy\", \"de-CH\"] }")
}

async fn in_the_store(shop: &Shop, mut work: impl FnMut(&mut Tx<'_>) -> Result<bool, StoreError> + Send + 'static) {
    assert!(shop.server().app().operator().errand(move |tx| work(tx)).await.unwrap(), "it was so already");
}

async fn says_stop(shop: &Shop, number: &'static str) {
    let now = shop.server().now();
    in_the_store(shop, move |tx| stopped::stop(tx, phone(number), now)).await;
}

/// The texts to a number.
async fn texts_to(shop: &Shop, number: &str) -> Vec<String> {
    let texts = shop.server().texts().await.into_iter();
    texts.filter_map(|text| text.strip_prefix(&format!("{number}: ")).map(str::to_owned)).collect()
}

#[tokio::test]
async fn a_dutch_customer_hears_and_reads_dutch_and_each_of_the_staff_their_own_language() {
    let shop = Shop::opening(&german_tom(), OPEN).customers([speaking(JANSEN, "nl-BE")]).open().await;
    shop.next("tom", Behaviour::presses("3")).next("priya", Behaviour::presses("3"));
    let call = shop.caller(JANSEN).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    assert_eq!(
        call.heard(),
        "Het spijt me, op dit moment kan niemand uw oproep aannemen. Tom Ellis belt u uiterlijk om 12:00 terug. Als u \
         wilt, spreek dan na de toon een bericht in."
    );
    let story = call.story();
    assert!(story.contains("tom hears: Hartley Heating. Mevrouw Jansen für Sie. Drücken Sie die 1."), "{story}");
    assert!(story.contains("priya hears: Hartley Heating. Mevrouw Jansen for you. Press 1."), "{story}");
    assert_eq!(
        texts_to(&shop, JANSEN).await,
        ["Hartley Heating: sorry dat we u misten. Tom Ellis belt u uiterlijk om 12:00 terug."]
    );
    assert_eq!(
        texts_to(&shop, TOM).await,
        ["Mevrouw Jansen (+44 7700 900301) hat um 10:00 Uhr angerufen; zugesagt ist Ihr Rückruf bis 12:00 Uhr. \
          Antworten Sie CALL 1, um anzurufen, DONE 1, wenn es erledigt ist, LATER 1 15:00 für später."]
    );
}

#[tokio::test]
async fn a_customer_of_whom_no_language_is_known_is_spoken_to_as_the_business_speaks() {
    let rota = format!("language = \"fr-CA\"\n{ROTA}");
    let shop = Shop::opening(&rota, OPEN).customers([speaking(JANSEN, "cy")]).open().await;
    for number in [JANSEN, STRANGER] {
        let call = shop.caller(number).rings().await;
        call.ends().await;
        shop.goes_quiet().await;
        assert!(call.heard().contains("Tom Ellis vous rappellera avant 12 h"), "{}", call.heard());
    }
}

#[tokio::test]
async fn a_whisper_says_who_took_the_last_call_and_when_and_that_a_number_may_be_somebody_elses() {
    let shop = Shop::opening(ROTA, OPEN).customers([speaking(JANSEN, "nl")]).open().await;
    shop.next("tom", Behaviour::presses("1"));
    shop.caller(JANSEN).rings().await.ends().await;
    shop.goes_quiet().await;
    shop.passes(SignedDuration::from_hours(24)).await;
    shop.next("tom", Behaviour::presses("1"));
    let again = shop.caller(JANSEN).with("StirVerstat", "TN-Validation-Failed-A").rings().await;
    again.ends().await;
    let story = again.story();
    assert!(
        story.contains("Mevrouw Jansen for you. Second call about this. Number not verified. Press 1."),
        "what does not fit is left out: {story}"
    );
    shop.passes(SignedDuration::from_hours(24 * 10)).await;
    shop.next("ana", Behaviour::presses("1")).next("tom", Behaviour::presses("1"));
    let later = shop.caller(JANSEN).rings().await;
    later.ends().await;
    let story = later.story();
    assert!(
        story.contains("Mevrouw Jansen for you. Last spoke with Tom Ellis, on Thursday 11 June. Press 1."),
        "{story}"
    );
}

#[tokio::test]
async fn a_call_keeps_the_language_it_began_with() {
    let shop = Shop::opening(ROTA, OPEN).customers([speaking(JANSEN, "nl")]).open().await;
    let call = shop.caller(JANSEN).rings().await;
    in_the_store(&shop, |tx| customers::put(tx, &[speaking(JANSEN, "es")]).map(|_| true)).await;
    call.ends().await;
    shop.goes_quiet().await;
    assert!(call.heard().starts_with("Het spijt me"), "{}", call.heard());
    assert!(texts_to(&shop, JANSEN).await[0].contains("belt u uiterlijk"));
    let again = shop.caller(JANSEN).rings().await;
    again.ends().await;
    assert!(again.heard().starts_with("Lo sentimos"), "{}", again.heard());
}

#[tokio::test]
async fn an_admins_own_words_are_said_and_written() {
    let rota = format!(
        "{ROTA}\n[words]\npromise = \"Oh dear. {{owner}} rings you before {{time}}, promise.\"\n\
         [words.nl]\npromise_text = \"{{owner}} belt, uiterlijk {{time}}. Groet!\"\n"
    );
    let shop = Shop::opening(&rota, OPEN).customers([speaking(JANSEN, "nl")]).open().await;
    let call = shop.caller(STRANGER).rings().await;
    call.ends().await;
    assert_eq!(call.heard(), "Oh dear. Tom Ellis rings you before 12:00, promise.");
    shop.caller(JANSEN).rings().await.ends().await;
    shop.goes_quiet().await;
    assert_eq!(texts_to(&shop, JANSEN).await, ["Tom Ellis belt, uiterlijk om 12:00. Groet!"]);
}

#[tokio::test]
async fn whoever_has_said_stop_gets_no_text_until_they_say_start() {
    let shop = Shop::open(ROTA, OPEN).await;
    says_stop(&shop, STRANGER).await;
    let call = shop.caller(STRANGER).rings().await;
    call.ends().await;
    shop.goes_quiet().await;
    assert!(call.was_promised("tom").by.starts_with("12:0"), "the promise itself is made all the same");
    assert_eq!(texts_to(&shop, STRANGER).await, [""; 0]);
    assert_eq!(texts_to(&shop, TOM).await.len(), 1, "who owes the call is told");
    in_the_store(&shop, |tx| stopped::start(tx, phone(STRANGER))).await;
    shop.caller(STRANGER).rings().await.ends().await;
    shop.goes_quiet().await;
    assert_eq!(texts_to(&shop, STRANGER).await.len(), 1);
}

#[tokio::test]
async fn a_text_that_waits_to_be_sent_is_never_sent_after_a_stop() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.server().rest.always(Mood::Refuses(503, 20_500));
    shop.caller(STRANGER).rings().await.ends().await;
    shop.goes_quiet().await;
    assert_eq!(shop.server().texts().await, [""; 0]);
    says_stop(&shop, STRANGER).await;
    shop.server().rest.always(Mood::Takes);
    for _ in 0..3 {
        shop.passes(SignedDuration::from_mins(30)).await;
        assert_eq!(texts_to(&shop, STRANGER).await, [""; 0]);
    }
    assert_eq!(texts_to(&shop, TOM).await.len(), 1);
}

#[tokio::test]
async fn a_stop_outlives_the_customer_who_is_erased() {
    let shop = Shop::opening(ROTA, OPEN).customers([speaking(JANSEN, "nl")]).open().await;
    says_stop(&shop, JANSEN).await;
    let store = shop.server().store().to_owned();
    let erase = move || {
        let mut store = switchboard::store::Store::open_for_command(&store).unwrap();
        crate::customers::erase(&mut store, JANSEN).unwrap();
    };
    tokio::task::spawn_blocking(erase).await.unwrap();
    shop.caller(JANSEN).rings().await.ends().await;
    shop.goes_quiet().await;
    assert_eq!(texts_to(&shop, JANSEN).await, [""; 0]);
}

#[tokio::test]
async fn a_landline_gets_no_text_and_whoever_owes_the_call_does() {
    let shop = Shop::open(ROTA, OPEN).await;
    shop.caller(LANDLINE).rings().await.ends().await;
    shop.goes_quiet().await;
    assert_eq!(texts_to(&shop, LANDLINE).await, [""; 0]);
    assert!(texts_to(&shop, TOM).await[0].starts_with("A new caller (+44 20 8366 1177) rang at 10:00"));
}

#[tokio::test]
async fn what_answers_a_callers_own_call_at_night_does_not_wait_for_the_morning() {
    let shop = Shop::open(ROTA, "2026-06-10 23:30").await;
    shop.caller(STRANGER).rings().await.ends().await;
    shop.goes_quiet().await;
    assert_eq!(
        texts_to(&shop, STRANGER).await,
        ["Hartley Heating: sorry we missed you. Tom Ellis will ring you by 10:30 tomorrow."]
    );
}
