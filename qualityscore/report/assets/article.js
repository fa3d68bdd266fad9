"use strict";
// One page: its text with the evidence marked, what each mark says, and what each signal adds.
(() => {
  const { h } = QS;
  const WHERE = { title: "in the title", markup: "in the markup", url: "in the address", document: "over the whole page", text: "in the text" };
  const direction = (c) => (c > 0.005 ? "up" : c < -0.005 ? "down" : "flat");
  const SAYS = { up: "raises the score", down: "lowers the score", flat: "carries no weight" };

  // Evidence in the text as a flat list: {start, end, note, entry, id}.
  function marks(detail) {
    const found = [];
    detail.signals.forEach((entry, i) => entry[2].forEach(([start, end, note]) => {
      if (end > start) found.push({ start, end, note, entry: i });
    }));
    found.sort((a, b) => a.start - b.start || b.end - a.end);
    found.forEach((mark, i) => { mark.id = i; });
    return found;
  }

  // The text as paragraphs; where evidence overlaps, a piece belongs to all of it.
  function text(detail, found, explain) {
    const box = h("div", { class: "article-text" });
    let at = 0;
    let next = 0;
    let open = [];
    const seen = new Set();
    for (const line of detail.text.split("\n")) {
      const end = at + line.length;
      while (next < found.length && found[next].start < end) open.push(found[next++]);
      const here = open.filter((m) => m.end > at && m.start < end);
      const cuts = [...new Set([at, end, ...here.flatMap((m) => [m.start, m.end]).filter((x) => x > at && x < end)])].sort((a, b) => a - b);
      const pieces = cuts.slice(0, -1).map((from, i) => {
        const part = detail.text.slice(from, cuts[i + 1]);
        const covering = here.filter((m) => m.start <= from && m.end >= cuts[i + 1]);
        if (!covering.length) return part;
        const main = covering.reduce((a, b) => (Math.abs(detail.signals[b.entry][1]) > Math.abs(detail.signals[a.entry][1]) ? b : a));
        const first = !seen.has(main.id);
        seen.add(main.id);
        const signal = QS.report.signals[detail.signals[main.entry][0]];
        return h("mark", { class: `${direction(detail.signals[main.entry][1])}${covering.length > 1 ? " several" : ""}`, "data-marks": covering.map((m) => m.id).join(" ") },
          h("span", { class: "mark", role: "button", tabindex: first ? "0" : "-1", title: signal.title,
            onclick: (e) => explain(covering, e.currentTarget),
            onkeydown: (e) => { if (e.key === "Enter" || e.key === " ") { e.preventDefault(); explain(covering, e.currentTarget); } } }, part));
      });
      if (line.trim()) box.append(h("p", {}, pieces));
      open = open.filter((m) => m.end > end);
      at = end + 1;
    }
    if (!box.childNodes.length) box.append(QS.empty("No text", "No article text was found on this page, or the page could not be read."));
    return box;
  }

  // Which way a value is off: what this page has, beside what human pages usually have.
  function level(signal, values) {
    const figure = (value) => (Math.abs(value) >= 100 ? QS.count(Math.round(value)) : String(+value.toPrecision(3)));
    const told = Object.keys(signal.usual || {}).filter((name) => values && name in values).map((name) => {
      const [here, usual] = [values[name], signal.usual[name]];
      const side = here === usual ? "as usual" : here > usual ? "more than usual" : "less than usual";
      return `${name.replace(/_/g, " ").replace("per 1k", "per 1,000")} ${figure(here)} (on human pages usually ${figure(usual)}: ${side})`;
    });
    return told.length > 0 && h("p", { class: "small" }, h("strong", {}, "Measured. "), `${told.join("; ")}.`);
  }

  function card(entry, mark, count, jump) {
    const [number, contribution, , , error, values] = entry;
    const signal = QS.report.signals[number];
    return h("div", { class: `card ${direction(contribution)}` },
      h("h3", {}, signal.title),
      h("p", { class: "small" }, h("strong", {}, QS.signed(contribution)), ` ${SAYS[direction(contribution)]}`, signal.family && h("span", { class: "soft" }, ` · ${signal.family}`)),
      mark && mark.note && h("p", { class: "small" }, h("strong", {}, "Here. "), mark.note),
      level(signal, values),
      error && h("p", { class: "small" }, h("strong", {}, "Not measured. "), error),
      signal.why ? h("p", { class: "small" }, h("strong", {}, "Why. "), signal.why) : h("p", { class: "small soft" }, `This version does not know the signal ${signal.id}.`),
      signal.limits && h("p", { class: "small soft" }, h("strong", {}, "Limits. "), signal.limits),
      count > 1 && h("button", { type: "button", class: "plain small", onclick: jump }, `Next of ${count} passages`));
  }

  // Contributions as bars from zero; together they are the log-odds of the score.
  function chart(detail, onPick) {
    const parts = detail.parts;
    if (!parts) return null;
    const big = detail.signals.map((entry, i) => [entry, i]).filter(([e]) => Math.abs(e[1]) >= 0.005);
    const shown = big.slice(0, 14);
    const rest = detail.others[1] + d3.sum(big.slice(14), ([e]) => e[1]);
    const restCount = detail.others[0] + big.length - shown.length;
    const lines = [
      { name: "where every page starts", value: parts.intercept || 0 },
      { name: "words and phrases", value: parts.lexical || 0 },
      ...shown.map(([e, i]) => ({ name: QS.report.signals[e[0]].title, value: e[1], entry: i })),
      ...(restCount ? [{ name: QS.plural(restCount, "smaller signal"), value: rest }] : []),
    ];
    const reach = Math.max(...lines.map((l) => Math.abs(l.value)), 0.5);
    const sum = d3.sum(Object.values(parts));
    return h("div", { class: "chart" }, h("table", {},
      h("caption", {}, "Contributions in log-odds; to the right they raise the score, to the left they lower it"),
      h("thead", {}, h("tr", {}, ["Signal", "Direction", "Log-odds"].map((name) => h("th", { scope: "col" }, h("span", { class: "hidden-label" }, name))))),
      h("tbody", {}, lines.map((l) => h("tr", {},
        h("th", { scope: "row", title: l.name }, l.entry === undefined ? h("span", { class: "soft" }, l.name) : h("button", { type: "button", class: "plain two-lines", onclick: () => onPick(l.entry) }, l.name)),
        h("td", { class: "axis" }, h("span", { class: "hidden-label" }, l.value < 0 ? "lowers" : "raises"), h("span", { class: `bar ${l.value < 0 ? "down" : "up"}`, style: { width: `${(50 * Math.abs(l.value)) / reach}%` } })),
        h("td", { class: "n" }, QS.signed(l.value))))),
      h("tfoot", {}, h("tr", {}, h("th", { scope: "row", colspan: 2 }, `Sum: a probability of ${QS.prob(1 / (1 + Math.exp(-sum)))}`), h("td", { class: "n" }, h("strong", {}, QS.signed(sum)))))));
  }

  function elsewhere(detail) {
    const lines = detail.signals.flatMap((entry) => entry[3].map((e) => [entry, e]))
      .filter(([entry, e]) => e[0] !== "document" || Math.abs(entry[1]) >= 0.05).slice(0, 60);
    if (!lines.length) return null;
    return h("section", { "aria-labelledby": "elsewhere-title" }, h("h2", { id: "elsewhere-title" }, "Evidence outside the text"),
      h("ul", { class: "cards" }, lines.map(([entry, [where, quoted, note]]) => {
        const signal = QS.report.signals[entry[0]];
        return h("li", { class: "keep" }, h("p", {}, h("strong", {}, signal.title), h("span", { class: "small soft" }, ` ${WHERE[where] || where} · ${QS.signed(entry[1])}`)),
          quoted && h("blockquote", { class: "small" }, QS.cut(quoted, 400)), note && h("p", { class: "small" }, note));
      })));
  }

  function failed(detail) {
    const broken = detail.signals.filter((e) => e[4]);
    return broken.length ? h("p", { class: "small" }, h("strong", {}, `${QS.plural(broken.length, "signal")} could not be measured here: `), broken.map((e) => `${QS.report.signals[e[0]].title} (${e[4]})`).join("; ")) : null;
  }

  function heading(row, around, back) {
    const facts = [row.section, row.author && `by ${row.author}`, (row.date || row.month || "").slice(0, 10), QS.plural(row.words, "word")].filter(Boolean);
    const step = (other, text) => (other ? h("a", { href: `#/page/${other.number}` }, text) : h("span", { class: "soft" }, text));
    return [
      h("nav", { class: "screen steps", "aria-label": "Pages" }, h("a", { href: back }, "← All pages"),
        around && around.at >= 0 && h("span", {}, step(around.before, "‹ previous"), h("span", { class: "soft" }, ` ${QS.count(around.at + 1)} of ${QS.count(around.of)} `), step(around.after, "next ›"))),
      h("h1", { id: "page-title", tabindex: "-1" }, row.title || row.source || "Page without a title"),
      h("p", { class: "soft" }, facts.join(" · ")),
      h("p", { class: "small" }, row.url ? QS.link(row.url, QS.cut(row.url, 160)) : h("span", { class: "soft" }, row.source)),
    ];
  }

  QS.article = (row, detail, around, back) => {
    const found = marks(detail);
    const panel = h("div", { class: "explains", role: "region", "aria-label": "Explanation", "aria-live": "polite", tabindex: "-1" });
    let body = null;
    const rest = () => panel.replaceChildren(h("p", { class: "small soft" }, found.length
      ? "Choose a marked passage, or a bar, to read what it says and where it may be wrong." : "No passage of this text was marked."));
    const piece = (mark) => [...body.querySelectorAll("mark")].find((m) => m.dataset.marks.split(" ").includes(String(mark.id)));
    const light = (ids) => body.querySelectorAll("mark").forEach((m) => m.classList.toggle("lit", m.dataset.marks.split(" ").some((id) => ids.has(Number(id)))));
    const go = (mark) => {
      const target = piece(mark)?.firstChild;
      if (target) { target.scrollIntoView({ block: "center" }); target.focus({ preventScroll: true }); }
      show([mark]);
    };
    function show(covering) {
      light(new Set(covering.map((m) => m.id)));
      const entries = [...new Set(covering.map((m) => m.entry))].sort((a, b) => a - b);
      panel.replaceChildren(...entries.map((i) => {
        const own = found.filter((m) => m.entry === i);
        const mark = covering.find((m) => m.entry === i);
        return card(detail.signals[i], mark, own.length, () => go(own[(own.indexOf(mark) + 1) % own.length]));
      }));
    }
    const pick = (entry) => {
      const own = found.filter((m) => m.entry === entry);
      if (own.length) go(own[0]);
      else {
        light(new Set());
        panel.replaceChildren(card(detail.signals[entry], null, 0, null));
      }
    };
    body = text(detail, found, show);
    body.addEventListener("keydown", (e) => { if (e.key === "Escape") { light(new Set()); rest(); } });
    rest();
    // Each kind of mark can be switched off, for a calmer page.
    const legend = () => h("p", { class: "small legend screen", role: "group", "aria-label": "Marks shown" }, [["up", "raises the score"], ["down", "lowers it"], ["flat", "noted, no weight"]].map(([kind, words]) => {
      const n = found.filter((m) => direction(detail.signals[m.entry][1]) === kind).length;
      return n > 0 && h("button", { type: "button", "aria-pressed": "true", class: kind, onclick: (e) => {
        const on = e.currentTarget.getAttribute("aria-pressed") !== "true";
        e.currentTarget.setAttribute("aria-pressed", on);
        body.classList.toggle(`no-${kind}`, !on);
      } }, h("span", { class: "swatch", "aria-hidden": "true" }), `${words} (${QS.count(n)})`);
    }));
    const notes = [];
    if (detail.title_chars > row.title.length) notes.push(`The title has ${QS.count(detail.title_chars)} characters; the first ${QS.count(row.title.length)} are shown.`);
    if (detail.chars > detail.text.length) notes.push(`The text has ${QS.count(detail.chars)} characters; the beginning is shown, all of it is in pages.jsonl.`);
    const verdict = row.score === null
      ? QS.empty(row.band === "failed" ? "This page failed" : "No score for this page", row.band === "failed" ? row.why_none : `It is ${QS.WHY_NONE[row.why_none] || row.why_none || "not measured"}; a score would say nothing.`)
      : h("p", { class: "page-score" }, h("strong", { class: "figure" }, QS.prob(row.score)), QS.band(row.band), h("span", { class: "small soft" }, `low quality begins above ${QS.prob(detail.threshold)}`));
    return h("article", { class: "wrap page", "aria-labelledby": "page-title" }, heading(row, around, back),
      notes.length > 0 && h("p", { class: "small note" }, notes.join(" ")),
      h("div", { class: "page-grid" },
        h("div", { class: "reading" }, found.length > 0 && legend(), body, elsewhere(detail)),
        h("div", { class: "side" }, verdict, failed(detail), panel, chart(detail, pick), detail.lexical.length > 0 && h("details", { class: "small" }, h("summary", {}, "Words and phrases that count most"),
          h("ul", { class: "grams" }, detail.lexical.map(([gram, value]) => h("li", {}, h("code", {}, gram), ` ${QS.signed(value)}`)))))));
  };
})();
