// Turns the text of the rota into an editor that is checked as one types. Without this script it stays a plain text field,
// and until the editor has come: it is larger than the whole page, so the page does not wait for it.
"use strict";
addEventListener("load", () => {
  const form = document.querySelector("#document");
  const field = form?.querySelector("#text");
  if (!form || !field) return;
  const editor = document.createElement("script");
  editor.src = form.dataset.editor;
  editor.addEventListener("load", () => begin(form, field));
  document.head.append(editor);
});
function begin(form, field) {
  const { EditorState, EditorView, HighlightStyle, StreamLanguage, highlightActiveLineGutter, history, historyKeymap,
    keymap, lineNumbers, lintKeymap, searchKeymap, setDiagnostics, standardKeymap, syntaxHighlighting, tags, toml } = CodeMirror;
  const judged = document.querySelector("#judged");
  const told = document.querySelector("#told");
  const checked = form.querySelector("#checked");
  const base = form.querySelector("[name=base]");
  const DRAFT = "rota draft";

  // What was typed outlives a session that ran out, until it is saved, thrown away, or the file is another. `sent`: about to be
  // saved; the page that says that it was forgets it.
  const draft = (change) => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(DRAFT));
      if (change === null) sessionStorage.removeItem(DRAFT);
      else if (change) sessionStorage.setItem(DRAFT, JSON.stringify({ ...kept, ...change }));
      return kept;
    } catch { return null; /* Storage may be forbidden. */ }
  };
  const unsaved = draft();
  const comesBack = unsaved?.base === base.value && unsaved.text !== field.value && !document.querySelector(".notice[role=alert]");
  const first = comesBack ? unsaved.text : field.value;
  if (unsaved) draft({ sent: false });

  const colours = HighlightStyle.define([
    { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
    { tag: tags.string, color: "var(--good)" },
    { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--info)" },
    { tag: [tags.number, tags.atom, tags.bool], color: "var(--warn)" },
    { tag: [tags.bracket, tags.heading], color: "var(--accent)", fontWeight: "600" },
  ]);
  const look = EditorView.theme({
    ".cm-scroller": { fontFamily: "var(--mono)", fontSize: ".9rem", lineHeight: "1.5", overflow: "auto" },
    ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
    ".cm-activeLineGutter": { backgroundColor: "var(--accent-soft)" },
    ".cm-content": { caretColor: "var(--ink)" },
    ".cm-tooltip, .cm-panels": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--line)" },
    ".cm-panels input": { width: "auto", minHeight: "30px" },
    "&.cm-focused .cm-selectionBackground, ::selection": { backgroundColor: "var(--accent-soft)" },
  });

  let waiting;
  const changed = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    const text = view.state.doc.toString();
    draft({ base: base.value, text, sent: false });
    clearTimeout(waiting);
    waiting = setTimeout(check, 350);
  });
  const view = new EditorView({
    state: EditorState.create({
      doc: first,
      extensions: [
        EditorView.cspNonce.of(form.dataset.nonce),
        EditorView.contentAttributes.of({ "aria-label": form.querySelector("label[for=text]").textContent, tabindex: "0" }),
        lineNumbers(), highlightActiveLineGutter(), history(), StreamLanguage.define(toml), syntaxHighlighting(colours), look,
        keymap.of([...standardKeymap, ...historyKeymap, ...lintKeymap, ...searchKeymap]), changed,
      ],
    }),
  });
  const typing = document.activeElement === field;
  field.hidden = true;
  field.after(view.dom);
  if (typing) view.focus();
  form.querySelector("label[for=text]").addEventListener("click", () => view.focus());
  form.addEventListener("submit", (event) => {
    field.value = view.state.doc.toString();
    if (event.submitter?.value === "save") draft({ sent: true });
  });
  const notice = document.querySelector("#draft");
  notice.hidden = !comesBack;
  notice.querySelector("button").addEventListener("click", () => {
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.defaultValue } });
    draft(null);
    notice.hidden = true;
    view.focus();
  });

  const show = (answer) => {
    const length = view.state.doc.length;
    const place = (problem) => {
      const from = Math.min(problem.from, length);
      const message = problem.what + " – " + problem.remedy;
      // What is wrong with the document is said in English, whatever the page speaks.
      const renderMessage = () => Object.assign(document.createElement("span"), { lang: "en", textContent: message });
      return { from, to: Math.max(from, Math.min(problem.to, length)), severity: problem.severity, message, renderMessage };
    };
    const underlined = answer.problems.filter((problem) => problem.line > 0).map(place);
    view.dispatch(setDiagnostics(view.state, underlined));
    judged.innerHTML = answer.html;
    checked.value = answer.checked;
    told.className = "hidden";
    const summary = judged.querySelector(".notice")?.textContent ?? "";
    if (told.textContent !== summary) told.textContent = summary;
  };
  let asked = 0;
  const check = async () => {
    const mine = ++asked;
    told.textContent = form.dataset.checking;
    try {
      const body = new URLSearchParams({ text: view.state.doc.toString() });
      const answer = await fetch(form.dataset.check, { method: "POST", body, headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const found = await answer.json();
      // Only the answer to what stands there now.
      if (mine === asked) show(found);
    } catch {
      if (mine !== asked) return;
      told.className = "notice warn";
      told.textContent = form.dataset.unreachable;
    }
  };
  judged.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    goes(Number(link.dataset.line));
  });
  const goes = (number) => {
    const line = view.state.doc.line(Math.min(number, view.state.doc.lines));
    view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
    view.focus();
  };
  // A link from elsewhere to a line of the file.
  const wanted = /^#line-([1-9]\d*)$/.exec(location.hash);
  if (wanted) goes(Number(wanted[1]));
  check();
}
