"""A table flattened to lines of text, with names the article already has."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from qualityscore.document import Line
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

_MIN_ROWS = 3


@signal(
    id="flattened_table",
    family="automation",
    scope="rendering",
    why="Rewriting by program pastes a table of names as bare lines, and it repeats what the text has said.",
    limits="Cast lists, results and menus copied from a page look alike when their names are in the text too.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("rows_per_1k_words", "rows / 1000 words")],
    needs=Needs(min_words=100),
    fires=[
        Example(
            "Ann Dyer told Tom Hale and Ruth Moss that the mill in Harlow would close.\n\n"
            "Key Person Role Place\nAnn Dyer Miller Harlow\nTom Hale Visitor London\nRuth Moss Owner Harlow\n\n"
            "The owner did not want to say when it would open again, as the repairs had only begun.",
            [
                "Key Person Role Place\nAnn Dyer Miller Harlow\nTom Hale Visitor London\nRuth Moss Owner Harlow"
            ],
        ),
        Example(
            "Kara Lund beat Ines Roy in Oslo, and Mia Fors came third for the club.\n\n"
            "Name Result Country\nKara Lund Gold Norway\nInes Roy Silver France\nMia Fors Bronze Sweden\n\n"
            "They will meet again in the winter, when the club has repaired the track.",
            ["Name Result Country\nKara Lund Gold Norway\nInes Roy Silver France\nMia Fors Bronze Sweden"],
        ),
    ],
    quiet=[
        "Two cups of flour\nOne cup of sugar\nA pinch of salt\nThree eggs\n\nMix the flour with the sugar first.",
        "Kara Lund won in Oslo.\n\nWhere the road turns north,\nthe river follows it,\nand nobody knows why.",
    ],
)
def flattened_table(doc: Document) -> Measured:
    runs = list(_runs(doc))
    if not runs:
        return Measured({"rows_per_1k_words": 0.0})
    names = _names(doc)
    found, rows = [], 0
    for run in runs:
        known = sum(_repeats(doc, line, names) for line in run[1:])
        head = not _repeats(doc, run[0], names)
        if known >= 0.6 * (len(run) - 1) and head:
            rows += len(run) - 1
            found.append(Finding(run[0].start, run[-1].end, "rows repeat names of the text"))
    return Measured({"rows_per_1k_words": per_1000(rows, doc.n_words)}, found)


def _runs(doc: Document) -> Iterator[list[Line]]:
    """Rows that follow one another, with the head of their table."""
    for block in _short_lines(doc):
        for is_row, group in groupby(block, partial(_is_row, doc)):
            run = list(group)
            if is_row and len(run) > _MIN_ROWS:
                yield run


def _short_lines(doc: Document) -> Iterator[list[Line]]:
    """Lines of three to ten words without a mark at either end that follow one another, as many as a table has."""
    run: list[Line] = []
    end = 0
    for line in doc.lines:
        short = 3 <= line.n_words <= 10 and not line.terminal and not line.marker
        if run and not (short and (line.start == end + 1 or doc.folded.count("\n", end, line.start) < 2)):
            if len(run) > _MIN_ROWS:
                yield run
            run = []
        if short:
            run.append(line)
            end = line.end
    if len(run) > _MIN_ROWS:
        yield run


def _is_row(doc: Document, line: Line) -> bool:
    """Words of which most have a capital, and no punctuation."""
    text = doc.folded[line.start : line.end]
    # Tabs are the cells of a table that is still one.
    if (
        "\t" in text
        or text[-1] in ",;:"
        or text.count(",") > 1
        or not (text[0].isupper() or text[0].isdigit())
    ):
        return False
    words = text.split()
    return sum(w[0].isupper() or w[0].isdigit() for w in words) >= 0.6 * len(words)


def _names(doc: Document) -> set[str]:
    raw, low = doc.words.raw, doc.words.lower
    names: set[str] = set()
    for sentence in doc.sentences:
        if doc.lines[sentence.line].terminal:
            for i in range(sentence.first, sentence.last):
                if raw[i] != low[i]:
                    names.add(low[i])
    return names


def _repeats(doc: Document, line: Line, names: set[str]) -> bool:
    """Whether the row names somebody or something the sentences name too."""
    own = [w.lower() for w in doc.folded[line.start : line.end].split() if w[0].isupper()]
    return sum(w in names for w in own) >= 2
