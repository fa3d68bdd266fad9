"""``qualityscore audit --compare OLD NEW``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from qualityscore.cli.audit_limit import FailAbove
from qualityscore.cli.audit_output import command
from qualityscore.cli.console import safe_json, visible
from qualityscore.site.compare import compare, comparison_text, fresh_low_quality


def run_compare(old: Path, new: Path, form: str, fail_above: str | None) -> int:
    """Write the comparison to standard output; the exit code.

    Raises:
        InputError: a folder holds no finished audit.
        ConfigError: ``fail_above`` makes no sense.
    """
    limit = FailAbove.parse(fail_above)
    found = compare(old, new)
    fresh = fresh_low_quality(found)
    if form == "json":
        sys.stdout.write(safe_json(json.dumps(found, ensure_ascii=False, indent=1)) + "\n")
    elif form == "github":
        for row in fresh:
            was = "a new page" if row["old_band"] is None else f"was {row['old_band'].replace('_', ' ')}"
            file = row["source"] if os.path.isfile(row["source"]) else None
            line = command(
                "error", file, "low quality since the last audit", f"score {row['new_score']:.2f}, {was}"
            )
            sys.stdout.write(line + "\n")
    else:
        sys.stdout.writelines(visible(line) + "\n" for line in comparison_text(found).split("\n"))
    scored = sum(site["scored"][1] or 0 for site in found["sites"])
    return limit.CODE if limit is not None and limit.exceeded(len(fresh), scored) else 0
