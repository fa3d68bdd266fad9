"""Add scores to a Parquet file, batch by batch: ``python arrow_batches.py PAGES.parquet OUT.parquet``."""

import sys

import pyarrow.parquet as pq

from qualityscore import Scorer
from qualityscore.pipelines.batch import score_batch

PAGES, OUT = sys.argv[1:3]

scorer = Scorer.load(evidence=False)
writer = None
with pq.ParquetFile(PAGES) as pages:
    for batch in pages.iter_batches(batch_size=256):
        scored = score_batch(batch, scorer, content="html")
        writer = writer or pq.ParquetWriter(OUT, scored.schema, compression="zstd")
        writer.write_batch(scored)
if writer is not None:
    writer.close()
