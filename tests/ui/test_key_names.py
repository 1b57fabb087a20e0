"""Keys are called what is printed on them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ionapi_tui.base import language
from ionapi_tui.ui.key_names import key_name


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave the process speaking English."""
    yield
    language.use("en", None)


@pytest.mark.parametrize(
    ("key", "english", "german"),
    [
        ("enter", "Enter", "Enter"),
        ("escape", "Esc", "Esc"),
        ("space", "Space", "Leertaste"),
        ("shift+tab", "Shift+Tab", "Umschalt+Tab"),
        ("ctrl+q", "Ctrl+Q", "Strg+Q"),
        ("alt+left", "Alt+←", "Alt+←"),
        ("delete", "Del", "Entf"),
        ("f1", "F1", "F1"),
        ("f", "f", "f"),
        ("V", "V", "V"),
        ("slash", "/", "/"),
        ("question_mark", "?", "?"),
    ],
)
def test_a_key_is_called_what_is_printed_on_it(key: str, english: str, german: str) -> None:
    assert key_name(key) == english
    language.load("de", language.folder())
    assert key_name(key) == german
