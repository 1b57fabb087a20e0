"""Only characters that are equally wide in every terminal are drawn, because another width breaks frames and columns.

Terminals take the widths from the version of Unicode that they were made for. The widths of some characters changed:
U+2630, the usual sign of a menu, became two cells wide in Unicode 16.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po
from rich.cells import get_character_cell_size

PROJECT: Final = Path(__file__).parents[1]
PACKAGE: Final = PROJECT / "ionapi_tui"
VERSIONS: Final = (
    "9.0.0",
    "10.0.0",
    "11.0.0",
    "12.0.0",
    "12.1.0",
    "13.0.0",
    "14.0.0",
    "15.0.0",
    "15.1.0",
    "16.0.0",
    "17.0.0",
)
"""The versions of Unicode that terminals in use know."""
SELECTORS: Final = frozenset("\ufe0e\ufe0f\u200d")
"""They make a sign another one, which many terminals do not know the width of."""

LOOKED_FOR: Final = {"ionapi_tui/domain/inspection/values.py": ["U+200D"]}
"""What is not drawn, but looked for in files."""


def is_steady(character: str) -> bool:
    """Return whether ``character`` has the same width in all versions."""
    widths = {get_character_cell_size(character, version) for version in VERSIONS}
    return len(widths) == 1 and character not in SELECTORS


def unsteady(text: str) -> list[str]:
    """Return the characters of ``text`` whose width differs, as code points."""
    return sorted(
        {f"U+{ord(character):04X}" for character in text if not character.isascii() and not is_steady(character)}
    )


def translations(path: Path) -> Iterator[str]:
    """Yield everything that a catalogue says."""
    with path.open("rb") as file:
        for message in read_po(file):
            yield "".join(message.string or "")


def drawn_by(path: Path) -> Iterator[str]:
    """Yield the strings of a Python file that may be drawn: all but the docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            yield node.value


def test_everything_the_program_draws_is_equally_wide_in_every_terminal() -> None:
    texts = {path: "".join(drawn_by(path)) for path in PACKAGE.rglob("*.py")}
    texts |= {path: "".join(translations(path)) for path in PACKAGE.rglob("*.po")}
    for pattern in ("*.html", "*.js", "*.css", "*.tcss"):
        texts |= {path: path.read_text("utf-8") for path in PACKAGE.rglob(pattern)}
    texts |= {path: path.read_text("utf-8") for path in (PROJECT / "assets").rglob("*.md")}
    assert len(texts) > 300
    found = {str(path.relative_to(PROJECT)): unsteady(text) for path, text in texts.items()}
    assert {path: characters for path, characters in found.items() if characters} == LOOKED_FOR


def test_the_sign_that_became_wider_is_told_from_those_that_did_not() -> None:
    assert unsteady("☰⚏") == ["U+2630", "U+268F"]
    assert unsteady("✓ ● ━ ▌ ╭ ⤓ ▤ ü 💾") == []
    assert unsteady("\u2764\ufe0f") == ["U+FE0F"]
