"""What a run was, and how its report's figures were made, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qualityscore.site.levels import Levels
from qualityscore.site.model import FEWEST_SCORED, SiteModel


@dataclass(frozen=True, slots=True)
class Run:
    """What the report needs to know of the run beside its pages.

    Attributes:
        version: of the package.
        model: ``id`` and ``version`` of the page model.
        meaning: what a score says, one sentence.
        inputs: as given.
        low_quality, suspect, max_fpr: thresholds of the run; ``max_fpr`` is ``None`` if the user
            gave a threshold.
        as_of: ISO day on which all pages were taken; ``None`` for what each page tells, else the
            latest that one of them tells.
        population: pages a sample was drawn from; ``None`` if all were taken.
        levels: usual values of the page model's columns; ``None`` if unknown.
        complete: whether all pages were scored.
    """

    version: str
    model: Mapping[str, str]
    meaning: str
    inputs: Sequence[str]
    low_quality: float
    suspect: float
    max_fpr: float | None
    as_of: str | None = None
    population: int | None = None
    levels: Levels | None = None
    complete: bool = True


def method(run: Run, model: SiteModel, taken: Mapping[str, Any] | None) -> list[str]:
    """How the figures were made and what they cannot say, a sentence each."""
    rates = model.error_rates(run.low_quality)
    human, farm = model.networks
    out = [
        f"A site's score is the probability that it is a content farm: the log-odds of its mean page score, "
        f"calibrated on {farm} farm and {human} human networks whose pages the page model had not seen. It takes "
        f"{FEWEST_SCORED} scored pages. It is called low_quality above {model.low_quality:g} and suspect above "
        f"{model.suspect:g}.",
        "Pages that are too short, not English or not prose get no score and are in no share.",
        "Intervals of shares are Wilson's at 95 %; they hold for pages drawn at random from the site.",
    ]
    if run.model["id"] == model.page_model:
        out.append(
            f"The corrected share allows for the model's errors (Rogan and Gladen): at this threshold it flags "
            f"{100 * rates.tpr:.0f} % of farm pages (from {100 * rates.tpr_range[0]:.0f} % to "
            f"{100 * rates.tpr_range[1]:.0f} % on single networks) and {100 * rates.fpr:.1f} % of human pages "
            f"(from {100 * rates.fpr_range[0]:.0f} % to {100 * rates.fpr_range[1]:.0f} %). Its 95 % interval "
            f"takes the site for one like any of those networks, since nobody knows which it is like."
        )
    out += [
        "A template is a title, heading or sentence that recurs on several pages but for slots; words that few pages "
        "share are slots. Lines that frame half of the pages (menus, footers) are left out. Honest sites have "
        "templates too: they weigh in no score.",
        "Near-duplicates share half of their runs of three words, directly or through other pages of their set (Broder "
        "et al. 1997). A doorway set is three pages or more whose titles and texts differ in one slot alone: 80 % "
        "of the runs of three words without it are the same. So are pages with one phrase in their titles, whatever their texts, "
        "if the words beside it fill the slot of a sentence that they share.",
        "Dates come from the rows, the pages' metadata or their addresses, and are never guessed; pages without one "
        "count for nothing in the cadence. A burst is a run of days with five times the usual pages of an active "
        "day, ten pages at least.",
        _taken(taken),
        "Of sections, authors and months the 200 with the most pages are listed, of templates 15 of a kind.",
    ]
    if run.population is not None:
        out.append(
            f"The pages are a sample of {run.population:,}, drawn in proportion from the patterns of their "
            f"addresses; repeated pages and templates are rarer in a sample than on the whole site."
        )
    if not run.complete:
        out.append("The run was interrupted: the figures cover the pages done so far.")
    return out


def _taken(taken: Mapping[str, Any] | None) -> str:
    if taken is None:
        return "No page says when it was fetched."
    first, last = taken["first"], taken["last"]
    when = f"on {first}" if first == last else f"from {first} to {last}"
    return (
        f"{taken['pages']:,} {'page was' if taken['pages'] == 1 else 'pages were'} fetched {when}, as their WARC "
        f"records or HTTP headers say. Such a day is never taken for a day of publication; it only tells which "
        f"dates lay in the future then."
    )
