"""Speakers who emphasised, highlighted and underscored where a reporter writes 'said'."""

from qualityscore.signals.api import (
    Document,
    Example,
    Feature,
    Finding,
    Measured,
    Needs,
    Source,
    per_1000,
    share,
    signal,
)
from qualityscore.signals.formula._shared import word_set

_PLAIN = word_set("said says saying told tells asked asks replied wrote writes")
_STIFF = word_set(
    "stated emphasized emphasised highlighted underscored underlined stressed reiterated noted remarked "
    "expressed conveyed asserted acknowledged articulated elaborated affirmed commended lauded voiced "
    "revealed indicated cautioned contended posited opined clarified echoed"
)
_SAYING = _PLAIN | _STIFF


@signal(
    id="stiff_attribution",
    family="formula",
    why="Rewritten news varies the verb of saying and prefers solemn ones; reporters write 'said'.",
    limits="Academic prose, minutes and diplomatic communiques note, stress and express as well.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
        Source("Associated Press Stylebook: said", "https://www.apstylebook.com/"),
    ],
    features=[
        Feature("stiff_per_1k_words", "solemn verbs of saying / 1000 words", found=False),
        Feature("plain_share", "share 0-1 of verbs of saying", high=1.0, found=False),
    ],
    needs=Needs(min_words=100),
    fires=[
        Example(
            "The minister emphasized the need for care. She stated that work goes on and underscored her thanks.",
            ["emphasized", "stated", "underscored"],
        ),
        Example("He reiterated his thanks and highlighted the roof.", ["reiterated", "highlighted"]),
    ],
    quiet=["One line.", "Another line."],
    document_wide="a level that every report has; what is quoted are the solemn verbs",
)
def stiff_attribution(doc: Document) -> Measured:
    starts, ends, lower = doc.words.starts, doc.words.ends, doc.words.lower
    verbs = doc.words.where(_says)
    total = len(verbs)
    found = [Finding(starts[i], ends[i]) for i in verbs if lower[i] in _STIFF]
    plain = total - len(found)
    return Measured(
        {
            "stiff_per_1k_words": per_1000(len(found), doc.n_words),
            "plain_share": share(plain, total) if total >= 3 else float("nan"),
        },
        found,
    )


def _says(form: str) -> int:
    return form.lower() in _SAYING
