from __future__ import annotations

import pytest

from training.gate import failures, update

FLOORS = {"web.auroc": {"floor": 0.9}, "sites.auroc": {"floor": 0.95}}


def test_a_figure_below_its_floor_fails_and_a_missing_one_too() -> None:
    assert failures({"web.auroc": 0.9, "sites.auroc": 0.96}, FLOORS) == []
    assert failures({"web.auroc": 0.89}, FLOORS) == [
        "sites.auroc was not measured",
        "web.auroc is 0.8900, below its floor 0.9000",
    ]


def test_update_raises_and_never_lowers_silently() -> None:
    raised = update({"web.auroc": 0.95, "sites.auroc": 0.955}, FLOORS, set(), "")
    assert raised == {"web.auroc": {"floor": 0.94}, "sites.auroc": {"floor": 0.95}}
    with pytest.raises(ValueError, match=r"web\.auroc would sink from 0\.9 to 0\.84"):
        update({"web.auroc": 0.85, "sites.auroc": 0.96}, FLOORS, set(), "")
    lowered = update({"web.auroc": 0.85, "sites.auroc": 0.955}, FLOORS, {"web.auroc"}, "cleaner labels")
    assert lowered["web.auroc"] == {"floor": 0.84, "lowered_because": "cleaner labels"}
    with pytest.raises(ValueError, match="say why"):
        update({"web.auroc": 0.85, "sites.auroc": 0.96}, FLOORS, {"web.auroc"}, "")
