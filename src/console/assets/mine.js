// Mine is kept on a telephone's home screen and looked at hours later: then it is shown anew, unless somebody is filling in
// when they are away.
"use strict";
(() => {
  const page = document.querySelector("[data-anew]");
  if (!page) return;
  const STALE = 60000; // milliseconds
  let hidden = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hidden = Date.now();
    else if (Date.now() - hidden >= STALE && !document.querySelector("main details[open]")) location.replace(page.dataset.anew);
  });
})();
