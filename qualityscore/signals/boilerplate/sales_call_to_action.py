"""Sales calls in running text: 'Contact us today', 'Get your free quote'."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.boilerplate._labels import SEO_SPAM, SPAM_POLICIES


@signal(
    id="sales_call_to_action",
    family="boilerplate",
    why="Doorway and affiliate pages dress a sales call as an article.",
    limits="A company's own pages invite customers honestly.",
    sources=[SPAM_POLICIES, SEO_SPAM],
    features=[Feature("calls_per_1k_words", "calls / 1000 words")],
    phrases={"call": phrase_file(__file__, "sales_call_to_action.txt")},
    phrases_only=True,
    fires=[
        Example("Contact us today and we will find the shed of your dreams.", ["Contact us today"]),
        Example("Do not miss out: click here to get started.", ["click here to get started"]),
    ],
    quiet=[
        "You can contact us at the mill by post until the end of May.",
        "He got started at six and clicked the lock shut at noon.",
    ],
)
def sales_call_to_action(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["call"]]
    return Measured({"calls_per_1k_words": per_1000(len(found), doc.n_words)}, found)
