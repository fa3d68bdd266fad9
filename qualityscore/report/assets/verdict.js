"use strict";
// The top of a site: verdict, reasons and key figures in plain words.
(() => {
  const { h } = QS;
  const SENTENCES = {
    low_quality: "This site looks mass-produced.",
    suspect: "This site shows some signs of mass production.",
    ok: "This site does not look mass-produced.",
    not_enough: "There is not enough to say about this site.",
  };

  const SAYS = {
    low_quality: ["looks mass-produced", "look mass-produced"],
    suspect: ["shows some signs of mass production", "show some signs of mass production"],
    ok: ["does not look mass-produced", "do not look mass-produced"],
    not_enough: ["cannot be judged", "cannot be judged"],
  };

  QS.sentence = (band) => SENTENCES[band] || SENTENCES.not_enough;

  function scale(site) {
    if (site.score === null || site.score === undefined) return null;
    const at = `${(100 * site.score).toFixed(1)}%`;
    return h("div", { class: "scale" },
      h("div", { class: "scale-bar", "aria-hidden": "true" },
        h("span", { class: "scale-fill", style: { width: at, background: QS.color(site.band) } }),
        h("span", { class: "scale-mark", style: { left: at } })),
      h("p", {}, h("strong", { class: "figure" }, QS.prob(site.score)),
        " probability that the site is what content farms publish",
        h("span", { class: "soft" }, " – 0 is none, 1 is certain; a calibrated figure, not a proof")));
  }

  function reasons(site) {
    const list = site.reasons || [];
    if (!list.length) {
      return QS.empty("No reasons to name", "Nothing that was measured moved the verdict far from where it starts.");
    }
    const most = Math.max(...list.map((r) => Math.abs(r.contribution || 0)), 0.01);
    return h("ol", { class: "reasons" }, list.map((reason) => {
      const known = reason.contribution !== null && reason.contribution !== undefined;
      const up = (reason.contribution || 0) >= 0;
      return h("li", {}, h("div", {}, QS.pattern(reason.text)),
        known && h("div", { class: "reason-bar", title: "share of this reason in the verdict, log-odds" },
          h("span", { class: up ? "up" : "down", style: { width: `${(100 * Math.abs(reason.contribution)) / most}%` } }),
          h("span", { class: "small soft" }, `${QS.signed(reason.contribution)} ${up ? "for" : "against"}`)));
    }));
  }

  function intervalBar(site) {
    const [low, high] = site.share_interval || [site.share_low_quality, site.share_low_quality];
    return h("div", { class: "share-bar", "aria-hidden": "true" },
      h("span", { class: "share-range", style: { left: `${100 * low}%`, width: `${Math.max(100 * (high - low), 0.6)}%` } }),
      h("span", { class: "share-point", style: { left: `${100 * site.share_low_quality}%` } }));
  }

  function keyFigures(site) {
    const none = (site.abstained || 0) + (site.failed || 0);
    const parts = [];
    if (site.failed) parts.push(`${QS.count(site.failed)} failed`);
    if (site.abstained) parts.push(`${QS.count(site.abstained)} too short, not English or not prose`);
    const hasShare = site.share_low_quality !== null && site.share_low_quality !== undefined;
    return h("dl", { class: "key" },
      h("div", { class: "wide" }, h("dt", {}, "Low-quality pages"),
        h("dd", {}, h("strong", {}, QS.share(site.share_low_quality)),
          hasShare && intervalBar(site),
          h("span", { class: "small soft" }, hasShare
            ? `of the scored pages; 95 % interval ${QS.interval(site.share_interval) || "not given"}`
            : "no share: too few pages have a score"))),
      h("div", {}, h("dt", {}, "Corrected for errors"),
        h("dd", {}, h("strong", {}, QS.share(site.share_corrected)),
          h("span", { class: "small soft" }, site.share_corrected_interval ? `of the classifier; ${QS.interval(site.share_corrected_interval)}` : "of the classifier on known pages"))),
      h("div", {}, h("dt", {}, "Pages"), h("dd", {}, h("strong", {}, QS.count(site.pages)),
        h("span", { class: "small soft" }, `${QS.count(site.scored)} scored`))),
      h("div", {}, h("dt", {}, "Without a score"), h("dd", {}, h("strong", {}, QS.count(none)),
        h("span", { class: "small soft" }, parts.join("; ") || "every page got one"))),
      h("div", {}, h("dt", {}, "Mean score"), h("dd", {}, h("strong", {}, QS.prob(site.mean_score)),
        h("span", { class: "small soft" }, "of a page, 0 to 1"))));
  }

  QS.verdict = (site, several) => h("section", { class: "verdict", "aria-labelledby": "verdict-title" },
    h("p", { class: "host" }, several && h("a", { href: "#/", class: "screen back" }, "All sites"), site.host || "this site"),
    h("h1", { id: "verdict-title", tabindex: "-1" }, QS.sentence(site.band)),
    h("div", { class: "verdict-grid" },
      h("div", {}, scale(site), h("h2", { class: "quiet" }, site.reasons && site.reasons.length ? "Why" : "Reasons"), reasons(site)),
      keyFigures(site)));

  // Several sites: hosts first.
  QS.overview = (sites, cross) => {
    const bandOf = (site) => (Object.hasOwn(SAYS, site.band) ? site.band : "not_enough");
    const said = Object.entries(SAYS).map(([band, [one, many]]) => [sites.filter((s) => bandOf(s) === band).length, one, many])
      .filter(([n]) => n).map(([n, one, many], i) => `${QS.count(n)} ${(n === 1 ? one : many).replace(i ? "mass production" : "", i ? "it" : "")}`).join(", ");
    const order = sites.map((site, i) => [site, i]).sort((a, b) => (b[0].score ?? -1) - (a[0].score ?? -1));
    return h("section", { class: "verdict", "aria-labelledby": "verdict-title" },
      h("p", { class: "host" }, QS.plural(QS.site.counts?.pages ?? QS.report.pages, "page")),
      h("h1", { id: "verdict-title", tabindex: "-1" }, `${QS.plural(sites.length, "site")}: ${said}.`),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Sites" },
        h("table", { class: "figures hosts" },
          h("caption", { class: "hidden-label" }, "Sites, the highest probability first"),
          h("thead", {}, h("tr", {}, [["Site"], ["Verdict"], ["Probability", 1], ["Pages", 1], ["Scored", 1],
            ["Low quality", 1], ["95 % interval"], ["First reason"]].map(([text, n]) => h("th", { scope: "col", class: n ? "n" : null }, text)))),
          h("tbody", {}, order.map(([site, i]) => h("tr", {},
            h("th", { scope: "row" }, h("a", { href: `#/site/${i}` }, site.host || "(no host)")),
            h("td", {}, QS.band(site.band)),
            h("td", { class: "n" }, QS.prob(site.score)),
            h("td", { class: "n" }, QS.count(site.pages)),
            h("td", { class: "n" }, QS.count(site.scored)),
            h("td", { class: "n" }, QS.share(site.share_low_quality)),
            h("td", { class: "range-cell" }, site.share_interval && intervalBar(site), h("span", { class: "small soft" }, QS.interval(site.share_interval) || "–")),
            h("td", { class: "small" }, QS.cut((site.reasons && site.reasons[0] && site.reasons[0].text) || "–", 120))))))),
      cross);
  };
})();
