"""Score a folder of pages with Spark: ``python spark_scores.py PAGES OUT`` or ``spark-submit``.

For a crawl, read a table with a column of pages in place of the files: nothing else changes.
"""

import sys

from pyspark.sql import SparkSession

from qualityscore.pipelines.spark import with_quality_scores

PAGES, OUT = sys.argv[1:3]

spark = (
    SparkSession.builder.appName("quality scores")
    # Pages of 100 KB: Spark's default of 10,000 rows would be a gigabyte in one Arrow batch.
    .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
    .getOrCreate()
)
pages = (
    spark.read.format("binaryFile")
    .option("pathGlobFilter", "*.{html,md,txt}")
    .load(PAGES)
    .select("path", "content")
)
scored = with_quality_scores(pages, "content", url="path", keep_content=False)
scored.write.mode("overwrite").parquet(OUT)
spark.read.parquet(OUT).groupBy("quality_band").count().show()
spark.stop()
