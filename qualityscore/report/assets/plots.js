"use strict";
// Figures: each has a title, a sentence that reads it, an SVG, and its numbers as a table.
(() => {
  const { h } = QS;
  const drawn = [];
  const DAY = 86400000;
  const style = { fontFamily: "var(--sans)", fontSize: "11.5px", background: "transparent", color: "var(--ink)", overflow: "visible" };

  // draw(width) gives an SVG; head and rows are its numbers; or empty says what is missing.
  function figure({ title, reads, draw, head, rows, empty, wide }) {
    const box = h("figure", { class: wide ? "wide" : null }, h("figcaption", {}, h("h3", {}, title), reads && h("p", { class: "small soft" }, reads)));
    if (empty) {
      box.append(QS.empty(...empty));
      return box;
    }
    const place = h("div", { class: "plot", role: "img", "aria-label": `${title}. ${reads || ""} The numbers follow as a table.` });
    box.append(place, h("details", { class: "small screen" }, h("summary", {}, `Numbers: ${title.toLowerCase()}`),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Numbers: ${title}` }, QS.figures(title, head, rows))));
    let width = 0;
    const redraw = () => {
      const now = Math.floor(place.clientWidth);
      if (!now || now === width) return;
      width = now;
      const svg = draw(width);
      svg.setAttribute("aria-hidden", "true");
      place.replaceChildren(svg);
    };
    drawn.push([place, redraw]);
    return box;
  }

  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) drawn.find(([place]) => place === target)?.[1]();
  });
  QS.drawPlots = () => drawn.forEach(([place, redraw]) => { redraw(); watch.observe(place); });
  QS.dropPlots = () => { drawn.splice(0); watch.disconnect(); };

  function histogram(site) {
    const counts = site.histogram || [];
    const total = d3.sum(counts);
    const title = "How pages score";
    if (!total) return figure({ title, empty: ["No page has a score", "Pages that are too short, not English or not prose get none."] });
    const { suspect, low_quality: low } = QS.site.thresholds || {};
    const step = 1 / counts.length;
    const bins = counts.map((n, i) => {
      const middle = (i + 0.5) * step;
      return { x1: i * step, x2: (i + 1) * step, n, band: middle > low ? "low_quality" : middle > suspect ? "suspect" : "ok" };
    });
    const rules = [[suspect, "suspect"], [low, "low quality"]].filter(([x]) => typeof x === "number");
    const close = rules.length === 2 && rules[1][0] - rules[0][0] < 0.17;
    return figure({
      title,
      reads: `Scored pages by their score. Above ${QS.prob(low)} a page counts as low quality, above ${QS.prob(suspect)} as suspect.`,
      draw: (width) => Plot.plot({
        width, height: 240, marginLeft: 44, marginTop: 26, marginBottom: 38, style,
        x: { domain: [0, 1], label: "score", labelAnchor: "center", labelArrow: "none", labelOffset: 34, ticks: 5 }, y: { label: "pages", grid: true, ticks: 5 },
        marks: [
          Plot.rectY(bins, { x1: "x1", x2: "x2", y: "n", fill: (b) => QS.color(b.band), inset: 0.75, title: (b) => `${b.x1.toFixed(2)}–${b.x2.toFixed(2)}: ${QS.plural(b.n, "page")}`, tip: true }),
          Plot.ruleY([0], { stroke: "var(--ink)" }),
          Plot.ruleX(rules, { x: "0", stroke: "var(--ink)", strokeDasharray: "3 3" }),
          Plot.text(rules, { x: "0", text: "1", frameAnchor: "top", dy: -14, textAnchor: (d, i) => (close && i === 0 ? "end" : close ? "start" : "middle"), fill: "var(--soft)" }),
        ],
      }),
      head: [["Score"], ["Pages", 1]],
      rows: bins.map((b) => [`${b.x1.toFixed(2)}–${b.x2.toFixed(2)}`, QS.count(b.n)]),
    });
  }

  // Wilson's 95 % interval, as an audit computes it for its own groups.
  function wilson(hits, n) {
    const z = 1.96;
    const p = hits / n;
    const middle = p + (z * z) / (2 * n);
    const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
    return [Math.max(0, (middle - spread) / (1 + (z * z) / n)), Math.min(1, (middle + spread) / (1 + (z * z) / n))];
  }

  // Months, or quarters or years where months hold too few pages to say anything.
  function periods(months) {
    const few = (list) => list.length > 8 && d3.median(list, (m) => m.scored) < 8;
    if (!few(months)) return [months, "month"];
    const merged = (name, start) => d3.rollups(months, (group) => {
      const scored = d3.sum(group, (m) => m.scored);
      const hits = d3.sum(group, (m) => Math.round(m.share_low_quality * m.scored));
      return { name: name(group[0].date), date: start(group[0].date), scored, share_low_quality: hits / scored, share_interval: wilson(hits, scored) };
    }, (m) => name(m.date)).map(([, m]) => m);
    const year = (d) => `${d.getUTCFullYear()}`;
    const quarters = merged((d) => `${year(d)} Q${Math.floor(d.getUTCMonth() / 3) + 1}`, (d) => new Date(Date.UTC(d.getUTCFullYear(), 3 * Math.floor(d.getUTCMonth() / 3) + 1, 15)));
    if (!few(quarters)) return [quarters, "quarter"];
    return [merged(year, (d) => new Date(Date.UTC(d.getUTCFullYear(), 6, 1))), "year"];
  }

  function overTime(site) {
    const title = "Low-quality share over time";
    const all = (site.months || []).map((m) => ({ ...m, date: new Date(`${m.name}-15T00:00:00Z`) })).filter((m) => !Number.isNaN(+m.date));
    const [months, unit] = periods(all.filter((m) => m.scored && m.share_low_quality !== null && m.share_low_quality !== undefined));
    if (months.length < 2) {
      return figure({ title, empty: [all.length ? "Too few months" : "No dates",
        "A share over time needs dated, scored pages in two months or more, or in two years if they are few. Missing dates count neither for nor against a site."] });
    }
    return figure({
      title,
      reads: `By ${unit} of publication; the band is the 95 % interval, a larger dot stands for more pages.`,
      draw: (width) => Plot.plot({
        width, height: 240, marginLeft: 44, marginTop: 26, marginBottom: 38, style,
        x: { type: "utc", label: null }, y: { domain: [0, 1], percent: false, tickFormat: (d) => `${Math.round(100 * d)} %`, label: "low quality", grid: true, ticks: 5 },
        r: { range: [1.5, 6] },
        marks: [
          Plot.areaY(months.filter((m) => m.share_interval), { x: "date", y1: (m) => m.share_interval[0], y2: (m) => m.share_interval[1], fill: "var(--low)", fillOpacity: 0.16 }),
          Plot.lineY(months, { x: "date", y: "share_low_quality", stroke: "var(--low)", strokeWidth: 1.5 }),
          Plot.dot(months, { x: "date", y: "share_low_quality", r: "scored", fill: "var(--low)", stroke: "var(--card)",
            title: (m) => `${m.name}: ${QS.share(m.share_low_quality)} of ${QS.plural(m.scored, "scored page")}${m.share_interval ? `\n95 % interval ${QS.interval(m.share_interval)}` : ""}`, tip: true }),
        ],
      }),
      head: [["Month"], ["Pages", 1], ["Scored", 1], ["Low quality", 1], ["95 % interval", 1]],
      rows: all.map((m) => [m.name, QS.count(m.pages), QS.count(m.scored), QS.share(m.share_low_quality), QS.interval(m.share_interval)]),
    });
  }

  function groups(site, key, title, noun) {
    const all = (site[key] || []).filter((g) => g.pages);
    // One page is no share.
    const shown = all.filter((g) => g.scored > 1 && g.share_low_quality !== null && g.share_low_quality !== undefined).sort((a, b) => b.scored - a.scored).slice(0, 14);
    if (!shown.length) {
      return figure({ title, empty: [`No ${noun}s to compare`, noun === "section"
        ? "Addresses show no sections, or no section has two scored pages." : "Pages name no authors, or none with two scored pages."] });
    }
    const name = (g) => QS.cut(g.name || "(none)", 24);
    const labels = shown.map((g, i) => [i, `${name(g)}  ·  ${QS.count(g.scored)}`]);
    const left = Math.min(210, 30 + 6.4 * Math.max(...labels.map(([, l]) => l.length)));
    return figure({
      title,
      reads: `Share of low-quality pages by ${noun}, with its 95 % interval; behind the name stands the number of scored pages.`
        + (all.length > shown.length ? ` ${QS.plural(all.length - shown.length, `smaller ${noun} stands`, `smaller ${noun}s stand`)} in the numbers only.` : ""),
      draw: (width) => Plot.plot({
        width, height: 44 + 24 * shown.length, marginLeft: left, marginTop: 26, style,
        x: { domain: [0, 1], tickFormat: (d) => `${Math.round(100 * d)} %`, label: null, grid: true, ticks: 5, axis: "top" },
        y: { type: "band", domain: labels.map(([i]) => i), label: null, tickFormat: (i) => labels[i][1], tickSize: 0 },
        marks: [
          Plot.ruleY(shown.map((g, i) => ({ ...g, i })).filter((g) => g.share_interval), { y: "i", x1: (g) => g.share_interval[0], x2: (g) => g.share_interval[1], stroke: "var(--low)", strokeWidth: 5, strokeOpacity: 0.28, strokeLinecap: "round" }),
          Plot.dot(shown, { y: (_, i) => i, x: "share_low_quality", r: 4.5, fill: "var(--low)", stroke: "var(--card)" }),
        ],
      }),
      head: [[noun[0].toUpperCase() + noun.slice(1)], ["Pages", 1], ["Scored", 1], ["Low quality", 1], ["95 % interval", 1], ["Mean score", 1]],
      rows: all.map((g) => [g.name || "(none)", QS.count(g.pages), QS.count(g.scored), QS.share(g.share_low_quality), QS.interval(g.share_interval), QS.prob(g.mean_score)]),
    });
  }

  function cadence(site) {
    const title = "When pages were published";
    const told = site.cadence || {};
    const days = (told.days || []).map(([day, n]) => ({ date: new Date(`${day}T00:00:00Z`), n })).filter((d) => !Number.isNaN(+d.date));
    if (!days.length) {
      return figure({ title, empty: ["No dates", "No page carries a date that can be read. That alone says nothing: the verdict does not use it."] });
    }
    const [first, last] = d3.extent(days, (d) => d.date);
    const span = (last - first) / DAY;
    const [unit, word] = span <= 150 ? [d3.utcDay, "day"] : span <= 1200 ? [d3.utcMonday, "week"] : [d3.utcMonth, "month"];
    const bins = d3.rollups(days, (group) => d3.sum(group, (d) => d.n), (d) => +unit.floor(d.date))
      .map(([start, n]) => ({ start: new Date(start), end: unit.offset(new Date(start), 1), n })).sort((a, b) => a.start - b.start);
    const bursts = (told.bursts || []).map((b) => ({ start: new Date(`${b.start}T00:00:00Z`), end: new Date(+new Date(`${b.end}T00:00:00Z`) + DAY), n: b.pages }));
    for (const bin of bins) bin.burst = bursts.some((b) => b.start < bin.end && b.end > bin.start);
    const words = [`${QS.plural(told.dated, "dated page")}${told.undated ? `, ${QS.count(told.undated)} without a date` : ""}`,
      told.median_per_active_day && `${told.median_per_active_day} on a median active day`,
      told.busiest && `most on ${told.busiest.day}: ${QS.count(told.busiest.pages)}`,
      bursts.length && `${QS.plural(bursts.length, "burst")} (amber)`,
      told.future && `${QS.count(told.future)} dated in the future`,
      site.taken && `fetched ${site.taken.first === site.taken.last ? "on" : "from"} ${site.taken.first}${site.taken.first === site.taken.last ? "" : ` to ${site.taken.last}`}`,
      told.impossible && `${QS.count(told.impossible)} with an impossible date`].filter(Boolean);
    const iso = d3.utcFormat("%Y-%m-%d");
    return figure({
      title,
      reads: `Pages a ${word}. ${words.join("; ")}.`,
      draw: (width) => Plot.plot({
        width, height: 240, marginLeft: 44, marginTop: 26, marginBottom: 38, style,
        x: { type: "utc", label: null }, y: { label: `pages a ${word}`, grid: true, ticks: 4 },
        marks: [
          Plot.rectY(bins, { x1: "start", x2: "end", y: "n", fill: (b) => (b.burst ? "var(--suspect)" : "var(--ok)"), insetLeft: bins.length > 300 ? 0 : 0.5, insetRight: bins.length > 300 ? 0 : 0.5,
            title: (b) => `${word} from ${iso(b.start)}: ${QS.plural(b.n, "page")}${b.burst ? ", in a burst" : ""}`, tip: true }),
          Plot.ruleY([0], { stroke: "var(--ink)" }),
        ],
      }),
      head: [[`Start of the ${word}`], ["Pages", 1]],
      rows: bins.map((b) => [iso(b.start), QS.count(b.n)]),
    });
  }

  function clusters(site) {
    const title = "Template clusters";
    const all = site.templates || [];
    if (!all.length) return figure({ title, empty: ["No templates found", "No title, heading or sentence recurs with slots on enough pages to be named."] });
    const shown = [...all].sort((a, b) => b.pages - a.pages).slice(0, 10);
    const label = (t) => QS.cut(String(t.pattern).replaceAll("{}", "…"), 60);
    return figure({
      title,
      reads: `Pages that share a frame with something swapped out.${all.length > shown.length ? ` The ${shown.length} largest of ${QS.count(all.length)}.` : ""}`,
      draw: (width) => Plot.plot({
        width, height: 12 + 34 * shown.length, marginLeft: 2, marginTop: 2, marginBottom: 10, marginRight: 40, style,
        x: { domain: [0, d3.max(shown, (t) => t.pages)], label: null, axis: null },
        y: { type: "band", domain: shown.map((_, i) => i), axis: null, padding: 0 },
        marks: [
          Plot.barX(shown, { y: (_, i) => i, x: "pages", fill: "var(--suspect)", insetTop: 20, insetBottom: 5 }),
          Plot.text(shown, { y: (_, i) => i, x: 0, text: label, textAnchor: "start", dy: -8, fill: "var(--ink)" }),
          Plot.text(shown, { y: (_, i) => i, x: "pages", text: (t) => QS.count(t.pages), textAnchor: "start", dx: 5, dy: 7, fill: "var(--soft)" }),
        ],
      }),
      head: [["Template"], ["Kind"], ["Pages", 1], ["Share", 1]],
      rows: all.map((t) => [QS.cut(String(t.pattern), 200), t.kind, QS.count(t.pages), QS.share(t.share)]),
    });
  }

  QS.plots = (site) => h("section", { id: "plots", "aria-labelledby": "plots-title" },
    h("h2", { id: "plots-title" }, "The shape of the site"),
    h("div", { class: "figures-grid" }, histogram(site), overTime(site),
      groups(site, "sections", "Sections", "section"), groups(site, "authors", "Authors", "author"), cadence(site), clusters(site)));
})();
