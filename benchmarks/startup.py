"""Cold start of the command line, beside the import of scikit-learn that it avoids.

``python -m benchmarks.startup [--page PATH] [--model PATH] [--rounds N]``

Every command is a process of its own; commands take turns, and the median over rounds counts.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

BASE = "import sklearn.linear_model"


def commands(page: Path, model: Path | None) -> dict[str, list[str]]:
    """What is timed, by name."""
    chosen = ["--model", str(model)] if model is not None else []
    line = [sys.executable, "-m", "qualityscore"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "qualityscore --help": [*line, "--help"],
        "qualityscore score PAGE": [*line, "score", str(page), *chosen],
        BASE: [sys.executable, "-c", BASE],
    }


def measure(todo: dict[str, list[str]], rounds: int) -> dict[str, float]:
    """Median seconds of each command; one run before the first round fills the caches.

    Raises:
        subprocess.CalledProcessError: a command failed.
    """
    seconds: dict[str, list[float]] = {name: [] for name in todo}
    for number in range(rounds + 1):
        for name, command in todo.items():
            started = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            if number:
                seconds[name].append(time.perf_counter() - started)
    return {name: statistics.median(values) for name, values in seconds.items()}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--page", type=Path, default=Path("examples/farm_news_rewrite.txt"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    seconds = measure(commands(args.page, args.model), args.rounds)
    print(f"{'':32} {'seconds':>8} {'of sklearn':>11}")
    for name, value in seconds.items():
        print(f"{name:32} {value:8.3f} {value / seconds[BASE]:11.2f}")


if __name__ == "__main__":
    main()
