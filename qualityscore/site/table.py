"""``pages.parquet``: one flat row a page."""

from __future__ import annotations

from typing import IO, Any

from qualityscore.errors import MissingExtraError
from qualityscore.site.analysis import Analysis

_ROWS = 5_000


def write_table(out: IO[bytes], analysis: Analysis) -> None:
    """Write the pages of an analysis, in order.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtraError("pyarrow", "audit") from None
    text, number = pa.string(), pa.float64()
    schema = pa.schema(
        [
            ("source", text), ("url", text), ("host", text), ("section", text), ("title", text),
            ("author", text), ("date", text), ("month", text), ("language", text), ("words", pa.int64()),
            ("score", number), ("log_odds", number), ("band", text), ("abstained", text),
            ("template", text), ("duplicate", text), ("error", text),
        ]
    )  # fmt: skip
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for start in range(0, len(analysis.pages), _ROWS):
            rows = [_row(analysis, i) for i in range(start, min(start + _ROWS, len(analysis.pages)))]
            writer.write_table(pa.Table.from_pylist(rows, schema))


def _row(analysis: Analysis, number: int) -> dict[str, Any]:
    page, notes = analysis.pages[number], analysis.notes[number]
    row = {
        **{
            name: notes[name]
            for name in ("host", "section", "author", "date", "month", "template", "duplicate")
        },
        "source": page.source,
        "url": page.url,
        "title": page.title,
        "language": page.language,
        "words": page.n_words,
        "score": page.score,
        "log_odds": page.log_odds,
        "band": page.band,
        "abstained": page.abstained,
        "error": page.error,
    }
    # Arrow strings are UTF-8, which has no lone surrogates.
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in row.items()
    }
