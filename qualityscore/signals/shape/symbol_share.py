"""Hash signs and ellipses for each word"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal
from qualityscore.signals.shape._chars import characters


@signal(
    id="symbol_share",
    family="shape",
    why="Hashtags, leftover markup and teasers cut with an ellipsis mark machine-made or scraped text.",
    limits="Chat logs, poetry and programming pages use both.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source("Weber et al. 2024: RedPajama", "https://arxiv.org/abs/2411.12372"),
    ],
    features=[Feature("symbols_per_word", "symbols / word", found=False)],
    needs=Needs(min_words=10),
    fires=[
        Example(
            "Best deals today #sale #cheap #shoes #running #nike #adidas #sport #fit #run and more to come...",
            pad="none",
        ),
        Example(
            "Read on to see what he said next... You will not believe it… Click here to go on... and on... to the very end of it.",
            pad="none",
        ),
    ],
    quiet=[
        "The cat sat on the mat and the dog lay by the door. Then we all had tea and cake, and we went to bed.",
        "Organisational transformation necessitates comprehensive stakeholder communication. Institutional accountability facilitates sustainable infrastructural development.",
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def symbol_share(doc: Document) -> Measured:
    folded = doc.folded
    found = characters(doc).count("#")
    # Neither stands between lines, nor across the end of one.
    for mark in ("...", "\u2026"):
        if many := folded.count(mark):
            found += many
            found -= sum([folded.count(mark, line.start, line.end) for line in doc.lines if line.chrome])
    return Measured({"symbols_per_word": found / max(doc.n_words, 20)})
