"""Labels of an order for an article, left in the article: 'H3:', 'Meta description:', image prompts."""

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

_IMAGE = re.compile(
    r"\[(?:image|img|photo|picture|illustration|graphic|infographic|screenshot|video|chart|table|visual|diagram)"
    r"(?: \d{1,2})?(?: (?:placeholder|suggestion|prompt|idea|of))?[:\-– ] ?[^\]\[\n]{25,300}\](?!\()",
    re.I,
)
_COUNT = re.compile(
    r"[(\[](?:approx(?:imately|\.)? |~ ?)?(?:word count: ?~?\d{2,5}|\d{2,4}-\d{2,4} words|(?:approx(?:imately|\.)? |~ ?)\d{2,5} words)[)\]]",
    re.I,
)


@signal(
    id="prompt_residue",
    family="automation",
    why="Labels that told a writer or a model what to write belong to the order and not to the article.",
    limits="Guides to search engine optimisation and templates for editors print the same labels.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
    ],
    features=[Feature("labels_per_1k_words", "labels / 1000 words")],
    # Numbers of words end on one of "length": a pattern over the whole text takes far longer than the phrases.
    phrases={
        "label": phrase_file(__file__, "prompt_residue.txt"),
        "length": ["words)", "words]", "word count"],
    },
    fires=[
        Example(
            "Meta description: A guide to the harbour and its boats.\n\nH3: Why Boats Matter\n\n"
            "Boats bring in half of the income of the town, and they have done so for years.",
            ["Meta description:", "H3:"],
        ),
        Example(
            "[Image: a smiling couple on a pier at sunset, photorealistic]\n\n"
            "The pier is open all day, and it is free of charge for everybody.",
            ["[Image: a smiling couple on a pier at sunset, photorealistic]"],
        ),
    ],
    quiet=[
        "He set the tone: quiet and firm. Her word count: low. We used H2: hydrogen.",
        "See [image 3] and the chart [table: left] for more, or read (12 words) of it.",
    ],
)
def prompt_residue(doc: Document, hits: Hits) -> Measured:
    text = doc.folded
    found = []
    if hits["label"]:
        starts = {line.start for line in doc.lines}
        for start, end in hits["label"]:
            begin = start
            while begin and text[begin - 1] in '*_"([':
                begin -= 1
            if begin in starts:
                found.append(Finding(start, end, "label of an order"))
    if "[" in text:
        found += [Finding(m.start(), m.end(), "image prompt") for m in _IMAGE.finditer(text)]
    if hits["length"] and (" words" in text or "-word" in text or "word count" in doc.lower):
        found += [
            Finding(m.start(), m.end(), "word count") for m in _COUNT.finditer(text) if len(m.group()) > 10
        ]
    return Measured({"labels_per_1k_words": per_1000(len(found), doc.n_words)}, found)
