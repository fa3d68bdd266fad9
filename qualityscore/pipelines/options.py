"""What a filter is asked to do, and what came of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from qualityscore import __version__
from qualityscore.document.page import PageKind
from qualityscore.errors import ConfigError, OutputError
from qualityscore.journal import fingerprint_of
from qualityscore.pipelines.output import STDOUT
from qualityscore.pipelines.policy import Policy
from qualityscore.pipelines.sinks import check_fit, sink_format
from qualityscore.scorer import Scorer
from qualityscore.sources import FieldNames, FileInput


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What to filter and where to.

    Attributes:
        inputs: as `read_items` takes them.
        kept: where kept records go; the suffix tells the format, ``-`` is JSON lines on standard output.
        rejected: where rejected and failed records go with their reason, ``None`` for nowhere.
        annotate: keep all pages, and say of each what the score is and why it would be rejected.
        workers: processes; 1 scores in this one.
        resume: go on with a run that was killed.
        limit: stop after this many pages.
        fields, kind: as `read_items` takes them.
        pass_others: WARC records that hold no page go to ``kept`` too, instead of nowhere.
        checkpoint_every: records between checkpoints, where compressed members end.
    """

    inputs: Sequence[str]
    kept: str
    rejected: str | None = None
    annotate: bool = False
    workers: int = 1
    resume: bool = False
    limit: int | None = None
    fields: FieldNames = field(default_factory=FieldNames)
    kind: PageKind = "auto"
    pass_others: bool = True
    checkpoint_every: int = 1000


@dataclass(slots=True)
class Counts:
    """What became of the records; ``read`` is always ``kept + rejected + failed``.

    Attributes:
        read: pages, and records that could not be read.
        kept, rejected, failed: of those.
        abstained: pages without a score, kept or rejected, by why there is none.
        reasons: rejected pages by reason.
        errors: failed records by error, the most frequent ones.
        others_passed, others_left_out: WARC records that hold no page.
    """

    read: int = 0
    kept: int = 0
    rejected: int = 0
    failed: int = 0
    abstained: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    others_passed: int = 0
    others_left_out: int = 0

    def to_dict(self) -> dict[str, Any]:
        """The counts as JSON values."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: dict(v) if isinstance(v, Counter) else v for name, v in values.items()}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Counts:
        """The reverse of `to_dict`."""
        counts = cls()
        for name, value in values.items():
            setattr(counts, name, Counter(value) if isinstance(value, dict) else value)
        return counts


def check(options: FilterOptions, found: Sequence[FileInput]) -> None:
    """Refuse options that contradict each other or the inputs, before anything is written.

    Raises:
        ConfigError: they do.
        OutputError: the folder of an output is missing.
    """
    outputs = [path for path in (options.kept, options.rejected) if path is not None]
    for path in outputs:
        sink_format(path)
        require_folder(path)
    if len(outputs) == 2 and _same(*outputs):
        raise ConfigError("kept and rejected records cannot go to the same place")
    if options.workers < 1:
        raise ConfigError(f"--workers must be at least 1, not {options.workers}")
    if options.limit is not None and options.limit < 1:
        raise ConfigError(f"--limit must be at least 1, not {options.limit}")
    named = {os.path.realpath(path) for path in outputs if path != STDOUT}
    for item in found:
        if item.error:
            continue
        if os.path.realpath(item.name) in named and item.name != STDOUT:
            raise ConfigError(f"{item.name} is both input and output: write to another file")
        for path in outputs:
            check_fit(path, item.name)


def require_folder(path: str) -> None:
    """Refuse an output whose folder is missing.

    Raises:
        OutputError: it is.
    """
    folder = os.path.dirname(path)
    if path != STDOUT and folder and not os.path.isdir(folder):
        raise OutputError(f"cannot write the output {path}: there is no folder {folder}")


def _same(one: str, other: str) -> bool:
    return one == other or (STDOUT not in (one, other) and os.path.realpath(one) == os.path.realpath(other))


def fingerprint(
    scorer: Scorer, policy: Policy, options: FilterOptions, found: Sequence[FileInput]
) -> dict[str, Any]:
    """Everything that the outputs depend on, by the names users know."""
    rules = [[r.name, r.reject] for r in policy.rules.rules] if policy.rules is not None else None
    return {
        "command": "filter",
        "version": __version__,
        "model": [scorer.model.id, scorer.model.version],
        "threshold": scorer.threshold,
        "rules": rules,
        "on-abstain": policy.on_abstain,
        "annotate": options.annotate,
        "rejected": options.rejected,
        "limit": options.limit,
        "fields": [options.fields.content, options.fields.url, options.fields.id],
        "input kind": options.kind,
        "other records": "pass" if options.pass_others else "drop",
        "checkpoints": options.checkpoint_every,
        "limits": list(asdict(scorer.limits).values()),
        **fingerprint_of([item.name for item in found]),
    }
