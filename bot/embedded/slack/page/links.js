// Links. Those to the workspace itself (permalinks of messages and files) stay on the page: no
// workspace of that name is ours on the internet.

import { hash } from "./address.js";
import { h } from "./dom.js";
import { store } from "./store.js";

// Only these schemes may be followed; anything else is shown as text.
function safe(url) {
  return /^(https?:|mailto:|tel:|slack:)/i.test(url) && URL.canParse(url) ? new URL(url) : null;
}

function ours({ protocol, host, origin }) {
  return protocol === "slack:" || origin === location.origin || [`${store.team.domain}.slack.com`, "app.slack.com"].includes(host);
}

// https://acme.slack.com/archives/C1/p1700000000000100 -> #/mika.sato/ops/1700000000.000100
function local(url) {
  const [, kind, first, second] = url.pathname.split("/");
  if (kind === "archives") return hash({ channel: first, ts: second?.replace(/^p(\d+)(\d{6})$/, "$1.$2") });
  if (kind === "client") return hash({ channel: second });
  if (kind === "files") return `/page/files/${encodeURIComponent(second)}`;
  if (kind === "files-pri") return `/page/files/${encodeURIComponent(first)}`;
  if (url.origin === location.origin) return url.pathname + url.hash;
  return hash({ channel: url.searchParams.get("channel") || url.searchParams.get("id") || store.app.im });
}

// Where a link leads from here: on the page (#…), to a file of its server (/…), or elsewhere; null: nowhere.
function route(url) {
  const asked = safe(url.trim());
  if (!asked) return null;
  return ours(asked) ? local(asked) : url.trim();
}

export function anchor(url, label) {
  const href = route(url);
  const words = label === "" || label === undefined ? [url] : label;
  if (!href) return h("span", {}, words);
  if (href.startsWith("#")) return h("a", { href }, words);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, words);
}

export function follow(url) {
  const href = url && route(url);
  if (!href) return;
  if (href.startsWith("#")) location.hash = href;
  else window.open(href, "_blank", "noopener,noreferrer");
}
