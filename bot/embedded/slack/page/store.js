// What the page knows, and how it asks the server. Views subscribe with on().

import { toast } from "./dom.js";

export const store = { me: "", users: new Map(), channels: new Map(), messages: new Map(), views: [], stage: { scenes: [] } };
const listeners = new Map();
let stream = null;

export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) || []), listener]);
}

export function tell(kind, data = {}) {
  for (const listener of listeners.get(kind) || []) listener(data);
}

export async function load(user) {
  const answer = await fetch(`/page/state?user=${encodeURIComponent(user)}`);
  if (!answer.ok) throw new Error("the workspace does not know this person");
  const state = await answer.json();
  store.users = new Map(state.users.map((each) => [each.id, each]));
  store.channels = new Map(state.channels.map((each) => [each.id, each]));
  store.usergroups = new Map(Object.entries(state.usergroups));
  store.messages = new Map(Object.entries(state.messages));
  Object.assign(store, { me: state.me, team: state.team, app: state.app, commands: state.commands });
  Object.assign(store, { views: state.views, home: state.home, stage: state.stage });
  tell("loaded");
}

export function listen() {
  if (stream) stream.close();
  stream = new EventSource(`/page/live?user=${encodeURIComponent(store.me)}`);
  let lost = false;
  stream.onmessage = (event) => take(JSON.parse(event.data));
  stream.onerror = () => {
    lost = true;
  };
  stream.onopen = () => {
    // What happened while the line was down is read again whole.
    if (lost) load(store.me).catch(() => toast("The connection was lost. Reload the page."));
    lost = false;
  };
}

function take(change) {
  if (change.kind.startsWith("message")) takeMessage(change);
  if (change.kind === "modals") store.views = change.views;
  if (change.kind === "home") store.home = change.view;
  if (change.kind === "stage") store.stage = change.stage;
  tell(change.kind, change);
}

function takeMessage({ kind, channel, message }) {
  const messages = store.messages.get(channel) || [];
  const place = messages.findIndex((each) => each.ts === message.ts);
  if (kind === "message_deleted") {
    if (place >= 0) messages.splice(place, 1);
  } else if (place >= 0) messages[place] = message;
  else messages.push(message);
  store.messages.set(channel, messages);
}

export async function act(name, asked) {
  try {
    const answer = await fetch(`/page/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user: store.me, ...asked }),
    });
    return await answer.json();
  } catch {
    return { ok: false, error: "offline", errors: {} };
  }
}

export const WORDS = {
  operation_timeout: "The app did not answer in time (operation_timeout).",
  dispatch_failed: "The app is not connected (dispatch_failed).",
  interactivity_disabled: "This app is not configured to handle interactive responses.",
  trouble_connecting: "We had some trouble connecting. Try again?",
  offline: "The workspace cannot be reached.",
};

export function person(id) {
  return store.users.get(id) || { id, name: id, real_name: id, color: "777777", is_bot: false };
}

export function groupName(id) {
  return store.usergroups.get(id)?.handle || id;
}

export function channelName(id) {
  const channel = store.channels.get(id);
  return channel ? channel.name || store.app.name : id;
}
