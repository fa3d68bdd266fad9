"""One term spelled two ways on one page."""

from qualityscore.document.words import Words
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.spinning._spelling import (
    DIALECTS,
    IS_AMERICAN,
    IS_BRITISH,
    IS_VARIANT,
    IS_VERB,
    VARIANTS,
    ise_and_ize,
    spellings,
)

_HYPHENATED = sorted(form for form in VARIANTS if "-" in form)


@signal(
    id="spelling_variants",
    family="spinning",
    why="A page rewritten by a machine from several sources, or in several passes, spells one term in two ways.",
    limits="A page that quotes others, names institutions or discusses spelling has both spellings too.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[Feature("terms_per_1k_words", "terms spelled two ways / 1000 words")],
    phrases={"hyphenated": _HYPHENATED},
    fires=[
        Example("The dialogue went on for weeks. Then the dialog broke down.", ["dialogue", "dialog"]),
        Example(
            "They organise a fair, and to organize it they need an e-mail list. Send an email.",
            ["organise", "organize", "e-mail", "email"],
        ),
    ],
    quiet=[
        "The dialogue went on for weeks. Then the dialogue broke down.",
        "The Labour Party met at Pearl Harbor, and the labor of the day was done.",
    ],
)
def spelling_variants(doc: Document, hits: Hits) -> Measured:
    words = doc.words
    spelled = spellings(doc)
    places: dict[str, dict[str, tuple[int, int]]] = {}
    # Names keep the spelling of their country ("Lincoln Center"), so these words count in lower case only.
    for i in [i for i, kind in spelled if kind & (IS_BRITISH | IS_AMERICAN)]:
        form = words.raw[i]
        places.setdefault(DIALECTS[form][0], {}).setdefault(form, (words.starts[i], words.ends[i]))
    variants: dict[str, tuple[int, int]] = {}
    for i in [i for i, kind in spelled if kind & IS_VARIANT]:
        variants.setdefault(words.lower[i], (words.starts[i], words.ends[i]))
    for form, span in variants.items():
        places.setdefault(VARIANTS[form][0], {})[form] = span
    for start, end in hits["hyphenated"]:
        form = doc.lower[start:end]
        if form in VARIANTS:
            places.setdefault(VARIANTS[form][0], {}).setdefault(form, (start, end))
    verbs = {words.raw[i] for i, kind in spelled if kind & IS_VERB}
    for british, other in ise_and_ize(verbs):
        if british.islower():
            places.setdefault(british, {}).update(
                {form: _place(words, words.raw, form) for form in (british, other)}
            )
    found = [spans for spans in places.values() if len(spans) > 1]
    findings = [Finding(*span, " / ".join(sorted(spans))) for spans in found for span in spans.values()]
    return Measured({"terms_per_1k_words": per_1000(len(found), doc.n_words)}, findings)


def _place(words: Words, among: list[str], form: str) -> tuple[int, int]:
    at = among.index(form)
    return words.starts[at], words.ends[at]
