"""Zero-width and other invisible characters inside the text."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Source, per_1000, signal


@signal(
    id="invisible_characters",
    family="evasion",
    why="Invisible characters break words up for filters while a reader sees nothing.",
    limits="Soft hyphens of careful typesetting and joiners of other scripts count too.",
    sources=[
        Source("RAID: a shared benchmark for machine-text detectors", "https://arxiv.org/abs/2405.07940")
    ],
    features=[Feature("per_1k_words", "characters / 1000 words")],
    fires=[
        Example("The loan is app\u200broved at once.", ["\u200b"]),
        Example("Best cas\u2060ino bon\u2060us here.", ["\u2060", "\u2060"]),
    ],
    quiet=[
        "The loan was approved at once.",
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 and a heart ❤\ufe0f.",
    ],
)
def invisible_characters(doc: Document) -> Measured:
    found = [
        Finding(start, end, f"U+{ord(doc.text[start]):04X}", raw=True)
        for start, end, what in doc.fold.spans
        if what == "invisible"
    ]
    return Measured({"per_1k_words": per_1000(doc.fold.invisible, doc.n_words)}, found)
