"""A table of contents or 'What You'll Learn' list written into the text."""

from qualityscore.signals.api import Document, Example, Feature, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import SEO_SPAM, SIGNS, labels


@signal(
    id="contents_filler",
    family="boilerplate",
    why="A short article does not need a table of contents: it is there for search engines and for length.",
    limits="Long manuals, encyclopedias and course pages list their contents for good reason.",
    sources=[SEO_SPAM, SIGNS],
    features=[Feature("lists_per_1k_words", "lists / 1000 words")],
    phrases={
        "label": [
            "table of contents",
            "table of content",
            "content overview",
            "quick navigation",
            "in this article",
            "in this guide",
            "in this post",
            "in this blog",
            "in this review",
            "what you'll learn",
            "what you will learn",
            "what you'll discover",
            "what you'll find",
            "what we'll cover",
            "what we will cover",
            "what this guide covers",
            "what this article covers",
            "what's inside",
            "what's covered",
            "what's in this guide",
            "here's what you'll learn",
            "here's what we'll cover",
            "sections in this guide",
            "in this article, you'll learn",
            "by the end of this guide",
            "you'll learn",
        ]
    },
    phrases_only=True,
    fires=[
        Example("Table of Contents\n\n1. What a shed is\n2. Why sheds are useful", ["Table of Contents"]),
        Example("In this guide:\n\n- What a shed is\n- Why sheds are useful", ["In this guide:"]),
    ],
    quiet=[
        "The contents of the drawer lay on the floor.",
        "In this guide the author, Ann Dyer, lists every lock on the canal.",
    ],
)
def contents_filler(doc: Document, hits: Hits) -> Measured:
    found = labels(doc, hits["label"], marks=":")
    return Measured({"lists_per_1k_words": per_1000(len(found), doc.n_words)}, found)
