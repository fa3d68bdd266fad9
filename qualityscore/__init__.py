"""Content-farm and SEO-article quality classifier.

Everything public is in ``__all__``::

    from qualityscore import Page, Scorer

    scorer = Scorer.load()
    verdict = scorer.score(Page.from_file("page.html"))
    print(verdict.score, verdict.band)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualityscore.document import Document, Page, build_document
    from qualityscore.errors import (
        ConfigError,
        DecodeError,
        FetchError,
        InputError,
        LimitExceeded,
        MissingExtraError,
        ModelError,
        ModelFormatError,
        ModelVersionError,
        OutputError,
        QualityscoreError,
        SignalError,
        TrainingError,
    )
    from qualityscore.limits import Limits
    from qualityscore.rules import Rules
    from qualityscore.schema import record_schema, site_schema
    from qualityscore.scorer import Scorer
    from qualityscore.signals import Evidence, Reading, Signal, all_signals
    from qualityscore.sources.crawl import site_items, site_urls
    from qualityscore.sources.fetch import Fetcher, fetch_items
    from qualityscore.sources.item import Item
    from qualityscore.sources.lists import read_url_list
    from qualityscore.sources.politeness import FetchSettings
    from qualityscore.sources.sitemap import sitemap_urls
    from qualityscore.verdict import NgramResult, SignalResult, Verdict

__version__ = "0.1.0"

# Names are imported on first use, so that `qualityscore --help` does not wait for numpy.
_HOME = {
    "Document": "document",
    "Page": "document",
    "build_document": "document",
    "ConfigError": "errors",
    "DecodeError": "errors",
    "FetchError": "errors",
    "InputError": "errors",
    "LimitExceeded": "errors",
    "MissingExtraError": "errors",
    "ModelError": "errors",
    "ModelFormatError": "errors",
    "ModelVersionError": "errors",
    "OutputError": "errors",
    "QualityscoreError": "errors",
    "SignalError": "errors",
    "TrainingError": "errors",
    "Limits": "limits",
    "Rules": "rules",
    "record_schema": "schema",
    "site_schema": "schema",
    "Scorer": "scorer",
    "Evidence": "signals",
    "Reading": "signals",
    "Signal": "signals",
    "all_signals": "signals",
    "FetchSettings": "sources.politeness",
    "Fetcher": "sources.fetch",
    "fetch_items": "sources.fetch",
    "Item": "sources.item",
    "read_url_list": "sources.lists",
    "site_items": "sources.crawl",
    "site_urls": "sources.crawl",
    "sitemap_urls": "sources.sitemap",
    "NgramResult": "verdict",
    "SignalResult": "verdict",
    "Verdict": "verdict",
}

__all__ = [
    "ConfigError",
    "DecodeError",
    "Document",
    "Evidence",
    "FetchError",
    "FetchSettings",
    "Fetcher",
    "InputError",
    "Item",
    "LimitExceeded",
    "Limits",
    "MissingExtraError",
    "ModelError",
    "ModelFormatError",
    "ModelVersionError",
    "NgramResult",
    "OutputError",
    "Page",
    "QualityscoreError",
    "Reading",
    "Rules",
    "Scorer",
    "Signal",
    "SignalError",
    "SignalResult",
    "TrainingError",
    "Verdict",
    "__version__",
    "all_signals",
    "build_document",
    "fetch_items",
    "read_url_list",
    "record_schema",
    "site_items",
    "site_schema",
    "site_urls",
    "sitemap_urls",
]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    # Names that nothing has asked for yet would be missing from completion.
    return sorted({*globals(), *__all__})
