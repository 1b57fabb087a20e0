"""What Textual does not publish is touched in one folder, whose modules say with which version that was checked."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widgets import Input, OptionList, Static

import ionapi_tui.ui

FOLDER = Path(ionapi_tui.ui.__file__).parent
MODULES = sorted(path for path in FOLDER.rglob("*.py") if path.parent.name != "platform")
PLATFORM = sorted(path for path in (FOLDER / "platform").glob("*.py") if path.name != "__init__.py")

MADE: tuple[object, ...] = (App(), Screen(), ScrollView(), Input(), OptionList(), Static())
"""One of each of Textual's classes that ours are made of."""
INHERITED = {name for one in MADE for name in dir(one) if name.startswith("_") and not name.startswith("__")}
"""The private names that our classes get from Textual's."""


def name_of(path: Path) -> str:
    """Return the name of a module below ``ionapi_tui.ui``."""
    return ".".join(path.relative_to(FOLDER).with_suffix("").parts)


def is_private(name: str) -> bool:
    """Return whether a name is one that its owner does not publish."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def private_imports(tree: ast.AST) -> Iterator[str]:
    """Yield what is imported from somebody else although it is private."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not (node.module or "").startswith("ionapi_tui"):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (name for name in names if is_private(name))
        elif isinstance(node, ast.Import):
            yield from (part for alias in node.names for part in alias.name.split(".") if is_private(part))


def private_attributes(tree: ast.AST) -> Iterator[str]:
    """Yield what is private and belongs to another object, or to the part of ``self`` that is Textual's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            own = isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")
            if not own or node.attr in INHERITED:
                yield ast.unparse(node)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_outside_the_folder_touches_no_private_name(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    assert [*private_imports(tree)] == []
    assert [*private_attributes(tree)] == []
    assert "SLF001" not in source


def overrides(kind: type) -> Iterator[str]:
    """Yield the private methods of a class that stand in for Textual's."""
    bases = [base for base in kind.__mro__[1:] if base.__module__.startswith("textual.")]
    for name, value in vars(kind).items():
        if is_private(name) and callable(value) and any(name in vars(base) for base in bases):
            yield f"{kind.__qualname__}.{name}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_class_outside_the_folder_overrides_no_private_method(path: Path) -> None:
    if path.name == "picture.py":
        pytest.importorskip("textual_image")
    parts = [part for part in name_of(path).split(".") if part != "__init__"]
    module = importlib.import_module(".".join(["ionapi_tui", "ui", *parts]))
    kinds = [
        value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__
    ]
    assert [name for kind in kinds if issubclass(kind, MessagePump) for name in overrides(kind)] == []


@pytest.mark.parametrize("path", PLATFORM, ids=name_of)
def test_a_module_in_the_folder_was_checked_with_the_version_that_is_used(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    package = "textual-image" if path.name == "graphics.py" else "textual"
    assert f"checked with {package} {version(package)}" in docstring.lower()
