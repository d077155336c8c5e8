// A table that is wider than its place scrolls under its first column; a shadow says that there is more.

import { h } from "./dom.js";

// The first column takes what it needs, up to a share of the place: it must not hide the others.
export function lead(content) {
  return h("div", { class: "lead" }, content);
}

export function scrolled(table, label, className = "") {
  const scroller = h("div", { class: `table-scroll ${className}`, tabindex: "0", role: "region", "aria-label": label }, table);
  const frame = h("div", { class: "table-frame" }, scroller);
  const shade = () => {
    frame.classList.toggle("moved", scroller.scrollLeft > 1);
    frame.classList.toggle("more", scroller.scrollWidth - scroller.clientWidth - scroller.scrollLeft > 1);
  };
  scroller.addEventListener("scroll", shade);
  new ResizeObserver(shade).observe(scroller);
  return frame;
}
