"""Runs of words that occur again, as share of all words."""

import numpy as np

from qualityscore.native import compiled
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.repetition._grams import Hashes, cover_in_python, repeated_in_python

_MOST = 40
_compiled = compiled("grams")


@signal(
    id="repeated_ngrams",
    family="repetition",
    why="Templates, keyword lists and stitched articles repeat whole runs of words; prose hardly ever repeats eight.",
    limits="Legal texts, liturgy, recipes and tables repeat runs too.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
    ],
    features=[
        Feature("eights", "share 0-1 of words in repeated runs of 8", high=1.0),
        Feature("fives", "share 0-1 of words in repeated runs of 5 that are in none of 8", high=1.0),
    ],
    needs=Needs(min_words=20),
    fires=[
        Example(
            "Order the best running shoes for flat feet in our shop today.\n\nNothing else is open at this hour of the day.\n\nOrder the best running shoes for flat feet in our shop today.",
            ["Order the best running shoes for flat feet in our shop today"],
            pad="none",
        ),
        Example(
            "The forecast for the coming week in the north is mild.\n\nAsk him about the forecast for the coming week in the south.",
            ["the forecast for the coming week in the"],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "We took the slow train from Leeds with Marta and her dog, and it rained until Skipton. The guard let the dog ride in the van. Nobody at the station knew when the bus would leave, so they drank tea under the clock and watched pigeons.",
            pad="none",
        ),
        Example(
            "A quiet lane leads past orchards, barns and one shut pub towards the quarry. Swallows nest above green water there, and rusted cranes lean over heaps of spoil like herons. My uncle worked that hole for thirty winters.",
            pad="none",
        ),
    ],
    common="five words repeat by chance in any long page; the share tells",
)
def repeated_ngrams(doc: Document) -> Measured:
    if _compiled is None:
        eights, fives, spans = repeated_runs_in_python(doc.hashes, 5, 8, _MOST)
    else:
        eights, fives, spans = _compiled.repeated_runs(doc.hashes, 5, 8, _MOST)
    size, starts, ends = doc.n_words, doc.words.starts, doc.words.ends
    found = [Finding(starts[first], ends[last - 1]) for first, last in spans]
    return Measured({"eights": eights / size, "fives": fives / size}, found)


def repeated_runs_in_python(
    hashes: Hashes, short: int, long: int, most: int
) -> tuple[int, int, list[tuple[int, int]]]:
    """How many words are in runs of ``long`` words that came before, and how many others in runs of ``short``.

    Returns:
        These, and first and last word of the first ``most`` passages that such runs make together.
    """
    runs = repeated_in_python(hashes, short)
    if runs is None:
        return 0, 0, []
    before, shared = runs
    size = len(hashes)
    in_short = cover_in_python(before, short, size)
    # What repeats the longer run repeats the shorter.
    longer = repeated_in_python(hashes, long, shared)
    in_long = np.zeros(size, dtype=np.bool_) if longer is None else cover_in_python(longer[0], long, size)
    either = np.zeros(size + 2, dtype=np.bool_)
    either[1:-1] = in_short | in_long
    edges = np.flatnonzero(either[1:] != either[:-1]).reshape(-1, 2)[:most].tolist()
    counted = int(np.count_nonzero(in_long)), int(np.count_nonzero(in_short & ~in_long))
    return *counted, [(first, last) for first, last in edges]
