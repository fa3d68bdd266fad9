"""Lists of exactly three short items ("clear, concise, and engaging")."""

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
from qualityscore.signals.formula._shared import closed_lists, word_set

# What opens a clause or a longer phrase is not the third of three words.
_NO_ITEM = word_set(
    "a an the this that these those his her its our their my your he she it they we you there then not no "
    "in on at to of for from with by as if when while which who what how so is are was were has have had "
    "will would can could may might do does did also even only just some any all one two three"
)


@signal(
    id="rule_of_three",
    family="formula",
    why="Language models fill sentences with triplets of qualities, benefits or abstract nouns.",
    limits="Speeches, recipes and catalogues list three things for good reasons.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "triplets / 1000 words")],
    needs=Needs(min_words=50),
    common="A figure of speech as old as speeches; the rate tells.",
    fires=[
        Example("The tool is fast, simple, and reliable.", ["fast, simple, and reliable"]),
        Example("We bring clarity, purpose and growth.", ["clarity, purpose and growth"]),
    ],
    quiet=[
        "Anna, Bert, and Carl came by train.",
        "He brought bread and butter, and we ate eggs, ham, beans, rice, and toast.",
    ],
)
def rule_of_three(doc: Document) -> Measured:
    words = doc.words
    found = []
    for item in closed_lists(doc):
        first, end = item.last_item - 1, item.joint + 2
        if item.longer or item.joint - item.last_item > 2 or words.raw[end - 1] in _NO_ITEM:
            continue
        # Lower case only: three names in a row are information, three qualities are rhythm.
        if len(words.raw[first]) > 2 and all(map(str.islower, words.raw[first:end])):
            found.append(Finding(words.starts[first], words.ends[end - 1]))
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
