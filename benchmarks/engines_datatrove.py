"""The datatrove run of `benchmarks.engines`, in a process of its own."""

from __future__ import annotations

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import ParquetReader

from qualityscore.pipelines.datatrove import QualityFilter

FOLDER = sys.argv[-1]

if __name__ == "__main__":
    LocalPipelineExecutor(
        pipeline=[
            ParquetReader(f"{FOLDER}/in", text_key="html", batch_size=256),
            QualityFilter(kind="html"),
        ],
        tasks=2,
        workers=2,
        logging_dir=f"{FOLDER}/logs",
        # Workers that are children of this process, so that their processor time can be counted.
        start_method="fork",
    ).run()
