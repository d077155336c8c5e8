// Slack's mrkdwn as Slack reads it: <…> is live, &lt; is a character, 2*3*4 is not bold.

import { dateToken, full } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { anchor } from "./links.js";
import { channelName, groupName, person, store } from "./store.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };

export function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

export function mrkdwn(text) {
  const parts = text.split(/```\n?([\s\S]+?)\n?```/g);
  return parts.map((part, index) => (index % 2 ? h("pre", { class: "code" }, code(part)) : lines(part)));
}

function lines(text) {
  const nodes = [];
  let quote = [];
  const flush = () => {
    if (quote.length) nodes.push(h("blockquote", {}, quote.map((line, index) => [index ? h("br") : null, inline(line)])));
    quote = [];
  };
  const all = text.split("\n");
  all.forEach((line, index) => {
    const quoted = line.match(/^(?:&gt;|>) ?(.*)$/);
    if (quoted) {
      quote.push(quoted[1]);
      return;
    }
    const afterQuote = quote.length > 0;
    flush();
    if (index && !afterQuote) nodes.push(h("br"));
    nodes.push(inline(line));
  });
  flush();
  return nodes;
}

function code(text) {
  // Links stay live inside code; nothing else does.
  return text.split(/(<[^<>\n]+>)/g).map((part, index) => (index % 2 ? special(part.slice(1, -1)) : unescaped(part)));
}

export function inline(text) {
  const nodes = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push(withEmoji(unescaped(plain)));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = token(text, at);
    if (found) {
      flush();
      nodes.push(found.node);
      at = found.end;
    } else plain += text[at++];
  }
  flush();
  return nodes;
}

function token(text, at) {
  const sign = text[at];
  if (sign === "<") {
    const end = text.indexOf(">", at);
    if (end > at + 1) return { node: special(text.slice(at + 1, end)), end: end + 1 };
  }
  if (sign === "`") {
    const end = text.indexOf("`", at + 1);
    if (end > at + 1) return { node: h("code", {}, code(text.slice(at + 1, end))), end: end + 1 };
  }
  return STYLES[sign] ? styled(text, at, sign) : null;
}

function styled(text, at, sign) {
  const before = text[at - 1];
  if (before && /[\p{L}\p{N}]/u.test(before)) return null;
  if (!text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === sign) return null;
  for (let end = text.indexOf(sign, at + 2); end > 0; end = text.indexOf(sign, end + 1)) {
    const closes = !/\s/.test(text[end - 1]) && !(text[end + 1] && /[\p{L}\p{N}]/u.test(text[end + 1]));
    if (closes) return { node: h(STYLES[sign], {}, inline(text.slice(at + 1, end))), end: end + 1 };
  }
  return null;
}

export function withEmoji(text) {
  return text.split(/:([a-z0-9_+-]+):/g).map((part, index) => {
    if (index % 2 === 0) return part;
    const found = emoji(part);
    return found ? h("span", { class: "emoji", role: "img", "aria-label": part }, found) : `:${part}:`;
  });
}

function special(body) {
  const [target, ...rest] = body.split("|");
  const label = unescaped(rest.join("|"));
  if (target.startsWith("@")) return userMention(target.slice(1));
  if (target.startsWith("#")) return h("span", { class: "mention" }, `#${channelName(target.slice(1))}`);
  if (target.startsWith("!")) return command(target.slice(1), label);
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return anchor(unescaped(target), label);
  return `<${unescaped(body)}>`;
}

export function userMention(id) {
  const mine = id === store.me;
  return h("span", { class: mine ? "mention me" : "mention" }, `@${person(id).real_name}`);
}

export function broadcast(range) {
  return h("span", { class: "mention broadcast" }, `@${range}`);
}

function command(body, label) {
  if (["here", "channel", "everyone"].includes(body)) return broadcast(body);
  if (body.startsWith("subteam^")) return h("span", { class: "mention broadcast" }, label || `@${groupName(body.slice(8))}`);
  if (body.startsWith("date^")) {
    const [, ts, format, url] = body.split("^");
    const node = h("time", { title: full(ts) }, dateToken(ts, format || ""));
    return url ? anchor(url, [node]) : node;
  }
  return `<${label || body}>`;
}

// The markdown block: headings, lists, code, bold, links; simply.
export function markdown(text) {
  const parts = text.split(/```\w*\n?([\s\S]+?)\n?```/g);
  return parts.map((part, index) => (index % 2 ? h("pre", { class: "code" }, part) : part.split("\n").map(markdownLine)));
}

function markdownLine(line) {
  const heading = line.match(/^(#{1,4}) (.*)$/);
  if (heading) return h("div", { class: `md-heading md-${heading[1].length}` }, markdownInline(heading[2]));
  const item = line.match(/^\s*[-*] (.*)$/);
  if (item) return h("div", { class: "md-item" }, markdownInline(item[1]));
  return h("div", { class: "md-line" }, line ? markdownInline(line) : h("br"));
}

function markdownInline(text) {
  const pattern = /(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\]\([^)]+\))/g;
  return text.split(pattern).map((part) => {
    if (part.startsWith("**") && part.length > 4) return h("strong", {}, part.slice(2, -2));
    if (part.startsWith("`") && part.length > 2) return h("code", {}, part.slice(1, -1));
    const link = part.match(/^\[([^\]]+)\]\(([^)]+)\)$/);
    return link ? anchor(link[2], link[1]) : withEmoji(part);
  });
}
