// Waits until the page says, or no longer says, something. The visible text is handed back when time is up.
const [words, wanted, patience, done] = arguments;
const text = () => document.body.innerText.replace(/\s+/g, " ");
const fits = () => text().toLowerCase().includes(words.toLowerCase()) === wanted;
if (fits()) return done(null);
const end = (answer) => { observer.disconnect(); clearInterval(looking); done(answer); };
const observer = new MutationObserver(() => fits() && end(null));
observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
// What only a style changes is no mutation.
const looking = setInterval(() => fits() && end(null), 100);
setTimeout(() => end(text()), patience);
