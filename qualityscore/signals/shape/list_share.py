"""Share of the words that stand in lists"""

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, share, signal


@signal(
    id="list_share",
    family="shape",
    scope="page",
    why="Formula pages chop explanations into bullets where a writer would connect them.",
    limits="Recipes, instructions and menus are lists by nature.",
    sources=[Source("Rae et al. 2021: Scaling Language Models (Gopher)", "https://arxiv.org/abs/2112.11446")],
    features=[Feature("share", "share 0-1 of characters", high=1.0, found=False)],
    needs=Needs(html=True),
    fires=[
        Example(
            "<html><body><article>{neutral}<ul><li>First of all, a bright room</li><li>Second, a clean desk</li></ul></article></body></html>",
            kind="html",
        ),
        Example(
            "<html><body><article>{neutral}<ol><li>Open the box</li><li>Take out the parts and count them</li></ol></article></body></html>",
            kind="html",
        ),
    ],
    quiet=[
        Example(
            "<html><body><article>{neutral}<ul><li>First of all, a bright room</li><li>Second, a clean desk</li></ul></article></body></html>",
            kind="html",
        ),
        Example(
            "<html><body><article>{neutral}<ol><li>Open the box</li><li>Take out the parts and count them</li></ol></article></body></html>",
            kind="html",
        ),
    ],
    document_wide="every page has a level of this; no single passage carries it",
)
def list_share(doc: Document) -> Measured:
    blocks = doc.blocks
    items = sum([b.end - b.start for b in blocks if b.kind == "item"])
    total = sum([b.end - b.start for b in blocks])
    return Measured({"share": share(items, total)})
