"""First-person accounts of what the writer did or saw."""

import numpy as np

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
from qualityscore.signals.spelling import BRIDGE, FIRST_PERSON, PAST


@signal(
    id="first_hand_detail",
    family="specificity",
    why="Somebody who was there tells what they did, in the past tense; a page made from other pages has nothing to tell.",
    limits="Invented reviews imitate it; encyclopedias and news avoid the first person.",
    sources=[
        Source("Johnson and Raye 1981: Reality monitoring", "https://doi.org/10.1037/0033-295X.88.1.67"),
        Source(
            "Google: Creating helpful, reliable, people-first content",
            "https://developers.google.com/search/docs/fundamentals/creating-helpful-content",
        ),
    ],
    features=[Feature("per_1k_words", "statements / 1000 words of prose", found=False)],
    needs=Needs(min_words=30),
    fires=[
        Example(
            "I walked down to the weir before breakfast and found the gate chained. We measured the gap twice with a broom handle, and then I sat on the wall and waited for somebody to come with a key to it.",
            ["I walked", "We measured", "I sat"],
            pad="none",
        ),
        Example(
            "Last spring we moved the hives behind the shed, because the wind came in from the fields. I never once saw them fly before ten, and by June I had given up and bought a second suit for my son.",
            ["we moved", "I never once saw", "I had"],
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
def first_hand_detail(doc: Document) -> Measured:
    c = counts(doc)
    if not c.n_prose:
        return Measured({"per_1k_words": float("nan")})

    starts, ends = doc.words.starts, doc.words.ends
    found = []
    for i in np.flatnonzero(c.has(FIRST_PERSON) & c.prose).tolist():
        # What the next three words are: "I never once saw", "we then measured".
        for at, kind in enumerate(c.info[i + 1 : i + 4].tolist(), i + 1):
            if kind & PAST and starts[at] - ends[i] <= 24:
                found.append(Finding(starts[i], ends[at]))
            if kind & PAST or not kind & BRIDGE:
                break
    return Measured({"per_1k_words": per_1000(len(found), c.n_prose)}, found)
