"""The file that says where the practice tenant of a folder answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ionapi_tui.practice.home import RunningFile


def test_it_names_the_address_until_it_is_removed(tmp_path: Path) -> None:
    running = RunningFile(tmp_path)
    assert running.url() is None
    running.write("http://127.0.0.1:8377")
    assert RunningFile(tmp_path).url() == "http://127.0.0.1:8377"
    running.remove()
    assert running.url() is None
    assert list(tmp_path.glob("running*")) == []


def test_the_file_of_a_tenant_that_started_later_stays(tmp_path: Path) -> None:
    path = tmp_path / "running.json"
    path.write_text(json.dumps({"url": "http://127.0.0.1:9", "process": -1}))
    RunningFile(tmp_path).remove()
    assert path.exists()


@pytest.mark.parametrize("content", ["", "[]", '{"url": 7}'])
def test_a_damaged_file_names_no_address(tmp_path: Path, content: str) -> None:
    (tmp_path / "running.json").write_text(content)
    assert RunningFile(tmp_path).url() is None
