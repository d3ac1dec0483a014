// One lead: how its numbers came to be, and what they are made of.

import { card, csvButton, element, foreign, link, replace, table } from "./dom.js";
import { address, ask, GivenUp, showError } from "./net.js";
import { ago, counted, moment, number, points, signedPoints } from "./words.js";
import { historyChart } from "./chart.js";
import { tests } from "./tests.js";

export async function lead({ main, key, overview }) {
  const { name, explanation, nearest } = await ask("lead", "/api/lead", { key });
  const grades = explanation.grades;
  const seen = explanation.scores.flatMap((score) => score.contributions.map((item) => item.event.time)).sort().pop();
  const title = element("h1", {}, foreign(name ?? explanation.lead));
  const about = element("p", { class: "aside" },
    name ? [foreign(explanation.lead), " \u00b7 "] : null,
    explanation.account ? [link(`/account/${encodeURIComponent(explanation.account.value)}`, foreign(explanation.account.value)), " \u00b7 "] : null,
    counted(explanation.events.used, "event"), seen ? [", last scored ", ago(seen)] : null,
    explanation.keys.length > 1 ? [" \u00b7 also ", explanation.keys.filter((other) => other !== explanation.lead).map((other, place) => [place ? ", " : "", foreign(other)])] : null);
  const chart = element("div", { class: "chart", "aria-busy": "true" });
  const left = element("div", {}, element("section", { class: "card" }, title, about.flat ? about : about,
    explanation.exclusion?.isExcluded ? element("p", { class: "note" }, "It is left out of all results; what follows is what it would be.") : null, chart),
    explanation.scores.map((score) => scoreCard(score, explanation)));
  const right = element("div", {}, standing(explanation, grades), lists(explanation, nearest), explanation.personas.map(personaCard), grades.map(gradeCard), knows(explanation));
  replace(main, element("div", { class: "sides" }, left, right));
  loadHistory(chart, { key: explanation.lead }, explanation.scores.map((score) => `score.${score.name}`), overview);
  return {};
}

export async function loadHistory(box, who, columns) {
  try {
    const report = await ask("history", "/api/history", { ...who, by: undefined });
    const select = element("select", { "aria-label": "Which number" }, columns.map((column) => element("option", { value: column }, column.replace(/^(score|total)\./, ""))));
    const drawn = element("div");
    const draw = () => replace(drawn, historyChart(report, select.value));
    select.addEventListener("change", draw);
    draw();
    const crossings = report.crossings.map((one) => [moment(one.time),
      one.what.replace(/^(list|persona)\./, ""), `${one.from ?? "none"} \u2192 ${one.to ?? "none"}`,
      one.causes.length ? one.causes.map((cause) => cause.type).join(", ") : "time passed"]);
    replace(box, element("div", { class: "row" }, select, element("a", { class: "button", href: address("/csv/history", who), download: "history.csv" }, "CSV")), drawn,
      element("details", {}, element("summary", {}, counted(report.crossings.length, "bound") + " crossed"),
        crossings.length ? [table("Bounds crossed", [{ title: "When" }, { title: "What" }, { title: "Change" }, { title: "Because of" }], crossings.slice(-200)),
          csvButton("crossings.csv", ["time", "what", "from", "to", "because_of"], report.crossings.map((one) => [one.time, one.what, one.from, one.to, one.causes.map((cause) => cause.id).join(" ")]))] : element("p", {}, "None yet.")));
  } catch (error) {
    if (!(error instanceof GivenUp)) showError(box, error);
  } finally {
    box.removeAttribute("aria-busy");
  }
}

function standing({ scores, grades, personas, netPromoter }) {
  const rows = [
    ...scores.map((score) => [score.name, element("b", {}, number(score.score))]),
    ...grades.map((grade) => [grade.name, [element("span", { class: "grade" }, grade.letter ?? "none"),
      ` ${grade.percent === undefined ? "" : number(grade.percent) + " percent, "}${number(grade.coverage)} percent of it known`]]),
    ...personas.map((group) => [group.group, group.persona ?? "none"]),
    ["answer", netPromoter?.answer === undefined ? "none" : `${number(netPromoter.answer)}, ${netPromoter.group}`],
  ];
  return card("Where it stands", element("dl", { class: "stands" }, rows.map(([label, value]) => [element("dt", {}, label), element("dd", {}, value)]).flat()));
}

function scoreCard(score, explanation) {
  const sums = new Map();
  for (const item of score.contributions) {
    if (BigInt(item.value) === 0n) continue;
    sums.set(item.interaction, (sums.get(item.interaction) ?? 0n) + BigInt(item.value));
  }
  const byRule = [...sums].sort((a, b) => (b[1] < a[1] ? -1 : 1));
  const shown = byRule.slice(0, 4);
  const rest = byRule.slice(4).reduce((sum, [, value]) => sum + value, 0n);
  const terms = [...shown.map(([rule, value]) => `${rule} ${points(value)}`),
    ...(byRule.length > 4 ? [`${byRule.length - 4} more ${points(rest)}`] : []),
    ...score.adjustments.map((one) => `${one.kind} ${points(one.value)}`)];
  const held = score.rounded !== score.score;
  const lines = new Map((explanation.lines ?? []).map((line) => [line.at, line.text]));
  const items = score.contributions.slice().reverse();
  const columns = [{ title: "When" }, { title: "What" }, { title: "Points", number: true }, { title: "What was left of them" }, { title: "Gave", number: true }];
  const box = element("div");
  let count = 12;
  const draw = () => replace(box,
    items.length ? table(`What gave ${score.name} its points`, columns, items.slice(0, count).map((item) => [moment(item.event.time),
      [element("b", { class: item.held ? "held" : undefined }, item.interaction), details(item, lines)],
      item.points === undefined ? "" : points(item.points),
      item.held ? element("span", { class: "held" }, `held back: ${item.reason ?? item.held}`)
        : item.weight === undefined ? "all of it" : element("span", { title: item.arithmetic }, `${number(Math.round(item.weight * 1000) / 10)}% left`),
      element("span", { class: BigInt(item.value) > 0n ? "up" : BigInt(item.value) < 0n ? "down" : undefined }, signedPoints(item.value))]))
      : element("p", {}, "Nothing has given it points."),
    element("div", { class: "row" },
      element("span", { class: "aside" }, `${number(Math.min(count, items.length))} of ${counted(items.length, "contribution")}. Each opens the line of the log that it comes from.`),
      items.length > count ? element("button", { type: "button", onclick: () => { count += 200; draw(); } }, "Show more") : null,
      csvButton(`${score.name}.csv`, ["time", "interaction", "points", "held", "weight", "value", "sum", "event", "at"],
        score.contributions.map((item) => [item.event.time, item.interaction, item.points, item.held, item.weight, item.value, item.sum, item.event.id, item.event.at]))));
  draw();
  return card(`Why ${score.name} is ${number(score.score)}`,
    element("p", { class: "sum" }, element("b", {}, number(score.score)), " = ", held ? `${number(score.rounded)}, held within ${score.range?.map(number).join(" to ")} = ` : "", terms.join(" + ").replaceAll("+ \u2212", "\u2212 ") || "0"),
    box,
    score.adjustments.length ? element("details", {}, element("summary", {}, "Caps, bonuses and silence"),
      score.adjustments.map((one) => [element("p", {}, element("b", { class: BigInt(one.value) < 0n ? "down" : "up" }, signedPoints(one.value)), ` ${one.kind}: `, foreign(one.what)), one.tests ? tests(one.tests) : null]).flat()) : null,
    score.missed.length ? element("details", {}, element("summary", {}, counted(score.missed.length, "bonus").replace("bonuss", "bonuses") + " not met"),
      score.missed.map((one) => [element("p", {}, foreign(one.name)), tests(one.tests)]).flat()) : null);
}

function details(item, lines) {
  return element("details", {}, element("summary", {}, foreign(item.event.id)),
    element("p", { class: "aside small" }, foreign(item.event.at)), element("pre", {}, lines.get(item.event.at) ?? "the line is not at hand"));
}

// Personas are asked in their order; the one that was taken is marked, and those asked before it failed.
function personaCard(group) {
  return card(`${group.group}: ${group.persona ?? "none"}`,
    group.choice ? element("p", { class: "aside" }, group.choice) : null,
    group.asked.map((one) => element("details", {}, element("summary", {},
      element("b", { class: one.holds ? "up" : "down" }, one.holds ? "meets " : "not "), element("b", {}, one.persona)),
    one.tests.length ? tests(one.tests) : element("p", { class: "aside" }, "Nothing is asked."))));
}

function lists({ lists: all }, nearest) {
  if (!all.length) return null;
  const on = all.filter((list) => list.isMember);
  const off = all.filter((list) => !list.isMember);
  return card("Lists",
    on.length ? on.map((list) => element("details", {}, element("summary", {}, element("b", { class: "up" }, "on "), element("b", {}, list.list)), tests(list.tests)))
      : element("p", {}, "On no list."),
    off.length ? [element("h3", {}, "Nearest others"), nearestFirst(off, nearest).map(([list, near]) => element("details", {},
      element("summary", {}, element("b", { class: "down" }, "not "), element("b", {}, list.list), `: ${lacking(list.tests)}`),
      near?.length ? element("p", { class: "small" }, "One more of these would do it: ", element("b", {}, near.join(", "))) : element("p", { class: "small aside" }, "No single occurrence would do it."),
      tests(list.tests)))].flat() : null);
}

const failures = (list) => list.reduce((sum, test) => sum + (test.holds ? 0 : 1), 0);

function nearestFirst(off, nearest) {
  const ways = new Map((nearest ?? []).map((one) => [one.list, one.interactions]));
  return off.map((list) => [list, ways.get(list.list)])
    .sort((a, b) => (b[1]?.length ? 1 : 0) - (a[1]?.length ? 1 : 0) || failures(a[0].tests) - failures(b[0].tests));
}

function lacking(list) {
  const missing = list.filter((test) => !test.holds);
  const one = missing[0];
  const words = one ? `${one.test}${one.parts ? "" : ` but is ${one.value ?? "unknown"}`}` : "";
  return missing.length > 1 ? `${words}, and ${missing.length - 1} more` : words;
}

function gradeCard(grade) {
  return card(`${grade.name} ${grade.letter ?? "ungraded"}`, table(`What ${grade.name} is made of`, [{ title: "Of" }, { title: "Gives", number: true }],
    grade.criteria.map((one) => [[element("b", {}, one.attribute), element("div", { class: "aside small" }, one.value === undefined ? "unknown" : foreign(one.value))],
      one.result === undefined ? "left out" : grade.percent === undefined ? `${number(one.result)} thirds` : `${points(one.result)} \u00d7 ${points(one.weight)}`])),
    csvButton(`${grade.name}.csv`, ["attribute", "value", "result", "weight"], grade.criteria.map((one) => [one.attribute, one.value, one.result, one.weight])));
}

function knows(explanation) {
  const known = explanation.attributes.filter((one) => one.value !== undefined);
  return card("What is known", known.length ? element("dl", {}, known.map((one) => [element("dt", {}, one.name), element("dd", {}, foreign(one.value), one.isAccounts ? element("span", { class: "aside" }, " (its account's)") : null)]).flat())
    : element("p", {}, "Nothing: no profile has said anything of it."));
}
