"""A capital in mid-sentence on an ordinary word that is lower-case elsewhere on the page."""

import re
from collections import Counter
from operator import ne

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

# Verbs and small words that no office, brand or defined term is made of.
_NEVER_NAMES = frozenset(
    "follows followed comes came goes went says said tells told announces announced faces faced concludes "
    "concluded includes included involves involved requires becomes became begins began continues continued "
    "expects expected seeks sought shows showed reveals revealed helps helped makes takes took gives gave gets "
    "got wants wanted warns warned urges urged reported confirms confirmed denies denied explains explained "
    "highlights highlighted emphasizes emphasized underscores underscored reflects reflected allows allowed "
    "provides provided are were has have had does did would could should might must with from into onto upon "
    "among during throughout despite towards whereas unless until reportedly allegedly ultimately "
    "particularly significantly".split()
)
_CAPITALISED = frozenset(w.capitalize() for w in _NEVER_NAMES)
_FORM = re.compile(r"[A-Z][a-z]{2,14}(?:ed|ing|ly|[a-rt-z]s)\Z")


@signal(
    id="odd_capital",
    family="automation",
    why="Sentences patched together from headlines keep the capitals of the headline in mid-phrase.",
    limits="Legal texts capitalise the terms they define, manuals the buttons they name.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("per_1k_words", "capitals in mid-sentence / 1000 words")],
    needs=Needs(min_words=100, min_sentences=4),
    fires=[
        Example(
            "The visit by Dyer Follows a decision by the board to cut wages. He spoke to Farmers from the "
            "valley, and other farmers heard about it from their sons.",
            ["Follows", "Farmers"],
        ),
        Example(
            "The minister praised the crew, and the harbour master Said that work would go on With fewer hands "
            "until the spring.",
            ["Said", "With"],
        ),
    ],
    quiet=[
        "He works for the City Council, and the council pays. The Meetings Industry Journal reports on meetings.",
        "Press Settings, choose Updates, and click on Options; the settings, updates and options are saved.",
    ],
)
def odd_capital(doc: Document) -> Measured:
    raw, low, starts, text = doc.words.raw, doc.words.lower, doc.words.starts, doc.folded
    strong = []
    for i in doc.words.where(_is_capitalised):
        if i and text[starts[i] - 2].isalpha() and _in_phrase(doc, i):
            if raw[i - 1] == low[i - 1] or raw[i].endswith(("s", "ed")):
                strong.append(i)
    inside = _running(doc, strong) if strong else set()
    strong = [i for i in strong if i in inside]
    if not strong:
        return Measured({"per_1k_words": 0.0})
    weak = [i for i in doc.words.where(_may_be_term) if i and _in_phrase(doc, i)]
    # A noun may be a name; on a page with certain cases, one that is lower-case elsewhere is not.
    counts = Counter(raw)
    inside = _running(doc, weak)
    found = strong + [i for i in weak if i in inside and counts[low[i]] >= counts[raw[i]]]
    findings = [Finding(starts[i], starts[i] + len(raw[i]), "capital in mid-sentence") for i in found]
    return Measured({"per_1k_words": per_1000(len(findings), doc.n_words)}, findings)


def _is_capitalised(form: str) -> int:
    return form in _CAPITALISED


def _may_be_term(form: str) -> int:
    return _FORM.match(form) is not None and form.lower() not in _NEVER_NAMES


def _in_phrase(doc: Document, i: int) -> bool:
    """Whether plain spaces and a lower-case word follow, and words of the same phrase precede."""
    raw, low, starts, text = doc.words.raw, doc.words.lower, doc.words.starts, doc.folded
    start = starts[i]
    return (
        i + 1 < len(raw)
        and raw[i + 1] == low[i + 1]
        and not raw[i + 1][0].isdigit()
        and starts[i + 1] == start + len(raw[i]) + 1
        and text[start - 1] == " "
        and (text[start - 2].isalpha() or (text[start - 2] == "." and len(raw[i - 1]) == 1))
        and not raw[i - 1][0].isdigit()
    )


def _running(doc: Document, places: list[int]) -> set[int]:
    """Those of the words that stand inside a closed sentence of which most words are lower-case."""
    raw, low = doc.words.raw, doc.words.lower
    inside: set[int] = set()
    at, size = 0, len(places)
    for sentence in doc.sentences if places else ():
        first, last = sentence.first, sentence.last
        while at < size and places[at] < last:
            i = places[at]
            at += 1
            if first < i and last - first >= 8 and doc.lines[sentence.line].terminal:
                big = sum(map(ne, raw[first:last], low[first:last]))
                if 2 * big <= last - first:
                    inside.add(i)
    return inside
