"""Lines that occur twice."""

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


@signal(
    id="duplicate_lines",
    family="repetition",
    why="Templates and scrapers repeat captions, teasers and calls to action.",
    limits="Refrains of songs, forms and minutes repeat lines; so do tables.",
    sources=[
        Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446"),
        Source("Weber et al. 2024: RedPajama", "https://arxiv.org/abs/2411.12372"),
    ],
    features=[Feature("lines", "share 0-1 of lines", high=1.0)],
    needs=Needs(min_words=20),
    fires=[
        Example(
            "Send us a photo of your garden\n\nThere is more on the next page, after the advertisement for seeds.\n\nSend us a photo of your garden",
            ["Send us a photo of your garden"],
            pad="none",
        ),
        Example(
            "The valley has two mills, and both of them stopped working when the railway came through in autumn.\n\nAnd so it went.\n\nThe valley has two mills, and both of them stopped working when the railway came through in autumn.",
            [
                "The valley has two mills, and both of them stopped working when the railway came through in autumn."
            ],
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
    common="a repeated caption or label is part of many honest pages; the share tells",
)
def duplicate_lines(doc: Document) -> Measured:
    seen: set[str] = set()
    found = []
    lower = doc.lower
    for line in doc.article:
        text = lower[line.start : line.end]
        if text in seen:
            found.append(Finding(line.start, line.end))
        seen.add(text)
    return Measured({"lines": share(len(found), len(doc.article))}, found)
