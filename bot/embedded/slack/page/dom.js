// Elements are made by h() alone: text always becomes a text node, so nothing an app sends can
// turn into markup.

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "selected") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

export function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
  return element;
}

export function fill(element, ...children) {
  element.replaceChildren();
  return add(element, children);
}

const PICTURES = {
  eye: "M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zm8 2.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  close: "M5 5l10 10M15 5L5 15",
  menu: "M3 5h14M3 10h14M3 15h14",
  send: "M3 3l14 7-14 7 2.5-7L3 3zm2.5 7H11",
  download: "M10 3v9m0 0l-4-4m4 4l4-4M4 16h12",
  dots: "M5 10h.01M10 10h.01M15 10h.01",
  back: "M12 4l-6 6 6 6",
  thread: "M4 5h12v8H9l-3 3v-3H4z",
  file: "M5 2h7l4 4v12H5zM12 2v4h4",
  house: "M3 10l7-6 7 6v7h-5v-5H8v5H3z",
};

export function picture(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `picture picture-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", PICTURES[name]);
  svg.append(path);
  return svg;
}

let toastTimer = 0;
export function toast(words) {
  fill(document.getElementById("toasts"), h("div", { class: "toast" }, words));
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => fill(document.getElementById("toasts")), 6000);
}
