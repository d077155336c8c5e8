// Slack's date tokens, in the reader's own zone and language.

const SHORT = { month: "short", day: "numeric", year: "numeric" };
const FORMATS = {
  date: { month: "long", day: "numeric", year: "numeric" },
  date_short: SHORT,
  date_long: { weekday: "long", month: "long", day: "numeric", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  time_secs: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};

export function when(ts) {
  return new Date(Number(ts) * 1000);
}

export function clock(ts) {
  return when(ts).toLocaleTimeString("en-GB", FORMATS.time);
}

export function day(ts, now = new Date()) {
  const date = when(ts);
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  if (days === -1) return "Tomorrow";
  return date.toLocaleDateString("en", { weekday: "long", month: "long", day: "numeric" });
}

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function sameDay(one, other) {
  return midnight(when(one)) === midnight(when(other));
}

export function full(ts) {
  return when(ts).toLocaleString("en-GB", { dateStyle: "full", timeStyle: "medium" });
}

export function ago(ts, now = Date.now()) {
  const seconds = Math.round(now / 1000 - Number(ts));
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of [["day", 86_400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= size) return words.format(-Math.round(seconds / size), unit);
  }
  return words.format(-seconds, "second");
}

function pretty(ts, fallback) {
  const word = day(ts);
  return ["Today", "Yesterday", "Tomorrow"].includes(word) ? word.toLowerCase() : fallback;
}

export function dateToken(ts, format) {
  const date = when(ts);
  return format.replace(/\{(\w+)\}/g, (whole, name) => {
    if (name === "ago") return ago(ts);
    if (name === "date_num") return date.toISOString().slice(0, 10);
    if (name === "day_divider_pretty") return day(ts);
    if (name.startsWith("time")) return FORMATS[name] ? date.toLocaleTimeString("en-GB", FORMATS[name]) : whole;
    const plain = FORMATS[name.replace("_pretty", "")];
    if (!plain) return whole;
    const words = date.toLocaleDateString("en", plain);
    return name.endsWith("_pretty") ? pretty(ts, words) : words;
  });
}
