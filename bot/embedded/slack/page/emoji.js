// The names that alerts and answers use most; a name that is not here stays as it was written.

const TABLE = {
  "+1": "👍", "-1": "👎", "100": "💯", alarm_clock: "⏰", arrow_down: "⬇️", arrow_right: "➡️", arrow_up: "⬆️",
  arrow_up_down: "↕️", arrows_counterclockwise: "🔄", bar_chart: "📊", bell: "🔔", bellhop_bell: "🛎️", black_circle: "⚫",
  boom: "💥", bug: "🐛", bulb: "💡", calendar: "📅", camera: "📷", chart_with_downwards_trend: "📉",
  chart_with_upwards_trend: "📈", clap: "👏", clipboard: "📋", clock1: "🕐", closed_lock_with_key: "🔐", cloud: "☁️",
  coffee: "☕", construction: "🚧", cyclone: "🌀", dart: "🎯", dollar: "💵", dizzy: "💫", droplet: "💧", email: "📧",
  exclamation: "❗", eyes: "👀", file_folder: "📁", fire: "🔥", fire_engine: "🚒", gear: "⚙️", ghost: "👻",
  globe_with_meridians: "🌐", green_circle: "🟢", green_heart: "💚", hammer_and_wrench: "🛠️", heart: "❤️",
  heavy_check_mark: "✔️", heavy_minus_sign: "➖", heavy_plus_sign: "➕", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  house: "🏠", inbox_tray: "📥", information_source: "ℹ️", key: "🔑", label: "🏷️", large_blue_circle: "🔵",
  large_blue_square: "🟦", large_green_circle: "🟢", large_green_square: "🟩", large_orange_circle: "🟠",
  large_orange_square: "🟧", large_purple_circle: "🟣", large_red_square: "🟥", large_yellow_circle: "🟡",
  large_yellow_square: "🟨", link: "🔗", lock: "🔒", loudspeaker: "📢", mag: "🔍", mag_right: "🔎", mega: "📣",
  memo: "📝", money_with_wings: "💸", moneybag: "💰", mute: "🔇", no_bell: "🔕", no_entry: "⛔", no_entry_sign: "🚫",
  octagonal_sign: "🛑", ok: "🆗", ok_hand: "👌", old_key: "🗝️", open_file_folder: "📂", outbox_tray: "📤",
  package: "📦", page_facing_up: "📄", paperclip: "📎", partly_sunny: "⛅", pencil: "📝", pencil2: "✏️",
  point_right: "👉", pray: "🙏", pushpin: "📌", question: "❓", rainbow: "🌈", raised_hands: "🙌", recycle: "♻️",
  red_circle: "🔴", repeat: "🔁", robot_face: "🤖", rocket: "🚀", rotating_light: "🚨", satellite: "🛰️",
  scroll: "📜", shield: "🛡️", skull: "💀", smile: "😄", snowflake: "❄️", sos: "🆘", sparkles: "✨", speech_balloon: "💬",
  star: "⭐", stopwatch: "⏱️", tada: "🎉", thinking_face: "🤔", thumbsup: "👍", thumbsdown: "👎", timer_clock: "⏲️",
  traffic_light: "🚥", unlock: "🔓", vertical_traffic_light: "🚦", warning: "⚠️", wastebasket: "🗑️", wave: "👋",
  white_check_mark: "✅", white_circle: "⚪", wrench: "🔧", x: "❌", zap: "⚡", zzz: "💤",
};

export function emoji(name) {
  return TABLE[name] || null;
}
