// Interactive elements. `context` says where they stand: act(block, element, value) tells the app,
// put(block, element, value) remembers what was filled in, get(block, element) gives it back.

import { ask } from "./confirm.js";
import { h, picture } from "./dom.js";
import { follow } from "./links.js";
import { mrkdwn, withEmoji } from "./mrkdwn.js";
import { channelName, store } from "./store.js";

export function textObject(text) {
  if (!text) return [];
  return text.type === "mrkdwn" ? mrkdwn(text.text) : text.emoji === false ? [text.text] : withEmoji(text.text);
}

const MENU_MARGIN = 8;
const words = (text) => (text ? text.text : "");
const listed = (element) => element.options || (element.option_groups || []).flatMap((group) => group.options);

export function element(block, part, context) {
  const make = MAKERS[part.type];
  return make ? make(block, part, context) : h("span", { class: "unsupported" }, `[${part.type} is not shown here]`);
}

async function choose(block, part, context, value, node) {
  if (part.confirm && !(await ask(part.confirm))) return;
  context.put(block, part, value);
  if (block.type !== "input" || block.dispatch_action) await context.act(block, part, value, node);
}

function button(block, part, context) {
  const style = part.style ? `button ${part.style}` : "button";
  const attributes = { class: style, type: "button", "data-action-id": part.action_id, "aria-label": part.accessibility_label };
  const press = async (event) => {
    if (part.confirm && !(await ask(part.confirm))) return;
    follow(part.url);
    await context.act(block, part, null, event.target.closest("button"));
  };
  return h("button", { ...attributes, onclick: press }, textObject(part.text));
}

// Below its button and within its log or form; above the button where there is room only there.
function fit(menu, opener) {
  const room = (opener.closest(".log, .home, .modal-body") || document.body).getBoundingClientRect();
  const at = opener.getBoundingClientRect();
  menu.classList.toggle("up", at.bottom + menu.offsetHeight > room.bottom && at.top - menu.offsetHeight > room.top);
  menu.style.marginLeft = "";
  menu.style.marginLeft = `${Math.min(0, room.right - MENU_MARGIN - menu.getBoundingClientRect().right)}px`;
}

function overflow(block, part, context) {
  const menu = h("div", { class: "menu", role: "menu", hidden: true });
  const toggle = (open) => {
    menu.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return;
    fit(menu, opener);
    menu.querySelector("button").focus();
  };
  const opener = h(
    "button",
    { class: "button icon", type: "button", "aria-label": "More actions", "aria-haspopup": "menu", "aria-expanded": "false", "data-action-id": part.action_id, onclick: () => toggle(menu.hidden) },
    picture("dots"),
  );
  for (const option of part.options) {
    const pick = async () => {
      toggle(false);
      follow(option.url);
      await choose(block, part, context, option.value, opener);
    };
    menu.append(h("button", { type: "button", role: "menuitem", onclick: pick }, textObject(option.text)));
  }
  const leave = (event) => {
    if (!event.currentTarget.contains(event.relatedTarget)) toggle(false);
  };
  const escape = (event) => {
    if (event.key === "Escape" && !menu.hidden) {
      event.stopPropagation();
      toggle(false);
      opener.focus();
    }
  };
  return h("span", { class: "overflow", onfocusout: leave, onkeydown: escape }, opener, menu);
}

function label(block, part) {
  return words(block.label) || words(part.placeholder) || part.action_id;
}

function selectOf(entries) {
  return (block, part, context) => {
    const current = context.get(block, part);
    const placeholder = words(part.placeholder) || "Select an item";
    const node = h("select", { class: "select", "aria-label": label(block, part), "data-action-id": part.action_id });
    node.append(h("option", { value: "", disabled: block.type !== "input" || !block.optional, selected: !current }, placeholder));
    node.append(...entries(part, current));
    node.addEventListener("change", () => choose(block, part, context, node.value || null, node));
    return node;
  };
}

const option = (value, text, current) => h("option", { value, selected: value === current }, text);

function staticEntries(part, current) {
  if (part.options) return part.options.map((each) => option(each.value, words(each.text), current));
  return part.option_groups.map((group) =>
    h("optgroup", { label: words(group.label) }, group.options.map((each) => option(each.value, words(each.text), current))),
  );
}

function people(part, current) {
  const humans = [...store.users.values()].filter((user) => user.id !== "USLACKBOT");
  return humans.map((user) => option(user.id, user.real_name, current));
}

function channels(part, current) {
  const open = [...store.channels.values()].filter((channel) => !channel.is_im);
  return open.map((channel) => option(channel.id, `#${channelName(channel.id)}`, current));
}

function boxes(kind) {
  return (block, part, context) => {
    const many = kind === "checkbox";
    const chosen = new Set(many ? context.get(block, part) || [] : [context.get(block, part)]);
    const name = `${block.block_id}-${part.action_id}-${Math.random()}`;
    const group = h("div", { class: "boxes", role: many ? "group" : "radiogroup", "aria-label": label(block, part) });
    const values = () => [...group.querySelectorAll("input:checked")].map((input) => input.value);
    const change = () => choose(block, part, context, many ? values() : values()[0], group);
    for (const each of listed(part)) {
      const input = h("input", { type: kind, name, value: each.value, checked: chosen.has(each.value), onchange: change });
      const described = each.description ? h("span", { class: "hint" }, textObject(each.description)) : null;
      group.append(h("label", { class: "box" }, input, h("span", {}, textObject(each.text), described)));
    }
    return group;
  };
}

function several(entries) {
  return (block, part, context) => {
    const options = entries(part).map((node) => ({ value: node.value, text: { type: "plain_text", text: node.textContent } }));
    return boxes("checkbox")(block, { ...part, options }, context);
  };
}

function typed(type) {
  return (block, part, context) => {
    const multiline = part.multiline && type === "text";
    const attributes = { class: "text-input", "aria-label": label(block, part), placeholder: words(part.placeholder), "data-action-id": part.action_id };
    const node = h(multiline ? "textarea" : "input", attributes);
    if (!multiline) node.type = type;
    if (part.max_length) node.maxLength = part.max_length;
    node.value = context.get(block, part) ?? "";
    node.addEventListener("input", () => context.put(block, part, node.value));
    node.addEventListener("change", () => context.put(block, part, node.value));
    if (block.dispatch_action || ["date", "time"].includes(type)) {
      node.addEventListener("change", () => choose(block, part, context, node.value, node));
    }
    return node;
  };
}

function datetime(block, part, context) {
  const node = h("input", { class: "text-input", type: "datetime-local", "aria-label": label(block, part), "data-action-id": part.action_id });
  const now = context.get(block, part);
  if (now) node.value = new Date(now * 1000 - new Date(now * 1000).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const change = () => choose(block, part, context, node.value ? Math.floor(new Date(node.value).getTime() / 1000) : null, node);
  node.addEventListener("change", change);
  return node;
}

const MAKERS = {
  button,
  overflow,
  static_select: selectOf(staticEntries),
  users_select: selectOf(people),
  channels_select: selectOf(channels),
  conversations_select: selectOf(channels),
  radio_buttons: boxes("radio"),
  checkboxes: boxes("checkbox"),
  multi_static_select: boxes("checkbox"),
  multi_users_select: several(people),
  multi_channels_select: several(channels),
  multi_conversations_select: several(channels),
  plain_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number"),
  datepicker: typed("date"),
  timepicker: typed("time"),
  datetimepicker: datetime,
};

const INITIAL = { datepicker: "date", timepicker: "time", datetimepicker: "date_time", users_select: "user", channels_select: "channel", conversations_select: "conversation" };

export function initial(part) {
  if (part.initial_option) return part.initial_option.value;
  if (part.initial_options) return part.initial_options.map((each) => each.value);
  const name = INITIAL[part.type] || "value";
  return part[`initial_${name}`] ?? part.initial_users ?? part.initial_channels ?? part.initial_conversations ?? null;
}

// A context that remembers what was filled in under one key (a message or a view).
const filled = new Map();

export function remembered(key, act) {
  if (!filled.has(key)) filled.set(key, {});
  const given = filled.get(key);
  return {
    given,
    act,
    put: (block, part, value) => {
      given[block.block_id] = { ...given[block.block_id], [part.action_id]: value };
    },
    get: (block, part) => (given[block.block_id] && part.action_id in given[block.block_id] ? given[block.block_id][part.action_id] : initial(part)),
  };
}

export function forget(key) {
  filled.delete(key);
}
