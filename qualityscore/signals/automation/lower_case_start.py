"""A sentence that starts in lower case between sentences that do not."""

from itertools import pairwise

from qualityscore.document import Sentence
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
from qualityscore.signals.automation._careless import OPENERS, hurried

_ABBREVIATIONS = frozenset("incl excl approx misc abbr resp dept".split())


@signal(
    id="lower_case_start",
    family="automation",
    why="Replacing words by program drops the capital at the start of a sentence, here and there.",
    limits="Hurried typing does the same; chat, comments and pages that start most sentences low are left out.",
    sources=[
        Source(
            "Google spam policies: scaled content abuse",
            "https://developers.google.com/search/docs/essentials/spam-policies",
        ),
    ],
    features=[Feature("share_of_sentences", "share 0-1", high=1.0)],
    needs=Needs(min_sentences=8),
    fires=[
        Example(
            "The minister met the lawmakers on Friday. according to his office, they will meet again in May.",
            ["according to his office, they will"],
        ),
        Example(
            "He has a plan for the dialogue. this includes a visit. the port remains closed until then.",
            ["this includes a visit", "the port remains closed until then"],
        ),
    ],
    quiet=[
        "He bought an iPhone. iPhones were cheap then. Yahoo! had a shop; it closed at 5 p.m. on weekdays.",
        "we came home late. it was raining. nobody was in. the cat had gone. we never saw it again. so it goes. "
        "he thinks of it often. it hurts. people forget. he does not. the end was slow. it is over now.",
        "dont ask me about the bus. it never came.",
    ],
)
def lower_case_start(doc: Document) -> Measured:
    raw, text, starts = doc.words.raw, doc.folded, doc.words.starts
    candidates: list[tuple[Sentence, str]] = []
    counted = starting_low = 0
    for before, sentence in pairwise(doc.sentences):
        if before.line != sentence.line:
            continue
        counted += 1
        word = raw[sentence.first]
        if not word.islower() or not sentence.start == starts[sentence.first] == before.end + 1:
            continue
        starting_low += 1
        end = sentence.start + len(word)
        if len(word) > 1 and text[end : end + 1] in " ,":
            if _after_plain_stop(text, before.end, raw[before.last - 1]):
                candidates.append((sentence, word))
    if counted < 4:
        return Measured({"share_of_sentences": float("nan")})
    # Other words than openers have to stand here with their capital as well.
    others = {word.capitalize() for _, word in candidates if word not in OPENERS}
    known = others.intersection(raw) if others else others
    low = [s for s, word in candidates if word in OPENERS or word.capitalize() in known]
    if not low or starting_low > 0.3 * counted or hurried(doc):
        return Measured({"share_of_sentences": 0.0})
    found = [Finding(s.start, doc.words.ends[min(s.first + 5, s.last - 1)]) for s in low]
    return Measured({"share_of_sentences": share(len(low), counted)}, found)


def _after_plain_stop(text: str, end: int, word: str) -> bool:
    """A lone full stop or question mark behind a whole word, and a space."""
    return (
        text[end - 1] in ".?"
        and text[end : end + 1] == " "
        and word not in _ABBREVIATIONS
        and text[end - 2].isalpha()
        and len(word) >= 4
        and (word.islower() or text[end - 1] == "?" or word[1:].islower())
    )
