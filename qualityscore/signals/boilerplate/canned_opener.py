"""Openings that fit any article: 'in today's fast-paced world', 'in this article, we will'."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.boilerplate._labels import PEOPLE_FIRST, SIGNS


@signal(
    id="canned_opener",
    family="boilerplate",
    why="A writer with nothing to say about the topic opens with the modern world or announces the article.",
    limits="Students learn to open essays this way, and tutorials announce what they will cover.",
    sources=[SIGNS, PEOPLE_FIRST],
    features=[
        Feature("world_per_1k_words", "phrases about today's world / 1000 words"),
        Feature("announcements_per_1k_words", "announcements and hooks / 1000 words"),
    ],
    phrases={
        "world": phrase_file(__file__, "canned_opener_world.txt"),
        "announcement": phrase_file(__file__, "canned_opener_announcement.txt"),
    },
    phrases_only=True,
    fires=[
        Example(
            "In today's fast-paced world, sheds are more important than ever.",
            ["In today's fast-paced world", "more important than ever"],
        ),
        Example("In this article, we will look at sheds.", ["In this article, we will"]),
    ],
    quiet=[
        "In today's post came a letter from my aunt in Leeds.",
        "In this article the writer, Ann Dyer, gives her sources.",
    ],
)
def canned_opener(doc: Document, hits: Hits) -> Measured:
    world = [Finding(start, end) for start, end in hits["world"]]
    announced = [Finding(start, end) for start, end in hits["announcement"]]
    return Measured(
        {
            "world_per_1k_words": per_1000(len(world), doc.n_words),
            "announcements_per_1k_words": per_1000(len(announced), doc.n_words),
        },
        [*world, *announced],
    )
