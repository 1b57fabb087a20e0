"""The folders and files of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.base.paths import Paths, assets, home_folder


def test_the_guide_and_its_pictures_are_found() -> None:
    assert any(assets().rglob("*.png"))
    assert Paths.of_this_machine().assets == assets()


def test_the_environment_replaces_both_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("IONAPI_TUI_HOME", str(tmp_path / "ours"))
    monkeypatch.setenv("IONAPI_TUI_DOWNLOADS", str(tmp_path / "downloads"))
    paths = Paths.of_this_machine()
    assert (paths.home, paths.downloads) == (tmp_path / "ours", tmp_path / "downloads")
    assert home_folder() == tmp_path / "ours"


def test_a_tilde_stands_for_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IONAPI_TUI_HOME", "~/ours")
    monkeypatch.setenv("IONAPI_TUI_DOWNLOADS", "~/downloads")
    paths = Paths.of_this_machine()
    assert (paths.home, paths.downloads) == (Path.home() / "ours", Path.home() / "downloads")


def test_without_it_the_operating_system_suggests_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IONAPI_TUI_HOME", raising=False)
    monkeypatch.delenv("IONAPI_TUI_DOWNLOADS", raising=False)
    paths = Paths.of_this_machine()
    assert paths.home.name == "ionapi-tui"
    assert paths.downloads.is_absolute()


def test_our_files_are_in_our_folder(tmp_path: Path) -> None:
    paths = Paths(tmp_path, tmp_path, tmp_path)
    assert [paths.registry, paths.progress, paths.lock] == [
        tmp_path / "profiles.json",
        tmp_path / "progress.json",
        tmp_path / "lock",
    ]
