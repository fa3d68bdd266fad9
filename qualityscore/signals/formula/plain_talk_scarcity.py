"""None of the small words of people telling something ("really", "would", "a lot")."""

from qualityscore.signals.api import Document, Example, Feature, Hits, Measured, Needs, Source, signal
from qualityscore.signals.formula._shared import expanded

_SMALL = expanded(
    ["just|really|quite|very|actually|pretty|lot|lots|thing|things|stuff|some|got|get|maybe|anyway"]
)
_WHAT_IF = expanded(["would|could|might|had|wouldn't|couldn't|hadn't"])


@signal(
    id="plain_talk_scarcity",
    family="formula",
    why="People who tell, doubt or remember say would, could, had, really, a lot; filler states what is, in nouns.",
    limits="Law, manuals, encyclopedias and other formal writing of people lacks these words too.",
    sources=[
        Source(
            "Biber 1988: Variation across Speech and Writing, Cambridge University Press",
            "https://doi.org/10.1017/CBO9780511621024",
        ),
        Source(
            "Reinhart et al.: Do LLMs write like humans? Variation in grammatical and rhetorical styles",
            "https://arxiv.org/abs/2410.16107",
        ),
    ],
    features=[
        Feature("small_words_per_1k_words", "words / 1000 words", found=False),
        Feature("what_if_per_1k_words", "words / 1000 words", found=False),
        Feature("marks_per_1k_words", "exclamations and ellipses / 1000 words", found=False),
    ],
    needs=Needs(min_words=100),
    phrases={"small": _SMALL, "what_if": _WHAT_IF},
    document_wide="the register is a matter of the whole page",
    fires=[
        Example("The hall is large and light. The yard is wide and green."),
        Example("The tea is hot. The jam is sweet."),
    ],
    quiet=["I would have gone, but things got quite late!", "She could have had a lot of it."],
)
def plain_talk_scarcity(doc: Document, hits: Hits) -> Measured:
    text, size = doc.folded, doc.n_words
    marks = text.count("!") + text.count("...") + text.count("\u2026")
    return Measured(
        {
            "small_words_per_1k_words": 1000.0 * len(hits["small"]) / size,
            "what_if_per_1k_words": 1000.0 * len(hits["what_if"]) / size,
            "marks_per_1k_words": 1000.0 * marks / size,
        }
    )
