// Modals: the top of the person's stack, in a <dialog> that keeps the focus.

import { blocks } from "./blocks.js";
import { h, picture } from "./dom.js";
import { forget, remembered } from "./elements.js";
import { act, on, store, WORDS } from "./store.js";

let dialog = null;
let shown = null;

on("modals", show);
on("loaded", show);

function show() {
  const top = store.views.at(-1);
  if (!top) return leave();
  if (shown && shown.id === top.id && shown.hash === top.hash) return;
  shown = top;
  draw(top);
}

function leave() {
  if (dialog) dialog.remove();
  if (shown) forget(shown.id);
  dialog = shown = null;
}

function draw(view, errors = {}, trouble = "") {
  const focused = document.activeElement?.dataset?.actionId;
  const context = remembered(view.id, (block, part, value) => press(view, block, part, value, context));
  context.errors = errors;
  const submit = view.submit ? h("button", { type: "submit", class: "button solid" }, view.submit.text) : null;
  const form = h(
    "form",
    { novalidate: true, onsubmit: (event) => send(event, view, context, submit) },
    heading(view),
    trouble ? h("div", { class: "trouble", role: "alert" }, trouble) : null,
    h("div", { class: "modal-body" }, blocks(view.blocks, context)),
    h("footer", {}, h("button", { type: "button", class: "button", onclick: () => close(view) }, view.close?.text || "Cancel"), submit),
  );
  const cancel = (event) => {
    event.preventDefault();
    close(view);
  };
  const next = h("dialog", { class: "modal", "data-testid": "modal", "aria-label": view.title.text, oncancel: cancel }, form);
  if (dialog) dialog.remove();
  dialog = next;
  document.getElementById("overlays").append(next);
  next.showModal();
  const again = focused && next.querySelector(`[data-action-id="${CSS.escape(focused)}"]`);
  (again || next.querySelector(".modal-body input, .modal-body textarea, .modal-body select") || submit)?.focus();
}

function heading(view) {
  const back = view.previous_view_id ? h("button", { type: "button", class: "button icon", "aria-label": "Back", onclick: () => close(view) }, picture("back")) : null;
  const all = h("button", { type: "button", class: "button icon", "aria-label": "Close", onclick: () => close(view, true) }, picture("close"));
  return h("header", {}, back, h("h2", {}, view.title.text), all);
}

function close(view, whole = false) {
  forget(view.id);
  return act("close", { view: view.id, whole_stack: whole });
}

async function send(event, view, context, submit) {
  event.preventDefault();
  if (!submit || submit.classList.contains("busy")) return;
  submit.classList.add("busy");
  submit.setAttribute("aria-busy", "true");
  const answer = await act("submit", { view: view.id, given: context.given });
  submit.classList.remove("busy");
  submit.removeAttribute("aria-busy");
  if (!answer.ok && shown?.id === view.id) draw(shown, answer.errors, answer.error ? WORDS[answer.error] || answer.error : "");
}

async function press(view, block, part, value, context) {
  const asked = { view: view.id, block_id: block.block_id, action_id: part.action_id, value, given: context.given };
  const answer = await act("click", asked);
  if (!answer.ok && shown?.id === view.id) draw(shown, {}, WORDS[answer.error] || answer.error);
}
