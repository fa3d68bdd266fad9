"""A title that promises a number of items, and numbered headings that stop short or run over."""

import re

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    signal,
)

_NUMBERS = {
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
}
_ITEMS = (
    r"ways|tips|reasons|steps|things|facts|ideas|tricks|hacks|benefits|mistakes|signs|secrets|rules|habits|lessons|"
    r"strategies|methods|tools|apps|foods|exercises|examples|questions|places|books|products|types|trends|myths|"
    r"techniques|best|top|essential|simple|easy|effective|proven|key|common|surprising|powerful|amazing"
)
_PROMISE = re.compile(
    rf"(?<![\w$£€.,#-])(\d{{1,2}}|{'|'.join(_NUMBERS)}) (?:[a-z'-]{{2,16}} ){{0,3}}?(?:{_ITEMS})\b", re.I
)
_NUMBERED = re.compile(
    r"(?:(?:step|tip|reason|way|rule|mistake|myth|no\.?|number) ?)?#?(\d{1,2})(?:[.):]| [-–—:]) ", re.I
)


@signal(
    id="count_mismatch",
    family="automation",
    why="A generator writes the number into the title before it writes the items, and nobody counts.",
    limits="Bonus items, lists over several pages and numbered headings of another list break the count honestly.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("missing_share", "share 0-1 of the promised items, above or below", high=1.0)],
    needs=Needs(min_words=100),
    fires=[
        Example(
            "5 Ways to Mend a Wall\n\n1. Use old stones\n\nOld stones sit better than new ones, and they cost nothing at "
            "all if you ask.\n\n2. Keep it dry\n\nA wall that stands in water will not last, so dig a trench in front "
            "of it first.\n\n3. Take your time\n\nNobody mends a wall in one day, and the second day goes better than "
            "the first.",
            ["5 Ways"],
            pad="after",
        ),
        Example(
            "Seven Reasons to Visit Harlow\n\n1. The mill\n\nThe mill has been open to visitors for years, and the miller "
            "shows it to you.\n\n2. The canal\n\nYou can walk along the canal for hours and see nobody but a heron.\n\n"
            "3. The market\n\nThe market is held on Tuesdays, when farmers come in from the valley.",
            ["Seven Reasons"],
            pad="after",
        ),
    ],
    quiet=[
        Example(
            "3 Ways to Mend a Wall\n\n1. Use old stones\n\nOld stones sit better than new ones, and they cost nothing at "
            "all if you ask.\n\n2. Keep it dry\n\nA wall that stands in water will not last, so dig a trench in front "
            "of it first.\n\n3. Take your time\n\nNobody mends a wall in one day, and the second day goes better than "
            "the first.",
            pad="after",
        ),
        "The 12 best days of the year were over, and there were three ways home, said the man at the gate.",
    ],
)
def count_mismatch(doc: Document) -> Measured:
    text = doc.folded
    promise = None
    for line in doc.lines[:25]:
        if line.n_words >= 25:
            break
        if 3 <= line.n_words <= 20 and text[line.end - 1] not in ".,;":
            promise = _PROMISE.search(text, line.start, line.end)
            if promise:
                break
    if promise is None:
        return Measured({"missing_share": 0.0})
    word = promise.group(1).lower()
    promised = _NUMBERS.get(word) or int(word)
    if not 3 <= promised <= 30:
        return Measured({"missing_share": 0.0})
    count = _numbered(doc, promise.end())
    if count < 2:
        return Measured({"missing_share": float("nan")})
    value = min(abs(promised - count) / promised, 1.0)
    found = [Finding(promise.start(), promise.end(), f"{count} numbered headings follow")] if value else []
    return Measured({"missing_share": value}, found)


def _numbered(doc: Document, after: int) -> int:
    """Length of the one run 1, 2, 3 … of numbered headings; 0 if numbers skip or start again."""
    text = doc.folded
    last = 0
    for line in doc.lines:
        if line.start < after or line.n_words > 20:
            continue
        match = _NUMBERED.match(text, line.start - len(line.marker), line.end)
        if not match or text[line.end - 1] in ".,;":
            continue
        number = int(match.group(1))
        if number != last + 1:
            return 0
        last = number
    return last
