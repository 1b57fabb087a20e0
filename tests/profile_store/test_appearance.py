"""What was chosen about language and colours survives everything, and never stops the program."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.profile_store.appearance import Appearance, AppearanceFile

NOW = datetime(2026, 3, 29, 1, 59, 59, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> AppearanceFile:
    return AppearanceFile(tmp_path / "appearance.json", lambda: NOW)


def test_nothing_is_chosen_at_first_and_what_is_saved_is_loaded(file: AppearanceFile) -> None:
    assert file.load() == Appearance()
    file.save(Appearance("de", "ionapi-light"))
    assert file.load() == Appearance("de", "ionapi-light")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b'{"version": 2, "language": "de", "theme": ""}',
        b'{"version": 1, "language": 3, "theme": ""}',
        b'{"version": 1, "language": "de"}',
        b"[" * 200_000,
    ],
)
def test_what_cannot_be_understood_is_moved_to_quarantine(file: AppearanceFile, raw: bytes) -> None:
    file.path.write_bytes(raw)
    assert file.load() == Appearance()
    assert file.path.with_name("appearance.json.broken-20260329T015959Z").read_bytes() == raw


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFailed, match="cannot be saved"):
        AppearanceFile(tmp_path / "file" / "appearance.json").save(Appearance("de"))
