"""Abstract nouns in place of verbs and things."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal

_ENDINGS = (
    "tion",
    "tions",
    "sion",
    "sions",
    "ment",
    "ments",
    "ity",
    "ities",
    "ness",
    "ance",
    "ence",
    "ences",
    "ances",
    "ship",
)


_NOUN, _GERUND = 1, 2


def _kind(form: str) -> int:
    word = form.lower()
    if len(word) <= 5:
        return 0
    if word.endswith("ing"):
        return _GERUND
    return _NOUN if word.endswith(_ENDINGS) else 0


@signal(
    id="nominalisations",
    family="formula",
    why="Filler is written in abstract nouns; who has seen something names things and says what they do.",
    limits="Law, science and administration cannot do without abstract nouns.",
    sources=[
        Source(
            "Reinhart et al.: Do LLMs write like humans? Variation in grammatical and rhetorical styles",
            "https://arxiv.org/abs/2410.16107",
        ),
        Source(
            "Biber 1988: Variation across Speech and Writing, Cambridge University Press",
            "https://doi.org/10.1017/CBO9780511621024",
        ),
    ],
    features=[
        Feature("share", "share of words 0-1", high=1.0, found=False),
        Feature("ing_share", "share of words 0-1", high=1.0, found=False),
    ],
    needs=Needs(min_words=100),
    document_wide="the share of abstract nouns is a matter of the whole page",
    fires=[
        Example("The implementation of the regulation is an obligation."),
        Example("Commitment to quality brings satisfaction."),
    ],
    quiet=["He left.", "She stayed for a week because the roads were closed."],
)
def nominalisations(doc: Document) -> Measured:
    kinds = doc.words.described(_kind).tobytes()
    return Measured(
        {
            "share": share(kinds.count(_NOUN), doc.n_words),
            "ing_share": share(kinds.count(_GERUND), doc.n_words),
        }
    )
