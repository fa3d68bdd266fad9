"""A closing section that says the article again: 'Conclusion', 'In conclusion, …'."""

from qualityscore.signals.api import Document, Example, Feature, Finding, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import SIGNS, is_title, opened_line

_LAST = 0.6


@signal(
    id="canned_conclusion",
    family="boilerplate",
    why="Generated articles close with a section that repeats them, under a title any article could bear.",
    limits="Scientific papers have a conclusion by rule, and about a third of learners' essays open it this way.",
    sources=[SIGNS],
    features=[
        Feature("titles_per_1k_words", "titles / 1000 words"),
        Feature("openers_per_1k_words", "paragraphs in the last 40 % of the text / 1000 words"),
    ],
    phrases={
        "title": [
            "conclusion",
            "in conclusion",
            "conclusions",
            "final thoughts",
            "final thought",
            "final words",
            "final word",
            "final take",
            "final notes",
            "final verdict",
            "closing thoughts",
            "closing words",
            "concluding thoughts",
            "concluding remarks",
            "parting thoughts",
            "wrapping up",
            "wrapping it up",
            "wrap up",
            "wrap-up",
            "summing up",
            "to sum up",
            "summing it up",
            "bringing it all together",
            "putting it all together",
            "the final word",
            "the final verdict",
            "our final thoughts",
            "last thoughts",
            "the last word",
            "a final word",
            "a final thought",
            "the bottom line",
            "bottom line",
            "our conclusion",
            "the conclusion",
        ],
        "opener": [
            "in conclusion",
            "to conclude",
            "in summary",
            "to summarize",
            "to summarise",
            "to sum up",
            "to sum it up",
            "summing up",
            "to wrap up",
            "to wrap things up",
            "all in all",
            "ultimately",
            "at the end of the day",
            "in essence",
            "in closing",
            "as we conclude",
            "as we look ahead",
            "as we move forward",
            "as we navigate",
            "moving forward",
            "remember",
            "by following these",
            "by understanding",
            "by implementing",
            "by incorporating",
            "by embracing",
            "by taking",
            "by staying",
            "by choosing",
            "with the right",
            "only time will tell",
            "one thing is clear",
            "one thing is certain",
            "in a nutshell",
            "the bottom line is",
            "whether you choose",
            "so, the next time",
            "so the next time",
        ],
    },
    phrases_only=True,
    fires=[
        Example(
            "Conclusion\n\nSheds are useful in many ways, and everybody can find the one that suits them.",
            ["Conclusion"],
        ),
        Example(
            "In conclusion, sheds are useful in many ways, and everybody can find one that suits the garden.",
            ["In conclusion"],
            pad="before",
        ),
    ],
    quiet=[
        "The conclusion was plain to us: the mill had been sold in the spring.",
        Example("They came to the lock in the end, and overall it had cost us eleven pounds.", pad="before"),
    ],
)
def canned_conclusion(doc: Document, hits: Hits) -> Measured:
    found: list[Finding] = []
    for start, end in hits["title"]:
        line = opened_line(doc, start)
        if line is None or not is_title(doc, line, 14):
            continue
        rest = doc.folded[end : line.end].lstrip("*_ ")
        # "Conclusion: a Shed for Everyone" is a title, "Conclusion of the Treaty" is another thing.
        if not rest or rest[0] in ":-–—.":
            found.append(Finding(start, end))
    titles = len(found)
    late = int(_LAST * doc.n_words)
    for start, end in hits["opener"]:
        line = opened_line(doc, start)
        if line is None or line.first < late or line.n_words < 12:
            continue
        if doc.folded[end : end + 1] == "," or " " in doc.folded[start:end]:
            found.append(Finding(start, end))
    return Measured(
        {
            "titles_per_1k_words": per_1000(titles, doc.n_words),
            "openers_per_1k_words": per_1000(len(found) - titles, doc.n_words),
        },
        found,
    )
