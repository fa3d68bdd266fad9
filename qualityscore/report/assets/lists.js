"use strict";
// Lists of a site: templates, sets of near-duplicates, signals, what was not measured, method.
(() => {
  const { h } = QS;
  const KINDS = { title: "title", heading: "heading", sentence: "sentence", near_duplicate: "near-duplicates", doorway: "doorway set" };

  // A pattern with its slots set apart: "The Importance of {}".
  QS.pattern = (pattern) => {
    const parts = String(pattern || "").split(/(\{[^{}]{0,40}\})/);
    return h("span", { class: "pattern" }, parts.map((part, i) => (i % 2 ? h("span", { class: "slot" }, "…", h("span", { class: "hidden-label" }, " (slot) ")) : part)));
  };

  const pageLink = (source, title) => {
    const row = QS.rowBySource(source, title);
    return row ? h("a", { href: `#/page/${row.number}` }, title || row.title || source) : h("span", {}, title || source);
  };

  // Long lists open ten at a time.
  function more(entries, make, noun) {
    const list = h("ol", { class: "cards" });
    let shown = 0;
    const button = h("button", { type: "button", class: "screen" });
    const grow = (most) => {
      list.append(...entries.slice(shown, shown + most).map(make));
      shown = Math.min(entries.length, shown + most);
      button.textContent = entries.length - shown > 25 ? `Show 25 of the other ${QS.count(entries.length - shown)} ${noun}s` : `Show the other ${QS.plural(entries.length - shown, noun)}`;
      button.hidden = shown >= entries.length;
    };
    button.addEventListener("click", () => {
      const from = shown;
      grow(25);
      list.children[from]?.querySelector("a, button, summary")?.focus();
    });
    grow(8);
    return [list, button];
  }

  function template(found, most, filter, whole) {
    const slots = found.slots || [];
    const examples = found.examples || [];
    const also = found.also || [];
    const filed = QS.rows.filter((r) => r.template === found.id).length;
    return h("li", { class: "keep" },
      h("div", { class: "bar-line" }, h("span", { class: "bar", style: { width: `${(100 * found.pages) / most}%` } })),
      h("p", { class: "card-title" }, QS.pattern(found.pattern)),
      h("p", { class: "small soft" }, `${KINDS[found.kind] || found.kind} on ${QS.plural(found.pages, "page")}, ${QS.share(found.share)} of ${whole}`,
        typeof found.mean_score === "number" && `, mean score ${QS.prob(found.mean_score)}`,
        filter && filed > 0 && [" · ", h("button", { type: "button", class: "plain screen", onclick: () => filter({ template: found.id }) }, filed === found.pages ? "show these pages" : `show the ${QS.plural(filed, "page")} filed under it`)]),
      also.length > 0 && h("p", { class: "small" }, "On the same pages: ", also.slice(0, 5).map((p, i) => [i ? "; " : "", QS.pattern(QS.cut(p, 120))])),
      slots.length > 0 && h("p", { class: "small" }, "Filled with ", slots.slice(0, 8).map((s, i) => [i ? ", " : "", h("q", {}, QS.cut(s, 80))])),
      examples.length > 0 && h("details", { class: "small" }, h("summary", {}, QS.plural(examples.length, "example")),
        h("ul", {}, examples.map((e) => h("li", {}, h("blockquote", {}, QS.cut(e.text, 300)), pageLink(e.source))))));
  }

  function duplicate(found, scope, place) {
    const pages = found.pages || [];
    const openable = pages.length > 1;
    const count = found.count || pages.length;
    return h("li", { class: "keep" },
      h("p", { class: "card-title" }, found.pattern ? QS.pattern(found.pattern) : QS.cut(pages[0]?.title || pages[0]?.source || found.id, 90)),
      h("p", { class: "small soft" }, `${KINDS[found.kind] || found.kind}, ${QS.plural(count, "page")}`,
        typeof found.similarity === "number" && (found.kind === "doorway" && found.similarity < 0.5
          ? `, each on its own subject; texts ${QS.share(found.similarity)} alike` : `, ${QS.share(found.similarity)} alike`),
        openable && [" · ", h("a", { href: `#/pair/${scope}/${place}`, class: "screen" }, "compare side by side")]),
      h("ul", { class: "small columns" }, pages.slice(0, 6).map((p) => h("li", {}, pageLink(p.source, p.title), scope === "cross" && h("span", { class: "soft" }, ` – ${p.host}`)))),
      count > 6 && h("p", { class: "small soft" }, `and ${QS.plural(count - 6, "more page", "more pages")}`));
  }

  QS.templates = (found, filter, title, id, whole) => h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    h("p", { class: "soft measure" }, "Titles, headings and sentences that recur with something swapped out. Series, recipes and catalogues use frames honestly: read the examples."),
    found.length ? more(found, (t) => template(t, Math.max(...found.map((x) => x.pages)), filter, whole), "template")
      : QS.empty("No templates found", "No title, heading or sentence recurs with slots on enough pages to be named."));

  QS.duplicates = (found, scope, title, id) => h("section", { id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    h("p", { class: "soft measure" }, "Pages whose texts are nearly the same, and sets made to catch one search each, such as the same page for every town."),
    found.length ? more(found.map((d, i) => [d, i]), ([d, i]) => duplicate(d, scope, i), "set")
      : QS.empty("No near-duplicates found", "No two pages share enough of their text."));

  QS.signals = (site) => {
    const list = site.signals || [];
    const most = Math.max(...list.map((s) => Math.abs(s.mean_contribution)), 0.01);
    return h("section", { id: "signals", "aria-labelledby": "signals-title" },
      h("h2", { id: "signals-title" }, "What raised the scores"),
      h("p", { class: "soft measure" }, "Signals that count most over all pages. A contribution is in log-odds: +0.7 doubles the odds, +2.3 makes them ten times as high."),
      list.length ? h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Signals" }, h("table", { class: "figures" },
        h("caption", { class: "hidden-label" }, "Signals by contribution"),
        h("thead", {}, h("tr", {}, [["Signal"], ["Pages", 1], ["Share", 1], ["Mean contribution", 1], [""]].map(([t, n]) => (t ? h("th", { scope: "col", class: n ? "n" : null }, t) : h("td", {}))))),
        h("tbody", {}, list.map((s) => {
          const known = QS.signalById(s.id);
          return h("tr", {}, h("th", { scope: "row" }, known.why
            ? h("details", {}, h("summary", {}, known.title), h("p", { class: "small measure" }, known.why), h("p", { class: "small soft measure" }, h("strong", {}, "Limits. "), known.limits))
            : known.title),
          h("td", { class: "n" }, QS.count(s.pages)), h("td", { class: "n" }, QS.share(s.share)), h("td", { class: "n" }, QS.signed(s.mean_contribution)),
          h("td", { class: "bar-cell" }, h("span", { class: `bar ${s.mean_contribution < 0 ? "down" : "up"}`, style: { width: `${(100 * Math.abs(s.mean_contribution)) / most}%` } })));
        }))))
        : QS.empty("No signals to name", "No page has a score, so no signal has a weight."));
  };

  QS.notMeasured = (site) => {
    const list = [...(site.not_measured || [])];
    const broken = QS.report.broken;
    if (broken.count) list.push({ what: QS.plural(broken.count, "line of pages.jsonl", "lines of pages.jsonl"), why: `not readable as records; the first: ${broken.lines.join(", ")}` });
    const counts = QS.site.counts || {};
    for (const [code, n] of Object.entries(counts.abstained || {})) if (n) list.push({ what: `${QS.plural(n, "page")} of this run without a score`, why: QS.WHY_NONE[code] || code });
    for (const [message, n] of Object.entries(counts.errors || {})) list.push({ what: `${QS.plural(n, "page")} of this run failed`, why: message });
    for (const text of QS.report.left_out) list.push({ what: "Not shown here", why: text });
    return h("section", { id: "not-measured", "aria-labelledby": "not-measured-title" },
      h("h2", { id: "not-measured-title" }, "What was not measured"),
      list.length ? h("dl", { class: "gaps measure" }, list.map((gap) => h("div", {}, h("dt", {}, gap.what), h("dd", {}, gap.why))))
        : QS.empty("Nothing was left out", "Every page was read and scored."));
  };

  QS.method = () => h("section", { id: "method", "aria-labelledby": "method-title" },
    h("h2", { id: "method-title" }, "Method and limits"),
    h("div", { class: "measure" }, (QS.site.method || []).map((text) => h("p", {}, text)),
      h("p", {}, String(QS.site.meaning || "").replace(/^score /, "The score ")),
      h("p", { class: "soft" }, "Read: ", (QS.site.inputs || []).slice(0, 20).map((name, i) => [i ? ", " : "", h("code", {}, QS.cut(name, 120))]),
        ". Everything shown here also stands in ", h("code", {}, "site.json"), " and ", h("code", {}, "pages.jsonl"), " beside this file.")));
})();
