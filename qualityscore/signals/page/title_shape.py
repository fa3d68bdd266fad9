"""A title made for the search query: the year, the promise of a complete guide."""

import re

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

_BRAND = re.compile(r"\s[|–—-]\s[^|–—]{0,80}$")
_YEAR = re.compile(
    r"\((?:[^()\d]{0,30}\s)?20[12]\d(?:\s[^()]{0,20})?\)|\b(?:in|for|of)\s20[12]\d\b|"
    r"\b20[12]\d\s(?:guide|reviews?|edition|update[sd]?|comparison|tips|trends|ranked|tested|checklist)\b|"
    r"\b(?:guide|reviews?|comparison|best|top|latest version|trends|download)\s20[12]\d\b",
    re.I,
)
_PROMISE = re.compile(
    r"\b(?:(?:complete|ultimate|definitive|comprehensive|essential|beginner'?s|step[- ]by[- ]step|in-depth)\s"
    r"(?:\w{1,20}\s){0,2}(?:guide|reviews?|comparison|overview|breakdown|walkthrough|handbook|collection|checklist|tips)\b|"
    r"everything you need\b|need to know\b|guide (?:to|for)\b|guide$|explained\b|pros (?:and|&) cons\b|"
    r"(?:is|are) (?:changing|revolutioni[sz]ing|transforming|reshaping)\b)|"
    r"^\W{0,3}(?:(?:exploring|navigating|understanding|unlocking|mastering|discovering|maximizing|embracing|harnessing|"
    r"demystifying|unveiling|choosing)\b|"
    r"(?:top\s)?\d{1,3}\s(?:best|top|essential|proven|common|easy|simple|amazing|creative|secrets|ways to)\b)",
    re.I,
)


def _page(title: str) -> str:
    return f"<head><title>{title}</title></head><body><main>{{neutral}}</main></body>"


@signal(
    id="title_shape",
    family="page",
    scope="page",
    why="Titles made from a query carry the year and promise everything at once, so that they win the click.",
    limits="Reports and calls name their year honestly; magazines write 'what you need to know' too.",
    sources=[
        Source("Bevendorff et al., Is Google Getting Worse?, ECIR 2024"),
        Source(
            "Google: creating helpful, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
    ],
    features=[Feature("year", "0 or 1", high=1.0), Feature("promise", "0 or 1", high=1.0)],
    needs=Needs(html=True),
    fires=[
        Example(_page("Best Flour Mills in 2026 - Millsite"), ["in 2026"], "html"),
        Example(_page("The Complete Guide to Stone Mills (2025)"), ["Complete Guide", "(2025)"], "html"),
    ],
    quiet=[
        Example(_page("A visit to the mill at Harlow | Walks"), kind="html"),
        Example(_page("Millers meet on 4 May 2021"), kind="html"),
    ],
)
def title_shape(doc: Document) -> Measured:
    title = doc.meta.title[:300]
    if not title:
        return Measured({"year": float("nan"), "promise": float("nan")})
    title = _BRAND.sub("", title)
    year = _YEAR.search(title) if "20" in title else None
    promise = _PROMISE.search(title)
    found = sorted((m.start(), m.group()) for m in (year, promise) if m)
    return Measured(
        {"year": float(year is not None), "promise": float(promise is not None)},
        [Finding(at, at, "title", "title", text) for at, text in found],
    )
