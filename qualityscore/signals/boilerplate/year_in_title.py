"""A year in the title of a 'best' list or guide."""

import re

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, signal
from qualityscore.signals.boilerplate._labels import PEOPLE_FIRST, SEO_SPAM

# "The best films of 2014" and "14 May 2014" are about their year.
_YEAR = re.compile(r"(?<!of )(?<!, )(?<!from )(?<!date: )(?<!\d )\b20[0-4]\d\b(?!-\d)")
_GENRE_WORDS = (
    "best top guide guides how review reviews reviewed ultimate tips complete ways vs versus ideas trends "
    "strategies checklist alternatives worth cost price prices everything definitive compared comparison "
    "explained pros benefits rates deals salary beginner beginners buying tricks step steps"
)
_GENRE = frozenset(_GENRE_WORDS.split())
_TITLE_LINES = 3


@signal(
    id="year_in_title",
    family="boilerplate",
    why="Pages made for searches put the current year into the title of an article that is not about the year.",
    limits="Yearly guides, price lists and conference reports carry the year for a good reason.",
    sources=[PEOPLE_FIRST, SEO_SPAM],
    features=[Feature("found", "0 or 1", high=1.0)],
    fires=[
        Example(
            "10 Best Garden Sheds in 2024\n\nSheds are a useful thing to have in every garden.",
            ["10 Best Garden Sheds in 2024"],
            pad="after",
        ),
        Example(
            "How to Paint a Shed (2025 Guide)\n\nPaint is a useful thing to have for every shed.",
            ["How to Paint a Shed (2025 Guide)"],
            pad="after",
        ),
    ],
    quiet=[
        Example(
            "Report of the annual meeting, 2014\n\nThe members met at noon in the usual hall.", pad="after"
        ),
        Example(
            "How to paint a shed\n\nWe painted ours in the spring of 2014 and again last year.", pad="after"
        ),
    ],
)
def year_in_title(doc: Document) -> Measured:
    for line in doc.article[:_TITLE_LINES]:
        if line.terminal and line.n_words > 16:
            break
        if doc.folded.startswith("---", line.start) or doc.folded.find("20", line.start, line.end) < 0:
            continue
        year = _YEAR.search(doc.folded, line.start, line.end)
        if (
            year
            and 4 <= line.n_words <= 24
            and not doc.folded[line.start : line.end].rstrip().endswith(".")
            and not _GENRE.isdisjoint(doc.words.lower[line.first : line.last])
        ):
            return Measured({"found": 1.0}, [Finding(line.start, line.end)])
    return Measured({"found": 0.0})
