"""Claims put on sources that nobody can look up ("experts say", "studies show")."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Needs,
    Source,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.formula._shared import expanded, sentence_at

_CHECKABLE = frozenset('0123456789"[')


@signal(
    id="vague_attribution",
    family="formula",
    why="Filler borrows authority from unnamed experts and undated studies; whoever read the source names it.",
    limits="News in brief and overviews sum up unnamed experts honestly; a link behind the words is not seen.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
        Source(
            "Wikipedia: Manual of Style, unsupported attributions",
            "https://en.wikipedia.org/wiki/Wikipedia:WEASEL",
        ),
    ],
    features=[Feature("per_1k_words", "claims / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"source": expanded(phrase_file(__file__, "vague_attribution.txt"))},
    phrases_only=True,
    fires=[
        Example("Many experts believe that a short walk lifts the mood.", ["Many experts"]),
        Example(
            "According to a recent report by the Institute for Trade, prices could rise. Studies show that demand is up.",
            ["According to a recent report", "Studies show"],
        ),
    ],
    quiet=[
        "According to a recent report by the Institute for Trade, prices rose by 4.1 percent in May 2019.",
        'Experts say the bridge is safe. "It will hold," said its builder, Jane Roe.',
        "The experts who came to our school said little, and my father studies at night.",
    ],
)
def vague_attribution(doc: Document, hits: Hits) -> Measured:
    if not hits["source"]:
        return Measured({"per_1k_words": 0.0})
    sentences = doc.sentences
    starts = [s.start for s in sentences]
    found = []
    for start, end in hits["source"]:
        number = sentence_at(starts, start)
        if number < 0 or sentences[number].end <= start:
            continue
        after = sentences[min(number + 1, len(sentences) - 1)]
        # A figure, a date, a note or somebody's own words, here or in the next sentence, give the
        # reader something to look up: reporters sum up first and name their sources second.
        if _CHECKABLE.isdisjoint(doc.slice(sentences[number].start, after.end)):
            found.append(Finding(start, end))
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
