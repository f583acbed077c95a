// Searches as one types: asks the page itself for the part with what is found, and keeps the address in step.
"use strict";
(() => {
  const form = document.querySelector("form[data-search]");
  if (!form) return;
  const results = document.querySelector(form.dataset.search);
  const told = document.querySelector("[data-search-told]");
  let waiting, asking;

  const look = async () => {
    const query = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...query]) if (!value.trim()) query.delete(name);
    const address = form.getAttribute("action") + (query.size ? "?" + query : "");
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(address, { headers: { "x-part": "results" }, signal: asking.signal });
      // Signed out meanwhile, or a fault: the whole page says it.
      if (!answer.ok || answer.redirected) return location.assign(address);
      results.innerHTML = await answer.text();
      history.replaceState(null, "", address);
      if (told) told.textContent = results.querySelector("[data-count]")?.textContent ?? "";
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 60);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    look();
  });
})();
