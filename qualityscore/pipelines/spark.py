"""Scores as columns of a Spark ``DataFrame``: ``pip install 'qualityscore[spark]'``, Java 17 or later.

The scorer is broadcast: each executor fetches it once, each Python worker unpacks it once, however many
tasks it runs. Pages travel in Arrow batches (``mapInArrow``) and come back in small ones. The executors'
Python needs ``qualityscore`` and ``pyarrow`` as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from qualityscore.document.page import PageKind
from qualityscore.errors import ConfigError, MissingExtraError
from qualityscore.own_process import settle
from qualityscore.pipelines.policy import check_kind
from qualityscore.rules import Rules
from qualityscore.scorer import Scorer

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import (
        ArrayType,
        BinaryType,
        DataType,
        DoubleType,
        IntegerType,
        StringType,
        StructType,
        VarcharType,
    )
except ImportError as error:
    raise MissingExtraError("pyspark", "spark") from error

from qualityscore.pipelines.batch import PREFIX, score_batch

# Rows of one output batch: what a worker holds beside the batch that Spark handed it.
_ROWS = 256


def with_quality_scores(
    df: DataFrame,
    content: str = "html",
    *,
    scorer: Scorer | None = None,
    url: str | None = None,
    content_type: str | None = None,
    kind: PageKind | None = None,
    rules: Rules | None = None,
    record: bool = False,
    keep_content: bool = True,
    prefix: str = PREFIX,
) -> DataFrame:
    """A data frame with the columns of `qualityscore.pipelines.batch.score_fields` added; lazy.

    Args:
        content: column with the page, string or binary.
        scorer: default: the shipped model, without evidence.
        url, content_type, kind, rules, record, prefix: see `qualityscore.pipelines.batch.score_batch`.
        keep_content: ``False`` leaves the page's column out of the result, so that pages do not travel back.

    Raises:
        ConfigError: a column is missing or of another type, or one of the new names is taken.
    """
    check_kind(kind)
    for column in (content, url, content_type):
        if column is not None and column not in df.columns:
            raise ConfigError(f"there is no column {column!r}: the columns are {', '.join(df.columns)}")
    if not isinstance(df.schema[content].dataType, (StringType, BinaryType, VarcharType)):
        raise ConfigError(
            f"column {content!r} must be string or binary, not {df.schema[content].simpleString()}"
        )
    schema = StructType([f for f in df.schema.fields if keep_content or f.name != content])
    for name, spark_type in _types(record).items():
        if prefix + name in df.columns:
            raise ConfigError(f"there is a column {prefix + name!r} already: give another prefix")
        schema = schema.add(prefix + name, spark_type)
    score = partial(
        score_batch,
        content=content,
        url=url,
        content_type=content_type,
        kind=kind,
        rules=rules,
        record=record,
        prefix=prefix,
    )
    session = df.sparkSession
    shared = session.sparkContext.broadcast(scorer or Scorer.load(evidence=False))
    return df.mapInArrow(_scored(shared, score, None if keep_content else content), schema)


def _types(record: bool) -> dict[str, DataType]:
    """Spark's types of `qualityscore.pipelines.batch.score_fields`."""
    text = StringType()
    types: dict[str, DataType] = {
        "score": DoubleType(),
        "band": text,
        "abstained": text,
        "reason": text,
        "error": text,
        "words": IntegerType(),
        "language": text,
        "reasons": ArrayType(text),
        "model": text,
    }
    return {**types, "record": text} if record else types


@cache
def _settle() -> None:
    """Once in each of Spark's Python workers, which are there for tasks like this."""
    settle()


def _scored(
    shared: Any, score: Callable[..., pa.RecordBatch], drop: str | None
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def scored(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        scorer = shared.value
        _settle()
        for batch in batches:
            for start in range(0, batch.num_rows, _ROWS):
                result = score(batch.slice(start, _ROWS), scorer)
                yield result if drop is None else result.drop_columns([drop])

    return scored
