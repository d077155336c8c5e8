// Messages: author, text or blocks, attachments, files, reactions, thread bar.

import { blocks } from "./blocks.js";
import { ago, clock, day, full, sameDay } from "./dates.js";
import { h, picture, toast } from "./dom.js";
import { remembered } from "./elements.js";
import { emoji } from "./emoji.js";
import { fileCard } from "./files.js";
import { mrkdwn, unescaped } from "./mrkdwn.js";
import { act, person, store, WORDS } from "./store.js";

const GROUP_SECONDS = 300;
const SHOWN = 300;

export function avatar(user, className = "avatar") {
  if (user.id === store.app?.user) return h("img", { class: className, src: "/static/icon.svg", alt: "" });
  const initials = user.real_name.split(" ").map((word) => word[0]).join("").slice(0, 2);
  const node = h("span", { class: className, "aria-hidden": "true" }, initials);
  node.style.backgroundColor = `#${user.color}`;
  return node;
}

export function messageList(messages, channel, options = {}) {
  const nodes = [];
  const shown = messages.slice(-SHOWN);
  if (shown.length < messages.length) nodes.push(h("div", { class: "older" }, `${messages.length - SHOWN} older messages are not shown`));
  shown.forEach((message, index) => {
    const before = shown[index - 1];
    const newDay = !before || !sameDay(before.ts, message.ts);
    if (newDay && !options.inThread) nodes.push(h("div", { class: "day", role: "separator" }, h("span", {}, day(message.ts))));
    nodes.push(messageNode(message, channel, { ...options, grouped: !newDay && follows(before, message) }));
  });
  return nodes;
}

function follows(before, message) {
  const close = Number(message.ts) - Number(before.ts) < GROUP_SECONDS;
  return close && before.user === message.user && !before.is_ephemeral && !message.is_ephemeral && !before.reply_count;
}

export function messageNode(message, channel, options) {
  const user = person(message.user);
  const kind = ["message", options.grouped && "grouped", message.is_ephemeral && "ephemeral"].filter(Boolean).join(" ");
  const time = h("time", { title: full(message.ts), datetime: new Date(Number(message.ts) * 1000).toISOString() }, clock(message.ts));
  const author = h("strong", { class: "author" }, user.real_name);
  const badge = user.is_bot ? h("span", { class: "badge" }, "APP") : null;
  const guest = user.is_restricted ? h("span", { class: "badge" }, "GUEST") : user.is_stranger ? h("span", { class: "badge" }, "EXTERNAL") : null;
  return h(
    "article",
    { class: kind, "data-testid": "message", "data-ts": message.ts, "aria-label": `${user.real_name}, ${clock(message.ts)}` },
    message.is_ephemeral ? h("div", { class: "only-you" }, picture("eye"), "Only visible to you") : null,
    h("div", { class: "gutter" }, options.grouped ? time.cloneNode(true) : avatar(user)),
    h(
      "div",
      { class: "message-body" },
      options.grouped ? null : h("div", { class: "meta" }, author, badge, guest, time),
      broadcast(message, channel, options),
      content(message, channel),
      reactions(message),
      options.inThread ? null : threadBar(message, options.openThread),
      h("div", { class: "message-alert", role: "alert" }),
    ),
    options.inThread || message.is_ephemeral ? null : tools(message, options.openThread),
  );
}

function tools(message, openThread) {
  const open = () => openThread(message.thread_ts || message.ts);
  return h("div", { class: "tools" }, h("button", { type: "button", class: "button icon", "aria-label": "Reply in thread", title: "Reply in thread", onclick: open }, picture("thread")));
}

function content(message, channel) {
  const context = remembered(`${channel}/${message.ts}`, (block, part, value, node) => press(message, channel, block, part, value, node, context));
  const edited = message.edited ? h("span", { class: "edited" }, "(edited)") : null;
  const body = message.blocks?.length ? h("div", { class: "blocks" }, blocks(message.blocks, context)) : text(message.text);
  return [body, edited, (message.attachments || []).map((part) => attachment(part, context)), (message.files || []).map(fileCard)];
}

// A reply that is seen in the channel too says so in both places.
function broadcast(message, channel, { inThread, openThread }) {
  if (message.subtype !== "thread_broadcast") return null;
  if (inThread) return h("div", { class: "broadcasted" }, "Also sent to the channel");
  const root = (store.messages.get(channel) || []).find((each) => each.ts === message.thread_ts);
  const about = root ? [": ", h("span", { class: "about" }, unescaped(root.text || "").split("\n")[0])] : null;
  return h("button", { type: "button", class: "broadcasted", onclick: () => openThread(message.thread_ts) }, "replied to a thread", about);
}

function text(words) {
  return words ? h("div", { class: "text" }, mrkdwn(words)) : null;
}

function attachment(part, context) {
  const bar = h("div", { class: "attachment-bar" });
  if (/^#?[0-9a-f]{6}$/i.test(part.color || "")) bar.style.backgroundColor = part.color.startsWith("#") ? part.color : `#${part.color}`;
  else if (part.color) bar.classList.add(part.color);
  const title = part.title ? h("strong", {}, mrkdwn(part.title)) : null;
  const fields = (part.fields || []).map((field) => h("div", { class: "field" }, h("strong", {}, field.title), h("div", {}, mrkdwn(field.value || ""))));
  const inside = [text(part.pretext), title, text(part.text), fields.length ? h("div", { class: "fields" }, fields) : null, blocks(part.blocks, context)];
  return h("div", { class: "attachment" }, bar, h("div", { class: "attachment-body" }, inside, part.footer ? h("div", { class: "hint" }, part.footer) : null));
}

async function press(message, channel, block, part, value, node, context) {
  const alert = node.closest(".message")?.querySelector(".message-alert");
  alert?.replaceChildren();
  node.classList.add("busy");
  const asked = { channel, ts: message.ts, block_id: block.block_id, action_id: part.action_id, value, given: context.given };
  const answer = await act("click", asked);
  node.classList.remove("busy");
  if (answer.ok) return;
  const said = WORDS[answer.error] || answer.error;
  if (alert?.isConnected) alert.replaceChildren(said);
  else toast(said);
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const names = (each) => each.users.map((id) => person(id).real_name).join(", ");
  const one = (each) => h("span", { class: "reaction", title: `${names(each)} reacted with :${each.name}:` }, emoji(each.name) || `:${each.name}:`, ` ${each.count}`);
  return h("div", { class: "reactions" }, message.reactions.map(one));
}

function threadBar(message, openThread) {
  if (!message.reply_count) return null;
  const replies = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  const faces = (message.reply_users || []).slice(0, 3).map((id) => avatar(person(id), "avatar tiny"));
  return h(
    "button",
    { type: "button", class: "thread-bar", "data-testid": "thread-bar", onclick: () => openThread(message.ts) },
    faces,
    h("span", { class: "replies" }, replies),
    h("span", { class: "hint" }, `Last reply ${ago(message.latest_reply)}`),
  );
}
