"""Headings that open with a gerund ("Understanding…", "Navigating…")."""

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
from qualityscore.signals.formula._shared import named_headings, word_set

# What an outline is made of; gerunds that name a task ("installing", "testing") are not counted.
_OUTLINE = word_set(
    "understanding choosing navigating exploring maximizing maximising unlocking mastering embracing overcoming "
    "ensuring addressing evaluating enhancing leveraging optimizing optimising protecting comparing avoiding "
    "mitigating utilizing eliminating identifying assessing balancing building creating cultivating decoding "
    "demystifying developing discovering elevating empowering establishing fostering harnessing implementing "
    "improving incorporating integrating introducing maintaining making managing measuring minimizing planning "
    "preparing preventing prioritizing recognizing reducing rethinking selecting simplifying staying "
    "streamlining strengthening supporting transforming troubleshooting getting finding breaking saving "
    "securing weighing analyzing analysing crafting fixing knowing"
)


@signal(
    id="gerund_headings",
    family="formula",
    why="Outlines that a model makes are full of Understanding, Choosing, Navigating and Maximizing.",
    limits="Manuals and teaching material name tasks by their gerunds.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("share", "share of headings 0-1", high=1.0)],
    needs=Needs(min_words=100),
    common="Manuals name tasks so; the share tells.",
    fires=[
        Example(
            "Understanding home loans\n\nA loan is money that has to be paid back with interest over time.\n\n"
            "Choosing the right bank\n\nBanks differ in what they ask for and in how fast they answer.",
            ["Understanding home loans", "Choosing the right bank"],
        ),
        Example(
            "The seed\n\nA seed needs water, air and warmth before it will do anything.\n\n"
            "Overcoming common problems\n\nProblems come from water, and more of them from too much of it.",
            ["Overcoming common problems"],
        ),
    ],
    quiet=[
        "Evening at the pier\n\nThe pier was empty, and the lamps went on one after the other.\n\n"
        "Home loans\n\nA loan is money that has to be paid back with interest over time.",
        "Understanding him took time, and we had none.",
    ],
)
def gerund_headings(doc: Document) -> Measured:
    headings = named_headings(doc, 2)
    if len(headings) < 2:
        return Measured({"share": float("nan")})
    found = []
    for h in headings:
        words = doc.words.lower[h.first : h.first + 2]
        word = words[1] if words[0][0].isdigit() and len(words) > 1 else words[0]
        if word in _OUTLINE:
            found.append(Finding(h.start, h.end))
    return Measured({"share": share(len(found), len(headings))}, found)
