"""A name that loses its capital on a page that spells its names right elsewhere."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from operator import ne

import numpy as np
import numpy.typing as npt

from qualityscore.document import Sentence
from qualityscore.document.tokens import word_crc
from qualityscore.document.words import Described, Ints
from qualityscore.native import compiled
from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Needs,
    Source,
    per_1000,
    phrase_file,
    signal,
)
from qualityscore.signals.automation._careless import OPENERS, hurried
from qualityscore.signals.counts import counts, places
from qualityscore.signals.phrases import Span

_PLACES = frozenset(phrase_file(__file__, "place_names.txt"))
_GIVEN = frozenset(phrase_file(__file__, "given_names.txt"))
_CERTAIN = _PLACES | _GIVEN
# Recipes and blogs write "danish pastry", so these count only against their own capital elsewhere.
_ADJECTIVES = _GIVEN | {w for w in _PLACES if w.endswith(("an", "ish", "ese", "i", "ch"))}
_DETERMINERS = frozenset(
    "a an the this that these those our your my his her their its each every some any no which many most "
    "more other another all".split()
)
# Endings of ordinary words that titles and headings-in-prose capitalise.
_ORDINARY = re.compile(
    r"(?:tion|sion|ment|ing|ness|ity|ics|ism|ist|ance|ence|ship|hood|ology|ful|less|ive|able|ible|ous|ly|ed|"
    r"ure|ary|ory|ers|ors|ies|als|age|ware|book)\Z"
)
# Words that are a name or a title here and an ordinary word, a command or a unit there.
_TITLES = frozenset(
    "president minister government governor senator congressman mayor king queen prince princess lord lady sir "
    "pope bishop father mother brother sister uncle aunt dad mom mum grandma grandpa doctor professor judge "
    "captain general colonel major director chairman secretary chief officer board council committee congress "
    "parliament senate court state states county city town district province republic union party church "
    "university college school institute academy department ministry agency office bureau center centre museum "
    "library hospital bank company club league team cup game games world earth sun moon god heaven bible "
    "internet web net online street road avenue park river lake mountain valley island east west "
    "northern southern eastern western spring summer autumn fall winter may march will mark bill rose grace hope "
    "faith joy art jack frank rob bob pat sue china turkey jordan chile polish apple amazon target shell gap "
    "windows word excel office python java ruby rust swift perl node react docker linux unix git github google "
    "twitter facebook android chrome safari firefox edge bash redis kafka mac black brown green gray red "
    "blue gold silver act bill law code section chapter part article page table figure note case title level "
    "step day week month year century today things one two three first second free old big great good best "
    "true love peace life house home food water wine coffee tea milk data model user users admin server client "
    "image video photo email phone mobile kindle nook player story news post posts blog problem project health start file census justice ride parents conduct reader response service services request requests actions action site app apps star "
    "jobs stone wood rice bush field hill young long short price rich cook baker butler mason carter page".split()
)
_NO_NAMES = _TITLES | OPENERS
_BARE, _NAME_LIKE = 1, 2
# Names of two words: half a name without its capital is a slip, whatever the words mean alone.
_PAIRS = (
    "united states",
    "united kingdom",
    "united nations",
    "united arab",
    "soviet union",
    "european union",
    "european commission",
    "european parliament",
    "saudi arabia",
    "tel aviv",
    "los angeles",
    "new york",
    "new zealand",
    "new jersey",
    "new delhi",
    "new orleans",
    "north korea",
    "north carolina",
    "north dakota",
    "south korea",
    "south carolina",
    "south dakota",
    "south africa",
    "hong kong",
    "san francisco",
    "san diego",
    "san antonio",
    "white house",
    "wall street",
    "supreme court",
)


@signal(
    id="lost_capital",
    family="automation",
    why="A program that swaps words loses the capitals of names it spelled right a line earlier.",
    limits="Names of tools are often both a name and a command in lower case; chat and comments are left out.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("per_1k_words", "names without their capital / 1000 words")],
    needs=Needs(min_words=50, min_sentences=4),
    phrases={"pair": _PAIRS},
    fires=[
        Example(
            "Envoys came to the United States to speak with Petrenko about Ukraine. They asked the united States "
            "for help, and petrenko agreed, since Petrenko and the minister knew Ukraine well. We heard about it "
            "from Petrenko in the end, and others trust Petrenko too; ask Petrenko about it. The war in ukraine goes on, and the United States may help.",
            ["united", "petrenko", "ukraine"],
        ),
        Example(
            "After the talks with Russia the mayor met Oleg Marchuk again. He told oleg Marchuk that the visit "
            "to russia was over, and that Russia had sent a letter.",
            ["oleg", "russia"],
        ),
    ],
    quiet=[
        "In May the Apple shop may close. We ate an apple, and will Will come? He said the President was no "
        "president, and the state of the State was poor, said the President.",
        "i met dmitriev in moscow. He is from Moscow, and Dmitriev knows Moscow, but i dont care about moscow.",
        "Install Pandoc and run pandoc; the Pandoc manual explains what the pandoc command does to files.",
    ],
)
def lost_capital(doc: Document, hits: Hits) -> Measured:
    raw, low, starts, text = doc.words.raw, doc.words.lower, doc.words.starts, doc.folded
    kinds = doc.words.described(_kind)
    suspects = {raw[i] for i in np.flatnonzero(kinds == _BARE).tolist()}
    # Another word is a suspect only if it stands here with its capital at least twice as often.
    suspects |= _often_capitalised(doc, kinds)
    halves = _halves(text, hits["pair"])
    if not (suspects or halves) or hurried(doc):
        return Measured({"per_1k_words": 0.0})
    forms = suspects | {f"{w}'s" for w in suspects}
    same = places(doc.hashes, {word_crc(form) for form in forms})
    at = [i for i in same if low[i] in forms]
    uses: defaultdict[str, _Uses] = defaultdict(_Uses)
    for sentence, inside in _by_sentence(doc, at):
        first, last = sentence.first, sentence.last
        for i in inside:
            own, word = raw[i], low[i]
            use = uses[word[:-2] if word.endswith("'s") else word]
            after = raw[i + 1] if i + 1 < last and starts[i + 1] == starts[i] + len(own) + 1 else ""
            before = raw[i - 1] if i > first and text[starts[i] - 1] in " -" else ""
            if own == word:
                if _in_prose(text, starts[i], len(own)):
                    use.low.append((i, before, after))
            # What opens a sentence, a quotation or the part behind a colon has a capital anyway.
            elif own[1:] != word[1:]:
                continue
            elif i > first and text[starts[i] - 1] not in '"(' and text[starts[i] - 2] != ":":
                use.upper += 1
                use.led = use.led or before.lower() in _DETERMINERS
                use.alone += not (before[:1].isupper() or after[:1].isupper())
            else:
                use.opening += 1
    found = {start: Finding(start, end, "name without its capital") for start, end in halves}
    for name, use in uses.items():
        for i in _lost(name, use):
            found[starts[i]] = Finding(starts[i], starts[i] + len(name), "name without its capital")
    return Measured({"per_1k_words": per_1000(len(found), doc.n_words)}, list(found.values()))


def _often_capitalised(doc: Document, kinds: Described) -> set[str]:
    """Words of no kind that are at least twice as often among those that are like names."""
    types = counts(doc)
    narrow: npt.NDArray[np.uint8] = kinds.astype(np.uint8, copy=False)
    name_like, others = _contested(narrow, _NAME_LIKE, 0, types.ids, types.n_types)
    capitals = Counter([doc.words.raw[i] for i in name_like])
    plain = Counter([doc.words.raw[i] for i in others])
    return {own.lower() for own, n in capitals.items() if 0 < 2 * plain[own.lower()] <= n}


def contested_in_python(
    kinds: npt.NDArray[np.uint8], one: int, other: int, ids: Ints, n_types: int
) -> tuple[list[int], list[int]]:
    """Words of two kinds whose type is at least twice of the one and once of the other."""
    often = np.bincount(ids[kinds == one], minlength=n_types) > 1
    often &= np.bincount(ids[kinds == other], minlength=n_types) > 0
    chosen = often[ids]
    return np.flatnonzero(chosen & (kinds == one)).tolist(), np.flatnonzero(
        chosen & (kinds == other)
    ).tolist()


_compiled = compiled("counting")
_contested = contested_in_python if _compiled is None else _compiled.contested


def _kind(form: str) -> int:
    """Whether a word is a name in lower case, or has a capital and may be a name."""
    if form in _CERTAIN:
        return _BARE
    word = form.lower()
    name_like = word != form and len(word) > 3 and word not in _NO_NAMES and not _ORDINARY.search(word)
    return _NAME_LIKE if name_like else 0


def _halves(text: str, pairs: list[Span]) -> list[Span]:
    """The half without its capital of every pair that has one capital only."""
    found = []
    for start, end in pairs:
        middle = text.index(" ", start, end)
        if text[start].isupper() != text[middle + 1].isupper() and text[start - 1 : start] not in ("-", "#"):
            found.append((middle + 1, end) if text[start].isupper() else (start, middle))
    return found


class _Uses:
    """How often a word stands in mid-sentence with a capital, and where without."""

    __slots__ = ("alone", "led", "low", "opening", "upper")

    def __init__(self) -> None:
        self.upper = self.alone = self.opening = 0
        self.led = False
        self.low: list[tuple[int, str, str]] = []


def _by_sentence(doc: Document, places: list[int]) -> Iterator[tuple[Sentence, list[int]]]:
    """Sentences of running prose with those of the given words that stand in them."""
    raw, low = doc.words.raw, doc.words.lower
    firsts = [sentence.first for sentence in doc.sentences]
    end = 0
    for at, place in enumerate(places):
        if at < end:
            continue
        number = bisect_right(firsts, place) - 1
        if number < 0 or place >= doc.sentences[number].last:
            continue
        sentence = doc.sentences[number]
        first, last = sentence.first, sentence.last
        end = bisect_left(places, last, at)
        if last - first < 5:
            continue
        if not doc.lines[sentence.line].terminal and last - first < 12:
            continue
        # A sentence in which most words have capitals is a heading or a list of names.
        if 2 * sum(map(ne, raw[first:last], low[first:last])) <= last - first:
            yield sentence, places[at:end]


def _lost(name: str, use: _Uses) -> list[int]:
    """Indexes of the words that lost their capital."""
    count = len(use.low)
    right = use.upper + use.opening
    if name in _CERTAIN and count <= (right if name in _ADJECTIVES else max(right, 1)):
        return [i for i, _, _ in use.low]
    if name in _GIVEN:
        return [i for i, _, after in use.low if after[:1].isupper() and after[1:].islower()]
    if name in _CERTAIN or use.led:
        return []
    if use.upper >= 5 and use.alone >= 4 and 5 * count <= use.upper:
        return [i for i, before, _ in use.low if before not in _DETERMINERS]
    # Beside its first name or surname, and never alone in lower case: "Kirill petrenko".
    beside = all(before[:1].isupper() or after[:1].isupper() for _, before, after in use.low)
    if beside and use.upper >= 1 and use.upper + use.opening >= 2 * count and use.alone >= 1:
        return [i for i, _, _ in use.low]
    return []


def _in_prose(text: str, start: int, size: int) -> bool:
    """Whether the word stands free: no part of an address, a file, a tag or code."""
    before, after = text[start - 1 : start], text[start + size : start + size + 2]
    if before not in " -" or (
        before == "-" and not text[start - 2 : start - 1].isupper() and text[start - 2 : start - 1] != "."
    ):
        return False
    return after[:1] in " ,;?!)" or after == "'s" or (after[:1] in ".:" and not after[1:].strip().isalnum())
