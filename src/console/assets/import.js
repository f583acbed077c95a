// Shows how far a list is, until it is done.
"use strict";
(() => {
  const part = document.querySelector("[data-poll]");
  if (!part) return;
  const look = async () => {
    try {
      const answer = await fetch(part.dataset.poll);
      if (!answer.ok || answer.redirected || answer.headers.has("x-over")) return location.reload();
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      const [bar, now] = [part.querySelector("progress"), fresh.content.querySelector("progress")];
      // Only the bar moves: a button that somebody is about to press stays.
      if (bar && now && bar.value !== now.value) {
        bar.value = now.value;
        bar.parentElement.querySelector(".number").textContent = now.value + " %";
      }
    } catch {
      // The line is down: tried again.
    }
    setTimeout(look, 700);
  };
  setTimeout(look, 400);
})();
