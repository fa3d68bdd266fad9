"""A slot of a template that nobody filled: [Brand A], {{location}}, [object Object]."""

import re

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Hits,
    Measured,
    Source,
    per_1000,
    phrase_file,
    signal,
)

_WHAT = (
    r"name|brand|product|company|city|state|location|area|town|link|url|date|year|month|number|amount|price|"
    r"author|image|photo|title|keyword|topic|source|phone|email|address|business|store|website|country|job|"
    r"service|industry|competitor|client|customer|niche|percentage|statistic|quote|expert"
)
_NAME = r"(?:city|state|location|area|town|keyword|brand|product|company|business|service|author|price|year|month|country|niche|topic|first_?name|last_?name)(?:_?name)?s?"
_SQUARE = re.compile(
    r"\[(?:[Yy]our|[Ii]nsert|[Aa]dd|[Ee]nter|[Pp]laceholder|[Ss]pecify) [A-Za-z][^\]\[\n]{1,60}\](?!\()|"
    rf"\[(?i:affiliate|internal|external|product|company|brand|city|author|competitor|target|primary|first|last|store)"
    rf"[ _](?i:{_WHAT}|[a-z]|\d|here)s?(?: here)?\](?!\()|"
    r"\[(?:City|State|Location|Town|Company|Brand|Product|Keyword|Niche|Price|Amount|Business|Competitor|Topic|"
    r"CITY|STATE|LOCATION|COMPANY|BRAND|PRODUCT|KEYWORD|NICHE|PRICE|TOPIC|NAME|DATE|LINK|URL)\](?!\()"
)
_CURLY = re.compile(
    rf"(?<![\w$\\(=/`'{{])(?:\{{\{{ ?(?:{_NAME}) ?\}}\}}|\{{(?:{_NAME})\}})(?![\w(/}}`'])",
    re.I,
)
_NO_PRICE = re.compile(r"[$£€] ?(?:undefined|NaN|null)")
_NO_NUMBER = re.compile(
    r"(?<![$£€])(?<![$£€] )\b(?:undefined|NaN)(?: (?:%|per|minutes?|days?|years?|reviews?)|%)"
)


@signal(
    id="unfilled_slot",
    family="automation",
    why="Pages made from a template by the hundred go out with a slot that no value was put in.",
    limits="Letter templates, style guides and programming manuals show slots on purpose.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("slots_per_1k_words", "slots / 1000 words")],
    phrases={
        "slot": phrase_file(__file__, "unfilled_slot.txt"),
        "letter": ["dear", "sincerely", "yours", "to whom", "signature"],
    },
    fires=[
        Example(
            "We compared [Brand A] with [Brand B] and found that [Your Name] can save a lot in {{city}}.",
            ["[Brand A]", "[Brand B]", "[Your Name]", "{{city}}"],
        ),
        Example("The best plumber in {location} charges $undefined an hour.", ["{location}", "$undefined"]),
    ],
    quiet=[
        "See note [2] and the list [a], and read [the name of the rose](https://example.com/rose) again.",
        "In Python, f'{value}' prints the value, and undefined means that there is none.",
        "Dear [Name],\n\nThank you for the letter that you sent to us in March.\n\nYours sincerely,\n\n[Your name]",
    ],
)
def unfilled_slot(doc: Document, hits: Hits) -> Measured:
    text = doc.folded
    found = [Finding(start, end, "filler text") for start, end in hits["slot"]]
    found += _at("[", _SQUARE, text, "unfilled slot")
    found += _at("{", _CURLY, text, "unfilled slot")
    for sign in "$£€":
        found += _at(sign, _NO_PRICE, text, "missing value")
    for value in ("undefined", "NaN"):
        found += _at(value, _NO_NUMBER, text, "missing value")
    # A letter to copy has slots for its reader to fill.
    if found and hits["letter"]:
        found = [f for f in found if f.note != "unfilled slot"]
    return Measured({"slots_per_1k_words": per_1000(len(found), doc.n_words)}, found)


def _at(mark: str, pattern: re.Pattern[str], text: str, note: str) -> list[Finding]:
    """Matches that start at a mark; trying only there is many times faster than a search."""
    found: list[Finding] = []
    at = text.find(mark)
    while at >= 0:
        match = pattern.match(text, at)
        if match:
            found.append(Finding(at, match.end(), note))
        at = text.find(mark, match.end() if match else at + 1)
    return found
