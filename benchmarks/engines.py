"""What an engine costs: Spark and datatrove on two cores beside the bare scorer on two cores.

``python -m benchmarks.engines --data DIR [--pages N] [--rounds N] [--only spark]``

``DIR`` holds ``bench_small.warc.gz``. Its pages are written as Parquet; every door reads the same files, scores
all pages in two processes without evidence and throws the result away. Each door runs on all pages and on a
sixteenth of them; the difference is what pages cost once everything has started. The bare scorer's processes and
Spark's stay, and have met all pages before; datatrove's are new every time, and meet every word for the first.
Two figures a door: elapsed time, which counts on an idle machine only, and processor time of all its processes
(the JVM too), which other work disturbs little. Doors take turns; ratios are within a round: median, least and
greatest of the rounds.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from joblib.externals.loky.process_executor import ProcessPoolExecutor

from benchmarks.bench_pages import read_pages
from benchmarks.engines_bare import score_files
from qualityscore import Scorer
from qualityscore.document.decode import decode
from qualityscore.errors import InputError

FILES = 16
CORES = 2
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def write_parquet(data: Path, count: int, folder: Path) -> int:
    """Pages in files of equal size, as text, repeated until there are enough; returns how many."""
    texts = []
    for page in read_pages(data, None):
        try:
            texts.append((page.url, decode(page.content, page.headers)))
        except InputError:
            continue
    texts = [texts[n % len(texts)] for n in range(count)]
    folder.mkdir()
    for n in range(FILES):
        urls, html = zip(*texts[n::FILES], strict=True)
        table = pa.table({"id": [str(i) for i in range(len(urls))], "url": urls, "html": html})
        pq.write_table(table, folder / f"{n:02}.parquet", compression="zstd", row_group_size=256)
    print(f"{count} pages, {sum(len(html) for _, html in texts) / count / 1000:.0f} kB on average")
    return len(texts)


def finished_time() -> float:
    """Processor seconds of this process and of the ones it has waited for, with theirs."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def running_time() -> float:
    """Processor seconds of this process and of everything below it that is still there (Linux)."""
    parents: dict[int, list[int]] = {}
    seconds: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
            seconds[int(entry.name)] = sum(map(int, fields[11:15])) / _TICKS
    todo, total = [os.getpid()], 0.0
    while todo:
        pid = todo.pop()
        total += seconds.get(pid, 0.0)
        todo += parents.get(pid, [])
    return total


class Bare:
    """The scorer alone, in two processes that read the files themselves; started once, as Spark's are."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(CORES, env=_ONE_THREAD)

    def run(self, paths: list[Path]) -> int:
        """Files to verdicts."""
        return sum(self._pool.map(score_files, [paths[n::CORES] for n in range(CORES)]))


class Spark:
    """A local session with two cores, started once."""

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        os.environ["PYSPARK_PYTHON"] = sys.executable
        self.session = (
            SparkSession.builder.master(f"local[{CORES}]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.memory", "2g")
            .config("spark.sql.files.maxPartitionBytes", "8m")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "64")
            .getOrCreate()
        )
        self.scorer = Scorer.load(evidence=False)

    def run(self, paths: list[Path]) -> int:
        """Files to columns of scores; the pages are left behind."""
        from qualityscore.pipelines.spark import with_quality_scores

        pages = self.session.read.parquet(*map(str, paths)).select("url", "html")
        scored = with_quality_scores(pages, "html", scorer=self.scorer, keep_content=False)
        scored.write.format("noop").mode("overwrite").save()
        return sum(pq.read_metadata(path).num_rows for path in paths)


def datatrove(paths: list[Path]) -> int:
    """A pipeline of reader and filter in two processes, as a user starts it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").mkdir()
        for path in paths:
            (Path(folder) / "in" / path.name).symlink_to(path)
        subprocess.run(
            [sys.executable, "-m", "benchmarks.engines_datatrove", folder], check=True, capture_output=True
        )
    return sum(pq.read_metadata(path).num_rows for path in paths)


def measure(
    run: Callable[[list[Path]], int], clock: Callable[[], float], paths: list[Path]
) -> tuple[float, float]:
    """Elapsed and processor seconds a page, without what it takes to start."""
    spent: list[tuple[int, float, float]] = []
    for some in (paths[:1], paths):
        elapsed, busy = time.perf_counter(), clock()
        count = run(some)
        spent.append((count, time.perf_counter() - elapsed, clock() - busy))
    (n0, e0, b0), (n1, e1, b1) = spent
    return (e1 - e0) / (n1 - n0), (b1 - b0) / (n1 - n0)


def main() -> None:
    """Run the doors in turns and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("spark", "datatrove"), help="leave the other one out")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_parquet(args.data, args.pages, Path(folder) / "pages")
        paths = sorted((Path(folder) / "pages").iterdir())
        doors: dict[str, Callable[[list[Path]], int]] = {"bare scorer": Bare().run}
        if args.only != "datatrove":
            doors["Spark"] = Spark().run
        if args.only != "spark":
            doors["datatrove"] = datatrove
        for run in doors.values():
            run(paths)
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in doors}
        for _ in range(args.rounds):
            for name, run in doors.items():
                clock = finished_time if name == "datatrove" else running_time
                found[name].append(measure(run, clock, paths))
    _print(found)


def _print(found: dict[str, list[tuple[float, float]]]) -> None:
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {CORES} processes a door")
    print(f"{'':14}{'pages/s':>9}{'of bare':>20}{'pages per core-hour':>22}{'of bare':>20}")
    for name, rounds in found.items():
        elapsed, busy = (statistics.median(values) for values in zip(*rounds, strict=True))
        # Each round against the bare scorer of that round: the machine's speed changes from one to the next.
        ratios = [
            (bare_elapsed / e, bare_busy / b)
            for (bare_elapsed, bare_busy), (e, b) in zip(found["bare scorer"], rounds, strict=True)
        ]
        in_time, in_work = map(_spread, zip(*ratios, strict=True))
        print(f"{name:14}{1 / elapsed:9.0f}{in_time:>20}{3600 / busy:22,.0f}{in_work:>20}")


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


if __name__ == "__main__":
    main()
