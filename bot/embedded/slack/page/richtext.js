// rich_text blocks and tables: every leaf is shown as it is, nothing in it is parsed.

import { dateToken, full } from "./dates.js";
import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { anchor } from "./links.js";
import { broadcast, userMention } from "./mrkdwn.js";
import { channelName, groupName } from "./store.js";
import { lead, scrolled } from "./tables.js";

const TAGS = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["highlight", "mark"]];

export function richText(elements) {
  return elements.map(part);
}

function part(element) {
  if (element.type === "rich_text_list") return list(element);
  if (element.type === "rich_text_preformatted") return h("pre", { class: "code" }, leaves(element.elements));
  if (element.type === "rich_text_quote") return h("blockquote", {}, leaves(element.elements));
  return h("div", { class: "rich-section" }, leaves(element.elements));
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && element.offset ? element.offset + 1 : null;
  const items = element.elements.map((item) => h("li", {}, leaves(item.elements)));
  return h(tag, { class: `rich-list indent-${element.indent || 0}`, start }, items);
}

function leaves(elements) {
  return elements.map((element) => styled(leaf(element), element.style || {}));
}

function styled(node, style) {
  return TAGS.reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

function leaf(element) {
  switch (element.type) {
    case "text":
      return element.text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
    case "link":
      return anchor(element.url, element.text);
    case "emoji":
      return h("span", { class: "emoji", role: "img", "aria-label": element.name }, emoji(element.name) || `:${element.name}:`);
    case "user":
      return userMention(element.user_id);
    case "channel":
      return h("span", { class: "mention" }, `#${channelName(element.channel_id)}`);
    case "usergroup":
      return h("span", { class: "mention broadcast" }, `@${groupName(element.usergroup_id)}`);
    case "broadcast":
      return broadcast(element.range);
    case "color":
      return h("code", {}, element.value);
    case "date": {
      const node = h("time", { title: full(element.timestamp) }, dateToken(element.timestamp, element.format));
      return element.url ? anchor(element.url, [node]) : node;
    }
    default:
      return `[${element.type}]`;
  }
}

function cell(tag, content, settings, isFirst) {
  const align = settings.align || "left";
  const wrap = settings.is_wrapped ? "wrapped" : "";
  const inside = content.type === "rich_text" ? richText(content.elements) : String(content.text ?? content.value ?? "");
  return h(tag, { class: `align-${align} ${wrap}`, scope: tag === "th" ? "col" : null }, isFirst ? lead(inside) : inside);
}

export function table(block) {
  const settings = block.column_settings || [];
  const row = (tag) => (cells) => h("tr", {}, cells.map((content, index) => cell(tag, content, settings[index] || {}, index === 0)));
  const [head, ...body] = block.rows;
  const inner = h("table", {}, h("thead", {}, row("th")(head)), h("tbody", {}, body.map(row("td"))));
  return scrolled(inner, block.caption || "Table");
}
