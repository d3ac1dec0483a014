// Conditions and how they came out.

import { element, foreign } from "./dom.js";

export function tests(list) {
  return element("ul", { class: "tests" }, list.map((test) => element("li", { class: test.holds ? undefined : "held" },
    element("b", {}, test.holds ? "yes " : "no "), foreign(test.test), test.parts ? tests(test.parts)
      : element("span", { class: "aside" }, " \u2013 ", test.value === undefined ? "unknown" : foreign(test.value)))));
}
