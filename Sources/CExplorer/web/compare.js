// Two snapshots: what changed, and through what.

import { waterfall } from "./chart.js";
import { card, csvButton, element, foreign, link, replace, table, visible } from "./dom.js";
import { ask, GivenUp, showError } from "./net.js";
import { change, counted, moment, number, points, signedPoints } from "./words.js";

export async function compare({ main, state }) {
  const { snapshots } = await ask("snapshots", "/api/snapshots");
  const names = snapshots.map((one) => one.name);
  if (names.length < 2) {
    replace(main, element("section", { class: "card" }, element("h1", { class: "middle" }, "Compare"), element("p", {}, names.length ? "There is one snapshot. Run again another day, and both can be compared." : "There is no snapshot yet. Run first.")));
    return {};
  }
  const pick = (label, chosen) => element("select", { "aria-label": label }, snapshots.map((one) => element("option", { value: one.name, selected: one.name === chosen }, `${one.asOf} \u00b7 ${one.definition}`)));
  const from = pick("Earlier", state.get("from") ?? names[1]);
  const to = pick("Later", state.get("to") ?? names[0]);
  const box = element("div");
  for (const select of [from, to]) {
    select.addEventListener("change", () => { location.hash = "#/compare?" + new URLSearchParams({ from: from.value, to: to.value }); });
  }
  async function load() {
    replace(box, card("Comparing", element("p", { class: "aside" }, "Each lead is judged in all states from one to the other \u2026")));
    try {
      const report = await ask("compare", "/api/compare", { from: from.value, to: to.value });
      replace(box, show(report));
    } catch (error) {
      if (!(error instanceof GivenUp)) showError(box, error);
    }
  }
  replace(main, element("section", { class: "card" }, element("h1", { class: "middle" }, "Compare"), element("div", { class: "row" }, element("label", {}, "From", from), element("label", {}, "to", to))), box);
  await load();
  return { follow: async (next) => { from.value = next.get("from") ?? names[1]; to.value = next.get("to") ?? names[0]; await load(); } };
}

function show(report) {
  const scores = [...new Set(report.causes.map((one) => one.score))];
  const causes = scores.map((score) => {
    const list = report.causes.filter((one) => one.score === score);
    const sum = list.reduce((all, one) => all + BigInt(one.micropoints), 0n);
    const columns = ["Because of", "Rule", "Leads", "Points"];
    return card(`${score}: ${signedPoints(sum)} points in all`,
      waterfall(`${score}, by cause`, list.map((one) => ({ label: visible([one.cause, one.part, one.rule].filter(Boolean).join(", ")), change: BigInt(one.micropoints) }))),
      table("Causes", [{ title: columns[0] }, { title: columns[1] }, { title: columns[2], number: true }, { title: columns[3], number: true }],
      list.slice(0, 40).map((one) => [`${one.cause}, ${one.part}`, one.rule ? foreign(one.rule) : "", number(one.leads), element("span", { class: BigInt(one.micropoints) < 0n ? "down" : "up" }, signedPoints(one.micropoints))])),
      csvButton(`causes-${score}.csv`, ["cause", "part", "rule", "leads", "micropoints"], list.map((one) => [one.cause, one.part, one.rule, one.leads, one.micropoints])));
  });
  const movers = report.changes.map((one) => [link(`/lead/${encodeURIComponent(one.lead)}`, foreign(one.lead)), one.change,
    one.scores.map((score) => element("span", { class: "tag" }, `${score.score} `, element("b", {}, `${score.from === undefined ? "none" : number(score.from)} \u2192 ${score.to === undefined ? "none" : number(score.to)}`))),
    one.moves.map((move) => element("span", { class: "tag" }, `${move.what}: ${move.from ?? "none"} \u2192 ${move.to ?? "none"}`))]);
  const accounts = report.accounts.map((one) => [link(`/account/${encodeURIComponent(one.account)}`, foreign(one.account)),
    one.totals.map((total) => element("span", { class: "tag" }, `${total.score} `, element("b", {}, `${number(total.from)} \u2192 ${number(total.to)}`)))]);
  return [card("What changed", element("p", { class: "sum" }, `${counted(report.leads.came, "lead")} came, ${number(report.leads.gone)} gone, ${number(report.leads.changed)} changed, ${number(report.leads.unchanged)} are as they were.`),
    element("p", { class: "aside" }, "From ", moment(report.from.asOf), " to ", moment(report.to.asOf), ".")),
    causes.length ? causes : card("Causes", element("p", {}, "No score changed.")),
    card("Who changed most", movers.length ? [table("Movers", [{ title: "Lead" }, { title: "How" }, { title: "Scores" }, { title: "Moves" }], movers),
      csvButton("movers.csv", ["lead", "change", "what", "from", "to"], report.changes.flatMap((one) =>
        [...one.scores.map((score) => [one.lead, one.change, `score.${score.score}`, score.from, score.to]), ...one.moves.map((move) => [one.lead, one.change, move.what, move.from, move.to])]))] : element("p", {}, "Nobody.")),
    card("Accounts", accounts.length ? [table("Accounts", [{ title: "Account" }, { title: "Totals" }], accounts),
      csvButton("accounts.csv", ["account", "score", "from", "to"], report.accounts.flatMap((one) => one.totals.map((total) => [one.account, total.score, total.from, total.to])))] : element("p", {}, "No account changed."))];
}
