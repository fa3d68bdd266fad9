"""Runs one peer over texts, in the peers' own environment; imports nothing of this project.

``PYTHON peer_runner.py PEER < texts.jsonl`` prints one JSON object: scores (higher is worse), CPU seconds,
version, or the error that keeps the peer out.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

Score = Callable[[str], float]


def is_it_slop() -> Score:
    from is_it_slop import is_this_slop

    return lambda text: float(is_this_slop(text).ai_probability)


def sloplint() -> Score:
    import sloplint

    # The name is the function in some versions, the module in others.
    lint = sloplint.lint if callable(sloplint.lint) else sloplint.lint.lint
    return lambda text: float(len(lint(text)))


def unslopify() -> Score:
    from unslopify.audit import audit_text

    return lambda text: float(len(audit_text(text).findings))


def zero_slop() -> Score:
    try:
        from zero_slop import load_patterns, score_text
    except ImportError:
        from zero_slop.scorer import load_patterns, score_text
    patterns = load_patterns()
    return lambda text: float(score_text(text, patterns)["ai_likelihood"])


def slopcheck() -> Score:
    from slopcheck.scorer import analyze

    return lambda text: float(analyze(text)["total_score"])


def slop_guard() -> Score:
    from slop_guard.engine import analyze_text

    return lambda text: -float(analyze_text(text)["score"])


def slopscore() -> Score:
    try:
        from slopscore import scan_text
    except ImportError:
        from slopscore_lint import scan_text
    return lambda text: float(scan_text(text).score.slop_score)


def lynote() -> Score:
    from aidetect import analyze_text

    return lambda text: float(analyze_text(text).score)


PEERS: dict[str, Callable[[], Score]] = {
    "is-it-slop": is_it_slop,
    "sloplint": sloplint,
    "unslopify": unslopify,
    "zero-slop": zero_slop,
    "slopcheck-cli": slopcheck,
    "slop-guard": slop_guard,
    "slopscore-lint": slopscore,
    "lynote-ai": lynote,
}


def main() -> None:
    """Run and print."""
    name = sys.argv[1]
    result: dict[str, Any] = {"peer": name}
    # A peer may print; only the result belongs on standard output.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    try:
        result["version"] = importlib.metadata.version(name)
        score = PEERS[name]()
        texts = [json.loads(line) for line in sys.stdin]
        score(texts[0])
        scores, failed, started = [], 0, time.process_time()
        for text in texts:
            try:
                scores.append(score(text))
            except Exception:
                # A page the peer cannot read gets its lowest score, as an abstention does.
                scores.append(None)
                failed += 1
        result |= {"scores": scores, "failed": failed, "seconds": time.process_time() - started}
    except BaseException as error:
        result["error"] = f"{type(error).__name__}: {error}"[:300]
    out.write(json.dumps(result) + "\n")
    out.close()


if __name__ == "__main__":
    main()
