"use strict";
// Page text is hostile: elements are made here, text goes in as text nodes only, links must be http or https.
const QS = {};

(() => {
  const HREF = /^#[^\s]*$/;

  function append(node, children) {
    for (const child of children) {
      if (child === null || child === undefined || child === false) continue;
      if (Array.isArray(child)) append(node, child);
      else node.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
  }

  // An element: properties named on… are listeners, the others attributes; null and false are left out.
  QS.h = (tag, props, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) {
        if (typeof value !== "function") throw new TypeError("listeners are functions");
        node.addEventListener(name.slice(2), value);
      } else if (name === "href" && !HREF.test(value)) throw new TypeError("use QS.link");
      else if (name === "style") for (const [key, text] of Object.entries(value)) node.style.setProperty(key, text);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    append(node, children);
    return node;
  };

  // A link to another site, or plain text if the address is not http or https.
  QS.link = (address, text) => {
    let url = null;
    try { url = new URL(address); } catch { /* shown as text */ }
    if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) return QS.h("span", {}, text || address);
    const node = QS.h("a", { rel: "noreferrer noopener", target: "_blank" }, text || address);
    node.href = url.href;
    return node;
  };

  QS.data = (name) => {
    const node = document.getElementById(name);
    return node ? JSON.parse(node.textContent) : null;
  };

  const plain = new Intl.NumberFormat("en-US");
  QS.count = (n) => (n === null || n === undefined ? "–" : plain.format(n));
  QS.plural = (n, one, many) => `${QS.count(n)} ${n === 1 ? one : many || `${one}s`}`;
  QS.prob = (p) => {
    if (p === null || p === undefined) return "–";
    // No rounding to certainty.
    if (p > 0.995) return "> 0.99";
    return p < 0.005 ? "< 0.01" : p.toFixed(2);
  };
  QS.share = (p) => {
    if (p === null || p === undefined) return "–";
    const percent = 100 * p;
    if (percent > 0 && percent < 0.95) return `${percent.toFixed(1)} %`;
    return percent < 100 && percent > 99.05 ? `${percent.toFixed(1)} %` : `${percent.toFixed(0)} %`;
  };
  QS.interval = (pair) => (pair ? `${QS.share(pair[0])} to ${QS.share(pair[1])}` : "");
  QS.signed = (x) => (x === null || x === undefined ? "–" : `${x < 0 ? "−" : "+"}${Math.abs(x).toFixed(2)}`);
  QS.cut = (text, most) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

  QS.BANDS = {
    low_quality: "low quality", suspect: "suspect", ok: "ok", abstained: "no score", failed: "failed",
    not_enough: "not enough to say",
  };
  QS.WHY_NONE = {
    too_short: "too short", unsupported_language: "not English", not_prose: "not prose",
  };
  QS.band = (band) => {
    const known = Object.hasOwn(QS.BANDS, band);
    const look = ["ok", "suspect", "low_quality"].includes(band) ? band : "none";
    return QS.h("span", { class: `band ${look}` }, known ? QS.BANDS[band] : band);
  };
  QS.color = (band) => `var(--${{ ok: "ok", suspect: "suspect", low_quality: "low" }[band] || "none"})`;

  QS.say = (text) => { document.getElementById("live").textContent = text; };
  QS.empty = (what, why) => QS.h("div", { class: "empty" }, QS.h("strong", {}, what), why);

  // A table for figures: head is [text, numeric?] pairs, rows are arrays of text or nodes.
  QS.figures = (caption, head, rows) => QS.h("table", { class: "figures" },
    QS.h("caption", { class: "hidden-label" }, caption),
    QS.h("thead", {}, QS.h("tr", {}, head.map(([text, numeric]) => QS.h("th", { scope: "col", class: numeric ? "n" : null }, text)))),
    QS.h("tbody", {}, rows.map((row) => QS.h("tr", {}, row.map((cell, i) => (i === 0
      ? QS.h("th", { scope: "row" }, cell)
      : QS.h("td", { class: head[i][1] ? "n" : null }, cell)))))));

  // A signal's number to its metadata; ids from elsewhere get an entry of their own.
  QS.signalById = (id) => QS.report.signals.find((s) => s.id === id)
    || { id, title: id.replaceAll("_", " "), family: "", why: "", limits: "" };
})();

// Data: rows are objects made from arrays; details of pages come in chunks, from this file or from files beside it.
(() => {
  const chunks = new Map();
  const waiting = new Map();
  let fields = [];
  QS.rows = [];

  function take(arrays) {
    for (const array of arrays) {
      const row = { number: QS.rows.length };
      fields.forEach((name, i) => { row[name] = array[i]; });
      row.words_text = `${row.title}\n${row.source}\n${row.url}\n${row.author}`.toLowerCase();
      QS.rows.push(row);
    }
  }

  function script(name) {
    return new Promise((resolve, reject) => {
      const node = document.createElement("script");
      node.src = `${QS.report.folder}/${name}`;
      node.onload = () => { node.remove(); resolve(); };
      node.onerror = () => {
        node.remove();
        reject(new Error(`${QS.report.folder}/${name} cannot be read: keep the folder ${QS.report.folder} beside report.html`));
      };
      document.head.append(node);
    });
  }

  const file = (prefix, number) => `${prefix}-${String(number).padStart(4, "0")}.js`;

  QS.load = () => {
    QS.report = QS.data("report");
    QS.site = QS.data("site");
    fields = QS.report.fields;
    take(QS.data("rows"));
  };

  // The rows that do not stand in this file, in order; calls `progress` after each file.
  QS.loadRows = async (progress) => {
    for (let number = 1; number <= QS.report.row_files; number += 1) {
      await script(file("rows", number));
      take(waiting.get(`rows ${number}`));
      waiting.delete(`rows ${number}`);
      progress();
    }
  };
  QS.rowsArrived = (number, arrays) => { waiting.set(`rows ${number}`, arrays); };
  QS.arrived = (number, details) => { keep(number, details); };

  function keep(number, details) {
    chunks.set(number, details);
    // A few chunks are enough for going back and forth; all of them could be more than a browser holds.
    while (chunks.size > 8) chunks.delete(chunks.keys().next().value);
  }

  // The detail of a page by its number; rejects if its file is missing.
  QS.detail = async (page) => {
    const number = QS.report.chunks.findIndex((c) => page >= c.first && page < c.first + c.count);
    if (number < 0) throw new Error(`there is no page ${page}`);
    const chunk = QS.report.chunks[number];
    if (!chunks.has(number)) {
      if (chunk.inside) keep(number, QS.data(`pages-${String(number).padStart(4, "0")}`));
      else await script(file("pages", number));
    }
    return chunks.get(number)[page - chunk.first];
  };

  QS.rowBySource = (source, title) => QS.rows.find((r) => r.source === source)
    || QS.rows.find((r) => r.url === source) || (title ? QS.rows.find((r) => r.title === title && !source) : null) || null;
})();
