"""Walks stay within their bounds and touch nothing that could block or act."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ionapi_tui.usecases.scan.walking import Bounds, Walk

TEXT = b"x" * 200


def names(walk: Walk, *places: Path) -> list[str]:
    """Return the names of the files a walk yields."""
    return [path.name for path, _raw in walk.contents(places)]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with files at three levels."""
    top = tmp_path / "tree"
    (top / "a/b").mkdir(parents=True)
    for path in ("1", "a/2", "a/b/3"):
        (top / path).write_bytes(TEXT)
    return top


def test_every_file_is_seen_once(tree: Path) -> None:
    walk = Walk()
    assert sorted(names(walk, tree, tree / "a", tree)) == ["1", "2", "3"]
    assert (walk.looked_at, walk.unfinished, walk.unreadable) == (3, False, 0)


def test_a_file_may_be_named_itself(tree: Path) -> None:
    assert names(Walk(), tree / "a/2") == ["2"]


@pytest.mark.parametrize(
    ("bounds", "seen"),
    [(Bounds(files=2), 2), (Bounds(depth=1), 2), (Bounds(files=0), 0)],
    ids=["files", "depth", "none"],
)
def test_a_bound_that_is_met_is_reported(tree: Path, bounds: Bounds, seen: int) -> None:
    walk = Walk(bounds)
    assert len(names(walk, tree)) == seen
    assert walk.unfinished


def test_time_is_a_bound(tree: Path) -> None:
    ticks = iter(range(100))
    walk = Walk(Bounds(seconds=2.5), clock=lambda: float(next(ticks)))
    assert len(names(walk, tree)) < 3
    assert walk.unfinished


@pytest.mark.posix("named pipes and symbolic links")
def test_links_pipes_and_folders_of_tools_are_passed_by(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    (tree / "link").symlink_to(tree / "1")
    (tree / "loop").symlink_to(tree)
    (tree / "node_modules").mkdir()
    (tree / "node_modules/4").write_bytes(TEXT)
    assert sorted(names(Walk(), tree)) == ["1", "2", "3"]


def test_what_is_too_small_too_large_or_binary_is_passed_by(tree: Path) -> None:
    (tree / "small").write_bytes(b"x")
    (tree / "large").write_bytes(b"x" * 1_048_577)
    (tree / "binary").write_bytes(b"PK\x03\x04" + TEXT + b"\0" * 50)
    (tree / "utf-16").write_bytes("text".encode("utf-16") * 50)
    assert sorted(names(Walk(), tree)) == ["1", "2", "3", "utf-16"]


def test_what_cannot_be_read_is_counted(tree: Path) -> None:
    walk = Walk()
    assert names(walk, tree / "missing") == []
    assert walk.unreadable == 1
