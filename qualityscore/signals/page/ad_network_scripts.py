"""Scripts of pop-under networks and hit counters that take any site."""

import ahocorasick_rs

from qualityscore.document.characters import lower
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

# Networks that sell pop-unders, push notices and redirects on any site, and the counters their users share.
_NETWORKS = (
    "histats.com", "adsterra", "popads.net", "popcash.net", "propellerads", "propu.sh", "popmyads",
    "highperformanceformat", "highperformancedisplayformat", "highperformancecpm", "highcpmgate",
    "highcpmrevenue", "effectivegatecpm", "effectivecpmgate", "effectivecpmrate", "profitablecpmgate",
    "profitablegatecpm", "profitabledisplaynetwork", "profitableratecpm", "profitablecpmrate",
    "topcreativeformat", "toprevenuegate", "displaycontentnetwork", "cpmrevenuegate", "juicyads",
    "exoclick", "exosrv.com", "monetag", "hilltopads", "bidvertiser", "adskeeper", "yllix", "galaksion",
    "a-ads.com", "clickadu", "adcash.com", "onclickads", "onclkds", "onclicka", "ad-maven", "admaven",
    "evadav", "richads", "popunder", "arc.io/widget",
    "/invoke.js",
)  # fmt: skip
_FINDER = ahocorasick_rs.AhoCorasick(list(_NETWORKS))


@signal(
    id="ad_network_scripts",
    family="page",
    scope="page",
    why="A site that lives on pop-unders and redirects earns by the visit, whatever the visitor reads.",
    limits="Old hobby sites and fan sites use the same counters and networks.",
    sources=[
        Source("Google spam policies", "https://developers.google.com/search/docs/essentials/spam-policies"),
        Source("Bevendorff et al., Is Google Getting Worse?, ECIR 2024"),
    ],
    features=[Feature("networks", "different networks")],
    needs=Needs(html=True),
    fires=[
        Example(
            '<body><main>{neutral}</main><script src="//s10.histats.com/js15_as.js"></script></body>',
            ["//s10.histats.com/js15_as.js"],
            "html",
        ),
        Example(
            '<body><script src="https://pl1.effectivegatecpm.com/ab/invoke.js"></script>{neutral}'
            "<script>var s='https://c1.popads.net/pop.js'</script></body>",
            ["https://pl1.effectivegatecpm.com/ab/invoke.js", "popads.net"],
            "html",
        ),
    ],
    quiet=[
        Example(
            '<body><script src="https://pagead2.googlesyndication.com/x.js"></script>{neutral}</body>',
            kind="html",
        ),
        Example('<body><script src="/js/popup.js"></script>{neutral}</body>', kind="html"),
    ],
)
def ad_network_scripts(doc: Document) -> Measured:
    markup = doc.markup
    assert markup is not None
    addresses = [*markup.scripts, *markup.iframes]
    found: dict[str, str] = {}
    everything = lower("\n".join([*addresses, markup.inline_script]))
    for name in _FINDER.find_matches_as_strings(everything):
        if name not in found:
            found[name] = next((a for a in addresses if name in a.lower()), name)
    quoted = dict.fromkeys(found.values())
    return Measured(
        {"networks": float(len(found))}, [Finding(0, 0, "script", "markup", text) for text in quoted]
    )
