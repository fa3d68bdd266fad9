"""Words that set a scene: yesterday afternoon, upstairs, by the river, on Tuesday."""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, per_1000, signal
from qualityscore.signals.counts import counts
from qualityscore.signals.spelling import DAY, TIME_PLACE


@signal(
    id="time_and_place",
    family="specificity",
    why="Things that happened did so somewhere, at some time of day; filler is set nowhere.",
    limits="Reference works and technical writing have no scene; addresses and street names count too.",
    sources=[
        Source("Johnson and Raye 1981: Reality monitoring", "https://doi.org/10.1037/0033-295X.88.1.67")
    ],
    features=[Feature("per_1k_words", "words / 1000 words of prose", found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "We met on Tuesday afternoon outside the old station and went downhill to the river. Long ago the kitchen of the inn stood there, and on Sunday morning people still leave bread on the wall beside the bridge for the ducks.",
            pad="none",
        ),
        Example(
            "The keys were with Jonas Brandt at the boathouse, so the whole party walked back along the shore of Lake Vättern. At the boathouse we found Brandt asleep, and the keys hung on a nail beside the door to the kitchen.",
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
    document_wide="every page has a level of this; no single passage carries it",
)
def time_and_place(doc: Document) -> Measured:
    c = counts(doc)
    if not c.n_prose:
        return Measured({"per_1k_words": float("nan")})

    return Measured({"per_1k_words": per_1000(c.prose_count(DAY | TIME_PLACE), c.n_prose)})
