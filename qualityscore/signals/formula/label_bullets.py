"""Items of a label, a colon and one sentence ("Media Bias: The ambassador…")."""

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

_LABEL = re.compile(r"(?:\d{1,2}[.)] )?[A-Z\d][^:.!?\n\"]{2,60}:\s(?=\S)")
_LONGEST_LABEL = 66
_MAX_LABEL_WORDS = 7
_CHROME = (
    "Posted",
    "Tag",
    "Categor",
    "Filed",
    "Labels",
    "Source",
    "Photo",
    "Image",
    "By",
    "Note",
    "Related",
    "Read",
)


@signal(
    id="label_bullets",
    family="formula",
    why="A model asked for an article answers in lists: a label, a colon, one general sentence, five times over.",
    limits="Glossaries, feature lists, recipes and minutes of meetings use labelled items honestly.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("per_1k_words", "items / 1000 words"),
        Feature("colons_per_1k_words", "colons / 1000 words", found=False),
    ],
    needs=Needs(min_words=50),
    common="Manuals and course pages list labelled items as well; the rate tells.",
    fires=[
        Example(
            "Cost Control: A plan keeps the household on track.\n\nPeace of Mind: Savings let a family rest at night.",
            ["Cost Control:", "Peace of Mind:"],
        ),
        Example(
            "• Easy Setup: Anyone can start it within minutes.\n• Low Noise: The fan runs without being heard.",
            ["Easy Setup:", "Low Noise:"],
        ),
    ],
    quiet=["Note: the shop is closed on Mondays in May.", "Price: 5\n\nWeight: 3 kg\n\nHeight: 20 cm"],
)
def label_bullets(doc: Document) -> Measured:
    text = doc.folded
    found: list[Finding] = []
    previous: Finding | None = None
    gap = 0
    labels: set[str] = set()
    colon = text.find(":")
    for line in doc.article:
        item = None
        # One label or more, then a statement: a bare "Price: 5" is a fact.
        if 6 <= line.n_words <= 60 and not line.heading:
            start = line.start
            if 0 <= colon < start:
                colon = text.find(":", start)
            near = start < colon < line.end and colon < start + _LONGEST_LABEL
            match = _LABEL.match(text, start, line.end) if near else None
            if (
                match
                and len(match.group().split()) <= _MAX_LABEL_WORDS
                and (line.terminal or line.n_words >= 10)
            ):
                label = text[line.start : match.end() - 1]
                # A label that comes back is a speaker, a brand or a field of a form.
                if label not in labels and not label.startswith(_CHROME):
                    item = Finding(line.start, match.end() - 1)
                labels.add(label)
        if item is None:
            gap += 1
            continue
        # A single labelled line is a note; a row of them is the formula.
        if previous is not None and gap <= 1:
            if not found or found[-1] is not previous:
                found.append(previous)
            found.append(item)
        previous, gap = item, 0
    return Measured(
        {
            "per_1k_words": per_1000(len(found), doc.n_words),
            "colons_per_1k_words": per_1000(text.count(": ") if doc.n_words else 0, doc.n_words),
        },
        found,
    )
