"""The content word and the pair of words that a page uses most."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.repetition._grams import top_run, top_word
from qualityscore.signals.spelling import NUMBER, STOP


@signal(
    id="keyword_stuffing",
    family="repetition",
    why="Pages stuffed for a search query use its words far more often than a subject needs.",
    limits="Dictionary entries, glossaries and pages on one species or product have to repeat its name.",
    sources=[
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        ),
        Source("Google: Spam policies", "https://developers.google.com/search/docs/essentials/spam-policies"),
    ],
    features=[
        Feature("word", "share 0-1 of content words", high=1.0, found=False),
        Feature("pair", "share 0-1 of content words", high=1.0, found=False),
    ],
    needs=Needs(min_words=20),
    fires=[
        Example(
            "Cheap flights are what we sell. Find cheap flights to any town, compare cheap flights, and book cheap flights here. Ask our clerk about trains, ferries, coaches, hotels and lunch.",
            ["Cheap flights", "cheap flights", "cheap flights", "cheap flights"],
            pad="none",
        ),
        Example(
            "A payday loan is quick. Our payday loan takes minutes, and a payday loan needs no papers. Ask the clerk at the counter for a form, a pen and a stamp, then wait outside under the awning.",
            ["payday loan", "payday loan", "payday loan"],
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
    document_wide="a level that every page has; what is quoted is the pair used most",
)
def keyword_stuffing(doc: Document) -> Measured:
    mask = counts(doc).plain(STOP | NUMBER, 2)
    total, times = top_word(doc, mask)
    if total < 20:
        return Measured({"word": float("nan"), "pair": float("nan")})
    word = times / total
    times, at = top_run(doc, mask, 2, 2)
    pair = min(2.0 * times / total, 1.0)
    if times < 3:
        return Measured({"word": word, "pair": pair})
    starts, ends = doc.words.starts, doc.words.ends
    found = [Finding(starts[i], ends[i + 1], f"{times} times") for i in at]
    return Measured({"word": word, "pair": pair}, found)
