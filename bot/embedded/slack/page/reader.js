// Keeps a log where it is read: at its end or, when the newest message is taller than the log, at
// that message's first line, which is the answer. A reader who has scrolled away is not moved.

const NEAR_END = 120;
const MARGIN = 4;

export function reader(log) {
  let rest = 0; // where the log was last put
  let meant = ""; // the ts of the message whose first line counts; "": the newest's
  let where = "put"; // "put": not scrolled since; "end": scrolled, but at the end; "away"

  function look() {
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    where = Math.abs(log.scrollTop - rest) < 2 ? "put" : atEnd ? "end" : "away";
  }

  function top(node) {
    return node.getBoundingClientRect().top - log.getBoundingClientRect().top + log.scrollTop - MARGIN;
  }

  function settle() {
    const node = log.querySelector(`[data-ts="${meant}"]`) || [...log.querySelectorAll("[data-ts]")].at(-1);
    log.scrollTop = Math.min(log.scrollHeight, node ? top(node) : 0);
    rest = log.scrollTop;
    where = "put";
  }

  function hold() {
    if (where === "put") settle();
    if (where === "end") log.scrollTop = log.scrollHeight;
  }

  log.addEventListener("scroll", look);
  // Pictures arrive after their message, and a phone's keyboard takes half of the log.
  log.addEventListener("load", hold, true);
  new ResizeObserver(hold).observe(log);

  return {
    // Draw the whole log anew. `fresh`: a message has come; `mine`: the reader sent it, or waits for it.
    redraw(draw, { fresh = false, mine = false } = {}) {
      look();
      const held = log.scrollTop;
      draw();
      if (fresh) meant = "";
      if (mine || (fresh && where === "end")) settle();
      else if (where === "away") log.scrollTop = held;
      else hold();
    },
    // Draw one message anew; `ts` where its first line counts, though it need not be the newest.
    change(draw, ts = meant) {
      look();
      draw();
      meant = ts;
      hold();
    },
    show(node) {
      log.scrollTop = top(node);
      look();
    },
  };
}
