"""Names and paths of Windows."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ionapi_tui.base.windows_names import extended, is_device, is_forbidden, openable


@pytest.mark.parametrize("name", ["con", "NUL", "com1.ionapi", "Lpt9.tar.gz", "aux .txt", "com¹", "conin$"])
def test_devices_are_devices_with_every_ending(name: str) -> None:
    assert is_device(name)
    assert is_forbidden(name)


@pytest.mark.parametrize("name", ["a.ionapi.", "a ", "a:b", "a?", 'a"', "a\x1f", "", "a/b", "a\\b"])
def test_what_windows_refuses_or_changes_is_forbidden(name: str) -> None:
    assert is_forbidden(name)


@pytest.mark.parametrize("name", ["console.ionapi", "acme-tst.ionapi", "com10", "com", ".env", "nul-tst", "東京.x"])
def test_other_names_are_allowed(name: str) -> None:
    assert not is_forbidden(name)


LONG = "\\".join(["x" * 50] * 6)


@pytest.mark.parametrize(
    ("path", "result"),
    [
        ("C:\\a.ionapi", "C:\\a.ionapi"),
        (f"C:\\{LONG}", f"\\\\?\\C:\\{LONG}"),
        (f"\\\\server\\share\\{LONG}", f"\\\\?\\UNC\\server\\share\\{LONG}"),
        (f"\\\\?\\C:\\{LONG}", f"\\\\?\\C:\\{LONG}"),
    ],
)
def test_a_long_path_is_extended(path: str, result: str) -> None:
    assert extended(path) == result


def test_elsewhere_paths_stay(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 200) / ("y" * 200)
    assert (openable(long) == long) is (sys.platform != "win32")
