"""What ``evaluate`` and ``train`` share: where labelled pages come from, and what to do with the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualityscore.cli.config import ScoreSettings
from qualityscore.cli.options import Loudness
from qualityscore.cli.score import InputKind

if TYPE_CHECKING:
    from qualityscore.cli.evaluating import Asked


class ReportFormat(StrEnum):
    """How to print the result."""

    table = "table"
    json = "json"


class ScoresFile(StrEnum):
    """How to write the scores."""

    csv = "csv"
    jsonl = "jsonl"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="LABELLED...",
        help="Files with one labelled page a row: JSONL (plain, gzip, zstd), CSV or Parquet.",
        show_default=False,
    ),
]
LabelField = Annotated[
    str,
    typer.Option("--label-field", metavar="FIELD", help="Field that holds the label.", show_default=False),
]
Positive = Annotated[
    str,
    typer.Option(
        "--positive", metavar="VALUE", help="Label of pages that should score high.", show_default=False
    ),
]
Negative = Annotated[
    list[str] | None,
    typer.Option(
        "--negative",
        metavar="VALUE",
        help="Label of pages that should score low; repeat for more. Default: every other label. Rows with "
        "other labels are then left out.",
    ),
]
GroupField = Annotated[
    str | None,
    typer.Option(
        "--group-field",
        metavar="FIELD",
        help="Field that names the site, owner or network of a page. Default: every page by itself.",
    ),
]
IdField = Annotated[str | None, typer.Option("--id-field", metavar="FIELD", help="Field that names a page.")]
KindField = Annotated[
    str | None, typer.Option("--kind-field", metavar="FIELD", help="Field to report by: kind of page.")
]
SourceField = Annotated[
    str | None,
    typer.Option("--source-field", metavar="FIELD", help="Field to report by: source of the page."),
]
DateField = Annotated[
    str | None,
    typer.Option("--date-field", metavar="FIELD", help="Field to report by year; dates begin with the year."),
]
ContentField = Annotated[
    str | None,
    typer.Option("--content-field", metavar="FIELD", help="Field of the page itself. Default: detected."),
]
UrlField = Annotated[
    str | None, typer.Option("--url-field", metavar="FIELD", help="Field of the address. Default: detected.")
]
Kind = Annotated[
    InputKind | None,
    typer.Option("--input-kind", help="What the pages are. Default: by field, then by content."),
]
Workers = Annotated[
    int | None,
    typer.Option("--workers", metavar="N", min=1, max=256, help="Processes that read pages. Default: 1."),
]
Rounds = Annotated[
    int, typer.Option("--rounds", min=100, max=10_000, help="Rounds of the bootstrap behind the intervals.")
]
Seed = Annotated[int, typer.Option("--seed", help="Seed of everything random; the same gives the same.")]
Scores = Annotated[ScoresFile, typer.Option("--scores", help="How to write the scores into the folder.")]
Shown = Annotated[
    ReportFormat | None,
    typer.Option("--format", help="What to print. Default: table on a terminal, else json."),
]


def asked(
    options: Mapping[str, Any], settings: ScoreSettings, folder: Path | None, loudness: Loudness
) -> Asked:
    """What both commands are asked for.

    Args:
        options: the options above by the names of their parameters, as in a context's ``params``.
        settings: kind of the pages and workers, defaults filled in.
        folder: where the report goes, if anywhere.
    """
    from qualityscore.cli.evaluating import Asked, Reading
    from qualityscore.evaluation.labels import LabelFields
    from qualityscore.sources import FieldNames

    names = FieldNames(content=options["content_field"], url=options["url_field"], id=options["id_field"])
    negative: Sequence[str] = options["negative"] or ()
    fields = LabelFields(
        options["label_field"], options["positive"], frozenset(negative), options["group_field"],
        options["id_field"], options["kind_field"], options["source_field"], options["date_field"],
    )  # fmt: skip
    # Choices are plain words here, members of their enumerations only in a command's own parameters.
    form = options["format"]
    return Asked(
        reading=Reading(tuple(options["inputs"]), names, settings.input_kind or "auto"),
        fields=fields,
        folder=folder,
        scores=str(options["scores"]),
        workers=settings.workers or 1,
        rounds=options["rounds"],
        seed=options["seed"],
        form=form and str(form),
        loudness=loudness,
    )
