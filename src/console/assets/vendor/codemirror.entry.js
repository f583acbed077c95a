export { EditorState } from "@codemirror/state";
export { EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
export { history, historyKeymap, standardKeymap } from "@codemirror/commands";
export { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
export { lintKeymap, setDiagnostics } from "@codemirror/lint";
export { searchKeymap } from "@codemirror/search";
export { toml } from "@codemirror/legacy-modes/mode/toml";
export { tags } from "@lezer/highlight";
