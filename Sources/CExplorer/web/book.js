// The book: what was appended, what stands in it, what was refused.

import { card, csvButton, element, foreign, replace, table } from "./dom.js";
import { ask } from "./net.js";
import { moment, number } from "./words.js";

export async function book({ main }) {
  const report = await ask("about", "/api/about");
  const bytes = (count) => count < 1e6 ? `${number(Math.ceil(count / 1e3))} KB` : `${number(Math.round(count / 1e5) / 10)} MB`;
  const columns = ["Segment", "Lines", "Refused", "Size"];
  replace(main, element("h1", { class: "middle" }, foreign(report.root)),
    card("What was read", element("dl", {}, report.counts.map((one) => [element("dt", {}, number(one.count)), element("dd", {}, one.name)]).flat()),
      element("p", { class: "aside" }, "Every line of the log is in one of these; they add up.")),
    card("Refused lines", report.refused.length ? [report.refused.map((one) => element("details", {}, element("summary", {}, `${one.reason}: ${number(one.count)}`),
      one.examples.map((example) => [element("p", { class: "aside small" }, foreign(example.at)), element("pre", {}, foreign(example.text))]).flat()))].flat()
      : element("p", {}, "None: every line was an event.")),
    card("Segments", element("p", { class: "aside" }, report.chain), table("Segments", columns.map((title, place) => ({ title, number: place > 0 })), report.segments.map((one) => [foreign(one.path), number(one.lines), number(one.refused), bytes(one.bytes)])),
      csvButton("segments.csv", columns, report.segments.map((one) => [one.path, one.lines, one.refused, one.bytes]))),
    card("Snapshots", report.snapshots.length ? [table("Snapshots", [{ title: "Name" }, { title: "As of" }, { title: "Definition" }], report.snapshots.map((one) => [foreign(one.name), moment(one.asOf), foreign(one.definition)])),
      csvButton("snapshots.csv", ["name", "as_of", "definition"], report.snapshots.map((one) => [one.name, one.asOf, one.definition]))]
      : element("p", {}, "None yet: run first.")),
    card("Cache", element("p", {}, `${number(report.cache.files)} files, ${bytes(report.cache.bytes)}. It can be deleted at any time, and comes back.`)));
  return {};
}
