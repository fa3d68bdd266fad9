"use strict";
// The table of pages: sorts, filters, searches; only the rows in sight exist, so 10,000 stay fluid.
(() => {
  const { h } = QS;
  const HEIGHT = 46;
  const SPARE = 12;
  const PRINTED = 100;
  const RANK = { low_quality: 0, suspect: 1, ok: 2, abstained: 3, failed: 4 };
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

  const COLUMNS = [
    { key: "score", name: "Score", width: "6.2rem", first: -1, value: (r) => r.score, numeric: true },
    { key: "band", name: "Band", width: "7rem", first: 1, value: (r) => RANK[r.band] ?? 9, numeric: true },
    { key: "title", name: "Page", width: "auto", first: 1, value: (r) => r.title || r.source },
    { key: "host", name: "Site", width: "9rem", first: 1, value: (r) => r.host, several: true },
    { key: "section", name: "Section", width: "8rem", first: 1, value: (r) => r.section },
    { key: "date", name: "Date", width: "6.4rem", first: -1, value: (r) => r.date || r.month },
    { key: "words", name: "Words", width: "4.8rem", first: -1, value: (r) => r.words, numeric: true },
    { key: "reasons", name: "Strongest finding", width: "14rem", first: 1, value: (r) => (r.reasons.length ? QS.report.signals[r.reasons[0]].title : "") },
  ];

  function cells(row, columns) {
    return columns.map(({ key }) => {
      if (key === "score") {
        return h("td", { class: "n score" }, QS.prob(row.score), row.score !== null && h("span", { class: "mini", "aria-hidden": "true" },
          h("span", { style: { width: `${100 * row.score}%`, background: QS.color(row.band) } })));
      }
      if (key === "band") return h("td", { title: row.why_none || null }, QS.band(row.band), row.band === "abstained" && h("span", { class: "small soft under" }, QS.WHY_NONE[row.why_none] || row.why_none));
      if (key === "title") {
        return h("th", { scope: "row", title: row.title || row.source }, h("a", { href: `#/page/${row.number}` }, row.title || row.source || `page ${row.number + 1}`),
          h("span", { class: "small soft under" }, row.band === "failed" ? row.why_none : row.url || row.source));
      }
      if (key === "words") return h("td", { class: "n" }, QS.count(row.words));
      if (key === "date") return h("td", {}, (row.date || row.month || "–").slice(0, 10));
      if (key === "reasons") {
        const signal = row.reasons.length ? QS.report.signals[row.reasons[0]] : null;
        return h("td", { class: "small", title: signal && signal.title }, signal ? h("span", { class: "two-lines" }, signal.title) : "–");
      }
      return h("td", { title: row[key] }, row[key] || "–");
    });
  }

  function options(label, name, entries) {
    return h("label", {}, h("span", {}, label), h("select", { name }, h("option", { value: "" }, "all"), entries.map(([value, text, n]) => h("option", { value }, `${QS.cut(text, 48)} (${QS.count(n)})`))));
  }

  function tally(rows, value) {
    const counts = new Map();
    for (const row of rows) for (const key of [value(row)].flat()) if (key !== "" && key !== null) counts.set(key, (counts.get(key) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 200);
  }

  // A table over `rows()`; `templates` gives names to template ids.
  QS.pageTable = (rows, several, templates) => {
    const columns = COLUMNS.filter((c) => !c.several || several);
    const state = { key: "score", way: -1, words: [], filters: {}, shown: [] };
    const buttons = new Map();
    const head = h("tr", { "aria-rowindex": "1" }, columns.map((column) => {
      const button = h("button", { type: "button", class: "sort", onclick: () => sortBy(column.key) }, column.name, h("span", { class: "arrow", "aria-hidden": "true" }));
      const cell = h("th", { scope: "col", class: column.key === "score" || column.key === "words" ? "n" : null }, button);
      buttons.set(column.key, cell);
      return cell;
    }));
    const body = h("tbody");
    const table = h("table", { class: "pages" }, h("caption", { class: "hidden-label" }, "Pages"),
      h("colgroup", {}, columns.map((c) => h("col", { style: { width: c.width } }))), h("thead", {}, head), body);
    const box = h("div", { class: "table-box", tabindex: "0", role: "region", "aria-label": "Table of pages, scrolls" }, table);
    const told = h("p", { class: "small soft", role: "status" });
    const search = h("input", { type: "search", name: "search", placeholder: "title, address, author", autocomplete: "off", spellcheck: "false" });
    const controls = h("form", { class: "controls screen", role: "search", "aria-label": "Pages", onsubmit: (e) => e.preventDefault() },
      h("label", { class: "grow" }, h("span", {}, "Search"), search));
    const note = h("p", { class: "paper small" });
    let painted = "";

    function fillControls() {
      for (const old of controls.querySelectorAll("select, button")) (old.closest("label") || old).remove();
      const all = rows();
      const bands = tally(all, (r) => r.band).map(([b, n]) => [b, QS.BANDS[b] || b, n]);
      const selects = [options("Band", "band", bands)];
      if (several) selects.push(options("Site", "host", tally(all, (r) => r.host).map(([v, n]) => [v, v, n])));
      const sections = tally(all, (r) => r.section).map(([v, n]) => [v, v, n]);
      if (sections.length > 1) selects.push(options("Section", "section", sections));
      const names = new Map((templates || []).map((t) => [t.id, String(t.pattern).replaceAll("{}", "…")]));
      const used = tally(all, (r) => r.template).map(([v, n]) => [v, names.get(v) || v, n]);
      if (used.length) selects.push(options("Template", "template", used));
      const signals = tally(all, (r) => r.reasons).map(([v, n]) => [String(v), QS.report.signals[v].title, n]);
      if (signals.length) selects.push(options("Finding", "reasons", signals));
      controls.append(...selects, h("button", { type: "reset" }, "Clear"));
      for (const select of controls.querySelectorAll("select")) select.value = state.filters[select.name] || "";
    }

    function matches(row) {
      for (const [name, value] of Object.entries(state.filters)) {
        if (name === "reasons" ? !row.reasons.includes(Number(value)) : row[name] !== value) return false;
      }
      return state.words.every((word) => row.words_text.includes(word));
    }

    function update() {
      const column = COLUMNS.find((c) => c.key === state.key);
      const all = rows();
      const keyed = all.filter(matches).map((row) => [column.value(row), row]);
      const missing = (v) => v === null || v === undefined || v === "";
      keyed.sort(([a, ra], [b, rb]) => {
        if (missing(a) || missing(b)) return missing(a) - missing(b) || ra.number - rb.number;
        return state.way * (column.numeric ? a - b : collator.compare(a, b)) || ra.number - rb.number;
      });
      state.shown = keyed.map(([, row]) => row);
      for (const [key, cell] of buttons) {
        if (key === state.key) cell.setAttribute("aria-sort", state.way > 0 ? "ascending" : "descending");
        else cell.removeAttribute("aria-sort");
      }
      table.setAttribute("aria-rowcount", state.shown.length + 1);
      told.textContent = state.shown.length === all.length ? QS.plural(all.length, "page") : `${QS.count(state.shown.length)} of ${QS.plural(all.length, "page")}`;
      note.textContent = state.shown.length > PRINTED ? `Printed are the first ${PRINTED} of ${QS.plural(state.shown.length, "page")}; all stand in pages.jsonl.` : "";
      painted = "";
      paint();
    }

    const line = (row, i) => h("tr", { "aria-rowindex": i + 2, "data-row": row.number }, cells(row, columns));
    const gap = (height) => h("tr", { class: "gap", "aria-hidden": "true" }, h("td", { colspan: columns.length, style: { height: `${height}px` } }));

    function paint() {
      const n = state.shown.length;
      const from = Math.max(0, Math.floor(box.scrollTop / HEIGHT) - SPARE);
      const to = Math.min(n, Math.ceil((box.scrollTop + (box.clientHeight || 600)) / HEIGHT) + SPARE);
      if (painted === `${from} ${to}`) return;
      painted = `${from} ${to}`;
      const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.row : null;
      const lines = state.shown.slice(from, to).map((row, i) => line(row, from + i));
      if (!n) lines.push(h("tr", {}, h("td", { colspan: columns.length }, QS.empty("No page matches", "Clear the search or a filter to see more."))));
      body.replaceChildren(gap(from * HEIGHT), ...lines, gap((n - to) * HEIGHT));
      if (focused) body.querySelector(`tr[data-row="${focused}"] a`)?.focus({ preventScroll: true });
    }

    function sortBy(key) {
      const column = COLUMNS.find((c) => c.key === key);
      state.way = state.key === key ? -state.way : column.first;
      state.key = key;
      box.scrollTop = 0;
      update();
      QS.say(`sorted by ${column.name}, ${state.way > 0 ? "ascending" : "descending"}`);
    }

    let later = 0;
    controls.addEventListener("input", () => {
      clearTimeout(later);
      later = setTimeout(() => {
        state.words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        state.filters = {};
        for (const select of controls.querySelectorAll("select")) if (select.value) state.filters[select.name] = select.value;
        box.scrollTop = 0;
        update();
      }, 60);
    });
    controls.addEventListener("reset", () => setTimeout(() => {
      state.words = [];
      state.filters = {};
      update();
    }));
    box.addEventListener("scroll", () => requestAnimationFrame(paint), { passive: true });
    // Arrow keys go from row to row; the table scrolls along.
    body.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const current = event.target.closest("tr")?.getAttribute("aria-rowindex");
      if (!step || !current) return;
      event.preventDefault();
      const next = Number(current) - 2 + step;
      if (next < 0 || next >= state.shown.length) return;
      const top = next * HEIGHT;
      if (top < box.scrollTop) box.scrollTop = top;
      if (top + 2 * HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top - box.clientHeight + 3 * HEIGHT;
      painted = "";
      paint();
      body.querySelector(`tr[aria-rowindex="${next + 2}"] a`)?.focus({ preventScroll: true });
    });
    window.addEventListener("beforeprint", () => body.replaceChildren(...state.shown.slice(0, PRINTED).map(line)));
    window.addEventListener("afterprint", () => { painted = ""; paint(); });

    const section = h("section", { id: "pages", "aria-labelledby": "pages-title" },
      h("h2", { id: "pages-title" }, "Pages"), controls, told, box, note);
    fillControls();
    update();
    new ResizeObserver(() => { painted = ""; paint(); }).observe(box);
    return {
      section,
      refresh: () => { fillControls(); update(); },
      filter: (filters) => {
        state.filters = { ...filters };
        state.words = [];
        search.value = "";
        fillControls();
        update();
        section.scrollIntoView();
        controls.querySelector("select").focus({ preventScroll: true });
        QS.say(told.textContent);
      },
      // The pages before and after one, in the order shown.
      around: (row) => {
        const at = state.shown.indexOf(row);
        return { at, of: state.shown.length, before: state.shown[at - 1], after: at < 0 ? undefined : state.shown[at + 1] };
      },
    };
  };
})();
