// Plays a rehearsal: time goes by second by second, buttons are sent as they are pressed, and what changed is shown.
"use strict";
(() => {
  const stage = document.getElementById("stage");
  if (!stage) return;
  const pause = document.getElementById("pause");
  const speak = document.getElementById("speak");
  let running = true;
  let waiting = 0;
  let last = Promise.resolve();

  const isOver = () => stage.dataset.over === "true";

  // Who had a button that is gone now, goes on with the next one of the same phone.
  const show = (next) => {
    const focused = document.activeElement;
    const home = focused?.closest("[data-part]");
    const id = focused?.id;
    for (const part of next.querySelectorAll("[data-part]")) {
      const shown = document.getElementById(part.id);
      if (!shown) location.reload();
      else if (shown.innerHTML !== part.innerHTML) shown.innerHTML = part.innerHTML;
    }
    stage.dataset.over = next.dataset.over;
    if (home && document.activeElement !== focused) {
      (document.getElementById(id) ?? home.querySelector("button") ?? pause).focus();
    }
    if (isOver()) document.getElementById("controls").hidden = true;
  };

  const say = () => {
    if (!speak.checked || !("speechSynthesis" in window)) return;
    for (const words of document.querySelectorAll("#news [data-say]")) {
      const voice = new SpeechSynthesisUtterance(words.textContent);
      voice.lang = words.lang;
      speechSynthesis.speak(voice);
    }
  };

  const move = async (what) => {
    const answer = await fetch(stage.dataset.moves, {
      method: "POST",
      headers: { "x-part": "1" },
      body: new URLSearchParams({ move: what }),
    });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("stage");
    // It is over, or nobody is signed in any more: the page itself says so.
    if (!answer.ok || !next) return location.reload();
    show(next);
    say();
  };

  const send = (what) => {
    waiting += 1;
    last = last.then(() => move(what)).catch(() => {}).finally(() => { waiting -= 1; });
  };

  stage.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.value) send(event.submitter.value);
  });
  pause.addEventListener("click", () => {
    running = !running;
    pause.setAttribute("aria-pressed", String(!running));
    pause.textContent = running ? pause.dataset.pause : pause.dataset.run;
  });
  // A voice that was wanted is wanted for the next call too.
  const SPEAK = "rehearsal speaks";
  try { speak.checked = sessionStorage.getItem(SPEAK) === "yes"; } catch { /* Storage may be forbidden. */ }
  speak.addEventListener("change", () => {
    try { sessionStorage.setItem(SPEAK, speak.checked ? "yes" : "no"); } catch { /* As above. */ }
    if (!speak.checked) window.speechSynthesis?.cancel();
  });
  say();
  document.getElementById("controls").hidden = isOver();

  // A page that nobody looks at stands still, and is forgotten in the end.
  setInterval(() => {
    if (running && waiting === 0 && !document.hidden && !isOver()) send("waits:1");
  }, 1000);
})();
