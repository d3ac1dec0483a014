// Other values: each is an input; while one is pulled, all of history is replayed and what comes of it is shown.

import { card, csvButton, element, foreign, link, replace, table } from "./dom.js";
import { address, ask, GivenUp, giveUp, showError } from "./net.js";
import { change, counted, number } from "./words.js";

export async function whatIf({ main, state }) {
  let set = new Map(state.getAll("set").map(split));
  const values = await ask("values", "/api/values");
  const inputs = new Map();
  const status = element("p", { class: "aside", role: "status" });
  const results = element("div", { class: "results" });
  const download = element("a", { class: "button main" }, "Download definition");
  const copy = element("button", { type: "button", onclick: async () => {
    try { await navigator.clipboard.writeText(location.href); copy.textContent = "Copied"; } catch { copy.textContent = "Copy it from the address bar"; }
  } }, "Copy link");
  const undo = element("button", { type: "button", onclick: () => { set.clear(); refresh(true); } }, "Undo all");
  const filter = element("input", { type: "search", placeholder: "Find a value", "aria-label": "Find a value", oninput: () => hide(filter.value.toLowerCase()) });
  const groups = new Map();
  for (const value of values) {
    const parts = value.path.split(".");
    const name = parts.length > 3 && parts[0] === "scores" ? `${parts[1]}: ${parts[2]}` : parts[0] === "scores" ? `${parts[1]}: time and other` : parts.length > 2 ? `${parts[0]}: ${parts[1]}` : parts[0];
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(value);
  }
  const made = ([name, list], place) => element("details", { open: place < 2 || list.some((value) => set.has(value.path)), class: "group" },
    element("summary", {}, name), list.map(input));
  const judged = [...groups].filter(([, list]) => !list[0].isReading).map(made);
  const read = [...groups].filter(([, list]) => list[0].isReading).map((group) => made(group, 9));
  const sections = [...judged, ...read];

  function input(value) {
    const id = `value-${value.path}`;
    const label = element("label", { for: id, title: value.path }, value.path.split(".").slice(value.path.startsWith("scores.") ? 3 : 2).join(" ") || value.path.split(".").pop());
    const was = element("span", { class: "was" });
    const row = element("div", { class: "value" });
    const numeric = value.kind === "number" ? Number(value.text) : value.kind === "duration" ? parseInt(value.text, 10) : NaN;
    const unit = value.kind === "duration" ? value.text.slice(-1) : "";
    let range = null;
    const field = element("input", {
      id, class: Number.isFinite(numeric) ? "number" : "text", value: value.text, spellcheck: "false", autocomplete: "off",
      onchange: () => put(value, field.value.trim()),
    });
    if (Number.isFinite(numeric)) {
      const span = Math.max(10, Math.abs(numeric) * 2);
      const step = Number.isInteger(numeric) ? 1 : 10 ** -(String(value.text).split(".")[1]?.length ?? 1);
      range = element("input", {
        type: "range", min: numeric < 0 ? -span : unit ? 1 : 0, max: numeric < 0 ? 0 : span, step, "aria-label": `${value.path}, slider`,
        oninput: () => put(value, range.value + unit),
        onkeydown: (event) => {
          const sign = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
          if (!sign || !event.shiftKey) return;
          event.preventDefault();
          range.value = Number(range.value) + sign * 10 * step;
          put(value, range.value + unit);
        },
      });
      range.value = numeric;
      row.append(label, range, field, was);
    } else row.append(label, field, was);
    inputs.set(value.path, { value, row, field, range, was });
    return row;
  }

  function put(value, text) {
    if (text === value.text || text === "") set.delete(value.path); else set.set(value.path, text);
    refresh(false);
  }

  function mark() {
    for (const [path, { value, row, field, range, was }] of inputs) {
      const text = set.get(path) ?? value.text;
      const isChanged = set.has(path);
      row.classList.toggle("changed", isChanged);
      if (document.activeElement !== field || field.value.trim() !== text) field.value = text;
      if (range && document.activeElement !== range) range.value = parseFloat(text);
      was.textContent = isChanged ? `was ${value.text}` : "";
    }
    status.textContent = set.size ? `${counted(set.size, "value")} changed. All history is replayed while you pull.`
      : "Pull a value, and all of history is replayed by it.";
    const definition = { set: [...set].map(join) };
    download.href = address("/csv/definition", definition);
    undo.disabled = !set.size;
  }

  let timer = 0;
  function refresh(isStep) {
    mark();
    const search = new URLSearchParams([...set].map((pair) => ["set", join(pair)])).toString();
    const hash = "#/what-if" + (search ? "?" + search : "");
    // Coming back leads to where pulling began, not to each step of it.
    if (isStep || !timer) history.pushState(null, "", hash); else history.replaceState(null, "", hash);
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; }, 1500);
    answer(false);
  }

  async function answer(reads) {
    if (!reads) results.classList.add("busy");
    const begin = performance.now();
    try {
      const asked = { set: [...set].map(join), read: reads ? "1" : undefined };
      const found = await ask("what-if", "/api/what-if", asked);
      if (found.needsReading) {
        offerReading();
      } else {
        replace(results, show(found, set, Math.round(performance.now() - begin)));
        if (found.report) foretell(asked);
      }
    } catch (error) {
      if (error instanceof GivenUp) return;
      showError(results, error);
    }
    results.classList.remove("busy");
  }

  function offerReading() {
    const box = element("div", { class: "row" });
    const read = () => {
      const bar = element("progress", { max: 1, "aria-label": "How much of the log has been read" });
      replace(box, bar, element("button", { type: "button", onclick: () => { giveUp("what-if"); offerReading(); results.classList.remove("busy"); } }, "Give up"));
      answer(true);
      follow(bar);
    };
    replace(box, element("button", { type: "button", class: "main", onclick: read }, "Read it"));
    replace(results, element("section", { class: "card" }, element("h2", {}, "This is read from the log anew"),
      element("p", {}, "What counts as an interaction, how keys are compared and what is ignored decide what is read. It takes as long as a first run."), box));
  }

  // How far the reading is, for as long as its bar stands.
  async function follow(bar) {
    while (bar.isConnected) {
      try {
        const { done, all } = await ask("progress", "/api/progress");
        if (all) bar.value = done / all;
      } catch { return; }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  async function foretell(asked) {
    const box = results.querySelector(".foretell");
    if (!box) return;
    try {
      const areas = await ask("areas", "/api/areas", { set: asked.set });
      if (!areas) return replace(box, element("p", {}, "Nobody in the log has been won yet, or it was read by other values: there is nothing to foretell."));
      replace(box, element("p", { class: "aside" }, `How often a lead that reached \u201c${areas.outcome}\u201d scored more than one that did not, the score taken just before. 0.5 is chance, 1 always.`),
        table("Area under the curve", [{ title: "Score" }, { title: "Now", number: true }, { title: "Then", number: true }, { title: "Change", number: true }],
          areas.scores.map((one) => [one.score, one.now?.toFixed(4) ?? "", one.then?.toFixed(4) ?? "",
            one.now === undefined || one.then === undefined ? "" : colored((one.then - one.now).toFixed(4))])),
        csvButton("foretelling.csv", ["score", "now", "then"], areas.scores.map((one) => [one.score, one.now, one.then])));
    } catch (error) {
      if (!(error instanceof GivenUp)) showError(box, error);
    }
  }

  function hide(text) {
    for (const [path, { row }] of inputs) row.hidden = !path.toLowerCase().includes(text);
    for (const section of sections) {
      const some = [...section.querySelectorAll(".value")].some((row) => !row.hidden);
      section.hidden = !some;
      if (text && some) section.open = true;
    }
  }

  replace(main, element("div", { class: "what-if" },
    element("section", { class: "card values" }, element("h1", { class: "middle" }, "What if \u2026"), status,
      element("div", { class: "row" }, download, copy, undo), filter, judged,
      element("div", { class: "note" }, "What counts as an interaction, how keys are compared and what is ignored is read from the log anew, on request."), read),
    results));
  mark();
  await answer(false);
  return {
    follow: async (next) => { set = new Map(next.getAll("set").map(split)); mark(); await answer(false); },
  };
}

const split = (text) => [text.slice(0, text.indexOf("=")), text.slice(text.indexOf("=") + 1)];
const join = ([path, value]) => `${path}=${value}`;
const colored = (text) => element("span", { class: Number(text) > 0 ? "up" : Number(text) < 0 ? "down" : undefined }, change(text));

function show({ report, names }, set, took) {
  const search = new URLSearchParams([...set].map((pair) => ["set", join(pair)])).toString();
  const person = (key) => link(`/lead/${encodeURIComponent(key)}`, foreign(names[key] ?? key));
  const company = (key) => link(`/account/${encodeURIComponent(key)}`, foreign(key));
  const some = (keys, all, made) => !all ? element("span", { class: "aside" }, "nobody")
    : [keys.slice(0, 3).map((key, place) => [place ? ", " : "", made(key)]).flat(), all > Math.min(3, keys.length) ? element("span", { class: "aside" }, ` and ${number(all - Math.min(3, keys.length))} more`) : null].flat();
  const rows = report.lists.map((list) => [list.name, number(list.before), element("b", { class: "middle" }, number(list.after)), colored(list.after - list.before),
    some(list.firstEntering, list.entering, person), some(list.firstLeaving, list.leaving, person)]);
  if (report.accounts) {
    rows.push(["accounts ready", number(report.accounts.readyBefore), element("b", { class: "middle" }, number(report.accounts.readyAfter)), colored(report.accounts.readyAfter - report.accounts.readyBefore),
      some(report.accounts.entering, report.accounts.entering.length, company), some(report.accounts.leaving, report.accounts.leaving.length, company)]);
  }
  const lists = card("Then these lists would be",
    element("p", { class: "aside" }, `Beside the definition as it is, on the same events and the same moment. ${number(report.leads.moved)} of ${counted(report.leads.compared, "lead")} move. It took ${number(took)} ms.`),
    table("Lists", [{ title: "List" }, { title: "Now", number: true }, { title: "Then", number: true }, { title: "Change", number: true }, { title: "Would come" }, { title: "Would go" }], rows),
    element("div", { class: "row" }, element("a", { class: "button", href: "/csv/what-if" + (search ? "?" + search : ""), download: "changes.csv" }, "Every change as CSV"),
      csvButton("lists.csv", ["list", "now", "then", "come", "go"], report.lists.map((list) => [list.name, list.before, list.after, list.entering, list.leaving]))));
  const matrices = [...report.personas, ...report.grades].map((group) => card(`From ${group.name} to ${group.name}`, element("p", { class: "aside" }, "Rows are now, columns are then."), matrix(group),
    csvButton(`${group.name}.csv`, ["now", "then", "leads"], group.values.flatMap((now, row) => group.values.map((then, column) => [now, then, group.leads[row][column]])))));
  const movers = report.scores.filter((score) => score.movers.length).map((score) => card(`Who moves most in ${score.name}`,
    element("p", { class: "aside" }, `${number(score.up)} up, ${number(score.down)} down, ${number(score.same)} the same.`),
    table("Who moves most", [{ title: "Lead" }, { title: "Now", number: true }, { title: "Then", number: true }, { title: "Change", number: true }, { title: "Because of" }],
      score.movers.map((one) => [person(one.lead), number(one.before), number(one.after), colored(one.after - one.before),
        one.parts.slice(0, 3).map((part) => element("span", { class: part.after < part.before ? "tag off" : "tag" }, part.part + " ", element("b", {}, change(Math.round((part.after - part.before) * 10) / 10))))])),
    csvButton(`movers-${score.name}.csv`, ["lead", "now", "then"], score.movers.map((one) => [one.lead, one.before, one.after]))));
  const examples = report.examples.failing.length ? card("Promises that would be broken", element("ul", {}, report.examples.failing.map((one) => element("li", {}, foreign(one))))) : null;
  return [lists, examples, card("Does it foretell better?", element("div", { class: "foretell" }, element("p", { class: "aside" }, "It is worked out \u2026"))),
    element("div", { class: "pair" }, matrices),
    movers.length ? movers : card("Who moves most", element("p", {}, "Nobody moves."))];
}

function matrix(group) {
  const used = group.values.map((_, place) => group.leads[place].some((count) => count) || group.leads.some((row) => row[place]));
  const places = group.values.map((_, place) => place).filter((place) => used[place]);
  return element("div", { class: "wide-table" }, element("table", { class: "matrix" }, element("caption", {}, `From ${group.name} to ${group.name}`),
    element("thead", {}, element("tr", {}, element("td", {}), places.map((place) => element("th", { scope: "col" }, group.values[place])))),
    element("tbody", {}, places.map((row) => element("tr", {}, element("th", { scope: "row" }, group.values[row]),
      places.map((column) => {
        const count = group.leads[row][column];
        return element("td", { class: count === 0 ? "cell-0" : row === column ? "cell-same" : "cell-moved" }, count ? number(count) : "\u00b7");
      }))))));
}
