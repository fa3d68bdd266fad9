"""Filter a folder of pages with datatrove: ``python datatrove_filter.py PAGES OUT``.

For a crawl, read WARC files with `WarcReader` in place of `read_folder`, and give `tasks` and `workers`; on a
Slurm cluster, give the same pipeline to `SlurmPipelineExecutor`.
"""

import gzip
import sys
from pathlib import Path

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.writers import JsonlWriter

from qualityscore.pipelines.datatrove import QualityFilter

PAGES, OUT = sys.argv[1:3]


def read_folder(data, rank=0, world_size=1):
    """Every file of the folder that is a page, shared out among the tasks."""
    paths = sorted(p for p in Path(PAGES).iterdir() if p.suffix in (".html", ".md", ".txt"))
    for path in paths[rank::world_size]:
        yield Document(path.read_text(encoding="utf-8"), path.name, metadata={"file": path.name})


if __name__ == "__main__":
    LocalPipelineExecutor(
        pipeline=[
            read_folder,
            QualityFilter(exclusion_writer=JsonlWriter(f"{OUT}/rejected")),
            JsonlWriter(f"{OUT}/kept"),
        ],
        logging_dir=f"{OUT}/logs",
    ).run()
    counts = {}
    for name in ("kept", "rejected"):
        files = Path(OUT, name).glob("*.jsonl.gz")
        counts[name] = sum(gzip.decompress(file.read_bytes()).count(b"\n") for file in files)
    print(f"{sum(counts.values())} pages: {counts['kept']} kept, {counts['rejected']} rejected")
