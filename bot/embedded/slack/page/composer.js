// The message box, with completion of slash commands from the app's manifest.

import { fill, h, picture, toast } from "./dom.js";
import { act, store, WORDS } from "./store.js";

export function composer({ channel, name, threadTs }) {
  let matches = [];
  let chosen = 0;
  const box = h("textarea", {
    rows: "1",
    "data-testid": threadTs ? "thread-composer" : "composer",
    "aria-label": threadTs ? "Reply" : `Message ${name}`,
    placeholder: threadTs ? "Reply…" : `Message ${name}`,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  const popup = h("div", { class: "completion", hidden: true });
  const send = h("button", { type: "button", class: "send", "aria-label": "Send", disabled: true, onclick: () => submit() }, picture("send"));

  function grow() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 240)}px`;
    send.disabled = !box.value.trim();
  }

  function complete() {
    const text = box.value;
    const word = text.split(/\s/)[0];
    matches = [];
    if (!text.startsWith("/") || threadTs) return hide();
    if (text === word) {
      matches = store.commands.filter((command) => command.command.startsWith(word));
      chosen = Math.min(chosen, Math.max(0, matches.length - 1));
      return matches.length ? show(options()) : hide();
    }
    const known = store.commands.find((command) => command.command === word);
    return known ? show([usage(known)]) : hide();
  }

  function usage(command) {
    return h("div", { class: "usage" }, h("strong", {}, command.command), " ", command.usage_hint || "", h("span", { class: "hint" }, command.description));
  }

  function options() {
    const rows = matches.map((command, index) =>
      h(
        "div",
        { class: "option", role: "option", id: `command-${index}`, "aria-selected": String(index === chosen), onmousedown: (event) => pick(event, index) },
        h("img", { src: "/static/icon.svg", alt: "" }),
        h("span", {}, h("strong", {}, command.command), " ", h("span", { class: "usage-hint" }, command.usage_hint || "")),
        h("span", { class: "hint" }, command.description),
      ),
    );
    return [h("div", { class: "completion-head" }, h("span", {}, "Commands"), h("span", { class: "keys" }, "↑↓ choose · Tab complete · Enter send")), h("div", { role: "listbox", "aria-label": "Commands" }, rows)];
  }

  function show(nodes) {
    fill(popup, nodes);
    popup.hidden = false;
    box.setAttribute("aria-activedescendant", matches.length ? `command-${chosen}` : "");
    popup.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  function hide() {
    popup.hidden = true;
    matches = [];
  }

  function pick(event, index) {
    event?.preventDefault();
    box.value = `${matches[index].command} `;
    complete();
    grow();
    box.focus();
  }

  async function submit() {
    const text = box.value.trim();
    if (!text) return;
    if (threadTs && text.startsWith("/")) return toast(`${text.split(" ")[0]} is not supported in threads. Sorry!`);
    box.value = "";
    hide();
    grow();
    const answer = await act("send", { channel, text, thread_ts: threadTs });
    // What a command answers, its failure included, stands in the channel.
    if (!answer.ok && !text.startsWith("/")) toast(WORDS[answer.error] || answer.error);
  }

  function key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && matches.length) {
      event.preventDefault();
      chosen = (chosen + step + matches.length) % matches.length;
      show(options());
    } else if (event.key === "Tab" && matches.length) pick(event, chosen);
    else if (event.key === "Escape") hide();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (matches.length && box.value !== matches[chosen].command) pick(null, chosen);
      else submit();
    }
  }

  box.addEventListener("input", () => {
    grow();
    complete();
  });
  box.addEventListener("keydown", key);
  box.addEventListener("blur", hide);
  return h("div", { class: "composer" }, popup, h("div", { class: "composer-box" }, box, send));
}
