"""Space characters that are not the plain space."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Source,
    finder,
    per_1000,
    signal,
)

# Beside digits and dashes an odd space is typography; between Latin letters it is not. The space comes first,
# since a search that begins by looking back takes ten times as long.
_BETWEEN_LETTERS = finder(
    "[\u1680\u2000-\u200a\u202f\u205f\u2800\u3000](?<=[A-Za-z\u00c0-\u024f,;.].)(?=[A-Za-z\u00c0-\u024f])"
)
_SHOWN = 25


@signal(
    id="odd_spaces",
    family="evasion",
    why="Odd spaces between words are what 'humanizer' services put in to break a detector's tokens.",
    limits="Careful typesetting has thin spaces in numbers and beside dashes; East Asian text has wide ones.",
    sources=[
        Source("RAID: a shared benchmark for machine-text detectors", "https://arxiv.org/abs/2405.07940")
    ],
    features=[Feature("per_1k_words", "spaces / 1000 words")],
    fires=[
        Example("The loan\u2005was approved.", ["loan\u2005was"]),
        Example("Best\u2004rates\u2009here.", ["Best\u2004rates\u2009here"]),
    ],
    quiet=["The loan was approved.", "It costs 20\u2009000\u00a0euros \u2009\u2014\u2009 at least."],
)
def odd_spaces(doc: Document) -> Measured:
    if not doc.fold.odd_spaces:
        return Measured({"per_1k_words": 0.0})
    found: list[Finding] = []
    count = 0
    for match in _BETWEEN_LETTERS.finditer(doc.text):
        count += 1
        start, end = match.span()
        while start and doc.text[start - 1].isalnum():
            start -= 1
        while end < len(doc.text) and doc.text[end].isalnum():
            end += 1
        if found and start <= found[-1].end:
            found[-1] = Finding(found[-1].start, end, raw=True)
        elif len(found) < _SHOWN:
            found.append(Finding(start, end, raw=True))
    return Measured({"per_1k_words": per_1000(count, doc.n_words)}, found)
