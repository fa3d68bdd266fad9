"""Scores for the rows of a pyarrow ``RecordBatch``: the door for every engine that speaks Arrow.

``pip install 'qualityscore[parquet]'``::

    scorer = Scorer.load(evidence=False)
    for batch in pyarrow.parquet.ParquetFile("pages.parquet").iter_batches(batch_size=256):
        scored = score_batch(batch, scorer, content="html", url="url")
"""

from __future__ import annotations

from collections.abc import Iterator

from qualityscore.document import Page
from qualityscore.document.page import PageKind
from qualityscore.errors import ConfigError, MissingExtraError
from qualityscore.pipelines.policy import BATCH, Policy, check_kind, make_page, score_all
from qualityscore.rules import Rules
from qualityscore.scorer import Scorer
from qualityscore.sources.rows import ABOUT, page_url

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtraError("pyarrow", "parquet") from error

PREFIX = "quality_"


def score_fields(*, record: bool = False, prefix: str = PREFIX) -> list[pa.Field]:
    """The columns that `score_batch` adds, in order.

    ``score`` (float64; null if abstained or failed), ``band``, ``abstained``, ``reason`` (why to drop the page;
    null: keep it), ``error``, ``words`` (int32), ``language``, ``reasons`` (list of signal ids, strongest first), ``model``; with ``record`` also
    ``record``, the whole JSON record with its evidence. Every name begins with ``prefix``.
    """
    types = {
        "score": pa.float64(),
        "band": pa.string(),
        "abstained": pa.string(),
        "reason": pa.string(),
        "error": pa.string(),
        "words": pa.int32(),
        "language": pa.string(),
        "reasons": pa.list_(pa.string()),
        "model": pa.string(),
    }
    if record:
        types["record"] = pa.string()
    return [pa.field(prefix + name, kind) for name, kind in types.items()]


def score_batch(
    batch: pa.RecordBatch,
    scorer: Scorer,
    *,
    content: str = "html",
    url: str | None = None,
    content_type: str | None = None,
    kind: PageKind | None = None,
    rules: Rules | None = None,
    record: bool = False,
    prefix: str = PREFIX,
) -> pa.RecordBatch:
    """The rows of a batch with the columns of `score_fields` behind them.

    What a file of these rows would tell of each page (address, kind, ``title``) is told here too.

    Args:
        content: column with the page, text or bytes. A row without content gets an error.
        url: column with the page's address; ``None``: ``url``, ``link``, ``source_url`` or ``warc-target-uri``.
        content_type: column with the HTTP ``Content-Type``; it helps decoding bytes.
        kind: what the pages are; ``None``: as the column's name says (``html``, ``markdown``, ``text``), else
            a column such as ``format`` or ``mime``, else the content.
        rules: decide on the column ``reason``, in place of the scorer's threshold.
        record: add the whole record as JSON; the scorer decides whether it quotes evidence.

    Raises:
        ConfigError: a column is missing, or one of the new names is taken.
    """
    names = batch.schema.names
    check_kind(kind)
    for column in (content, url, content_type):
        if column is not None and column not in names:
            raise ConfigError(f"there is no column {column!r}: the columns are {', '.join(names)}")
    added = score_fields(record=record, prefix=prefix)
    if taken := [field.name for field in added if field.name in names]:
        raise ConfigError(f"there is a column {taken[0]!r} already: give another prefix")
    policy = Policy(rules)
    rows: list[dict[str, object]] = []
    for start in range(0, batch.num_rows, BATCH):
        part = batch.slice(start, BATCH)
        for verdict in score_all(scorer, list(_pages(part, kind, content, url, content_type))):
            row: dict[str, object] = {prefix + k: v for k, v in policy.summary(verdict).items()}
            if record:
                row[prefix + "record"] = verdict.to_json()
            rows.append(row)
    new = [pa.array([row[field.name] for row in rows], field.type) for field in added]
    schema = pa.schema([*batch.schema, *added], metadata=batch.schema.metadata)
    return pa.RecordBatch.from_arrays([*batch.columns, *new], schema=schema)


def _pages(
    batch: pa.RecordBatch, kind: PageKind | None, content: str, url: str | None, content_type: str | None
) -> Iterator[Page | str]:
    contents = batch.column(content)
    wanted = {*ABOUT, url, content_type} - {content}
    about = {name: batch.column(name) for name in batch.schema.names if name in wanted}
    for row in range(batch.num_rows):
        values = {name: _value(column[row]) for name, column in about.items()}
        yield make_page(
            _value(contents[row]),
            kind,
            field=content,
            row=values,
            url=page_url(values, url),
            content_type=values.get(content_type) if content_type is not None else None,
        )


def _value(scalar: pa.Scalar) -> object:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        # A text column whose writer did not check: decoded like any page of bytes.
        return scalar.as_buffer().to_pybytes()
