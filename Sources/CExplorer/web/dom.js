// Elements without markup: whatever comes from data becomes text and nothing else.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") made[key] = value;
    else made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
  return made;
}

const drawing = "http://www.w3.org/2000/svg";

export function shape(name, attributes = {}, ...children) {
  const made = document.createElementNS(drawing, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

// A text from data: its direction stays its own, what nobody sees is shown, and the whole is at hand.
export function foreign(text) {
  const shown = visible(text);
  return element("bdi", { title: text.length > 32 ? shown : undefined }, shown);
}

// A text in which nothing is unseen.
export function visible(text) {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (sign) => "\u27e8" + sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "\u27e9");
}

export function link(hash, ...children) { return element("a", { href: "#" + hash }, ...children); }

// A table; on narrow screens each row becomes a card of labels and values.
export function table(caption, columns, rows, options = {}) {
  const head = element("tr", {}, columns.map((column) =>
    element("th", { scope: "col", class: column.number ? "n" : undefined, "aria-sort": column.sorted },
      column.head ?? column.title)));
  const body = rows.map((cells) => element("tr", {}, cells.map((cell, place) => {
    const column = columns[place];
    const name = place === 0 && !options.plain ? "th" : "td";
    return element(name, {
      scope: name === "th" ? "row" : undefined, class: column.number ? "n" : undefined,
      "data-label": column.title,
    }, cell ?? "");
  })));
  return element("table", { class: options.class },
    element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, body));
}

// A table as a file, made of what it shows: whole texts, one line a row.
export function csvButton(name, columns, rows) {
  return element("button", {
    type: "button", onclick: () => {
      const field = (text) => /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
      const lines = [columns, ...rows].map((cells) => cells.map((cell) => field(String(cell ?? ""))).join(","));
      const address = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }));
      const anchor = element("a", { href: address, download: name });
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
      setTimeout(() => URL.revokeObjectURL(address), 1000);
    },
  }, "CSV");
}

export function card(title, ...children) {
  return element("section", { class: "card" }, element("h2", {}, title), ...children);
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
}
