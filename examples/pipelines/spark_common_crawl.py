"""Score WARC files with Spark, a task a file: ``python spark_common_crawl.py PATHS OUT`` or ``spark-submit``.

``PATHS`` is a text file with the path of a WARC file a line (Common Crawl's ``warc.paths.gz``, copied or mounted
where every executor sees it). A file is read and scored by the same Python worker, so that pages never travel
through the JVM. What comes out is Parquet: one row a page with its address and the columns of scores, and one
row a record that could not be read, with the error.
"""

import sys

import pyarrow as pa
from pyspark.sql import SparkSession

from qualityscore import Scorer
from qualityscore.pipelines.batch import score_batch
from qualityscore.sources import read_items

PATHS, OUT = sys.argv[1:3]
ROWS = 64
SCHEMA = (
    "record string, url string, quality_score double, quality_band string, quality_abstained string, "
    "quality_reason string, quality_error string, quality_words int, quality_language string, "
    "quality_reasons array<string>, quality_model string"
)

spark = SparkSession.builder.appName("Common Crawl").getOrCreate()
shared = spark.sparkContext.broadcast(Scorer.load(evidence=False))


def score_files(batches):
    """Batches of paths to batches of scores."""
    for batch in batches:
        for path in batch.column("value").to_pylist():
            rows = []
            for item in read_items([path]):
                # Records that are no pages (requests, metadata, pictures) have neither page nor error.
                if item.page is not None or item.error:
                    rows.append(item)
                if len(rows) == ROWS:
                    yield scored(rows)
                    rows = []
            if rows:
                yield scored(rows)


def scored(items):
    """One batch of scores; a record that could not be read keeps its own error."""
    pages = [item.page for item in items]
    columns = {
        "record": pa.array([item.name for item in items], pa.string()),
        "url": pa.array([page and page.url for page in pages], pa.string()),
        "html": pa.array([page and _bytes(page.content) for page in pages], pa.binary()),
        "type": pa.array([page and page.headers.get("content-type") for page in pages], pa.string()),
    }
    result = score_batch(pa.record_batch(columns), shared.value, content_type="type").drop_columns(
        ["html", "type"]
    )
    errors = [item.error or error.as_py() for item, error in zip(items, result["quality_error"], strict=True)]
    place = result.schema.get_field_index("quality_error")
    return result.set_column(place, "quality_error", pa.array(errors, pa.string()))


def _bytes(content):
    return content.encode() if isinstance(content, str) else content


files = spark.read.text(PATHS)
# As many tasks as files: one that fails is done again alone.
tasks = files.repartition(max(1, files.count()))
tasks.mapInArrow(score_files, SCHEMA).write.mode("overwrite").parquet(OUT)
spark.read.parquet(OUT).groupBy("quality_band").count().show()
spark.stop()
