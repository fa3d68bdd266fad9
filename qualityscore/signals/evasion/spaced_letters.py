"""Words written with a space after every letter."""

from operator import sub

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Source, per_1000, signal
from qualityscore.signals.counts import SPACE, gaps

_MIN_LETTERS = 4
_VOWELS = frozenset("aeiouy")


@signal(
    id="spaced_letters",
    family="evasion",
    why="'l o a n' reads well and matches no filter's word list.",
    limits="Headings spaced out for looks, and rows of letters in tables and puzzles, look the same.",
    sources=[
        Source("RAID: a shared benchmark for machine-text detectors", "https://arxiv.org/abs/2405.07940")
    ],
    features=[Feature("words_per_1k_words", "words / 1000 words")],
    fires=[
        Example("Get a cheap l o a n today.", ["l o a n"]),
        Example("Play at the best c a s i n o in town.", ["c a s i n o"]),
    ],
    quiet=["Choose from a b c d e and so on.", "J. R. R. Tolkien had a plan B."],
)
def spaced_letters(doc: Document) -> Measured:
    words = doc.words
    lower = words.lower
    before = gaps(doc)
    singles = words.where(_is_single)
    close = [i for i in singles if before[i] == SPACE]
    # Hardly a page has so many of them in a row, all but the first behind a space.
    reach = _MIN_LETTERS - 2
    if reach not in map(sub, close[reach:], close):
        return Measured({"words_per_1k_words": 0.0})
    found: list[Finding] = []
    run: list[int] = []
    for i in [*singles, -2]:
        if run and i == run[-1] + 1 and before[i] == SPACE:
            run.append(i)
            continue
        letters = [lower[k] for k in run]
        if (
            len(run) >= _MIN_LETTERS
            and letters != sorted(letters)
            and 0 < sum(c in _VOWELS for c in letters) < len(run)
        ):
            found.append(Finding(words.starts[run[0]], words.ends[run[-1]]))
        run = [i]
    return Measured({"words_per_1k_words": per_1000(len(found), doc.n_words)}, found)


def _is_single(form: str) -> int:
    return len(form) == 1 and form not in "0123456789"
