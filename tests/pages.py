"""Small pages written for the tests, and a small model with made-up weights that tells them apart."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from qualityscore import Page, build_document
from qualityscore.model.additive import AdditiveModel
from qualityscore.model.bundle import FORMAT, Model
from qualityscore.model.kinds import KindModel
from qualityscore.model.lexical import Channel, LexicalModel, Stream, ngram_hashes, stream_ids
from qualityscore.model.spread import Spread
from qualityscore.model.thresholds import Thresholds
from tests.signals.neutral import NEUTRAL

CAREFUL = NEUTRAL
FARM = """\
The Ultimate Guide to Garden Hoses

When it comes to garden hoses, there are many things that you need to know before you make a choice. In today's fast \
paced world, choosing the right garden hose can make a big difference for you and for your family. Let us take a \
closer look at everything that you need to know about garden hoses.

Did You Know? Garden hoses have been used by people in gardens for many years.

Garden hoses come in many different shapes and sizes, and each of them offers a wide range of benefits. When it comes \
to quality, it is important to choose a hose that suits your needs. A good hose can help you to save time, to save \
money and to enjoy your garden to the fullest.

Fun Fact: Many gardeners enjoy watering their plants.

In conclusion, garden hoses play an important role in every garden. By following these simple tips, you can find the \
perfect hose for your garden and for the
"""
SHORT = "A page of eleven words says too little for any score."
JAPANESE = "これは庭のホースについてのページです。水やりの方法を詳しく説明します。今日は天気がいいです。" * 60
NAVIGATION = "".join(f"<li><a href='/p{n}'>Garden hoses and sprinklers {n}</a></li>" for n in range(80))

_WEIGHTS: dict[tuple[Stream, int], dict[str, float]] = {
    ("words", 2): {"when it comes": 2.0, "in conclusion": 1.0, "need to know": 0.7, "my brother": -2.0,
                   "home along": -1.3},
    ("words", 1): {"perfect": 0.3, "tips": 0.3, "because": -0.7},
    ("tokens", 2): {"you need": 0.5, "smelled of": -1.0},
}  # fmt: skip


def farm_html(body: str = FARM, title: str = "Garden Hoses") -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    return f"<!doctype html><html><head><title>{title}</title></head><body><main>{paragraphs}</main></body></html>"


def small_model(**changes: Any) -> Model:
    """Three text columns, one page column, a dozen n-grams; ``changes`` replace fields."""
    channels = []
    for (stream, n), weights in _WEIGHTS.items():
        pairs: dict[int, float] = {}
        for phrase, weight in weights.items():
            ids = stream_ids(build_document(Page.from_text(phrase)), stream)
            for key in ngram_hashes(ids, n).tolist():
                pairs[key] = weight
        keys = sorted(pairs)
        channels.append(
            Channel(stream, n, np.array(keys, np.uint32), np.array([pairs[k] for k in keys], np.float32))
        )
    text = AdditiveModel(
        ("trivia_box.boxes_per_1k_words", "truncated_ending.cut", "invisible_characters.per_1k_words"),
        np.array([[0.0, 2.0, 8.0], [0.0, 0.5, 1.0], [0.0, 1.0, 20.0]]),
        np.array([[0.8, 0.7], [0.3, 0.3], [0.5, 1.0]]),
        np.zeros(3),
    )
    page = AdditiveModel(
        ("trivia_box.boxes_per_1k_words",), np.array([[0.0, 1.0, 5.0]]), np.array([[0.2, 0.1]]), np.zeros(1)
    )
    kinds = KindModel(
        ("machine_written", "padded_copy"), ("truncated_ending.cut",), np.array([[0.0, 1.0]]),
        np.array([[[2.0]], [[0.0]]]), np.zeros(1), np.array([0.0, 0.5]),
    )  # fmt: skip
    spread = Spread(
        np.stack([0.5 * text.rises, text.rises, 1.5 * text.rises]), np.stack([page.rises] * 3),
        np.array([0.9, 1.0, 1.1]), np.array([-1.4, -1.5, -1.6]), np.full(3, 0.1),
    )  # fmt: skip
    manifest = {
        "format": FORMAT, "version": "0.1.0", "id": "", "prevalence": 0.3, "slope": 0.9, "intercept": -1.5, "page_intercept": 0.1,
        "channels": [{"stream": c.stream, "n": c.n} for c in channels],
        "kinds": list(kinds.names), "kind_columns": list(kinds.columns),
        "text_columns": list(text.columns), "page_columns": list(page.columns),
        "thresholds": {"rates": [0.001, 0.01, 0.05, 0.2], "scores": [0.97, 0.8, 0.5, 0.2], "pages": 5000,
                       "networks": 120},
    }  # fmt: skip
    model = Model(
        LexicalModel(tuple(channels)), text, page, 0.9, -1.5, 0.1,
        Thresholds.from_manifest(manifest["thresholds"]), manifest,  # type: ignore[arg-type]
        spread, kinds,
    )  # fmt: skip
    manifest["id"] = model.digest()
    return replace(model, **changes)
