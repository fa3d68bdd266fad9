"""Em dashes in running text."""

import re

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)

_BEFORE = re.compile(r"\w{1,20}[\"')%.,*]{0,2} ?\Z")
_AFTER = re.compile(r" ?[\"'($*]{0,2}\w{1,20}")


@signal(
    id="em_dash_rate",
    family="formula",
    why="Newer language models set an em dash where people set a comma, a colon or a full stop.",
    limits="Essayists, American magazines and typeset books love the dash.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "dashes / 1000 words")],
    needs=Needs(min_words=50),
    common="A mark of good typography too; the rate tells.",
    fires=[
        Example("The plan was simple \u2014 walk on.", ["simple \u2014 walk"]),
        Example("It works\u2014mostly\u2014in the rain.", ["works\u2014mostly", "mostly\u2014in"]),
    ],
    quiet=["The well-known plan - walk on - was simple.", "From 1990\u20131995 he lived there."],
)
def em_dash_rate(doc: Document) -> Measured:
    text = doc.folded
    if "\u2014" not in text:
        return Measured({"per_1k_words": 0.0})
    found = []
    at = text.find("\u2014")
    while at >= 0:
        # The words on both sides; a dash that opens a line or closes it signs a quotation.
        before = _BEFORE.search(text[max(0, at - 24) : at])
        after = _AFTER.match(text, at + 1, at + 26)
        if before and after:
            found.append(Finding(at - len(before.group()), after.end()))
        at = text.find("\u2014", at + 1)
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
