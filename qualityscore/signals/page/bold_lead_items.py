"""List items that open with a bold label."""

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

_MIN_ITEMS = 4
_MIN_LEAD, _MAX_LEAD = 3, 60
_ITEMS = "".join(
    f"<li><b>{name}:</b> It was good for us and for the birds.</li>"
    for name in ("Cost", "Time", "Care", "Size")
)
_LONG = "".join(
    f"<li><strong>{name}</strong> – we saw it at the mill and liked it.</li>"
    for name in ("Wheat", "Barley", "Spelt", "Emmer")
)


@signal(
    id="bold_lead_items",
    family="page",
    scope="page",
    why="Language models write lists as a bold label, a colon and one sentence, item after item.",
    limits="Glossaries, manuals and reference pages set the term of each item in bold.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        )
    ],
    features=[Feature("share", "share of list items 0-1", high=1.0)],
    needs=Needs(html=True),
    common="Terms in bold are ordinary in reference lists; it is the share of such items that tells.",
    fires=[
        Example(
            f"<body><main>{{neutral}}<ul>{_ITEMS}</ul></main></body>",
            ["Cost:", "Time:", "Care:", "Size:"],
            "html",
        ),
        Example(
            f"<body><main>{{neutral}}<ol>{_LONG}</ol></main></body>",
            ["Wheat", "Barley", "Spelt", "Emmer"],
            "html",
        ),
    ],
    quiet=[
        Example(
            "<body><main>{neutral}<ul>"
            + "<li>A loaf of bread from the mill.</li>" * 5
            + "</ul></main></body>",
            kind="html",
        ),
        Example(
            "<body><main>{neutral}<ul><li><b>Note:</b> closed on Mondays, open else.</li></ul></main></body>",
            kind="html",
        ),
    ],
)
def bold_lead_items(doc: Document) -> Measured:
    items = [b for b in doc.blocks if b.kind == "item"]
    if len(items) < _MIN_ITEMS:
        return Measured({"share": float("nan")})
    led = [
        b
        for b in items
        # A label stands before its text; an item all in bold is no label.
        if _MIN_LEAD <= b.bold_lead <= _MAX_LEAD and b.bold_lead < 0.7 * (b.end - b.start)
    ]
    found = []
    for b in led:
        lead = doc.folded[b.start : b.start + b.bold_lead]
        found.append(Finding(b.start, b.start + len(lead.rstrip()), "bold label"))
    return Measured({"share": share(len(led), len(items))}, found)
