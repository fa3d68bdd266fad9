"""Hardly a sentence that opens with a plain link ("But", "And", "So", "Now")."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal
from qualityscore.signals.formula._shared import opening_words, word_set

_PLAIN = word_set("and but so or now then because still also well")


@signal(
    id="plain_opener_scarcity",
    family="formula",
    why="People who tell something go on with But, And, So or Then; generated paragraphs set one statement after another.",
    limits="Law, reference works and strictly edited prose avoid these openers too.",
    sources=[
        Source(
            "Biber 1988: Variation across Speech and Writing, Cambridge University Press",
            "https://doi.org/10.1017/CBO9780511621024",
        ),
    ],
    features=[Feature("share", "share of sentences 0-1", high=1.0, found=False)],
    needs=Needs(min_words=100, min_sentences=5),
    document_wide="how sentences open is a matter of the whole page",
    fires=[
        Example("The hall is large and light. The yard is wide and green."),
        Example("The tea is hot. The jam is sweet."),
    ],
    quiet=["But he came late. So we left.", "And then it rained. Still, nobody went home."],
)
def plain_opener_scarcity(doc: Document) -> Measured:
    plain = sum(map(_PLAIN.__contains__, opening_words(doc)))
    return Measured({"share": share(plain, len(doc.sentences))})
