"""Labelled pages put together from sentences, for fitting: enough of them, and quick to read."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

_FARM = [
    "When it comes to {}, it is important to know what you need before you choose.",
    "There are many benefits of {} that can help you and your family every day.",
    "In today's fast paced world, {} can make a big difference for everyone.",
    "By following these simple tips, you can get the most out of {} in no time.",
    "It is crucial to understand the importance of {} and to find what suits your needs.",
    "Experts agree that {} plays a vital role in a healthy and happy life.",
]
_HUMAN = [
    "I walked down to the harbour on Tuesday and bought {} from Ann's stall.",
    "She told me that her brother had carried {} home along the wall for an hour.",
    "We argued about {} until the kettle boiled, and then nobody spoke of it again.",
    "My uncle kept {} in a tin under the stairs because the cellar was always wet.",
    "The ferry was late, so I sat on the step with {} and watched the gulls.",
    "He said it smelled of smoke, and {} was cold by the time we sat down.",
]
_THINGS = [
    "bread",
    "wool",
    "slate",
    "honey",
    "rope",
    "tea",
    "lamp oil",
    "cheese",
    "apples",
    "salt",
    "nails",
    "soap",
]


def text_of(farm: bool, seed: int) -> str:
    """About a hundred words; one sentence in six comes from the other side."""
    rng = random.Random(seed)
    out = []
    for _ in range(9):
        pool = _FARM if farm != (rng.random() < 1 / 6) else _HUMAN
        out.append(rng.choice(pool).format(rng.choice(_THINGS)))
    return "\n\n".join(" ".join(out[i : i + 3]) for i in range(0, 9, 3))


def rows(pages: int = 240, groups: int = 24) -> list[dict[str, Any]]:
    """Rows with html, side, site, kind, day, id; groups alternate between the sides."""
    out = []
    for n in range(pages):
        group = n % groups
        farm = group % 2 == 1
        body = "".join(f"<p>{part}</p>" for part in text_of(farm, n).split("\n\n"))
        out.append(
            {
                "id": f"p{n}", "html": f"<article>{body}</article>", "side": "farm" if farm else "human",
                "site": f"s{group:02}", "kind": "filler" if farm else "diary", "day": f"20{20 + n % 3}-05-01",
            }
        )  # fmt: skip
    return out


def write(path: Path, lines: list[dict[str, Any]]) -> Path:
    """JSON lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in lines), encoding="utf-8")
    return path
