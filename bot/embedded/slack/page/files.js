// Files under a message: CSV as a small table, PNG as a picture, the rest by name.

import { h, picture } from "./dom.js";
import { lead, scrolled } from "./tables.js";

const PREVIEW_ROWS = 6;
const PREVIEW_COLUMNS = 8;

export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function fileCard(file) {
  const url = `/page/files/${encodeURIComponent(file.id)}`;
  const download = h(
    "a",
    { class: "button icon", href: url, download: file.name, "aria-label": `Download ${file.name}`, title: "Download" },
    picture("download"),
  );
  const head = h(
    "div",
    { class: "file-head" },
    h("span", { class: `file-icon ${file.filetype}` }, picture("file")),
    h("span", { class: "file-name" }, h("strong", {}, file.title || file.name), h("span", {}, `${file.pretty_type || "File"} · ${size(file.size)}`)),
    download,
  );
  return h("div", { class: "file", "data-testid": "file" }, head, preview(file, url));
}

function preview(file, url) {
  if (file.mimetype === "image/png") return h("a", { href: url, target: "_blank", rel: "noopener" }, h("img", { src: url, alt: file.alt_txt || file.title }));
  if (!file.preview) return null;
  const left = file.lines_more > 0 ? h("div", { class: "file-more" }, `${file.lines_more.toLocaleString("en")} more lines in the file`) : null;
  return [file.filetype === "csv" ? csvTable(file.preview) : h("pre", { class: "code" }, file.preview), left];
}

function csvTable(text) {
  const lines = text.split("\n").slice(0, PREVIEW_ROWS).map(fields);
  // The preview may end within a line.
  const rows = lines.filter((cells) => cells.length === lines[0].length).map((cells) => cells.slice(0, PREVIEW_COLUMNS));
  const row = (tag) => (cells) => h("tr", {}, cells.map((cell, index) => h(tag, {}, index ? cell : lead(cell))));
  const [head, ...body] = rows;
  const inner = h("table", {}, h("thead", {}, row("th")(head)), h("tbody", {}, body.map(row("td"))));
  return scrolled(inner, "Preview", "small");
}

function fields(line) {
  const found = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    found.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
  }
  return found;
}
