//! The browser finds what it is there to find: on pages that are wrong in one way each.

use std::fs;

use tempfile::TempDir;

use super::window::Browser;

const FINE: &str = r#"<!doctype html><html lang="en"><head><title>Fine</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,"></head>
<body><main><h1>Fine</h1><p>Nothing is wrong here.</p>
<form><label>Name <input name="name"></label> <button type="button">Say it</button></form>
<p role="status"></p>
<script>
document.querySelector("button").onclick = () => setTimeout(() => {
  document.querySelector("[role=status]").textContent = "Hello, " + document.querySelector("input").value;
}, 50);
</script><noscript><p>There is no script.</p></noscript></main></body></html>"#;

/// A folder with this one page, and a browser that has it open.
async fn page(html: &str, has_script: bool) -> Option<(Browser, TempDir)> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.html"), html).unwrap();
    let home = format!("file://{}", folder.path().display());
    let browser = if has_script { Browser::at(&home).await } else { Browser::without_script(&home).await }?;
    browser.opens("/page.html").await;
    Some((browser, folder))
}

/// What is wrong with the page that is open.
async fn faults(browser: &Browser) -> Vec<String> {
    let mut faults = browser.overflows(360).await;
    faults.extend(browser.axe().await);
    faults.extend(browser.faults_in_log().await);
    faults
}

#[tokio::test]
async fn a_page_that_is_fine_is_walked_and_nothing_is_found() {
    let Some((browser, _folder)) = page(FINE, true).await else { return };
    browser.looks_fine().await;
    assert_eq!(browser.faults_by_keyboard().await, [""; 0]);
    browser.fills("Name", "Mrs Okafor").await;
    browser.presses("Say it").await;
    browser.sees("hello, Mrs  Okafor").await;
    assert_eq!(browser.reads("Name").await, "Mrs Okafor");
    assert_eq!(browser.opens_lightly("/page.html").await, [""; 0]);
    browser.no_longer_sees("Hello").await;
}

#[tokio::test]
async fn where_script_is_turned_off_none_runs() {
    let Some((browser, _folder)) = page(FINE, false).await else { return };
    browser.sees("There is no script.").await;
    browser.looks_fine().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_page_is_named() {
    let Some((browser, folder)) = page(FINE, true).await else { return };
    for (this, that, named) in [
        ("<p>Nothing", "<p style='color: #bbb; background: white'>Nothing", "color-contrast: p"),
        ("<label>Name <input name=\"name\"></label>", "<input name='name'>", "label: input"),
        ("<p>Nothing", "<p style='width: 500px'>Nothing", "scrolls sideways at 360 px: <p"),
        ("<script>", "<script>nobody.knows();", "nobody is not defined"),
        ("<p>Nothing", "<img src='gone.png' alt='gone'><p>Nothing", "gone.png"),
        (
            "<head>",
            "<head><meta http-equiv='content-security-policy' content=\"script-src 'self'\">",
            "Content Security Policy",
        ),
    ] {
        assert!(FINE.contains(this));
        fs::write(folder.path().join("page.html"), FINE.replace(this, that)).unwrap();
        browser.opens("/page.html").await;
        let faults = faults(&browser).await;
        assert!(faults.iter().any(|fault| fault.contains(named)), "{named}: {faults:#?}");
    }
    fs::write(folder.path().join("page.html"), FINE).unwrap();
    browser.opens("/page.html").await;
    assert_eq!(faults(&browser).await, [""; 0]);
}

#[tokio::test]
async fn a_focus_that_nobody_sees_is_named_and_so_is_what_no_key_reaches() {
    let wrong = FINE.replace("</head>", "<style>button { outline: none }</style></head>");
    let trap = "<input onkeydown=\"if (event.key === 'Tab') event.preventDefault()\"";
    let Some((browser, _folder)) = page(&wrong.replace("<input", trap), true).await else { return };
    assert!(browser.faults_by_keyboard().await[0].contains("the keyboard reaches 1 of 2"));
    browser.driver.runs("document.querySelector('input').onkeydown = null", serde_json::json!([])).await.unwrap();
    let faults = browser.faults_by_keyboard().await;
    assert!(faults.len() == 1 && faults[0].contains("button \\\"Say it\\\"\" has the focus unseen"), "{faults:#?}");
}
