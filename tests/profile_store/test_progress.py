"""Progress survives everything, and never stops the program."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ionapi_tui.base.errors import StoreFailed
from ionapi_tui.profile_store.progress import Progress, ProgressFile

NOW = datetime(2026, 3, 29, 1, 59, 59, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> ProgressFile:
    return ProgressFile(tmp_path / "progress.json", lambda: NOW)


def test_there_is_none_at_first(file: ProgressFile) -> None:
    assert file.load() == Progress()


def test_what_is_saved_is_loaded(file: ProgressFile) -> None:
    progress = Progress("export-to-infor", "4", frozenset({"role IDM-AdvancedUser", "step 1"}))
    file.save(progress)
    assert file.load() == progress


def test_each_tenant_has_its_own_progress_and_the_last_one_comes_first(file: ProgressFile) -> None:
    acme = Progress("export-to-infor", "4", frozenset({"1"}), "ACME_TST")
    globex = Progress("export-to-infor", "2", frozenset(), "GLOBEX_PRD")
    for one in (acme, globex):
        file.save(one)
    assert file.load() == globex
    assert (file.load("ACME_TST"), file.load("OTHER_TST")) == (acme, Progress(tenant="OTHER_TST"))
    file.save(acme)
    assert file.all() == (acme, globex)
    file.forget("ACME_TST")
    assert file.all() == (globex,)


def test_a_guide_without_a_tenant_gets_one_and_keeps_the_ticks_of_both(file: ProgressFile) -> None:
    file.save(Progress("export-to-infor", "2", frozenset({"1"}), "ACME_TST"))
    file.save(Progress("export-to-infor", "4", frozenset({"3"})))
    file.name("ACME_TST")
    assert file.all() == (Progress("export-to-infor", "4", frozenset({"1", "3"}), "ACME_TST"),)
    file.name("GLOBEX_PRD")
    assert [one.tenant for one in file.all()] == ["ACME_TST"]


def test_the_one_guide_of_version_1_is_that_without_a_tenant(file: ProgressFile) -> None:
    file.path.write_text(json.dumps({"version": 1, "guide": "export-to-infor", "step": "4", "done": ["1"]}))
    assert file.load() == Progress("export-to-infor", "4", frozenset({"1"}))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"version": 2, "guide": "", "step": "", "done": []}',
        b'{"version": 2, "guides": [{"tenant": "", "guide": "", "step": 3, "done": []}]}',
        b'{"version": 2, "guides": [{"guide": "", "step": "", "done": []}]}',
        b'{"version": 3, "guides": []}',
        b'{"version": 1, "guide": "", "step": 3, "done": []}',
        b'{"version": 1, "guide": "", "step": "", "done": "abc"}',
        b'{"version": 1, "guide": "", "step": "", "done": null}',
        b"[" * 200_000,
    ],
)
def test_what_cannot_be_understood_is_kept_aside_and_begins_anew(file: ProgressFile, raw: bytes) -> None:
    file.path.write_bytes(raw)
    assert file.load() == Progress()
    kept = file.path.with_name("progress.json.broken-20260329T015959Z")
    assert kept.read_bytes() == raw
    assert not file.path.exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(raw=some.binary(max_size=200))
def test_no_bytes_stop_the_program(file: ProgressFile, raw: bytes) -> None:
    file.path.write_bytes(raw)
    assert isinstance(file.load(), Progress)


def test_a_folder_in_its_place_does_not_stop_the_program(file: ProgressFile) -> None:
    file.path.mkdir()
    assert file.load() == Progress()
    with pytest.raises(StoreFailed, match="cannot be written"):
        file.save(Progress())
