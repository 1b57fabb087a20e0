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
        ("/tmp/a\\ b\\ \\(1\\).ionapi", "/tmp/a b (1).ionapi"),
        ("file:///tmp/a%20b.ionapi", "/tmp/a b.ionapi"),
        ("file:///C:/Users/me/a.ionapi", "C:/Users/me/a.ionapi"),
        ("'", "'"),
        ("/tmp/a\0b", "/tmp/ab"),
        ("~nobody-of-that-name/a", "~nobody-of-that-name/a"),
    ],
)
def test_a_path_is_understood_in_every_form_terminals_write(pasted: str, path: str) -> None:
    assert as_path(pasted) == Path(path)


def test_the_home_folder_is_filled_in(own_home: Path) -> None:
    assert as_path("~/a.ionapi") == own_home / "a.ionapi"


@pytest.mark.parametrize("text", ['{"ti": 1}', "{", "a\nb", "> {", "ti: x\nci: y"])
def test_content_is_told_from_a_path(text: str) -> None:
    assert looks_like_content(text)


@pytest.mark.parametrize("text", ["/tmp/a.ionapi\n", "'/tmp/a b.ionapi'", "file:///a", ""])
def test_a_path_is_told_from_content(text: str) -> None:
    assert not looks_like_content(text)
