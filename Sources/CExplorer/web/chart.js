// One score over time, with what was crossed: a stepped line, because between two moments nothing is known to happen.

import { element, shape } from "./dom.js";
import { moment, number, shortDay, signedPoints } from "./words.js";

export function historyChart(report, column) {
  const place = report.columns.indexOf(column);
  const points = report.moments.map((one) => ({ time: Date.parse(one.time), value: one.values[place] === undefined || one.values[place] === null ? null : Number(one.values[place]) }))
    .filter((point) => point.value !== null);
  if (points.length < 2) return element("p", { class: "aside" }, "There is only one moment to show.");
  const [width, height, left, right, top, bottom] = [760, 240, 8, 64, 24, 32];
  const first = points[0].time;
  const last = Math.max(points[points.length - 1].time, first + 1);
  const low = Math.min(0, ...points.map((point) => point.value));
  const high = Math.max(low + 1, ...points.map((point) => point.value));
  const x = (time) => left + (time - first) / (last - first) * (width - left - right);
  const y = (value) => height - bottom - (value - low) / (high - low) * (height - top - bottom);
  const drawing = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${column} over time; its numbers are in the table below` });
  for (const value of [low, high]) {
    drawing.append(shape("line", { class: "axis", x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      shape("text", { class: "aside", x: width - right + 8, y: y(value) + 4 }, number(value)));
  }
  for (let step = 0; step < 5; step++) {
    const time = first + (last - first) * step / 4;
    drawing.append(shape("text", { class: "aside", x: x(time), y: height - 8, "text-anchor": step === 0 ? "start" : step === 4 ? "end" : "middle" }, shortDay(new Date(time))));
  }
  let path = `M${x(points[0].time).toFixed(1)} ${y(points[0].value).toFixed(1)}`;
  for (const point of points.slice(1)) path += `H${x(point.time).toFixed(1)}V${y(point.value).toFixed(1)}`;
  drawing.append(shape("path", { class: "line", d: path }));
  const valueAt = (time) => {
    let value = points[0].value;
    for (const point of points) { if (point.time > time) break; value = point.value; }
    return value;
  };
  const ends = [];
  let named = "";
  for (const crossing of report.crossings) {
    const time = Date.parse(crossing.time);
    if (time < first) continue;
    const at = { x: x(time), y: y(valueAt(time)) };
    drawing.append(shape("circle", { class: "moment", cx: at.x, cy: at.y, r: 5 }));
    // What was left, and what came in the same moment, the table below tells.
    if (!crossing.isUp || crossing.time === named) continue;
    named = crossing.time;
    const words = `${crossing.to ?? "no longer " + crossing.from}`.slice(0, 28);
    const text = /^list\./.test(crossing.what) ? (crossing.isUp ? "onto " : "off ") + crossing.what.slice(5) : words;
    const isRight = at.x > width / 2;
    let height2 = at.y - 12;
    for (const end of ends) if (Math.abs(end.x - at.x) < 150 && Math.abs(end.y - height2) < 14) height2 = end.y - 15;
    if (height2 < 10) continue;
    ends.push({ x: at.x, y: height2 });
    drawing.append(shape("text", { x: at.x, y: height2, "text-anchor": isRight ? "end" : "start" }, text));
  }
  return drawing;
}

// How a sum came together, cause by cause: each begins where the one before ended.
export function waterfall(title, steps) {
  const [width, left, right, height] = [760, 230, 90, 24];
  const shown = steps.slice(0, 12);
  const rest = steps.slice(12).reduce((sum, step) => sum + step.change, 0n);
  if (steps.length > 12) shown.push({ label: `${steps.length - 12} more`, change: rest });
  const sums = [0n];
  for (const step of shown) sums.push(sums[sums.length - 1] + step.change);
  const [low, high] = sums.reduce(([least, most], sum) => [sum < least ? sum : least, sum > most ? sum : most], [0n, 0n]);
  const scale = (width - left - right) / Math.max(1, Number(high - low));
  const x = (sum) => left + Number(sum - low) * scale;
  const drawing = shape("svg", { viewBox: `0 0 ${width} ${(shown.length + 1) * height}`, role: "img", "aria-label": `${title}; its numbers are in the table below` });
  const row = (place, label, from, to, kind) => {
    const [start, end] = from < to ? [x(from), x(to)] : [x(to), x(from)];
    const words = label.length > 34 ? label.slice(0, 33) + "\u2026" : label;
    drawing.append(shape("text", { x: left - 8, y: place * height + 16, "text-anchor": "end" }, words, shape("title", {}, label)),
      shape("rect", { class: kind, x: start, y: place * height + 3, width: Math.max(1, end - start), height: 18 }),
      shape("text", { class: "aside", x: end + 6, y: place * height + 16 }, signedPoints(to - from)));
  };
  shown.forEach((step, place) => row(place, step.label, sums[place], sums[place + 1], step.change < 0n ? "less" : "more"));
  row(shown.length, "in all", 0n, sums[sums.length - 1], "same");
  return drawing;
}
