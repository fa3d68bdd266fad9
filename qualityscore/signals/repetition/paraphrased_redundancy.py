"""Paragraphs that say again what another has said."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.repetition._grams import paragraphs

_WORTH_QUOTING = 0.5


@signal(
    id="paraphrased_redundancy",
    family="repetition",
    why="Generated articles make the same few points under every heading; stitched ones tell one story twice.",
    limits="Summaries, abstracts and teasers repeat a paragraph of the body on purpose.",
    sources=[
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("highest", "cosine 0-1 of the two most alike paragraphs", high=1.0, found=False),
        Feature(
            "mean", "mean over paragraphs of the cosine with the most alike other one", high=1.0, found=False
        ),
    ],
    needs=Needs(min_words=50),
    fires=[
        Example(
            "Regular watering keeps the tomato plants healthy, prevents cracked fruit, and helps the roots grow deep into the warm soil.\n\nDeep roots in warm soil come from regular watering, which helps tomato plants grow healthy and prevents cracked fruit.\n\nWe took the slow train from Leeds with Marta and her dog, and it rained until Skipton. The guard let the dog ride in the van. Nobody at the station knew when the bus would leave, so they drank tea under the clock and watched pigeons.",
            [
                "Deep roots in warm soil come from regular watering, which helps tomato plants grow healthy and prevents cracked fruit."
            ],
            pad="none",
        ),
        Example(
            "Regular watering keeps the tomato plants healthy, prevents cracked fruit, and helps the roots grow deep into the warm soil.\n\nNobody in the street had seen the postman since the storm, or wanted to talk about the broken lamps.\n\nDeep roots in warm soil come from regular watering, which helps tomato plants grow healthy and prevents cracked fruit.\n\nA quiet lane leads past orchards, barns and one shut pub towards the quarry. Swallows nest above green water there, and rusted cranes lean over heaps of spoil like herons. My uncle worked that hole for thirty winters.",
            [
                "Deep roots in warm soil come from regular watering, which helps tomato plants grow healthy and prevents cracked fruit."
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
    document_wide="a level that every page has; what is quoted repeats another paragraph",
)
def paraphrased_redundancy(doc: Document) -> Measured:
    found = paragraphs(doc)
    if found is None:
        return Measured({"highest": float("nan"), "mean": float("nan")})
    highest = float(found.nearest.max())
    values = {"highest": highest, "mean": float(found.nearest.mean())}
    if highest < _WORTH_QUOTING:
        return Measured(values)
    earlier, later = sorted(found.alike)
    line = found.lines[later]
    return Measured(values, [Finding(line.start, line.end, f"as in paragraph {earlier + 1}")])
