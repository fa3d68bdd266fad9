"""Letters of other scripts that imitate Latin ones."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Source, per_1000, signal


@signal(
    id="confusable_letters",
    family="evasion",
    why="A look-alike letter of another script hides a word from filters while a reader sees no difference.",
    limits="Decorative letters of social posts and words quoted from other scripts count too.",
    sources=[
        Source("Unicode Technical Standard 39: confusables", "https://www.unicode.org/reports/tr39/"),
        Source("RAID: a shared benchmark for machine-text detectors", "https://arxiv.org/abs/2405.07940"),
    ],
    features=[Feature("per_1k_words", "letters / 1000 words")],
    fires=[
        Example("The l\u043ean was p\u0430id at once.", ["l\u043ean", "p\u0430id"]),
        Example(
            "A \U0001d5f0\U0001d5ee\U0001d600\U0001d5f6\U0001d5fb\U0001d5fc for all.",
            ["\U0001d5f0\U0001d5ee\U0001d600\U0001d5f6\U0001d5fb\U0001d5fc"],
        ),
    ],
    quiet=[
        "The loan was paid at once, in cafés and naïve prose.",
        "They said \u043f\u0440\u0438\u0432\u0435\u0442 and \u03ba\u03b1\u03bb\u03b7\u03bc\u03ad\u03c1\u03b1; the angle \u03b1 is 5 \u03bcm, \u0394t is small.",
    ],
)
def confusable_letters(doc: Document) -> Measured:
    text = doc.text
    found: list[Finding] = []
    last = 0
    for start, end, what in doc.fold.spans:
        if what not in ("confusable", "mark") or start < last:
            continue
        while start > last and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and not text[end].isspace() and (text[end].isalnum() or ord(text[end]) > 0x2FF):
            end += 1
        found.append(
            Finding(start, end, "look-alike letters" if what == "confusable" else "stacked marks", raw=True)
        )
        last = end
    return Measured({"per_1k_words": per_1000(doc.fold.confusable + doc.fold.marks, doc.n_words)}, found)
