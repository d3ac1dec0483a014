// The leads, or the accounts: found while somebody types, filtered, in any order, a page at a time.

import { element, foreign, link, replace, table } from "./dom.js";
import { address, ask, GivenUp, showError } from "./net.js";
import { ago, number } from "./words.js";

export const leads = (context) => rows(context, "leads");
export const accounts = (context) => rows(context, "accounts");

const perPage = 50;

async function rows({ main, state, overview, find }, name) {
  const isLeads = name === "leads";
  const one = isLeads ? "lead" : "account";
  let current = state;
  const box = element("div", { class: "wide-table" });
  const count = element("p", { class: "aside", role: "status" });
  const problem = element("div", { class: "problem", role: "alert" });
  const condition = element("input", {
    type: "text", id: "where", spellcheck: "false", value: state.get("where") ?? "",
    placeholder: isLeads ? "score.engagement: { min: 50 }, grade.fit: [A, B]" : "engaged: { min: 2 }",
    onchange: (event) => go({ where: event.target.value, from: "" }),
  });
  const lists = element("select", { id: "list", onchange: (event) => go({ list: event.target.value, from: "" }) },
    element("option", { value: "" }, "everybody"),
    [...overview.lists, ...overview.personas.flatMap((group) => group.values.map((value) => `${group.name}.${value}`))]
      .map((list) => element("option", { value: list }, list)));
  lists.value = state.get("list") ?? "";
  const file = element("a", { class: "button", download: `${name}.csv` }, "CSV");
  const pager = element("nav", { class: "row", "aria-label": "Pages of the table" });
  find.value = state.get("find") ?? "";

  function go(changes) {
    const next = new URLSearchParams(current);
    for (const [key, value] of Object.entries(changes)) {
      if (value === "" || value === undefined) next.delete(key); else next.set(key, value);
    }
    location.hash = `#/${name}` + (next.size ? "?" + next : "");
  }

  function head(column) {
    const isSorted = current.get("sort") === column.name;
    const isDown = current.get("order") === "down";
    const title = column.name.replace(/^(score|persona|attribute|grade)\./, "");
    return {
      title, number: column.kind === "number",
      sorted: isSorted ? (isDown ? "descending" : "ascending") : undefined,
      head: element("button", {
        class: "plain", type: "button", title: `${column.name}: ${column.meaning}`,
        onclick: () => go(isSorted ? { order: isDown ? "" : "down", from: "" }
          : { sort: column.name, order: column.kind === "number" || column.kind === "time" ? "down" : "", from: "" }),
      }, title + (isSorted ? (isDown ? " \u25bc" : " \u25b2") : "")),
    };
  }

  const isShown = ({ name: column }, place) => place === 0 || (isLeads
    ? column === overview.nameColumn || column === "account" || column === "stage" || column === "last_seen"
      || /^(score|grade|persona)\./.test(column)
    : !/^(raw|persona|min|max|mean)\./.test(column));

  async function load(nextState) {
    current = nextState;
    if (document.activeElement !== find) find.value = current.get("find") ?? "";
    condition.value = current.get("where") ?? "";
    lists.value = current.get("list") ?? "";
    const asked = {
      find: current.get("find"), where: current.get("where"), list: current.get("list"), from: current.get("from"),
      sort: current.get("sort") ?? firstSort(), order: current.get("sort") ? current.get("order") : "down",
    };
    file.href = address(`/csv/${name}`, { ...asked, from: undefined });
    const page = await ask("rows", `/api/${name}`, asked);
    problem.textContent = page.problem ? [page.problem.error, page.problem.hint].filter(Boolean).join(" \u2013 ") : "";
    const shownPlaces = page.columns.map((column, place) => [column, place]).filter(([c, p]) => isShown(c, p)).map(([, p]) => p);
    const nameAt = page.columns.findIndex((column) => column.name === overview.nameColumn);
    const columns = shownPlaces.map((place) => head(page.columns[place]));
    const cells = page.rows.map((row) => shownPlaces.map((place) => {
      const text = row[place];
      const { name: column, kind } = page.columns[place];
      if (place === 0) return link(`/${one}/${encodeURIComponent(text)}`, foreign(text));
      if (kind === "number") return text === "" ? "" : number(text);
      if (kind === "time") return ago(text);
      if (column === "account" && text) return link(`/account/${encodeURIComponent(text)}`, foreign(text));
      if (column.startsWith("grade.") && text) return element("span", { class: "grade" }, text);
      return text ? foreign(text) : "";
    }));
    replace(box, table(isLeads ? "Leads" : "Accounts", columns, cells));
    if (!page.rows.length) {
      box.append(element("p", {}, page.problem ? "The condition cannot be asked like this."
        : current.size ? "Nobody is like that. Take something away, or press Escape in the search field."
        : `There are no ${name} yet: append events, then run.`));
    }
    const from = page.from;
    count.textContent = page.total
      ? `${number(from + 1)} to ${number(from + page.rows.length)} of ${number(page.total)} ${name}` : `no ${name}`;
    replace(pager,
      from > 0 ? element("button", { type: "button", onclick: () => go({ from: from > perPage ? from - perPage : "" }) }, "Previous") : null,
      from + page.rows.length < page.total
        ? element("button", { type: "button", onclick: () => go({ from: from + perPage }) }, "Next") : null);
  }

  const firstSort = () => isLeads ? (overview.scores.length ? `score.${overview.scores[overview.scores.length - 1].name}` : undefined)
    : (overview.scores.length ? `total.${overview.scores[0].name}` : undefined);

  const follow = async (nextState) => {
    try { await load(nextState); } catch (error) {
      if (!(error instanceof GivenUp)) showError(box, error);
    }
  };
  replace(main, element("section", { class: "card" },
    element("h1", { class: "middle" }, isLeads ? "Leads" : "Accounts"), count,
    element("div", { class: "row" },
      element("label", { class: "grow", for: "where" }, "Who meets", condition),
      isLeads ? element("label", { for: "list" }, "On", lists) : null, file),
    problem, box, pager));
  await follow(state);
  return { follow };
}
