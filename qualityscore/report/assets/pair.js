"use strict";
// Two pages of a set side by side. A word is shared if it stands in a run of three that the other page has too.
(() => {
  const { h } = QS;
  const RUN = 3;
  const MAX_WORDS = 40000;

  const wordsOf = (text) => [...text.matchAll(/[\p{L}\p{N}]+/gu)].slice(0, MAX_WORDS).map((m) => ({ start: m.index, end: m.index + m[0].length, word: m[0].toLowerCase() }));

  function runs(words) {
    const found = new Set();
    for (let i = 0; i + RUN <= words.length; i += 1) found.add(words.slice(i, i + RUN).map((w) => w.word).join(" "));
    return found;
  }

  // Marks in `words` what the other page lacks; gives the share of words that are shared.
  function compare(words, other) {
    const shared = new Uint8Array(words.length);
    for (let i = 0; i + RUN <= words.length; i += 1) {
      if (other.has(words.slice(i, i + RUN).map((w) => w.word).join(" "))) shared.fill(1, i, i + RUN);
    }
    return shared;
  }

  function column(row, text, words, shared, label) {
    const box = h("div", { class: "article-text" });
    let next = 0;
    let at = 0;
    for (const line of text.split("\n")) {
      const end = at + line.length;
      const p = h("p");
      let from = at;
      while (next < words.length && words[next].start < end) {
        if (!shared[next]) {
          const first = next;
          while (next + 1 < words.length && words[next + 1].end <= end && !shared[next + 1]) next += 1;
          p.append(text.slice(from, words[first].start), h("mark", { class: "differs" }, text.slice(words[first].start, words[next].end)));
          from = words[next].end;
        }
        next += 1;
      }
      p.append(text.slice(from, end));
      if (line.trim()) box.append(p);
      at = end + 1;
    }
    return h("section", { class: "pair-side", "aria-label": label }, h("h2", {}, h("a", { href: `#/page/${row.number}` }, row.title || row.source)),
      h("p", { class: "small soft" }, [row.host, QS.prob(row.score) !== "–" && `score ${QS.prob(row.score)}`].filter(Boolean).join(" · ")), box);
  }

  QS.pair = (set, back) => {
    const rows = (set.pages || []).map((p) => QS.rowBySource(p.source, p.title)).filter(Boolean);
    const head = h("div", { class: "wrap" }, h("nav", { class: "screen steps", "aria-label": "Back" }, h("a", { href: back }, "← Back to the site")),
      h("h1", { id: "page-title", tabindex: "-1" }, set.kind === "doorway" ? "A doorway set" : "Near-duplicates"),
      set.pattern && h("p", {}, QS.pattern(set.pattern)));
    const box = h("article", { class: "pair", "aria-labelledby": "page-title" }, head);
    if (rows.length < 2) {
      head.append(QS.empty("Nothing to compare", "Fewer than two pages of this set are in the report."));
      return box;
    }
    const choice = (name, at) => h("select", { name }, rows.map((r, i) => h("option", { value: i, selected: i === at }, QS.cut(`${r.title || r.source}`, 70))));
    const left = choice("left", 0);
    const right = choice("right", 1);
    const told = h("p", { class: "small", role: "status" });
    const place = h("div", { class: "wrap pair-grid" });
    head.append(h("form", { class: "controls screen" }, h("label", { class: "grow" }, h("span", {}, "Left"), left), h("label", { class: "grow" }, h("span", {}, "Right"), right)), told);
    const draw = async () => {
      const pair = [rows[Number(left.value)], rows[Number(right.value)]];
      try {
        const details = [await QS.detail(pair[0].number), await QS.detail(pair[1].number)];
        const words = details.map((d) => wordsOf(d.text));
        const sets = words.map(runs);
        const shared = [compare(words[0], sets[1]), compare(words[1], sets[0])];
        const share = shared.map((s) => (s.length ? d3.sum(s) / s.length : 0));
        told.replaceChildren(`${QS.share(share[0])} of the words on the left and ${QS.share(share[1])} on the right stand in a run of three that the other page has too. `,
          h("mark", { class: "differs" }, "Marked words"), " do not.");
        place.replaceChildren(...pair.map((row, i) => column(row, details[i].text, words[i], shared[i], i ? "Right page" : "Left page")));
      } catch (error) {
        place.replaceChildren(QS.empty("The text cannot be shown", error.message));
      }
    };
    left.addEventListener("change", draw);
    right.addEventListener("change", draw);
    box.append(place);
    draw();
    return box;
  };
})();
