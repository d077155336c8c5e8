// Block Kit as DOM nodes. `context` is what elements.js wants.

import { h, picture } from "./dom.js";
import { element, textObject } from "./elements.js";
import { markdown } from "./mrkdwn.js";
import { richText, table } from "./richtext.js";

export function blocks(list, context) {
  return (list || []).map((block) => {
    const make = MAKERS[block.type];
    const inside = make ? make(block, context) : unsupported(block);
    return h("div", { class: `block ${block.type}`, "data-block-id": block.block_id }, inside);
  });
}

function unsupported(block) {
  return h("span", { class: "unsupported" }, `[a ${block.type} block: not shown here]`);
}

function section(block, context) {
  const fields = (block.fields || []).map((field) => h("div", { class: "field" }, textObject(field)));
  const body = h(
    "div",
    { class: "section-body" },
    block.text ? h("div", { class: "section-text" }, textObject(block.text)) : null,
    fields.length ? h("div", { class: "fields" }, fields) : null,
  );
  if (!block.accessory) return body;
  const side = block.accessory.type === "image" ? image(block.accessory) : element(block, block.accessory, context);
  return [body, h("div", { class: "accessory" }, side)];
}

function contextBlock(block) {
  return block.elements.map((part) => (part.type === "image" ? image(part) : h("span", {}, textObject(part))));
}

function actions(block, context) {
  return block.elements.map((part) => element(block, part, context));
}

// Pictures of other sites are not loaded: the page may talk to nobody but its server.
function image(part) {
  const file = part.slack_file && (part.slack_file.id || (part.slack_file.url || "").match(/files-pri\/(\w+)\//)?.[1]);
  if (file) return h("img", { src: `/page/files/${encodeURIComponent(file)}`, alt: part.alt_text });
  if (/^data:image\/png;base64,/.test(part.image_url || "")) return h("img", { src: part.image_url, alt: part.alt_text });
  return h("span", { class: "image-placeholder", role: "img", "aria-label": part.alt_text }, picture("file"), part.alt_text);
}

function imageBlock(block) {
  return [block.title ? h("div", { class: "image-title" }, textObject(block.title)) : null, image(block)];
}

function input(block, context) {
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  const error = context.errors && context.errors[block.block_id];
  return [
    h("div", { class: "label" }, textObject(block.label), optional),
    element(block, block.element, context),
    error ? h("div", { class: "field-error", role: "alert" }, error) : null,
    block.hint ? h("div", { class: "hint" }, textObject(block.hint)) : null,
  ];
}

function alertBlock(block) {
  return h("div", { class: `alert-box ${block.level || "default"}` }, textObject(block.text));
}

const MAKERS = {
  section,
  header: (block) => h("h3", {}, textObject(block.text)),
  context: contextBlock,
  divider: () => h("hr"),
  actions,
  image: imageBlock,
  input,
  rich_text: (block) => richText(block.elements),
  table,
  data_table: table,
  markdown: (block) => markdown(block.text),
  alert: alertBlock,
};
