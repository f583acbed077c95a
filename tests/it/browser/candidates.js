// Everything to be seen of a kind whose own words, roughly, contain these; and what else of the kind there is.
const [kind, words, row] = arguments;
const KINDS = {
  press: "button, a[href], summary, input[type=submit], input[type=button], input[type=reset], input[type=checkbox], " +
    "input[type=radio], [role=button], [role=link], [role=tab], [role=menuitem], [role=option], [role=gridcell][tabindex]",
  field: "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=reset]), textarea, select, " +
    "[contenteditable=true], [role=textbox], [role=searchbox], [role=combobox]",
};
const plain = (text) => (text || "").replace(/\s+/g, " ").trim();
const named = (element) => plain([
  element.getAttribute("aria-label"), element.title, element.placeholder, element.alt,
  element.matches("input") && element.value, element.textContent,
  ...[...(element.labels || [])].map((label) => label.textContent),
  ...(element.getAttribute("aria-labelledby") || "").split(" ").map((id) => document.getElementById(id)?.textContent),
  ...[...element.querySelectorAll("[aria-label], img[alt], svg title")].map((inner) =>
    inner.getAttribute("aria-label") || inner.getAttribute("alt") || inner.textContent),
].filter(Boolean).join(" "));
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
const inRow = (element) => {
  if (!row) return true;
  const around = element.closest("tr, li, article, section, fieldset, form, dialog, .card");
  return around && plain(around.textContent).includes(row);
};
const all = [...document.querySelectorAll(KINDS[kind])].filter(shown);
const fitting = all.filter((element) => named(element).includes(words) && inRow(element));
return { fitting, others: all.map(named) };
