"use strict";
// Which view is shown: #/ the site or the sites, #/site/N, #/page/N, #/pair/SITE|cross/N.
(() => {
  const { h } = QS;
  const home = document.getElementById("home");
  const detail = document.getElementById("detail");
  const THEMES = { auto: "Theme: as the system", light: "Theme: light", dark: "Theme: dark" };
  let shown = null;
  let table = null;
  let homeHash = "#/";
  let homeScroll = 0;

  function theme() {
    const button = document.getElementById("theme");
    const store = (value) => { try { localStorage.setItem("qualityscore-theme", value); } catch { /* not kept */ } };
    let now = "auto";
    try { now = localStorage.getItem("qualityscore-theme") || "auto"; } catch { /* not kept */ }
    if (!Object.hasOwn(THEMES, now)) now = "auto";
    const set = () => {
      if (now === "auto") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = now;
      button.textContent = THEMES[now];
    };
    button.addEventListener("click", () => {
      const names = Object.keys(THEMES);
      now = names[(names.indexOf(now) + 1) % names.length];
      store(now);
      set();
      QS.say(THEMES[now]);
    });
    set();
  }

  const CONTENTS = [["plots", "Shape"], ["pages", "Pages"], ["templates", "Templates"], ["duplicates", "Duplicates"],
    ["signals", "Signals"], ["not-measured", "Not measured"], ["method", "Method"]];
  const contents = (left) => h("nav", { class: "contents screen", "aria-label": "Sections of this report" }, h("ul", { class: "wrap" },
    CONTENTS.filter(([id]) => !left.includes(id)).map(([id, name]) => h("li", {}, h("a", { href: `#${id}` }, name)))));

  function showSite(place) {
    const { sites } = QS.site;
    const site = sites[place];
    const several = sites.length > 1;
    const rows = several ? () => QS.rows.filter((r) => r.host === (site.host || "")) : () => QS.rows;
    table = QS.pageTable(rows, false, site.templates);
    home.replaceChildren(h("div", { class: "wrap" }, QS.verdict(site, several)), contents([]), h("div", { class: "wrap sections" },
      QS.plots(site), table.section, QS.templates(site.templates || [], table.filter, "Templates", "templates", "the site"),
      QS.duplicates(site.duplicates || [], place, "Near-duplicates and doorway sets", "duplicates"),
      QS.signals(site), QS.notMeasured(site), QS.method()));
  }

  function showSites() {
    const { sites, cross_host: cross } = QS.site;
    table = QS.pageTable(() => QS.rows, true, cross?.templates);
    home.replaceChildren(h("div", { class: "wrap" }, QS.overview(sites, null)), contents(["plots", "signals"]), h("div", { class: "wrap sections" },
      QS.templates(cross?.templates || [], table.filter, "Templates that several sites share", "templates", "all pages"),
      QS.duplicates(cross?.duplicates || [], "cross", "Near-duplicates across sites", "duplicates"),
      table.section, QS.notMeasured({}), QS.method()));
  }

  function showNone() {
    home.replaceChildren(h("div", { class: "wrap" }, h("section", { class: "verdict" }, h("h1", { id: "verdict-title", tabindex: "-1" }, "There is nothing to report."),
      QS.empty("No site", "No page was read. Was the source empty, or did every page fail? The reasons follow.")),
    h("div", { class: "sections" }, QS.notMeasured({}), QS.method())));
  }

  function openHome(key, hash) {
    detail.hidden = true;
    home.hidden = false;
    detail.replaceChildren();
    homeHash = hash;
    if (shown === key) {
      window.scrollTo(0, homeScroll);
      QS.drawPlots();
      return;
    }
    QS.dropPlots();
    shown = key;
    if (!QS.site.sites.length) showNone();
    else if (key === "sites") showSites();
    else showSite(key);
    QS.drawPlots();
    window.scrollTo(0, 0);
    document.title = key === "sites" || !QS.site.sites.length ? document.title : `${QS.site.sites[key].host || "site"} – site report`;
  }

  function openDetail(node) {
    if (!home.hidden) homeScroll = window.scrollY;
    home.hidden = true;
    detail.hidden = false;
    detail.replaceChildren(node);
    window.scrollTo({ top: 0, behavior: "instant" });
    document.getElementById("page-title")?.focus({ preventScroll: true });
  }

  const sorry = (what, why) => h("div", { class: "wrap page" }, h("nav", { class: "steps" }, h("a", { href: homeHash }, "← Back")), h("h1", { id: "page-title", tabindex: "-1" }, what), QS.empty("This cannot be shown", why));

  async function openPage(number) {
    const row = QS.rows[number];
    if (!row) return openDetail(sorry("No such page", `The report has ${QS.plural(QS.rows.length, "page")}.`));
    const hash = location.hash;
    try {
      const found = await QS.detail(number);
      if (location.hash === hash) openDetail(QS.article(row, found, table && table.around(row), homeHash));
    } catch (error) {
      openDetail(sorry(row.title || row.source, error.message));
    }
    return undefined;
  }

  function route() {
    const { sites, cross_host: cross } = QS.site;
    const top = sites.length > 1 || !sites.length ? "sites" : 0;
    const [, view, first, second] = location.hash.split("/");
    if (location.hash && !location.hash.startsWith("#/")) {
      // A place in the site's view; the browser scrolls to it unless the view was hidden.
      const hidden = home.hidden || shown === null;
      if (hidden) openHome(shown ?? top, homeHash);
      if (hidden) document.getElementById(location.hash.slice(1))?.scrollIntoView();
      return;
    }
    if (view === "site" && sites[Number(first)]) {
      openHome(sites.length > 1 ? Number(first) : 0, location.hash);
      document.getElementById("verdict-title").focus({ preventScroll: true });
    } else if (view === "page" || view === "pair") {
      if (shown === null) openHome(top, "#/");
      if (view === "page") openPage(Number(first));
      else {
        const set = (first === "cross" ? cross?.duplicates : sites[Number(first)]?.duplicates)?.[Number(second)];
        openDetail(set ? QS.pair(set, homeHash) : sorry("No such set", "It is not in this report."));
      }
    } else openHome(top, "#/");
  }

  QS.load();
  theme();
  window.addEventListener("hashchange", route);
  route();
  document.documentElement.dataset.ready = QS.report.row_files ? "partly" : "yes";
  QS.loadRows(() => table && table.refresh()).then(() => {
    document.documentElement.dataset.ready = "yes";
    if (/^#\/(page|pair)/.test(location.hash)) route();
  }, (error) => {
    document.documentElement.dataset.ready = "failed";
    home.prepend(h("div", { class: "wrap" }, QS.empty("Some pages are missing", error.message)));
  });
})();
