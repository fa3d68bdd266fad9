"""Names of people, places and things in the running text."""

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
    id="named_things",
    family="specificity",
    why="Filler speaks of experts, cities and companies in general; somebody who knows says which ones.",
    limits="Recipes, manuals and reflective essays are good with few names.",
    sources=[
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
        Source(
            "NewsGuard: AI content farm tracking",
            "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
        ),
    ],
    features=[Feature("per_1k_words", "names / 1000 words of prose", found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "We took the slow train from Leeds with Marta Wolf and her dog, and it rained until Skipton. The guard, Colin Ames, let the dog ride in the van. Nobody at the station in Skipton knew when the bus to Malham would leave.",
            ["Leeds", "Marta Wolf", "Skipton", "Colin Ames", "Malham"],
            pad="none",
        ),
        Example(
            "The keys were with Jonas Brandt at the boathouse, so the whole party walked back along the shore of Lake Vättern. At the boathouse we found Brandt asleep, and the keys hung on a nail beside the door to the kitchen.",
            ["Jonas Brandt", "Lake Vättern", "Brandt"],
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
def named_things(doc: Document) -> Measured:
    c, f = counts(doc), facts(doc)
    if not c.n_prose:
        return Measured({"per_1k_words": float("nan")})
    found = [Finding(a, b) for a, b in cite(doc, f.different.values())]
    return Measured({"per_1k_words": per_1000(f.names, c.n_prose)}, found)
