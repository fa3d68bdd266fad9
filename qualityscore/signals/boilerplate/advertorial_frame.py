"""An advertisement dressed as a report: 'our staff reporter investigates', 'as seen on'."""

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


@signal(
    id="advertorial_frame",
    family="boilerplate",
    why="Landers borrow the look of a newsroom: special reports, staff reporters, logos of channels, readers' comments.",
    limits="Newspapers have staff reporters and special reports; reviews quote what was seen on television.",
    sources=[
        Source(
            "FTC: Enforcement Policy Statement on Deceptively Formatted Advertisements",
            "https://www.ftc.gov/legal-library/browse/enforcement-policy-statement-deceptively-formatted-advertisements",
        )
    ],
    features=[Feature("marks_per_1k_words", "phrases / 1000 words")],
    needs=Needs(min_words=50),
    phrases={"phrase": phrase_file(__file__, "advertorial_frame.txt")},
    phrases_only=True,
    fires=[
        Example("Our staff reporter investigates a new kind of paint.", ["staff reporter investigates"]),
        Example("The cream, as seen on television, was tested by our team.", ["as seen on television"]),
    ],
    quiet=[
        "The reporter was on the staff of the paper for nine years.",
        "It was last seen on the quay, and nobody investigated.",
    ],
)
def advertorial_frame(doc: Document, hits: Hits) -> Measured:
    found = [Finding(start, end) for start, end in hits["phrase"]]
    return Measured({"marks_per_1k_words": per_1000(len(found), doc.n_words)}, found)
