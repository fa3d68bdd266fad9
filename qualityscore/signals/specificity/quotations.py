"""Quotations with a speaker."""

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
from qualityscore.signals.counts import counts
from qualityscore.signals.specificity._facts import cite, facts


@signal(
    id="quotations",
    family="specificity",
    why="Somebody who asked people quotes them; filler refers to experts who never speak.",
    limits="Quotations can be invented or copied; manuals and reference works need none.",
    sources=[
        Source(
            "NewsGuard: AI content farm tracking",
            "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
        ),
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
    ],
    features=[Feature("per_1k_words", "quotations / 1000 words of prose", found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            'The baker had no doubts about the oven. "It has never once let me down in the cold," he said, and he closed the door with his foot. His daughter told us, "You get used to the smoke after a winter or two." Nobody laughed.',
            ["It has never once let me down in the cold", "You get used to the smoke after a winter or two"],
            pad="none",
        ),
        Example(
            'When the committee met, the chair added, "We will not sell the field to anyone." The rest of the evening passed with the accounts and with the roof. "That leaves us where we were in spring," a member replied.',
            ["We will not sell the field to anyone", "That leaves us where we were in spring"],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "A healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family.",
            pad="none",
        ),
    ],
    document_wide="a level that every page has; the passages quoted are what was counted",
)
def quotations(doc: Document) -> Measured:
    c, f = counts(doc), facts(doc)
    if not c.n_prose:
        return Measured({"per_1k_words": float("nan")})
    spoken = tuple((q.first, q.last) for q in f.quotations if q.spoken)
    found = [Finding(a, b) for a, b in cite(doc, spoken)]
    return Measured({"per_1k_words": per_1000(len(spoken), c.n_prose)}, found)
