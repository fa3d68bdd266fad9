"""Runs of words that occur again, as share of all words."""

import numpy as np

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.repetition._grams import cover, repeated


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
    size = doc.n_words
    runs = repeated(doc, 5)
    if runs is None:
        return Measured({"eights": 0.0, "fives": 0.0})
    before, shared = runs
    fives = cover(before, 5, size)
    # What repeats eight words repeats five.
    longer = repeated(doc, 8, shared)
    eights = np.zeros(size, dtype=np.bool_) if longer is None else cover(longer[0], 8, size)
    either = np.zeros(size + 2, dtype=np.bool_)
    either[1:-1] = fives | eights
    edges = np.flatnonzero(either[1:] != either[:-1])
    starts, ends = doc.words.starts, doc.words.ends
    found = [Finding(starts[a], ends[b - 1]) for a, b in edges.reshape(-1, 2)[:40].tolist()]
    values = {"eights": np.count_nonzero(eights) / size, "fives": np.count_nonzero(fives & ~eights) / size}
    return Measured(values, found)
