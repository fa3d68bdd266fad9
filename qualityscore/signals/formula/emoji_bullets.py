"""Lines that open with an emoji or a check mark."""

import re

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

_EMOJI = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u26ff\u2700-\u275a\u275f-\u27bf\u2b50\u2b55\u2b1b\u2b1c\u23e9-\u23fa\u2705\u25b6]"
)


@signal(
    id="emoji_bullets",
    family="formula",
    why="Chatbots decorate headings and list items with emoji; pasted pages keep them.",
    limits="Social media posts and release notes of small projects are decorated by people.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("per_1k_words", "lines / 1000 words")],
    needs=Needs(min_words=50),
    fires=[
        Example(
            "\u2705 Saves money on heating\n\n\U0001f680 Starts within a minute",
            ["\u2705 Saves money on heating", "\U0001f680 Starts within a minute"],
        ),
        Example("\u2022 \U0001f4a1 Turn off the lamp at night", ["\U0001f4a1 Turn off the lamp at night"]),
    ],
    quiet=["Thanks for the cake \U0001f600", "\u2013 Turn off the lamp at night"],
)
def emoji_bullets(doc: Document) -> Measured:
    text = doc.folded
    if text.isascii():
        return Measured({"per_1k_words": 0.0})
    found = [
        Finding(line.start, min(line.end, line.start + 80))
        for line in doc.article
        if line.n_words and text[line.start] > "\u2000" and _EMOJI.match(text, line.start)
    ]
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, found)
