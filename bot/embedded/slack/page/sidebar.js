// The sidebar: workspace, channels with unread marks, the app, who acts.

import { fill, h, picture } from "./dom.js";
import { avatar } from "./messages.js";
import { person, store } from "./store.js";
import { unread } from "./unread.js";

export function drawSidebar(place, go) {
  const channels = [...store.channels.values()].filter((channel) => !channel.is_im);
  const rows = channels.map((channel) => entry(place, { channel: channel.id }, go, [h("span", { class: "hash" }, "#"), h("span", {}, channel.name)], unread(channel.id)));
  const app = entry(place, { app: true, channel: store.app.im }, go, [avatar(person(store.app.user), "avatar tiny"), h("span", {}, store.app.name)], unread(store.app.im));
  fill(
    document.getElementById("sidebar"),
    h("header", {}, h("span", { class: "team-icon", "aria-hidden": "true" }, store.team.name[0]), h("strong", {}, store.team.name), h("button", { type: "button", class: "button icon menu-close", "aria-label": "Close menu", onclick: () => document.body.classList.remove("menu-open") }, picture("close"))),
    h("div", { class: "sidebar-lists" }, h("h2", {}, "Channels"), h("ul", {}, rows), h("h2", {}, "Apps"), h("ul", {}, app)),
    acting(go),
  );
}

function entry(place, target, go, inside, { count, mentions }) {
  const current = Boolean(place.app) === Boolean(target.app) && place.channel === target.channel;
  const mark = mentions ? h("span", { class: "mentions", "aria-label": `${mentions} mentions` }, String(mentions)) : count ? h("span", { class: "dot", "aria-label": "unread" }) : null;
  return h("li", {}, h("button", { type: "button", class: count ? "entry unread" : "entry", "aria-current": current ? "page" : null, onclick: () => go(target) }, inside, mark));
}

function acting(go) {
  const me = person(store.me);
  const humans = [...store.users.values()].filter((user) => !user.is_bot);
  const kind = (user) => (user.is_restricted ? " (guest)" : user.is_stranger ? " (external)" : "");
  const select = h("select", { "aria-label": "Act as", onchange: () => go({ user: select.value }) }, humans.map((user) => h("option", { value: user.name, selected: user.id === store.me }, user.real_name + kind(user))));
  return h("footer", { class: "acting" }, avatar(me, "avatar small"), h("label", {}, h("span", {}, "You act as"), select));
}
