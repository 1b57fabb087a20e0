"""The documents for contributors name files and folders that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

PROJECT: Final = Path(__file__).parents[1]
DOCUMENTS: Final = (*sorted((PROJECT / "docs").glob("*.md")), PROJECT / "CONTRIBUTING.md")

_CODE: Final = re.compile(r"`([^`\s]+)`")
_BLOCK: Final = re.compile(r"```\w*\n(.*?)```", re.DOTALL)
_COMMAND: Final = re.compile(r"`((?:pipx|make|brew|ionapi-tui) [^`]+)`")
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]+)\)")
_BEGINNINGS: Final = ("ionapi_tui/", "tests/", "tools/", "assets/", "docs/")
_LAYERS: Final = re.compile(r"[a-z_]+/")
"""A folder of the package, as the picture of the layers names them."""
_PLACEHOLDER: Final = re.compile(r"[A-Z]{4,}|<[a-z]+>")
"""What stands for a name that is still to be chosen."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_path_it_names_exists(document: Path) -> None:
    assert [path for path in paths_in(document.read_text("utf-8")) if not exists(path)] == []


def test_the_documents_name_paths() -> None:
    found = {document.name for document in DOCUMENTS if any(paths_in(document.read_text("utf-8")))}
    assert {"architecture.md", "faults.md", "CONTRIBUTING.md"} <= found


def test_the_picture_names_every_layer_of_the_package() -> None:
    picture = (PROJECT / "CONTRIBUTING.md").read_text("utf-8").split("## Where things are")[1].split("```")[1]
    layers = {path.parent.name + "/" for path in (PROJECT / "ionapi_tui").glob("*/__init__.py")}
    # The former address of a class, which nobody has to know.
    assert set(_LAYERS.findall(picture)) - {"ionapi_tui/"} == layers - {"store/"}


def test_a_path_that_is_gone_would_be_found_out() -> None:
    text = (
        "`ionapi_tui/base/secret.py` `cli/` `docs/gone.md` `tests/gone/` `gone.py` `report` `tests/test_x.py::test_y`"
    )
    found = list(paths_in(text))
    gone = ["docs/gone.md", "tests/gone/", "tests/test_x.py"]
    assert [path for path in found if not exists(path)] == gone
    assert set(found) == {"ionapi_tui/base/secret.py", "cli/", *gone}
    assert exists("assets/guide/<language>/*.md")
    assert exists("ionapi_tui/gateway/checks/NAME.py")
    assert not exists("ionapi_tui/gone/NAME.py")


def paths_in(text: str) -> Iterator[str]:
    """Yield what is meant as a path of this project among the pieces of code in ``text``."""
    for code in _CODE.findall(text):
        path = code.partition("::")[0]
        if path.startswith(_BEGINNINGS) or _LAYERS.fullmatch(path):
            yield path


def exists(path: str) -> bool:
    """Return whether there is such a file or folder; for a pattern, whether one fits; folders may be layers."""
    chosen = _PLACEHOLDER.sub("*", path)
    if chosen.endswith("/*.py"):
        # The file is still to be written; the folder is there.
        chosen = chosen.removesuffix("*.py")
    return any(next(iter(root.glob(chosen.rstrip("/"))), None) for root in (PROJECT, PROJECT / "ionapi_tui"))


def test_the_german_readme_has_the_commands_and_links_of_the_english_one() -> None:
    english, german = ((PROJECT / name).read_text("utf-8") for name in ("README.md", "README.de.md"))
    assert commands_in(english) - commands_in(german) == set()
    assert links_in(english) - links_in(german) == {"README.de.md"}


def commands_in(text: str) -> set[str]:
    """Return the lines of code in ``text`` that can be typed, without their comments."""
    blocks = [line.partition("  #")[0].strip() for block in _BLOCK.findall(text) for line in block.splitlines()]
    return {code for code in (*blocks, *_COMMAND.findall(_BLOCK.sub("", text))) if code}


def links_in(text: str) -> set[str]:
    """Return what ``text`` links to, pictures aside."""
    return set(_LINK.findall(text))
