// One account: its people and what each gives.

import { card, csvButton, element, foreign, link, replace, table } from "./dom.js";
import { ask } from "./net.js";
import { loadHistory } from "./lead.js";
import { counted, number } from "./words.js";
import { tests } from "./tests.js";

export async function account({ main, key, overview }) {
  const report = await ask("account", "/api/account", { key });
  const scores = overview.scores.map((score) => score.name);
  const groups = overview.personas.map((group) => group.name);
  const people = report.leads.slice().sort((a, b) => Number(b.scores[0] ?? 0) - Number(a.scores[0] ?? 0));
  const cells = (one) => [one.lead, one.isEngaged ? "engaged" : "", ...one.scores, ...one.personas.map((persona) => persona ?? "")];
  const columns = [{ title: "Lead" }, { title: "Engaged" }, ...scores.map((title) => ({ title, number: true })), ...groups.map((title) => ({ title }))];
  const chart = element("div", { class: "chart", "aria-busy": "true" });
  let count = 50;
  const box = element("div", { class: "wide-table" });
  const draw = () => replace(box, table("Its people", columns, people.slice(0, count).map((one) => [link(`/lead/${encodeURIComponent(one.lead)}`, foreign(one.lead)), one.isEngaged ? "yes" : "no", ...one.scores.map(number), ...one.personas.map((persona) => persona ?? "")])),
    people.length > count ? element("button", { type: "button", onclick: () => { count += 200; draw(); } }, `Show more of ${number(people.length)}`) : null);
  draw();
  replace(main, element("div", { class: "sides" },
    element("div", {}, element("section", { class: "card" }, element("h1", {}, foreign(report.account)),
      element("p", { class: "aside" }, `${counted(report.leads.length, "lead")}, ${number(report.engaged)} engaged`), chart),
    card("Its people, and what each gives", box, csvButton("people.csv", columns.map((column) => column.title), people.map(cells)))),
    element("div", {},
      report.ready ? card(report.ready.isReady ? "Ready" : "Not ready", tests(report.ready.tests)) : null,
      card("What it comes to", element("dl", {}, [...report.totals.map((one) => [one.score, `${number(one.total)} in all, at most ${one.max === undefined ? "none" : number(one.max)}, ${one.mean === undefined ? "none" : number(Number(one.mean) / 100)} on average`]),
        ...report.scores.map((one) => [one.name ?? one.score, number(one.value ?? one.score)])].map(([label, value]) => [element("dt", {}, label), element("dd", {}, String(value))]).flat())),
      report.lists.length ? card("Lists", report.lists.map((list) => element("details", {}, element("summary", {}, element("b", { class: list.isMember ? "up" : "down" }, list.isMember ? "on " : "not "), element("b", {}, list.list)), tests(list.tests)))) : null,
      report.attributes.some((one) => one.value) ? card("What is known", element("dl", {}, report.attributes.filter((one) => one.value !== undefined).map((one) => [element("dt", {}, one.name), element("dd", {}, foreign(one.value))]).flat())) : null)));
  loadHistory(chart, { account: report.account }, scores.map((score) => `total.${score}`));
  return {};
}
