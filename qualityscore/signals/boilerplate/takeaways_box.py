"""'Key Takeaways', 'At a Glance' and 'TL;DR' boxes."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import SEO_SPAM, SIGNS, is_title, labels, line_at, rest_of


@signal(
    id="takeaways_box",
    family="boilerplate",
    why="A box that says the article again in bullets is part of most prompts for generated articles.",
    limits="Reports, textbooks and journals have summary boxes of the same name, written by their authors.",
    sources=[SIGNS, SEO_SPAM],
    features=[Feature("boxes_per_1k_words", "boxes / 1000 words")],
    phrases={
        "label": [
            "key takeaway",
            "key takeaways",
            "the key takeaway",
            "the key takeaways",
            "main takeaway",
            "main takeaways",
            "takeaway",
            "takeaways",
            "the takeaway",
            "top takeaways",
            "final takeaway",
            "final takeaways",
            "bottom-line takeaways",
            "quick takeaways",
            "practical takeaways",
            "practical takeaway",
            "actionable takeaways",
            "key learnings",
            "at a glance",
            "tl;dr",
            "tldr",
            "tl dr",
            "quick summary",
            "quick recap",
            "quick overview",
            "the short version",
            "in a nutshell",
            "the bottom line up front",
            "summary box",
            "key highlights",
            "what you need to know",
            "what to know",
            "the gist",
            "in brief",
            "in short",
        ],
        "ending": ["at a glance", "key takeaways", "what you need to know", "quick summary"],
    },
    phrases_only=True,
    fires=[
        Example(
            "Key Takeaways\n\nPlanning saves time for everyone who plans ahead of time.",
            ["Key Takeaways"],
        ),
        Example("TL;DR: It depends on what you want from it.", ["TL;DR:"]),
        Example(
            "Garden Sheds at a Glance\n\nSheds come in many shapes and in many sizes.",
            ["Garden Sheds at a Glance"],
        ),
    ],
    quiet=[
        "She saw at a glance that the lock had been forced.",
        "The bottom line of the form wants your name and the date.",
        "In short, we went home and slept.",
    ],
)
def takeaways_box(doc: Document, hits: Hits) -> Measured:
    found = labels(doc, hits["label"])
    seen = {finding.start for finding in found}
    for start, end in hits["ending"]:
        line = line_at(doc, start)
        # "Lisbon at a Glance" is a label too; the same words inside a sentence are not.
        if line is None or line.start in seen or start in seen:
            continue
        if line.start < start and is_title(doc, line, 10) and not rest_of(doc, line, end):
            found.append(Finding(line.start, end))
    return Measured({"boxes_per_1k_words": per_1000(len(found), doc.n_words)}, found)
