"""Finding and reading files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualityscore.document import PAGE_SUFFIXES
from qualityscore.errors import InputError, LimitExceeded
from qualityscore.limits import Limits
from qualityscore.sources import FileInput, expand, is_several, read_page


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def found(root: Path, *arguments: object) -> list[str]:
    items = list(expand([str(a) for a in arguments]))
    assert not [i for i in items if i.error], items
    return [Path(os.path.relpath(item.name, root)).as_posix() for item in items]


def link(path: Path, target: Path) -> None:
    try:
        path.symlink_to(target, target_is_directory=target.is_dir())
    except OSError:
        pytest.skip("no symbolic links here")


def test_a_folder_gives_its_pages_sorted(tmp_path: Path) -> None:
    make(
        tmp_path,
        *(f"b/page{suffix}" for suffix in PAGE_SUFFIXES),
        "a.HTML",
        "z/deep/er/x.md",
        "c.png",
        "b.css",
    )
    assert found(tmp_path, tmp_path) == [
        "a.HTML",
        *sorted(f"b/page{s}" for s in PAGE_SUFFIXES),
        "z/deep/er/x.md",
    ]


def test_hidden_ones_only_by_name(tmp_path: Path) -> None:
    make(tmp_path, ".git/x.html", ".draft.html", "a/.b/c.html", "a/d.html")
    assert found(tmp_path, tmp_path) == ["a/d.html"]
    assert found(tmp_path, tmp_path / "*" / "*.html") == ["a/d.html"]
    assert found(tmp_path, tmp_path / "**" / "*.html") == ["a/d.html"]
    assert found(tmp_path, tmp_path / ".git", tmp_path / ".*.html") == [".git/x.html", ".draft.html"]


def test_loops_end_and_each_folder_is_entered_once(tmp_path: Path) -> None:
    make(tmp_path, "a/x.html", "b/y.html")
    link(tmp_path / "a" / "up", tmp_path)
    link(tmp_path / "b" / "up", tmp_path)
    link(tmp_path / "b" / "self", tmp_path / "b")
    link(tmp_path / "b" / "dead.html", tmp_path / "nothing")
    assert found(tmp_path, tmp_path) == ["a/x.html", "b/y.html"]
    assert found(tmp_path, tmp_path / "**" / "*.html") == ["a/x.html", "b/dead.html", "b/y.html"]
    assert found(tmp_path, tmp_path / "**") == ["a/x.html", "b/y.html"]


def test_a_linked_folder_outside_is_followed(tmp_path: Path) -> None:
    make(tmp_path, "in/a.html", "out/b.html")
    link(tmp_path / "in" / "link", tmp_path / "out")
    assert found(tmp_path, tmp_path / "in") == ["in/a.html", "in/link/b.html"]


def test_globs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "1.html", "2.html", "3.txt", "4.png", "s/5.html", "s/t/6.html", "[x].html")
    assert found(tmp_path, tmp_path / "?.html") == ["1.html", "2.html"]
    assert found(tmp_path, tmp_path / "[13].*") == ["1.html", "3.txt"]
    assert found(tmp_path, tmp_path / "[x].html") == ["[x].html"]
    assert found(tmp_path, tmp_path / "s*") == ["s/5.html", "s/t/6.html"]
    assert found(tmp_path, tmp_path / "**" / "t" / "**") == ["s/t/6.html"]
    assert found(tmp_path, tmp_path / "**") == [
        "1.html",
        "2.html",
        "3.txt",
        "[x].html",
        "s/5.html",
        "s/t/6.html",
    ]
    assert found(tmp_path, tmp_path / "4.*") == ["4.png"]
    monkeypatch.chdir(tmp_path)
    assert [i.name for i in expand(["*.html"])] == ["1.html", "2.html", "[x].html"]
    assert [i.name for i in expand([os.path.join("s", "**", "*.html")])] == [
        os.path.join("s", "5.html"),
        os.path.join("s", "t", "6.html"),
    ]


def test_arguments_keep_their_order(tmp_path: Path) -> None:
    make(tmp_path, "a.html", "b.html")
    assert found(tmp_path, tmp_path / "b.html", tmp_path / "a.html") == ["b.html", "a.html"]


@pytest.mark.parametrize(
    ("argument", "says"),
    [("none.html", "no such file"), ("", "no such file"), ("*.nothing", "no file matches"), (".", "no pages"),
     ("http://example.com/", "not fetched here"), ("HTTPS://example.com/?a=[b]*", "not fetched here"),
     ("ftp://example.com/", "only http and https"),
     ("a\0b", "no such file"), ("~nobody", "no such file")],
)  # fmt: skip
def test_arguments_that_lead_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (item,) = expand([argument])
    assert item.name == argument
    assert says in item.error
    with pytest.raises(InputError, match=says):
        read_page(item)


@pytest.mark.parametrize(
    ("argument", "hinted"),
    [("example.org", True), ("www.example.de/a", True), ("Blog.Example.com/?p=1", True), ("example.org/a b", True),
     ("pages.jsonl", False), ("notes.md", False), ("example.orgs", False), ("site.com.html", False),
     ("./example.org", False)],
)  # fmt: skip
def test_an_address_without_its_scheme_is_told_how_to_write_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str, hinted: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    (item,) = expand([argument])
    assert item.error.endswith(f"; if it is a web address, write  https://{argument}") == hinted


def test_standard_input_only_once() -> None:
    first, second = expand(["-", "-"])
    assert not first.error
    assert "only once" in second.error


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_closed_folder_is_named(tmp_path: Path) -> None:
    make(tmp_path, "a/x.html", "b/y.html")
    (tmp_path / "a").chmod(0)
    try:
        items = list(expand([str(tmp_path)]))
    finally:
        (tmp_path / "a").chmod(0o700)
    assert [bool(i.error) for i in items] == [True, False]


def test_several(tmp_path: Path) -> None:
    make(tmp_path, "a.html", "[x].html")
    assert not is_several([str(tmp_path / "a.html")])
    assert not is_several([str(tmp_path / "[x].html")])
    assert not is_several(["-"])
    assert is_several([str(tmp_path)])
    assert is_several([str(tmp_path / "*.html")])
    assert is_several(["a", "b"])


def test_reading(tmp_path: Path) -> None:
    make(tmp_path, "a.html", "b.unknown")
    page = read_page(FileInput(str(tmp_path / "a.html")))
    assert (page.kind, page.content, page.source) == ("html", b"a.html", str(tmp_path / "a.html"))
    assert read_page(FileInput(str(tmp_path / "a.html")), "text").kind == "text"
    assert read_page(FileInput(str(tmp_path / "b.unknown"))).kind == "auto"


def test_too_large(tmp_path: Path) -> None:
    make(tmp_path, "a.html")
    with pytest.raises(LimitExceeded):
        read_page(FileInput(str(tmp_path / "a.html")), limits=Limits(max_bytes=3))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs /dev/zero")
def test_a_device_without_end() -> None:
    with pytest.raises(LimitExceeded, match="larger than the limit"):
        read_page(FileInput("/dev/zero"), limits=Limits(max_bytes=1000))


@pytest.mark.skipif(sys.platform == "win32", reason="folders open differently there")
def test_what_cannot_be_read_does_not_repeat_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_page(FileInput(str(tmp_path)))
    assert str(tmp_path) not in str(caught.value)
    with pytest.raises(InputError, match="cannot be read") as caught:
        read_page(FileInput(str(tmp_path / "gone.html")))
    assert str(tmp_path) not in str(caught.value)


@given(st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_no_argument_raises(argument: str) -> None:
    if "**" in argument or argument.startswith(("/", "\\")) or ".." in argument:
        return
    for _ in zip(range(50), expand([argument]), strict=False):
        pass
