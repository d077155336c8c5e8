// The bar of whoever runs the world around this workspace: what goes on there, and buttons. No part of Slack.

import { fill, h, toast } from "./dom.js";
import { act, on, store } from "./store.js";

const bar = document.getElementById("stage");

function draw() {
  const { scenes, status } = store.stage;
  bar.hidden = !scenes.length;
  if (bar.hidden) return;
  const focused = bar.contains(document.activeElement) ? document.activeElement.dataset.scene : "";
  const scrolled = bar.querySelector(".scenes")?.scrollLeft || 0;
  fill(
    bar,
    h("h2", {}, "Incident"),
    h("p", { role: "status" }, status),
    h("div", { class: "scenes", role: "group", "aria-label": "What happens next" }, scenes.map(button)),
  );
  bar.querySelector(".scenes").scrollLeft = scrolled;
  if (focused) bar.querySelector(`[data-scene="${CSS.escape(focused)}"]`)?.focus();
}

// What is over stays focusable, so that a keyboard does not lose its place.
function button(scene) {
  return h(
    "button",
    {
      type: "button",
      title: scene.hint,
      "data-scene": scene.id,
      "aria-pressed": scene.on === null ? null : String(scene.on),
      "aria-disabled": scene.over ? "true" : null,
      onclick: (event) => scene.over || run(event.currentTarget, scene),
    },
    scene.label,
  );
}

async function run(node, scene) {
  if (node.getAttribute("aria-busy")) return;
  node.setAttribute("aria-busy", "true");
  const answer = await act(`stage/${encodeURIComponent(scene.id)}`, {});
  node.removeAttribute("aria-busy");
  if (!answer.ok) toast("It did not work.");
}

on("loaded", draw);
on("stage", draw);
