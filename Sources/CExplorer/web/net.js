// Questions to the program. A new one of the same kind gives the one before up, whose connection ends with it.

import { element, replace } from "./dom.js";
import { number } from "./words.js";

const running = new Map();
let answeredFrom = "";
let tellOther = () => {};

// What is done when an answer is from another snapshot than the one before.
export function onOtherSnapshot(listener) { tellOther = listener; }

// Whole numbers that this language cannot hold stay texts.
function parse(text) {
  return JSON.parse(text, (key, value, context) =>
    typeof value === "number" && !Number.isSafeInteger(value) && context && /^-?\d+$/.test(context.source ?? "")
      ? context.source : value);
}

export class GivenUp extends Error {}

export function address(path, parameters = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") search.append(name, one);
    }
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export async function ask(kind, path, parameters = {}) {
  running.get(kind)?.abort();
  const control = new AbortController();
  running.set(kind, control);
  const begin = performance.now();
  try {
    while (true) {
      const response = await fetch(address(path, parameters), { signal: control.signal });
      const text = await response.text();
      if (response.status === 403) throw new Error(text);
      const body = parse(text);
      if (body.reading) {
        showReading(body.reading);
        await new Promise((resolve) => setTimeout(resolve, 150));
        if (control.signal.aborted) throw new GivenUp();
        continue;
      }
      if (!response.ok) throw Object.assign(new Error(body.error), { hint: body.hint });
      hideReading();
      const spent = performance.now() - begin;
      if (kind !== "progress") document.getElementById("from").textContent =
        `From ${body.snapshot}, as of ${body.asOf}; answered in ${number(Math.round(spent))} ms.`;
      const from = `${body.snapshot} ${body.asOf}`;
      const isOther = answeredFrom && from !== answeredFrom;
      answeredFrom = from;
      if (!isOther) return body.answer;
      setTimeout(tellOther);
      throw new GivenUp();
    }
  } catch (error) {
    if (error.name === "AbortError") throw new GivenUp();
    throw error;
  } finally {
    if (running.get(kind) === control) running.delete(kind);
  }
}

// What the page that is left has asked for is no longer wanted.
export function giveUpAll() { for (const control of running.values()) control.abort(); }

export function giveUp(kind) { running.get(kind)?.abort(); }

let reading = null;

function showReading({ done, all, book }) {
  if (!reading) {
    const bar = element("progress", { max: 1, "aria-label": "How much of the log has been read" });
    const words = element("p", { role: "status" });
    reading = { bar, words, box: element("section", { class: "card", id: "reading" },
      element("h2", {}, "Reading the log"), words, bar) };
    document.getElementById("main").prepend(reading.box);
  }
  reading.words.textContent = all
    ? `${number(Math.round(done / 1e6))} of ${number(Math.round(all / 1e6))} MB of ${book}. What was read once is kept beside the log, so that next time is quick.`
    : `${book} is opened.`;
  if (all) reading.bar.value = done / all;
}

function hideReading() {
  reading?.box.remove();
  reading = null;
}

export function showError(parent, error) {
  if (error instanceof GivenUp) return;
  replace(parent, element("div", { class: "card problem", role: "alert" },
    element("h2", {}, "That could not be answered"), element("p", {}, String(error.message ?? error)),
    error.hint ? element("p", { class: "aside" }, error.hint) : null));
}
