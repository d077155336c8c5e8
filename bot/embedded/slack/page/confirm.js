// Confirmation dialogs: resolves to whether the person said yes.

import { h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";

const said = (text, otherwise) => (text ? text.text : otherwise);

export function ask(confirm) {
  return new Promise((resolve) => {
    const done = (answer) => {
      dialog.close();
      dialog.remove();
      resolve(answer);
    };
    const style = confirm.style === "danger" ? "button solid danger" : "button solid";
    const text = confirm.text.type === "mrkdwn" ? mrkdwn(confirm.text.text) : confirm.text.text;
    const dialog = h(
      "dialog",
      { class: "confirm", role: "alertdialog", "aria-label": confirm.title.text, oncancel: () => done(false) },
      h("h2", {}, confirm.title.text),
      h("div", { class: "confirm-text" }, text),
      h(
        "footer",
        {},
        h("button", { type: "button", class: "button", onclick: () => done(false) }, said(confirm.deny, "Cancel")),
        h("button", { type: "button", class: style, onclick: () => done(true) }, said(confirm.confirm, "OK")),
      ),
    );
    document.getElementById("overlays").append(dialog);
    dialog.showModal();
  });
}
