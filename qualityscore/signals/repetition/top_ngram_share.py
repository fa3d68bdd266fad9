"""Share of the text taken by its most frequent run of three words."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.repetition._grams import content, top_run


@signal(
    id="top_ngram_share",
    family="repetition",
    why="Pages written for one search query repeat it until it takes a part of the text.",
    limits="A page about something whose name has three words has to repeat it.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source("Weber et al. 2024: RedPajama", "https://arxiv.org/abs/2411.12372"),
    ],
    features=[Feature("three_words", "share 0-1 of words", high=1.0, found=False)],
    needs=Needs(min_words=20),
    fires=[
        Example(
            "Cheap hotel rooms are easy to find. Look for cheap hotel rooms early in the year, and cheap hotel rooms will find you.",
            ["Cheap hotel rooms", "cheap hotel rooms", "cheap hotel rooms"],
            pad="none",
        ),
        Example(
            "Our garden furniture sale starts now. The garden furniture sale of the north ends on no day that we know of.",
            ["garden furniture sale", "garden furniture sale"],
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
    document_wide="a level that every page has; the passages quoted are what was counted",
)
def top_ngram_share(doc: Document) -> Measured:
    # A run of function words alone ("as well as") is nobody's keyword.
    times, at = top_run(doc, content(doc), 3, 2)
    if times < 2:
        return Measured({"three_words": 0.0})
    starts, ends = doc.words.starts, doc.words.ends
    found = [Finding(starts[i], ends[i + 2]) for i in at]
    return Measured({"three_words": min(3.0 * times / doc.n_words, 1.0)}, found)
