// Which page is shown: the fragment of the address holds everything, so that it can be passed on.

import { ask, GivenUp, giveUpAll, onOtherSnapshot, showError } from "./net.js";
import { setClock } from "./words.js";
import { leads, accounts } from "./rows.js";
import { lead } from "./lead.js";
import { account } from "./account.js";
import { whatIf } from "./what-if.js";
import { compare } from "./compare.js";
import { book } from "./book.js";

const pages = { leads, accounts, lead, account, "what-if": whatIf, compare, book };
const main = document.getElementById("main");
const find = document.getElementById("find");
let overview = null;
let shown = null;

export function place() {
  const [path, search] = location.hash.slice(1).split("?", 2);
  const [, name = "leads", ...rest] = path.split("/");
  return { name: Object.hasOwn(pages, name) ? name : "leads", key: unescaped(rest.join("/")), state: new URLSearchParams(search) };
}

// An address that somebody cut short is taken as it stands.
function unescaped(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

async function show() {
  const { name, key, state } = place();
  for (const anchor of document.querySelectorAll("nav a")) {
    const isHere = anchor.dataset.page === name || anchor.dataset.page === name + "s";
    if (isHere) anchor.setAttribute("aria-current", "page"); else anchor.removeAttribute("aria-current");
  }
  try {
    overview ??= await ask("book", "/api/book");
    setClock(overview.timezone, overview.asOf);
    document.getElementById("book").textContent = overview.definition;
    const same = shown && shown.name === name && shown.key === key && shown.page.follow;
    if (same) return await shown.page.follow(state);
    giveUpAll();
    main.replaceChildren();
    main.setAttribute("aria-busy", "true");
    window.scrollTo(0, 0);
    const page = { name, key, page: {} };
    shown = page;
    page.page = (await pages[name]({ main, key, state, overview, find })) ?? {};
    main.removeAttribute("aria-busy");
  } catch (error) {
    if (error instanceof GivenUp) return;
    main.removeAttribute("aria-busy");
    showError(main, error);
  }
}

// What is loaded may be another snapshot by now: the page is drawn anew from it.
onOtherSnapshot(() => {
  overview = null;
  shown = null;
  show();
});

window.addEventListener("hashchange", show);
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
document.getElementById("search").addEventListener("submit", (event) => event.preventDefault());
find.addEventListener("input", () => {
  const here = place();
  const target = here.name === "accounts" ? "accounts" : "leads";
  const state = here.name === target ? here.state : new URLSearchParams();
  if (find.value) state.set("find", find.value); else state.delete("find");
  state.delete("from");
  const hash = `#/${target}` + (state.size ? "?" + state : "");
  if (here.name === target) {
    history.replaceState(null, "", hash);
    show();
  } else location.hash = hash;
});

document.addEventListener("keydown", (event) => {
  const inField = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && !inField) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === "Escape") {
    if (event.target === find && find.value) {
      find.value = "";
      find.dispatchEvent(new Event("input"));
    } else if (inField) event.target.blur();
    event.preventDefault();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (inField && event.target !== find) return;
    const anchors = [...main.querySelectorAll("tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
    if (!anchors.length) return;
    const row = document.activeElement.closest?.("tbody tr");
    const at = row ? anchors.findIndex((anchor) => row.contains(anchor)) : -1;
    const step = (event.key === "ArrowDown" ? 1 : -1) * (event.shiftKey ? 10 : 1);
    const next = at < 0 ? 0 : Math.max(0, Math.min(anchors.length - 1, at + step));
    if (at === 0 && step < 0) find.focus(); else anchors[next].focus();
    event.preventDefault();
  }
});

show();
