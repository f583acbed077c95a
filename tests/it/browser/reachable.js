// Everything that must be reached with the keyboard: what can be pressed or filled and is seen. One of a group of radio buttons is enough.
const all = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true], audio[controls]");
const groups = new Set();
return [...all].filter((element) => {
  if (element.disabled || element.tabIndex < 0 || element.type === "hidden" || element.closest("[inert]")) return false;
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  if (element.type === "radio") {
    if (groups.has(element.name)) return false;
    groups.add(element.name);
  }
  return true;
}).length;
