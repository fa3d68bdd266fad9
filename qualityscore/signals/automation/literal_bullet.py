"""List items that begin with a literal asterisk where the page has real bullets or paragraphs."""

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


@signal(
    id="literal_bullet",
    family="automation",
    scope="rendering",
    why="Markdown lists of a chatbot arrive as paragraphs that start with an asterisk.",
    limits="Hand-written plain text uses asterisks as bullets; one asterisk may mark a footnote.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("items_per_1k_words", "items / 1000 words")],
    needs=Needs(min_words=50),
    fires=[
        Example(
            "• What does it cost? Nothing at all.\n• When is it open? On Sundays.\n\nThe plan has two parts:\n\n"
            "* Better paths: The council will mend the paths first.\n\n* New lamps: Lamps follow in the spring.",
            ["* Better paths:", "* New lamps:"],
        ),
        Example(
            "<html><body><article>{neutral}<p>* Cost: It is low.</p><p>* Time: It takes a day.</p></article></body></html>",
            ["* Cost:", "* Time:"],
            kind="html",
        ),
    ],
    quiet=[
        "Bring with you:\n\n* Boots: they must be dry\n* A coat: it may rain\n* Food: enough for a day",
        Example(
            "<html><body><article>{neutral}<p>* Prices include tax.</p></article></body></html>", kind="html"
        ),
    ],
)
def literal_bullet(doc: Document) -> Measured:
    text = doc.folded
    real = doc.kind != "text"
    starred = []
    for line in doc.lines:
        if line.marker == "* ":
            starred.append(line)
        elif line.marker and line.marker[0] in "•●◦▪■·‣":
            real = True
    # In plain text an asterisk is an honest bullet unless others stand beside it.
    if len(starred) < 2 or not real:
        return Measured({"items_per_1k_words": 0.0})
    found = []
    for line in starred:
        colon = text.find(":", line.start, min(line.end, line.start + 60))
        start = line.start - len(line.marker)
        found.append(
            Finding(start, colon + 1 if colon > 0 else min(line.end, line.start + 40), "literal asterisk")
        )
    return Measured({"items_per_1k_words": per_1000(len(found), doc.n_words)}, found)
