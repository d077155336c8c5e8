// Where the person is, as it stands in the page's address after the #:
// #/mika.sato/ops, #/mika.sato/app/home; a message's ts may follow: #/mika.sato/app/messages/1700000000.000100

import { person, store } from "./store.js";

export function readAddress() {
  const [, user = "mika.sato", name = "security", ...rest] = location.hash.split("/").map(decodeURIComponent);
  const [tab, ts] = name === "app" ? [rest[0] || "home", rest[1]] : ["home", rest[0]];
  return { user, name, tab, ts: ts || "" };
}

// A channel that the person cannot see keeps its id: the page then says so.
export function hash({ channel, tab = "messages", ts }) {
  const name = channel === store.app.im ? `app/${tab}` : store.channels.get(channel)?.name || channel;
  return ["#", person(store.me).name, name, ts].filter(Boolean).join("/");
}
