"""An article that stops in the middle of a sentence."""

from qualityscore.document import Line
from qualityscore.signals.api import Document, Example, Feature, Finding, Measured, Needs, Source, signal

# No English sentence ends on these, not even one whose full stop was forgotten.
_DANGLING = frozenset(
    "a an the and or but nor of to with from into onto upon than because although unless while whose "
    "is are was were be been being has have had will would could should might must can may "
    "my your our their its every several various such which who that as if between during without "
    "do does did via per toward towards among amid despite whether i".split()
)
# Words a finished question, reply or phrasal verb does end on, so that they dangle only behind a comma.
_TAG_WORDS = frozenset(
    "is are was were has have had will would could should can might must may do does did".split()
)
# By-lines, licences, teasers and calls to act do without a full stop.
_STANDALONE = frozenset(
    "copyright licensed license photo image credit credits source sources follow subscribe click download "
    "share posted filed tagged written edited read related sign join contact reserved author permalink "
    "responses comments powered browse get start thank thanks see find check continue first published".split()
)
_LAST_LINES = 16


@signal(
    id="truncated_ending",
    family="automation",
    why="A generator that runs out of tokens stops mid-sentence, and nobody reads the page before it goes out.",
    limits="A forum post without its last full stop reads as half cut; teasers behind a paywall are really cut.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
        Source("C4: lines must end in terminal punctuation", "https://arxiv.org/abs/1910.10683"),
    ],
    features=[
        Feature(
            "cut", "0 closed, 0.5 no closing mark, 1 ends on a word or mark that ends no sentence", high=1.0
        )
    ],
    needs=Needs(min_words=100),
    fires=[
        Example(
            "To build trust between the partners, several steps",
            ["To build trust between the partners, several steps"],
            pad="before",
        ),
        Example(
            "The committee met again in May. It was clear to all that the new rules for the",
            ["It was clear to all that the new rules for the"],
            pad="before",
        ),
    ],
    quiet=[
        Example("The committee met again in May, and it agreed on the new rules.", pad="before"),
        Example("Photograph by the author", pad="before"),
        Example("Read more about the history of the mill and its two millers", pad="before"),
    ],
)
def truncated_ending(doc: Document) -> Measured:
    lines = doc.article
    if not doc.sentences:
        return Measured({"cut": float("nan")})
    prose = [line for line in doc.prose if line.n_words >= 12]
    closed = sum(line.terminal for line in prose)
    # Where authors leave full stops out at will, a missing one at the end says nothing.
    if not prose or closed < 0.85 * len(prose) - 1:
        return Measured({"cut": 0.0})
    best, where = 0.0, None
    size = len(lines)
    after = 0
    for at in range(size - 1, max(size - 1 - _LAST_LINES, 0), -1):
        line = lines[at]
        if 4 * after > doc.n_words:
            break
        after += line.n_words
        if line.heading or line.terminal or line.n_words < 5:
            continue
        sentences = [s for s in doc.sentences if line.first <= s.first < line.last]
        if not sentences or sentences[-1].end < line.end:
            continue
        # One of several lines without a full stop belongs to a list or a link block.
        before = lines[at - 1]
        joined = doc.folded[before.end - 1] in ",;" or not (
            before.terminal or before.heading or before.n_words <= 6
        )
        if joined or _goes_on(doc, lines, at):
            continue
        words, last = doc.words, sentences[-1]
        value = _cut(
            doc.slice(line.start, line.end),
            words.raw[last.first : last.last],
            words.lower[last.first : last.last],
            len(sentences) > 1,
            after - line.n_words <= 25,
        )
        if value > best:
            best, where = value, last
    if where is None:
        return Measured({"cut": 0.0})
    note = "stops mid-sentence" if best == 1.0 else "no closing punctuation"
    end = doc.lines[where.line].end
    return Measured({"cut": best}, [Finding(where.start, end, note)])


def _goes_on(doc: Document, lines: tuple[Line, ...], at: int) -> bool:
    """Whether the next line continues this one, or is another longish one without a full stop."""
    if at + 1 == len(lines):
        return False
    following = lines[at + 1]
    if doc.folded[following.start] in "\"'(" or doc.folded[following.start].islower():
        return True
    return not following.terminal and following.n_words >= 7


def _cut(text: str, raw: list[str], lower: list[str], later_sentence: bool, at_end: bool) -> float:
    size = len(raw)
    tail = text.rstrip()
    if size < 5 or "@" in text or "://" in text or "doi:" in text or "www." in text or "\t" in text:
        return 0.0
    if not raw[0][0].isupper() or not _STANDALONE.isdisjoint(lower[:4]):
        return 0.0
    if sum(a == b for a, b in zip(raw, lower, strict=True)) < 0.6 * size:
        return 0.0
    last = raw[-1]
    if not (tail[-1].isalpha() or tail[-1] in ",-") or last != lower[-1]:
        return 0.0
    comma = "," in text[-40:]
    if tail[-1] == ",":
        # "… she wrote," introduces a quotation that stands in the next block.
        return 1.0 if at_end and size >= 6 else 0.0
    if tail[-1] == "-" and tail[-2:-1].isalpha():
        return 1.0
    lone = len(last) == 1 and raw[-2].isalpha() and tail[-2] == " "
    if lone or (last in _DANGLING and last not in _TAG_WORDS) or (last in _TAG_WORDS and comma):
        return 1.0
    running = later_sentence or (comma and size >= 8) or size >= 16
    return 0.5 if running and at_end else 0.0
