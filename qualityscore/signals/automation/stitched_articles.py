"""Two articles on one page: where the title comes back, other people take over the story."""

from bisect import bisect_left
from collections import Counter

from qualityscore.document import Line
from qualityscore.document.tokens import word_crc
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
from qualityscore.signals.automation._careless import OPENERS
from qualityscore.signals.automation._titles import repeats, title_like
from qualityscore.signals.counts import places

_ACTS = frozenset(
    "said says told tells stated added noted argued asserted accused claimed emphasized stressed highlighted "
    "suggested pointed warned urged called described explained announced denied insisted met left visited wrote "
    "has had was will also became remains won lost joined served praised criticized".split()
)
_STORY = (
    "On Tuesday evening {0} met the council in the hall beside the school, and the room was full. At first the people "
    "of the town listened to {0} without a word. Then they asked {0} about the mill and the canal, and about the "
    "price. A woman said that {0} had not read the plan, and others in the hall agreed with her about the mill. "
    "In the end the council voted, and {0} left the town on the same evening. The plan for the mill got three votes "
    "out of eleven, and the people thanked the council for its patience with {0} and with the plan."
)
_TITLE = "Harlow Council Rejects Plan to Move the Old Mill"


@signal(
    id="stitched_articles",
    family="automation",
    why="Two rewrites of one event are glued together, and each names another person as its hero.",
    limits="Digests and live blogs name new people under a heading like the first; interviews in parts do too.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("swapped_share", "share 0-1 of name mentions that the other half lacks", high=1.0)],
    needs=Needs(min_words=200, min_sentences=10),
    fires=[
        Example(
            f"{_TITLE}\n\n{_STORY.format('Petrie')}\n\n{_TITLE}\n\n{_STORY.format('Arkwright')}",
            ["Petrie", _TITLE, "Arkwright"],
            pad="none",
        ),
        Example(
            f"{_TITLE}\n\n{_STORY.format('Kowalska')}\n\nWhat does the vote mean for the mill?\n\n{_TITLE}\n\n"
            f"{_STORY.format('Weston')}",
            ["Kowalska", _TITLE, "Weston"],
            pad="none",
        ),
    ],
    quiet=[
        Example(
            f"{_TITLE}\n\n{_STORY.format('Petrie')}\n\n{_TITLE}\n\n{_STORY.format('Petrie')}", pad="none"
        ),
        Example(f"{_TITLE}\n\n{_STORY.format('Petrie')}\n\n{_STORY.format('Arkwright')}", pad="none"),
    ],
)
def stitched_articles(doc: Document) -> Measured:
    for line in repeats(doc, 0.5, after=100, behind=90)[:3]:
        low, high = _break(doc, line), line.last
        first, second = _names(doc, 0, low), _names(doc, high, doc.n_words)
        gone = {name: n for name, n in first.items() if n >= 2 and name not in second}
        come = {name: n for name, n in second.items() if n >= 2 and name not in first}
        hero, other = _hero(doc, gone), _hero(doc, come)
        if not hero or not other:
            continue
        value = min(_share(gone, first), _share(come, second))
        found = [
            _mention(doc, hero, 0, low, "named in the first part only"),
            Finding(line.start, line.end, "the title again"),
            _mention(doc, other, high, doc.n_words, "named in the second part only"),
        ]
        return Measured({"swapped_share": value}, found)
    return Measured({"swapped_share": 0.0})


def _hero(doc: Document, names: dict[str, int]) -> str:
    """The name mentioned most, three times or more, of those that act or own like a person."""
    often = {name for name, n in names.items() if n >= 3}
    raw, lower = doc.words.raw, doc.words.lower
    forms = often | {f"{name}'s" for name in often}
    mentions = [i for i in places(doc.hashes, {word_crc(form) for form in forms}) if lower[i] in forms]
    # An ordinary word stands in lower case too; a name does so once at most, where its capital got lost.
    plain = Counter([raw[i] for i in mentions])
    acting: set[str] = set()
    for i in mentions:
        name = lower[i].removesuffix("'s")
        if name in often and plain[name] <= 1 and i + 1 < len(raw):
            if name != lower[i] or lower[i + 1] in _ACTS:
                acting.add(name)
    return max(acting, key=lambda name: (names[name], name), default="")


def _share(part: dict[str, int], whole: dict[str, int]) -> float:
    return sum(part.values()) / max(sum(n for n in whole.values() if n >= 2), 1)


def _break(doc: Document, line: Line) -> int:
    """First word of the second article: its title, or the question and headings right above it."""
    lines = doc.article
    at = lines.index(line)
    while at > 1 and (
        lines[at - 1].heading or (title_like(doc, lines[at - 1]) and lines[at - 1].n_words < 20)
    ):
        at -= 1
    return lines[at].first


def _names(doc: Document, low: int, high: int) -> dict[str, int]:
    """Capitalised words of these sentences that stand in mid-sentence too, with their mentions."""
    lower = doc.words.lower
    inside: list[str] = []
    opening: list[str] = []
    capitals = doc.words.where(_may_be_name)
    for sentence in doc.sentences:
        if sentence.first < low or sentence.last > high or not doc.lines[sentence.line].terminal:
            continue
        begin = bisect_left(capitals, sentence.first)
        for i in capitals[begin : bisect_left(capitals, sentence.last, begin)]:
            (opening if i == sentence.first else inside).append(lower[i].removesuffix("'s"))
    openings = Counter(opening)
    return {name: n + openings.get(name, 0) for name, n in Counter(inside).items()}


def _may_be_name(form: str) -> int:
    low = form.lower()
    return form != low and len(form) > 2 and low not in OPENERS


def _mention(doc: Document, name: str, low: int, high: int, note: str) -> Finding:
    words = doc.words
    for i in range(low, high):
        if words.raw[i] != words.lower[i] and words.lower[i].removesuffix("'s") == name:
            return Finding(words.starts[i], words.starts[i] + len(name), note)
    raise AssertionError(name)
