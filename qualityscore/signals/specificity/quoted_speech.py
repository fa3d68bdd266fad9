"""Share of the words that stand in quotation marks."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.specificity._facts import facts


@signal(
    id="quoted_speech",
    family="specificity",
    why="Interviews, reports and criticism let others speak; pages made to rank never stop speaking themselves.",
    limits="Pages that mark terms or titles with quotation marks; collections of quotations.",
    sources=[
        Source(
            "NewsGuard: AI content farm tracking",
            "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
        )
    ],
    features=[Feature("share", "share 0-1 of the words of prose", high=1.0, found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            'The baker had no doubts about the oven. "It has never once let me down in the cold," he said, and he closed the door with his foot. His daughter told us, "You get used to the smoke after a winter or two." Nobody laughed.',
            pad="none",
        ),
        Example(
            'When the committee met, the chair added, "We will not sell the field to anyone." The rest of the evening passed with the accounts and with the roof. "That leaves us where we were in spring," a member replied.',
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
    document_wide="every page has a level of this; no single passage carries it",
)
def quoted_speech(doc: Document) -> Measured:
    c, f = counts(doc), facts(doc)
    if not c.n_prose:
        return Measured({"share": float("nan")})
    quoted = sum(q.last - q.first for q in f.quotations)
    return Measured({"share": share(quoted, c.n_prose)})
