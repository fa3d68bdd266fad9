"""How well the text compresses, against what is usual at its length."""

import math
import zlib

from qualityscore.signals.api import Document, Example, Feature, Measured, Needs, Source, signal

_MOST = 6_000
# As many bits tell any two places of it apart; a wider window finds no more and takes longer to set up.
_WINDOW = 13
_BASE, _SLOPE = 0.794, 0.0373


@signal(
    id="compression_ratio",
    family="repetition",
    why="Text that says the same again compresses better than text that goes on.",
    limits="Tables, code and lyrics compress well; very dense notes compress badly.",
    sources=[
        Source(
            "Ntoulas et al. 2006: Detecting Spam Web Pages through Content Analysis",
            "https://doi.org/10.1145/1135777.1135794",
        )
    ],
    features=[
        Feature("surplus", "log of usual over measured compressed size", low=-2.0, high=6.0, found=False)
    ],
    needs=Needs(min_words=100),
    fires=[
        Example(
            "The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. The river was low that summer and the boats lay on the mud. ",
            pad="none",
        ),
        Example(
            "Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. Call now for a quote on new windows and doors in your area. ",
            pad="none",
        ),
    ],
    quiet=["A short text.", "Another short text."],
    document_wide="every page has a level of this; no single passage carries it",
)
def compression_ratio(doc: Document) -> Measured:
    data = _opening(doc)
    if len(data) < 600:
        return Measured({"surplus": float("nan")})
    size = len(zlib.compress(data, 1, _WINDOW))
    # Longer texts compress better whatever they say: the line is that of plain English prose.
    usual = _BASE - _SLOPE * math.log(len(data))
    return Measured({"surplus": min(max(math.log(usual * len(data) / size), -2.0), 6.0)})


def _opening(doc: Document) -> bytes:
    """The first lines of prose in lower case, cut at `_MOST` bytes."""
    lower, pieces, size = doc.lower, [], 0
    for line in doc.prose:
        piece = lower[line.start : min(line.end, line.start + _MOST)]
        pieces.append(piece)
        size += len(piece) + 1
        if size > _MOST:
            break
    return "\n".join(pieces).encode()[:_MOST]
