// What the keyboard has arrived at: where it stands in the page, what it says, and whether one sees that it has the focus.
const element = document.activeElement;
if (!element || element === document.body || element === document.documentElement) return null;
const style = getComputedStyle(element);
const outlined = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
const box = element.getBoundingClientRect();
const at = (x, y) => { const top = document.elementFromPoint(x, y); return top && (element.contains(top) || top.contains(element)); };
const covered = box.width > 1 && ![0.5, 0.1, 0.9].some((part) => at(box.left + box.width * part, box.top + box.height / 2));
const words = (element.getAttribute("aria-label") || element.textContent || element.value || element.name || "").trim();
const group = element.type === "radio" ? `radio ${element.name}` : null;
return { element, outlined, covered, said: `${element.tagName.toLowerCase()} "${words.replace(/\s+/g, " ").slice(0, 60)}"`, group };
