"""List items that open with a few words in bold."""

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


@signal(
    id="bold_lead_bullets",
    family="formula",
    scope="rendering",
    why="Chatbots write lists whose items open with a bold label; pasted into a page they keep their markup.",
    limits="Documentation and glossaries set their terms in bold; plain text has no bold at all.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[
        Feature("per_1k_words", "items / 1000 words"),
        Feature("share_of_items", "share of list items 0-1", high=1.0),
    ],
    needs=Needs(min_words=50),
    common="Documentation does so as well; the rate tells.",
    fires=[
        Example(
            "<article>{neutral}<ul><li><b>Cost:</b> It is low for all who ask.</li>"
            "<li><b>Time:</b> It is short for all who wait.</li></ul></article>",
            ["Cost:", "Time:"],
            kind="html",
        ),
        Example(
            "- **Cost** - it is low for all who ask.\n- **Time** - it is short for all who wait.\n",
            ["Cost", "Time"],
            kind="markdown",
        ),
    ],
    quiet=[
        Example("- Cost is low for all who ask.\n- Time is short for all who wait.\n", kind="markdown"),
        Example("- **Everything in this item is bold**\n- And nothing in this one is.\n", kind="markdown"),
    ],
)
def bold_lead_bullets(doc: Document) -> Measured:
    items = [b for b in doc.blocks if b.kind == "item"]
    found = [
        Finding(b.start, b.start + b.bold_lead)
        for b in items
        # Wholly bold items are emphasis, not labels.
        if 0 < b.bold_lead <= 80 and b.bold_lead + 10 < b.end - b.start
    ]
    return Measured(
        {"per_1k_words": per_1000(len(found), doc.n_words), "share_of_items": share(len(found), len(items))},
        found,
    )
