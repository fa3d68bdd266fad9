"""Style words that language models overuse ("delve", "seamless", "robust")."""

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
from qualityscore.signals.formula._shared import expanded


@signal(
    id="buzzwords",
    family="formula",
    why="Words like delve, seamless and pivotal rose sharply in all writing when language models came.",
    limits="Careful writers, grant reports and company pages use every one of them; only the rate says anything.",
    sources=[
        Source(
            "Kobak et al.: Delving into ChatGPT usage in academic writing", "https://arxiv.org/abs/2406.07016"
        ),
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("per_1k_words", "words / 1000 words"),
        Feature("distinct_per_1k_words", "distinct words / 1000 words"),
    ],
    needs=Needs(min_words=50),
    common="Each word is ordinary English; the rate tells.",
    phrases={"word": expanded(phrase_file(__file__, "buzzwords.txt"))},
    phrases_only=True,
    fires=[
        Example("Let us delve into a seamless and robust plan.", ["delve", "seamless", "robust"]),
        Example("The tool can elevate and streamline the work.", ["elevate", "streamline"]),
    ],
    quiet=["We dug into a smooth and solid plan.", "The horse wore a brace, and the lift went up."],
)
def buzzwords(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["word"]]
    # Word stems, roughly: one favourite word of the topic must not count many times.
    distinct = {doc.lower[f.start : f.start + 6] for f in found}
    return Measured(
        {
            "per_1k_words": per_1000(len(found), doc.n_words),
            "distinct_per_1k_words": per_1000(len(distinct), doc.n_words),
        },
        found,
    )
