// Numbers, times and tests as people say them.

let zone = "UTC";
let now = 0;

export function setClock(timezone, asOf) {
  zone = timezone;
  now = Date.parse(asOf);
}

export function number(value) {
  const text = String(value).replace("-", "\u2212");
  const [whole, part] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return part === undefined ? grouped : `${grouped}.${part}`;
}

export function change(value) {
  if (Number(value) === 0) return "\u00b10";
  return (Number(value) > 0 ? "+" : "") + number(value);
}

// Micro-points, which may be more than a number of this language holds, as points.
export function points(micro, places = 1) {
  let rest = BigInt(micro);
  const sign = rest < 0n ? "\u2212" : "";
  if (rest < 0n) rest = -rest;
  const unit = 10n ** BigInt(6 - places);
  rest = (rest + unit / 2n) / unit;
  const scale = 10n ** BigInt(places);
  const part = String(rest % scale).padStart(places, "0").replace(/0+$/, "");
  return sign + number(rest / scale) + (part ? "." + part : "");
}

export function signedPoints(micro) {
  const text = points(micro);
  return text === "0" ? "0" : BigInt(micro) > 0n ? "+" + text : text;
}

function day(time, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(time);
}

const dayKey = (time) => day(time, { year: "numeric", month: "2-digit", day: "2-digit" });

// A moment in the reader's words, counted from the as-of and not from a clock; the exact one on hover.
export function moment(text, withTime = true) {
  if (!text) return "";
  const time = new Date(text);
  const made = document.createElement("time");
  made.dateTime = text;
  made.title = `${text} (${zone}: ${day(time, { dateStyle: "full", timeStyle: "long" })})`;
  const isThisYear = day(time, { year: "numeric" }) === day(now, { year: "numeric" });
  const date = day(time, isThisYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "short", year: "numeric" });
  made.textContent = withTime ? `${date}, ${day(time, { hour: "2-digit", minute: "2-digit" })}` : date;
  return made;
}

export function shortDay(time) {
  return day(time, day(time, { year: "numeric" }) === day(now, { year: "numeric" })
    ? { day: "numeric", month: "short" } : { month: "short", year: "numeric" });
}

export function ago(text) {
  if (!text) return "";
  const made = moment(text);
  const time = new Date(text);
  if (dayKey(time) === dayKey(now)) made.textContent = "today";
  else if (dayKey(time) === dayKey(now - 864e5)) made.textContent = "yesterday";
  else {
    const days = Math.round((now - time) / 864e5);
    if (days > 1 && days < 60) made.textContent = `${days} days ago`;
    else made.textContent = shortDay(time);
  }
  return made;
}

export function counted(count, noun) { return `${number(count)} ${noun}${Number(count) === 1 ? "" : "s"}`; }
