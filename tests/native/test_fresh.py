"""The compiled parts that are used are those of the sources beside them."""

from __future__ import annotations

import os
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path

import pytest

from qualityscore import native

FOLDER = Path(native.__file__).parent
SOURCES = sorted(FOLDER.glob("*.pyx"))


def _built(source: Path) -> Path | None:
    paths = (FOLDER / f"{source.stem}{suffix}" for suffix in EXTENSION_SUFFIXES)
    return next((path for path in paths if path.is_file()), None)


@pytest.mark.skipif(not any(map(_built, SOURCES)), reason="the compiled parts were not built")
def test_all_are_built_and_none_is_stale() -> None:
    shared = [*FOLDER.glob("*.pxd"), *FOLDER.glob("*.pxi")]
    newest = max(path.stat().st_mtime for path in shared)
    for source in SOURCES:
        built = _built(source)
        assert built is not None, f"{source.name} was not compiled: run python hatch_build.py"
        assert built.stat().st_mtime >= source.stat().st_mtime, (
            f"{built.name} is stale: python hatch_build.py"
        )
    assert max(path.stat().st_mtime for path in map(_built, SOURCES) if path) >= newest, (
        "a shared part is newer"
    )


def test_python_alone_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "QUALITYSCORE_PURE", "1")
    assert all(native.compiled(source.stem) is None for source in SOURCES)


def test_an_unknown_part_is_none() -> None:
    assert native.compiled("no_such_part") is None


@pytest.mark.parametrize("younger", ["a.pyx", "b.pxd", "c.pxi"])
def test_a_build_compiles_what_is_older_than_any_source(
    younger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = pytest.importorskip("hatch_build", reason="no checkout")
    folder = tmp_path / "qualityscore" / "native"
    folder.mkdir(parents=True)
    for path in (tmp_path / "hatch_build.py", *(folder / name for name in ("a.pyx", "b.pxd", "c.pxi"))):
        path.touch()
        os.utime(path, (1000, 1000))
    monkeypatch.chdir(tmp_path)
    built = folder / "a.so"
    assert not build._fresh([built])
    built.touch()
    os.utime(built, (1000, 1000))
    assert build._fresh([built])
    assert not build._fresh([built, folder / "missing.so"])
    os.utime(folder / younger, (1001, 1001))
    assert not build._fresh([built])
