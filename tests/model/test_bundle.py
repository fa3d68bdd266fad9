"""The model file: round trip, damage, versions, and that nothing in it runs."""

from __future__ import annotations

import io
import json
import random
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qualityscore import ModelError, ModelFormatError, ModelVersionError, Page, Scorer
from qualityscore.model import bundle
from qualityscore.model.bundle import FORMAT, Model
from tests.pages import FARM, small_model


def rewrite(source: Path, target: Path, **changes: Any) -> Path:
    """Copy a model with arrays changed; ``manifest`` is a dict of changed entries."""
    with np.load(source) as file:
        arrays = {name: file[name] for name in file.files}
    manifest = json.loads(bytes(arrays["manifest"]))
    manifest.update(changes.pop("manifest", {}))
    arrays.update(changes)
    arrays["manifest"] = np.frombuffer(json.dumps(manifest).encode(), np.uint8)
    np.savez(target, **{k: v for k, v in arrays.items() if v is not None})
    return target


def test_round_trip_keeps_every_number(model: Model, tmp_path: Path) -> None:
    path = tmp_path / "m.npz"
    model.save(path)
    again = Model.load(path)
    assert again.digest() == model.digest() == again.id
    assert again.manifest == model.manifest
    assert again.thresholds == model.thresholds
    assert Scorer(again).score(Page(FARM)) == Scorer(model).score(Page(FARM))


def test_same_numbers_same_bytes(model: Model, tmp_path: Path) -> None:
    model.save(tmp_path / "a.npz")
    Model.load(tmp_path / "a.npz").save(tmp_path / "b")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_digest_depends_on_the_numbers(model: Model) -> None:
    assert small_model(slope=0.8).digest() != model.digest()
    assert small_model(intercept=0.0).digest() != model.digest()


@pytest.mark.parametrize("version", [0, FORMAT + 1, "2", None])
def test_another_format_version(model_path: Path, tmp_path: Path, version: object) -> None:
    path = rewrite(model_path, tmp_path / "m.npz", manifest={"format": version})
    with pytest.raises(ModelVersionError, match="retrain it or install"):
        Model.load(path)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04" + b"\0" * 50, b"no model", b"\x93NUMPY\x01\x00", b"\x80\x04."]
)
def test_files_that_are_no_model(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.npz"
    path.write_bytes(content)
    with pytest.raises(ModelFormatError, match="is not a qualityscore model"):
        Model.load(path)


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelFormatError, match="cannot read model"):
        Model.load(tmp_path / "none.npz")
    with pytest.raises(ModelFormatError, match="cannot read model"):
        Model.load(tmp_path)


def test_a_plain_array_file(tmp_path: Path) -> None:
    np.save(tmp_path / "m.npy", np.zeros(3))
    with pytest.raises(ModelFormatError):
        Model.load(tmp_path / "m.npy")


@pytest.mark.parametrize(
    "name", ["keys0", "weights1", "text_knots", "page_rises", "text_reference", "manifest"]
)
def test_missing_arrays(model_path: Path, tmp_path: Path, name: str) -> None:
    with np.load(model_path) as file:
        arrays = {k: file[k] for k in file.files if k != name}
    np.savez(tmp_path / "m.npz", **arrays)
    with pytest.raises(ModelFormatError):
        Model.load(tmp_path / "m.npz")


@pytest.mark.parametrize(
    "changes",
    [
        {"text_knots": np.zeros((3, 1))},
        {"text_knots": np.zeros(3)},
        {"text_rises": np.full((3, 2), np.nan)},
        {"text_reference": np.full(3, np.inf)},
        {"page_reference": np.zeros(2)},
        {"keys0": np.zeros(5, np.int64)},
        {"keys0": np.zeros(5, np.uint32)},
        {"weights0": np.array(["x"] * 7)},
        {"manifest": {"channels": [{"stream": "letters", "n": 1}]}},
        {"manifest": {"channels": None}},
        {"manifest": {"thresholds": {"rates": [], "scores": []}}},
        {"manifest": {"thresholds": {"rates": [0.1, 0.01], "scores": [0.1, 0.2], "pages": 1, "networks": 1}}},
        {"manifest": {"slope": "steep"}},
        {"manifest": {"text_columns": ["trivia_box.boxes_per_1k_words"]}},
        {"manifest": {"text_columns": "trivia_box"}},
        {"manifest": {"id": "0123456789ab"}},
        {"manifest": {"version": None}},
        {"manifest": {"prevalence": 1.0}},
        {"manifest": {"prevalence": "a third"}},
        {"manifest": {"slope": True}},
        {"manifest": {"channels": [{"stream": "words", "n": 0}] * 3}},
        {"manifest": {"channels": [{"stream": "words", "n": 9}] * 3}},
        {"manifest": {"thresholds": {"rates": [0.01, 0.1], "scores": [0.1, 0.2], "pages": 1, "networks": 1}}},
        {"manifest": {"thresholds": {"rates": [0.01, 0.1], "scores": [1.2, 0.2], "pages": 1, "networks": 1}}},
        {"text_knots": np.array([[0.0, 2.0, 8.0], [0.0, 1.0, 0.5], [0.0, 1.0, 20.0]])},
        {"text_knots": np.zeros((3, 3), complex)},
        {"keys0": np.array([5, 4, 3, 2, 1], np.uint32), "weights0": np.zeros(5, np.float32)},
        {"keys0": np.zeros((1, 5), np.uint32), "weights0": np.zeros((1, 5), np.float32)},
        {"weights0": np.ones(5, np.float32)},
        {"spread_lexical": np.ones(1)},
        {"spread_text": np.zeros((3, 2, 2))},
        {"kind_rises": np.zeros((2, 1, 1))},
        {"kind_intercepts": np.array([0.0, np.inf])},
        {"manifest": {"kinds": ["machine_written", "machine_written"]}},
        {"manifest": {"kinds": ["machine_written"]}},
    ],
)
def test_contents_that_do_not_fit(model_path: Path, tmp_path: Path, changes: dict[str, Any]) -> None:
    path = rewrite(model_path, tmp_path / "m.npz", **changes)
    with pytest.raises(ModelFormatError):
        Model.load(path)


@pytest.mark.parametrize("text", ["[]", "3", "null", "{", '"format"'])
def test_a_manifest_that_is_no_object(model_path: Path, tmp_path: Path, text: str) -> None:
    with np.load(model_path) as file:
        arrays = {name: file[name] for name in file.files}
    arrays["manifest"] = np.frombuffer(text.encode(), np.uint8)
    np.savez(tmp_path / "m.npz", **arrays)
    with pytest.raises(ModelFormatError):
        Model.load(tmp_path / "m.npz")


class Bomb:
    """Unpickling it would leave a trace."""

    ran = False

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _explode, ()


def _explode() -> None:
    Bomb.ran = True


def test_pickles_are_refused_and_never_run(model_path: Path, tmp_path: Path) -> None:
    path = rewrite(model_path, tmp_path / "m.npz", weights0=np.array([Bomb()], dtype=object))
    with pytest.raises(ModelFormatError):
        Model.load(path)
    import pickle

    (tmp_path / "pickle.npz").write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ModelFormatError):
        Model.load(tmp_path / "pickle.npz")
    assert not Bomb.ran


def test_bombs_are_seen_before_they_unpack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "_MAX_BYTES", 10_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("manifest.npy", b"\0" * 1_000_000)
    (tmp_path / "m.npz").write_bytes(buffer.getvalue())
    assert len(buffer.getvalue()) < 10_000
    with pytest.raises(ModelFormatError, match="too large"):
        Model.load(tmp_path / "m.npz")
    (tmp_path / "m.npz").write_bytes(b"PK" * 10_000)
    with pytest.raises(ModelFormatError, match="too large"):
        Model.load(tmp_path / "m.npz")


def test_random_damage_raises_nothing_else(model_path: Path, tmp_path: Path) -> None:
    """Bytes flipped or cut anywhere: a model error, or (in unused bytes) a model that loads."""
    random_ = random.Random(7)
    whole = model_path.read_bytes()
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(random_.randint(1, 8)):
            data[random_.randrange(len(data))] = random_.randrange(256)
        if random_.random() < 0.3:
            del data[random_.randrange(len(data)) :]
        path = tmp_path / "m.npz"
        path.write_bytes(bytes(data))
        with suppress(ModelError):
            Model.load(path)
