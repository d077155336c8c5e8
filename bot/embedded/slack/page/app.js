// The page: where the person is (in the address after #), and what is drawn there.

import { hash, readAddress } from "./address.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { fill, h, picture, toast } from "./dom.js";
import { remembered } from "./elements.js";
import { messageList, messageNode } from "./messages.js";
import { reader } from "./reader.js";
import { drawSidebar } from "./sidebar.js";
import { act, channelName, listen, load, on, person, store, WORDS } from "./store.js";
import { inChannel, markRead } from "./unread.js";
import "./modal.js";
import "./stage.js";

const main = document.getElementById("main");
const pane = document.getElementById("thread");
const place = { channel: "", app: false, tab: "home", thread: "" };
let reading = null; // the reader of the log, and of the open thread
let readingThread = null;

async function start() {
  const asked = readAddress();
  await load(asked.user);
  listen();
  return arrive(asked);
}

// Go where the address says: a channel or the app, and in it to a message.
async function arrive({ name, tab, ts }) {
  const channel = [...store.channels.values()].find((each) => each.name === name);
  const here = store.channels.has(place.channel) ? { ...place } : { channel: [...store.channels.keys()][0] };
  await go(name === "app" ? { app: true, channel: store.app.im, tab } : channel ? { channel: channel.id } : here);
  if (!channel && name !== "app") toast(`${person(store.me).real_name} is in no channel of that name.`);
  else if (ts) showMessage(ts);
}

function showMessage(ts) {
  const message = (store.messages.get(place.channel) || []).find((each) => each.ts === ts);
  if (!message) return toast("That message is not here, or not for you.");
  if (!inChannel(message)) openThread(message.thread_ts);
  const node = document.querySelector(`${inChannel(message) ? "#log" : "#replies"} [data-ts="${ts}"]`);
  if (!node) return toast("That message is too old to be shown.");
  (inChannel(message) ? reading : readingThread).show(node);
  node.classList.add("found");
}

async function go(target) {
  document.body.classList.remove("menu-open");
  if (target.user) {
    history.replaceState(null, "", `#/${target.user}/${place.app ? "app" : channelName(place.channel)}`);
    closeThread();
    return start();
  }
  Object.assign(place, { app: Boolean(target.app), channel: target.channel, tab: target.tab || "home" });
  closeThread();
  draw();
  if (place.app) await act("home", { tab: place.tab });
}

async function followAddress() {
  const asked = readAddress();
  return asked.user === person(store.me).name ? arrive(asked) : start();
}

function draw() {
  if (!place.app || place.tab === "messages") markRead(place.channel);
  history.replaceState(null, "", hash(place));
  document.title = `${place.app ? store.app.name : `#${channelName(place.channel)}`} · ${store.team.name}`;
  drawSidebar(place, go);
  if (place.app && place.tab === "home") drawHome();
  else drawChannel();
}

function menuButton() {
  return h("button", { type: "button", class: "button icon menu-open-button", "aria-label": "Open menu", onclick: () => document.body.classList.add("menu-open") }, picture("menu"));
}

function channelHeader() {
  const channel = store.channels.get(place.channel);
  if (place.app) return appHeader();
  const topic = h("span", { class: "topic" }, channel.topic?.value || "");
  return h("header", { class: "bar" }, menuButton(), h("h1", {}, `# ${channel.name}`), topic, h("span", { class: "members" }, `${channel.num_members} members`));
}

function appHeader() {
  const tab = (id, label) => h("button", { type: "button", role: "tab", "aria-selected": String(place.tab === id), onclick: () => go({ app: true, channel: store.app.im, tab: id }) }, label);
  return h("header", { class: "bar app-bar" }, menuButton(), h("h1", {}, store.app.name), h("div", { class: "tabs", role: "tablist" }, tab("home", "Home"), tab("messages", "Messages")));
}

function drawChannel() {
  const name = place.app ? store.app.name : `#${channelName(place.channel)}`;
  const log = h("div", { id: "log", class: "log", role: "log", "aria-label": `Messages in ${name}`, tabindex: "0" });
  const archived = store.channels.get(place.channel)?.is_archived;
  fill(main, channelHeader(), log, archived ? h("p", { class: "archived" }, "This channel is archived.") : composer({ channel: place.channel, name }));
  reading = reader(log);
  reading.redraw(fillLog);
  if (matchMedia("(min-width: 760px)").matches) main.querySelector("textarea")?.focus();
}

function topLevel() {
  return (store.messages.get(place.channel) || []).filter(inChannel);
}

function fillLog() {
  const log = document.getElementById("log");
  const messages = topLevel();
  const empty = h("div", { class: "empty" }, h("h2", {}, place.app ? store.app.name : `# ${channelName(place.channel)}`), h("p", {}, place.app ? "Messages between you and the app." : "This is the very beginning of the channel. Type / to see what the app can do."));
  fill(log, h("div", { class: "log-inner" }, messages.length ? messageList(messages, place.channel, { openThread }) : empty));
}

function drawHome() {
  const view = store.home;
  const context = view && remembered(view.id, async (block, part, value) => {
    const answer = await act("click", { view: view.id, block_id: block.block_id, action_id: part.action_id, value, given: context.given });
    if (!answer.ok) toast(WORDS[answer.error] || answer.error);
  });
  const inside = view ? blocks(view.blocks, context) : h("p", { class: "hint" }, "The app has not published a Home yet.");
  fill(main, appHeader(), h("div", { class: "home", "data-testid": "home", tabindex: "0" }, h("div", { class: "blocks" }, inside)));
}

function openThread(ts) {
  place.thread = ts;
  document.body.classList.add("thread-open");
  pane.hidden = false;
  const head = h("header", { class: "bar" }, h("h1", {}, "Thread"), h("span", { class: "topic" }, `#${channelName(place.channel)}`), h("button", { type: "button", class: "button icon", "aria-label": "Close thread", onclick: closeThread }, picture("close")));
  fill(pane, head, h("div", { id: "replies", class: "log", role: "log", "aria-label": "Replies", tabindex: "0" }), composer({ channel: place.channel, name: "thread", threadTs: ts }));
  readingThread = reader(document.getElementById("replies"));
  readingThread.redraw(fillThread);
}

function fillThread() {
  const all = store.messages.get(place.channel) || [];
  const root = all.find((message) => message.ts === place.thread);
  if (!root) return closeThread();
  const replies = all.filter((message) => message.thread_ts === place.thread && message.ts !== place.thread);
  const count = replies.length ? h("div", { class: "day", role: "separator" }, h("span", {}, `${replies.length} ${replies.length === 1 ? "reply" : "replies"}`)) : null;
  const inner = h("div", { class: "log-inner" }, messageNode(root, place.channel, { inThread: true }), count, messageList(replies, place.channel, { inThread: true }));
  fill(document.getElementById("replies"), inner);
}

function closeThread() {
  place.thread = "";
  pane.hidden = true;
  document.body.classList.remove("thread-open");
}

function arrived({ channel, message }) {
  const elsewhere = channel !== place.channel || (place.app && place.tab === "home");
  if (elsewhere) return drawSidebar(place, go);
  markRead(channel);
  const mine = message.user === store.me || message.is_ephemeral;
  const [here, there] = [inChannel(message), message.thread_ts === place.thread];
  redraw({ fresh: here, mine: here && mine }, { fresh: there, mine: there && mine });
}

function redraw(news, threadNews) {
  if (!document.getElementById("log")) return;
  reading.redraw(fillLog, news);
  if (place.thread) readingThread.redraw(fillThread, threadNews);
}

// Only the message itself is drawn anew, so that nothing else on the page loses focus or place.
function changed({ channel, message }) {
  if (channel !== place.channel) return;
  const log = document.getElementById("log");
  const old = log?.querySelector(`[data-ts="${message.ts}"]`);
  if (!old) return redraw();
  const drawn = () => old.replaceWith(messageNode(message, channel, { openThread, grouped: old.classList.contains("grouped") }));
  // An answer to this person takes the place of "Reading…", wherever that stands by now.
  reading.change(drawn, message.is_ephemeral ? message.ts : undefined);
  if (place.thread) readingThread.redraw(fillThread);
}

// A channel was made, archived, renamed or taken away, or somebody let in or out.
async function rearranged() {
  await load(store.me);
  if (!store.channels.has(place.channel)) await go({ channel: [...store.channels.keys()][0] });
}

on("message", arrived);
on("message_changed", changed);
on("message_deleted", ({ channel }) => channel === place.channel && redraw());
on("home", () => place.app && place.tab === "home" && drawHome());
on("channels", () => rearranged().catch((error) => toast(error.message)));
on("loaded", () => place.channel && store.channels.has(place.channel) && draw());
addEventListener("hashchange", () => followAddress().catch((error) => toast(error.message)));
start().catch((error) => toast(error.message));
