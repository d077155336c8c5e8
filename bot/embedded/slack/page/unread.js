// What the person has not read: counted from the last message seen in each channel, kept by the browser.

import { store } from "./store.js";

const key = (channel) => `read/${store.team.id}/${store.me}/${channel}`;

export function markRead(channel) {
  const last = (store.messages.get(channel) || []).at(-1);
  if (last) localStorage.setItem(key(channel), last.ts);
}

export function unread(channel) {
  const since = localStorage.getItem(key(channel)) || "0";
  const fresh = (store.messages.get(channel) || []).filter((message) => message.ts > since && message.user !== store.me && inChannel(message));
  const loud = store.channels.get(channel)?.is_im ? fresh : fresh.filter(mentioned);
  return { count: fresh.length, mentions: loud.length };
}

export function inChannel(message) {
  return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
}

function mentioned(message) {
  const words = JSON.stringify(message);
  const named = [`<@${store.me}>`, '"type":"broadcast"', ...mine().flatMap((id) => [`<!subteam^${id}`, `"usergroup_id":"${id}"`])];
  return /<!(channel|here|everyone)>/.test(words) || named.some((each) => words.includes(each));
}

function mine() {
  return [...store.usergroups].filter(([, group]) => group.members.includes(store.me)).map(([id]) => id);
}
