// Keeps the live part of a page up to date: what the server sends replaces what is there, unless somebody is in it.
"use strict";
(() => {
  const part = document.querySelector("[data-live]");
  if (!part) return;
  const told = document.querySelector("[data-live-told]");
  const tell = (words) => { if (told && told.textContent !== words) told.textContent = words; };

  // Seconds count on between two news.
  setInterval(() => {
    for (const since of part.querySelectorAll("[data-since]")) {
      const seconds = Math.max(0, Math.round(Date.now() / 1000 - Number(since.dataset.since)));
      const minutes = Math.floor(seconds / 60);
      since.textContent = minutes + ":" + String(seconds % 60).padStart(2, "0");
    }
  }, 1000);

  const listen = () => {
    const news = new EventSource(part.dataset.live);
    news.addEventListener("shown", (event) => {
      const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
      part.innerHTML = event.data;
      if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
      tell(part.dataset.fresh);
    });
    // Signed out, here or elsewhere: what was shown is not left standing.
    news.addEventListener("over", () => { news.close(); location.reload(); });
    news.onerror = () => {
      tell(part.dataset.stale);
      // A browser that was refused does not try again by itself.
      if (news.readyState === EventSource.CLOSED) setTimeout(listen, 15000);
    };
  };
  listen();
})();
