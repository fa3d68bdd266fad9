"""How many different names a text brings in, and how many of two words or more."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    signal,
)
from qualityscore.signals.counts import counts
from qualityscore.signals.specificity._facts import cite, facts


@signal(
    id="distinct_names",
    family="specificity",
    why="Filler repeats the one name its title was made from; reporting brings in people and places as it goes.",
    limits="A biography or a review speaks of one name throughout.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        )
    ],
    features=[
        Feature("full_names_per_1k_words", "names of two words or more / 1000 words of prose", found=False),
        Feature("variety", "different names / names, 0-1", high=1.0, found=False),
    ],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            ["Marta Wolf", "Colin Ames"],
            pad="none",
        ),
        Example(
            "The keys were with Jonas Brandt at the boathouse, so the whole party walked back along the shore of Lake Vättern. At the boathouse we found Brandt asleep, and the keys hung on a nail beside the door to the kitchen.",
            ["Jonas Brandt", "Lake Vättern"],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            "Good planning is an important part of any successful project. It helps people to stay on track and to reach their goals in time. With the right approach you can avoid many common problems and make the most of your resources.",
            pad="none",
        ),
        Example(
            "A healthy routine can make a big difference in daily life. Small changes often lead to lasting results, and with a little patience anyone can find a balance that works for them and their family.",
            pad="none",
        ),
    ],
    document_wide="a level that every page has; the passages quoted are what was counted",
)
def distinct_names(doc: Document) -> Measured:
    c, f = counts(doc), facts(doc)
    if not c.n_prose:
        return Measured({"full_names_per_1k_words": float("nan"), "variety": float("nan")})
    full = [(first, last) for first, last in f.different.values() if last - first > 1]
    variety = len(f.different) / f.names if f.names >= 3 else float("nan")
    found = [Finding(a, b) for a, b in cite(doc, full)]
    return Measured({"full_names_per_1k_words": per_1000(len(full), c.n_prose), "variety": variety}, found)
