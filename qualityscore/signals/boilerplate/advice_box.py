"""'Pro Tip:' and 'Note:' advice boxes pasted into an article."""

from qualityscore.signals.api import Document, Example, Feature, Hits, Measured, per_1000, signal
from qualityscore.signals.boilerplate._labels import NEWSGUARD, SIGNS, labels


@signal(
    id="advice_box",
    family="boilerplate",
    why="Templates for generated articles ask for a 'Pro Tip' box; what it holds is advice that fits any topic.",
    limits="Manuals and recipes use tip boxes honestly, and technical writing is full of plain 'Note:' labels.",
    sources=[SIGNS, NEWSGUARD],
    features=[
        Feature("expert_tips_per_1k_words", "boxes / 1000 words"),
        Feature("plain_notes_per_1k_words", "boxes / 1000 words"),
    ],
    phrases={
        "expert": [
            "pro tip",
            "pro tips",
            "pro-tip",
            "protip",
            "expert tip",
            "expert tips",
            "expert advice",
            "expert insight",
            "expert insights",
            "expert note",
            "expert opinion",
            "expert take",
            "insider tip",
            "insider tips",
            "insider secret",
            "editor's tip",
            "editor's insight",
            "editor's analysis",
            "smart tip",
            "power tip",
            "bonus tip",
            "bonus tips",
            "quick tip",
            "quick tips",
            "helpful tip",
            "helpful tips",
            "money-saving tip",
            "savings tip",
            "safety tip",
            "local tip",
            "travel tip",
            "golden rule",
            "rule of thumb",
            "our take",
            "key insight",
            "key insights",
            "real talk",
            "reality check",
            "professional tip",
            "best practice tip",
            "practical tip",
            "practical tips",
        ],
        "plain": [
            "note",
            "please note",
            "important note",
            "important",
            "tip",
            "tips",
            "remember",
            "warning",
            "caution",
            "hint",
            "reminder",
        ],
        "kind": ["tip", "tips", "insight", "insights", "advice", "hack", "forecast"],
    },
    phrases_only=True,
    fires=[
        Example("Pro Tip: Reading widely helps you to follow the subject.", ["Pro Tip:"]),
        Example("**Expert Tip:** Take your time and weigh every option.", ["Expert Tip:"]),
        Example("Note: The rules may change, so always check again.", ["Note:"]),
    ],
    quiet=[
        "The pro tip of the week came from my neighbour Ron.",
        "Remember the old ferry? It ran aground in May.",
        "Note that the gate closes at five.",
    ],
)
def advice_box(doc: Document, hits: Hits) -> Measured:
    expert = labels(doc, hits["expert"], marks=":!–—")
    seen = {finding.end for finding in expert}
    expert += [f for f in labels(doc, hits["kind"], marks=":", lone=False, before=True) if f.end not in seen]
    plain = labels(doc, hits["plain"], marks=":", lone=False)
    return Measured(
        {
            "expert_tips_per_1k_words": per_1000(len(expert), doc.n_words),
            "plain_notes_per_1k_words": per_1000(len(plain), doc.n_words),
        },
        [*expert, *plain],
    )
