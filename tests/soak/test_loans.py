"""Processes that lend a file, killed at random moments: nothing stays behind, and nothing of others goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from ionapi_tui.base.paths import Paths
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.atomic import ProcessLock
from ionapi_tui.files.private_file import FileInTheWay
from ionapi_tui.profile_store.loans import LoansFile
from ionapi_tui.usecases import exporting
from ionapi_tui.usecases.lending import lend, take_back_left_over
from tests.samples import as_bytes, sample
from tests.soak.machines import kill_within
from tests.soak.test_kills import KILLS

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1800)]

MOMENT = 0.02
"""Seconds within which a kill comes: a few loans long."""


class Lender:
    """What a process needs that lends."""

    def __init__(self, home: Path) -> None:
        self.paths = Paths(home)
        self.loans = LoansFile(self.paths.loans, lambda: ProcessLock(self.paths.lock, timeout=60))
        self.profiles = None


def test_a_kill_at_any_moment_leaves_no_file_and_deletes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ionapi_tui.base.secret import Secret

    content = Secret(as_bytes(sample()).decode())
    monkeypatch.setattr(exporting, "export", lambda *_: content)
    folder = tmp_path / "downloads"
    folder.mkdir()
    mine = folder / "other.ionapi"
    mine.write_text(content.reveal())
    home = tmp_path / "home"
    profiles = [
        Profile(str(number), name, "s", "2026-01-01T00:00:00Z", {}) for number, name in enumerate(("a", "other"))
    ]
    found = 0
    for _kill in range(KILLS):
        kill_a_lender(Lender(home), profiles, folder)
        found += len([path for path in folder.iterdir() if path != mine])
        take_back_left_over(Lender(home).loans)
        assert [path.name for path in folder.iterdir()] == ["other.ionapi"]
        assert mine.read_text() == content.reveal()
        assert not Lender(home).paths.loans.exists()
    mine.unlink()
    with capsys.disabled():
        print(f"\nlend: {KILLS} kills, {found} files were there, 0 left, 0 of others deleted", end=" ")


def kill_a_lender(lender: Lender, profiles: list[Profile], folder: Path) -> None:
    """Let a process lend files again and again, one of them where there is one already, and kill it."""

    def rounds() -> Iterator[None]:
        while True:
            lend(cast("Any", lender), profiles[0], folder).take_back()
            with pytest.raises(FileInTheWay):
                lend(cast("Any", lender), profiles[1], folder)
            yield

    kill_within(rounds, MOMENT)
