"""Comments hung on the end of a sentence (", underscoring the need for…")."""

import re

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
    signal,
)
from qualityscore.signals.formula._shared import word_set

_COMMENTS = word_set(
    "underscoring underlining highlighting emphasizing emphasising showcasing demonstrating illustrating "
    "reflecting signaling signalling marking cementing solidifying reinforcing fostering enhancing ensuring "
    "enabling allowing empowering making helping providing offering creating promoting contributing "
    "facilitating driving fueling fuelling boosting shaping paving setting adding leaving giving raising "
    "transforming revolutionizing improving reducing minimizing maximizing increasing preventing encouraging "
    "supporting strengthening inviting delivering elevating blending sparking prompting positioning "
    "prioritizing potentially impacting influencing symbolizing representing catering aligning"
)
_LINKS = ("", "thus ", "thereby ", "further ", "ultimately ", "often ", "potentially ", "effectively ")
_ANY = re.compile(
    r", (?:[a-z]{2,12}ly |thus |thereby |often |further )?(?!during|according|including|nothing|something|anything|everything|morning|evening|being|following|regarding|concerning)[a-z]{2,14}ing\b"
)


@signal(
    id="trailing_ing_clause",
    family="formula",
    why="A model ends sentences on a comment of its own: what it all shows, marks, ensures or highlights.",
    limits="News agencies and abstracts of papers use the construction as well, more rarely in a row.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
        Source(
            "Reinhart et al.: Do LLMs write like humans? Variation in grammatical and rhetorical styles",
            "https://arxiv.org/abs/2410.16107",
        ),
    ],
    features=[
        Feature("comments_per_1k_words", "clauses / 1000 words"),
        Feature("all_per_1k_words", "clauses / 1000 words", found=False),
    ],
    needs=Needs(min_words=50),
    common="A construction of plain English; the rate tells.",
    phrases={"comment": [f", {link}{verb}" for verb in sorted(_COMMENTS) for link in _LINKS]},
    fires=[
        Example("The raid left three dead, underscoring the mood of the war.", [", underscoring"]),
        Example(
            "The case is light, making it ideal for trips, thus ensuring comfort.",
            [", making", ", thus ensuring"],
        ),
    ],
    quiet=["He sat by the window, reading.", "We kept making jam, and the marking took all day."],
)
def trailing_ing_clause(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["comment"]]
    count = sum(1 for _ in _ANY.finditer(doc.folded))
    return Measured(
        {
            "comments_per_1k_words": per_1000(len(found), doc.n_words),
            "all_per_1k_words": per_1000(count, doc.n_words),
        },
        found,
    )
