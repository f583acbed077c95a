// A click on somebody's day opens what can be changed on it. By keyboard, and without this script, the name at the
// beginning of the row leads there too.
"use strict";
(() => {
  // What the editor keeps of a text, until it is saved: see rota_editor.js.
  try {
    const saved = ["written", "behind"].includes(new URLSearchParams(location.search).get("said"));
    if (saved && JSON.parse(sessionStorage.getItem("rota draft"))?.sent) sessionStorage.removeItem("rota draft");
  } catch { /* Storage may be forbidden. */ }
  for (const table of document.querySelectorAll(".rota table")) {
    const days = [...table.querySelectorAll("[data-day]")].map((head) => head.dataset.day);
    const clicked = (event) => {
      const cell = event.target.closest("td");
      const who = cell?.closest("[data-who]")?.dataset.who;
      // The name is the first cell of the row.
      return who ? { cell, who, day: days[cell.cellIndex - 1] } : null;
    };
    table.addEventListener("click", (event) => {
      const found = clicked(event);
      if (found) location.assign("/console/rota/change?" + new URLSearchParams({ who: found.who, day: found.day }));
    });
    table.addEventListener("mouseover", (event) => {
      const cell = event.target.closest("td");
      if (cell && !cell.title) cell.title = cell.querySelector(".hidden")?.textContent ?? "";
    });
  }
})();
