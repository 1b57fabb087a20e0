"""The ways that a reader follows most stay short."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import bench_modules


@pytest.mark.keyring
@pytest.mark.posix("a GNOME Keyring")
def test_a_cached_token_loads_few_modules() -> None:
    loaded = bench_modules.loaded_by_token()
    assert len(loaded) <= bench_modules.TOKEN_LIMIT, loaded


async def test_a_dropped_file_is_stored_by_few_modules(own_home: Path) -> None:
    called = await bench_modules.called_by_a_dropped_file()
    assert "usecases/importing.py" in called
    assert len(called) <= bench_modules.FILE_LIMIT, called
