"""What a paste means."""

from __future__ import annotations

from pathlib import Path

import pytest

from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("/tmp/a.ionapi", "/tmp/a.ionapi"),
        ("  /tmp/a.ionapi \n", "/tmp/a.ionapi"),
        ("'/tmp/a b.ionapi'", "/tmp/a b.ionapi"),
        ('"/tmp/a b.ionapi"', "/tmp/a b.ionapi"),
        ("file:///tmp/a%20b.ionapi", "/tmp/a b.ionapi"),
        ("file:///C:/Users/me/a.ionapi", "C:/Users/me/a.ionapi"),
        ("'", "'"),
        ('""', ""),
        ("X/a.ionapi/X", "X/a.ionapi/X"),
        ("/tmp/a\0b", "/tmp/ab"),
        ("~nobody-of-that-name/a", "~nobody-of-that-name/a"),
    ],
)
def test_a_path_is_understood_in_every_form_terminals_write(pasted: str, path: str) -> None:
    assert as_path(pasted) == Path(path)


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        (r'"C:\Users\me\a b.ionapi"', r"C:\Users\me\a b.ionapi"),
        (r"& 'C:\Users\me\a b.ionapi'", r"C:\Users\me\a b.ionapi"),
        (r"&   'C:\Users\me\a b.ionapi'", r"C:\Users\me\a b.ionapi"),
        (r"C:\Users\me\a.ionapi", r"C:\Users\me\a.ionapi"),
        ("file:///c:/Users/me/a.ionapi", "c:/Users/me/a.ionapi"),
        (r"\\server\share\a.ionapi", r"\\server\share\a.ionapi"),
        ("C:a.ionapi", "C:a.ionapi"),
        ("file://server/share/a%20b.ionapi", "//server/share/a b.ionapi"),
        ("file://localhost/C:/a.ionapi", "C:/a.ionapi"),
    ],
)
def test_windows_writes_paths_in_ways_of_its_own(pasted: str, path: str) -> None:
    assert as_path(pasted, windows=True) == Path(path)


def test_a_backslash_escapes_elsewhere() -> None:
    assert as_path("/tmp/a\\ b\\ \\(1\\).ionapi", windows=False) == Path("/tmp/a b (1).ionapi")


@pytest.mark.parametrize("windows", [False, True])
def test_an_address_that_is_none_is_taken_as_it_is(windows: bool) -> None:
    assert as_path("file://[/a.ionapi", windows=windows).name == "a.ionapi"


def test_the_home_folder_is_filled_in(own_home: Path) -> None:
    assert as_path("~/a.ionapi") == own_home / "a.ionapi"


@pytest.mark.parametrize("text", ['{"ti": 1}', "{", "a\nb", "> {", "ti: x\nci: y"])
def test_content_is_told_from_a_path(text: str) -> None:
    assert looks_like_content(text)


@pytest.mark.parametrize("text", ["/tmp/a.ionapi\n", "'/tmp/a b.ionapi'", "file:///a", ""])
def test_a_path_is_told_from_content(text: str) -> None:
    assert not looks_like_content(text)
