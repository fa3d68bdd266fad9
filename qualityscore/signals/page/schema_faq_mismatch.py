"""FAQ markup whose questions the page does not show."""

from typing import Any

from qualityscore.document.characters import letters
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    share,
    signal,
)

_MAX_QUESTIONS = 50
_HIDDEN_KEPT = 2_000


def _page(question: str, shown: str) -> str:
    return (
        '<head><script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"'
        f'{question}"}}]}}</script></head><body><main>{{neutral}}<h2>{shown}</h2></main></body>'
    )


@signal(
    id="schema_faq_mismatch",
    family="page",
    scope="page",
    why="Markup that no reader sees is written by the template for the search engine alone.",
    limits="Questions that a script adds after loading are not in the page's source either.",
    sources=[
        Source(
            "Google: FAQPage structured data (the content must be visible on the page)",
            "https://developers.google.com/search/docs/appearance/structured-data/faqpage",
        )
    ],
    features=[Feature("missing", "share 0-1", high=1.0)],
    needs=Needs(html=True),
    fires=[
        Example(_page("How much does a mill cost?", "About us"), ["How much does a mill cost?"], "html"),
        Example(_page("Is bread healthy?", "Is bread cheap?"), ["Is bread healthy?"], "html"),
    ],
    quiet=[
        Example(_page("How much does a mill cost?", "How much does a mill cost?"), kind="html"),
        Example("<body><main>{neutral}</main></body>", kind="html"),
    ],
)
def schema_faq_mismatch(doc: Document) -> Measured:
    assert doc.markup is not None
    questions: list[str] = []
    for node in doc.markup.json_ld:
        if "FAQPage" in str(node.get("@type"))[:100]:
            questions.extend(_questions(node.get("mainEntity")))
    if not questions:
        return Measured({"missing": float("nan")})
    shown = letters(f"{doc.folded} {doc.chrome_text} {doc.markup.hidden_text}")
    missing = [q for q in questions if letters(q) not in shown]
    if missing and doc.markup.hidden_chars > _HIDDEN_KEPT:
        # They may stand in the hidden text that was not kept.
        return Measured({"missing": float("nan")})
    return Measured(
        {"missing": share(len(missing), len(questions))},
        [Finding(0, 0, "question only in the markup", "markup", q) for q in missing],
    )


def _questions(entity: Any) -> list[str]:
    items = entity if isinstance(entity, list) else [entity]
    names = [item.get("name") for item in items[:_MAX_QUESTIONS] if isinstance(item, dict)]
    return [name for name in names if isinstance(name, str) and letters(name)]
