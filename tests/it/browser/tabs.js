// What the keyboard has arrived at: where it stands in the page, what it says, and whether one sees that it has the focus.
const element = document.activeElement;
if (!element || element === document.body || element === document.documentElement) return null;
const drawn = (one) => {
  const style = getComputedStyle(one);
  return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
};
// An editor draws it around its whole frame, whose own class for that comes a moment later; what cannot be seen itself has it
// drawn on what is shown in its place.
const place = getComputedStyle(element).opacity === "0" ? element.nextElementSibling : element.closest(".cm-editor") || element;
const outlined = place && drawn(place);
const box = element.getBoundingClientRect();
const at = (x, y) => { const found = document.elementFromPoint(x, y); return found && (element.contains(found) || found.contains(element)); };
const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
const covered = box.width > 1 && bottom > top && ![0.5, 0.1, 0.9].some((part) => at(box.left + box.width * part, (top + bottom) / 2));
const words = (element.getAttribute("aria-label") || element.textContent || element.value || element.name || "").trim();
return { element, outlined, covered, said: `${element.tagName.toLowerCase()} "${words.replace(/\s+/g, " ").slice(0, 60)}"` };
