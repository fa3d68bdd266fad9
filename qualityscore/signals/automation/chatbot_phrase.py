"""Words a chatbot speaks to its user, and codes its interface leaves in a copied answer."""

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

# Politeness and offers that people write in letters and forums too.
_POLITE = (
    "i hope this helps",
    "would you like me to",
    "great question!",
    "sure, here's",
    "sure, here is",
    "my training data",
    "feel free to ask if you have",
    "you said:",
    "this response is",
    "here's a draft",
    "i hope this email finds you well",
    "let me know if you want me to",
    "here is a possible",
    "remember to replace",
)


@signal(
    id="chatbot_phrase",
    family="automation",
    why="An answer of a chatbot was pasted whole, with what it said to the person who asked.",
    limits="Articles about chatbots quote such phrases, and so do forums when people discuss their answers.",
    sources=[
        Source(
            "Wikipedia: Signs of AI writing", "https://en.wikipedia.org/wiki/Wikipedia:Signs_of_AI_writing"
        ),
        Source(
            "NewsGuard: tracking AI-enabled misinformation",
            "https://www.newsguardtech.com/special-reports/ai-tracking-center/",
        ),
    ],
    features=[Feature("phrases_per_1k_words", "phrases / 1000 words")],
    phrases={"phrase": phrase_file(__file__, "chatbot_phrase.txt")},
    phrases_only=True,
    fires=[
        Example(
            "As an AI language model, I cannot visit the mill. As of my last update, it was open on Sundays.",
            ["As an AI language model", "As of my last update"],
        ),
        Example("Certainly! Here is an article about the harbour and its boats.", ["Certainly! Here"]),
    ],
    quiet=[
        "The language model was trained on books, and its makers say that it knows nothing about last year.",
        "I hope this helps somebody who has the same problem with the door of the oven.",
        'Many such pages open with "As an AI language model", as the report on the sites says.',
    ],
)
def chatbot_phrase(doc: Document, hits: Hits) -> Measured:
    text, low = doc.folded, doc.lower
    sure: list[Finding] = []
    polite: list[Finding] = []
    for start, end in hits["phrase"]:
        # A phrase in quotation marks is talked about, not spoken.
        if text[max(0, start - 1) : start] in ('"', "'") and start:
            continue
        (polite if low[start:end] in _POLITE else sure).append(Finding(start, end))
    found = sure + polite if sure else []
    return Measured({"phrases_per_1k_words": per_1000(len(found), doc.n_words)}, found)
