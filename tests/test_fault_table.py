"""The table of faults names tests that exist, and loses no line in silence."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

PROJECT: Final = Path(__file__).parents[1]
FAULTS: Final = 23
"""How many there are; a new one raises it."""


class Fault(NamedTuple):
    """A line of the table."""

    name: str
    does: str
    how: str
    tests: tuple[str, ...]


def faults() -> list[Fault]:
    """Return the lines of the table."""
    tokens = MarkdownIt().enable("table").parse((PROJECT / "docs" / "faults.md").read_text("utf-8"))
    start = next(number for number, token in enumerate(tokens) if token.type == "tbody_open")
    cells = [token for token in tokens[start:] if token.type == "inline"]
    rows = [cells[number : number + 4] for number in range(0, len(cells), 4)]
    return [Fault(name.content, does.content, how.content, _codes(tests)) for name, does, how, tests in rows]


def _codes(cell: Token) -> tuple[str, ...]:
    return tuple(one.content for one in cell.children or () if one.type == "code_inline")


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the names of the tests in a file, and of the classes that have some; of methods ``Class::test``."""
    names = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            names |= {node.name, *(f"{node.name}::{test}" for test in _functions(node.body))}
        else:
            names |= set(_functions([node]))
    return frozenset(name for name in names if name.rpartition("::")[2].startswith(("test_", "Test")))


def _functions(body: list[ast.stmt]) -> list[str]:
    return [node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_no_line_is_missing_and_none_is_there_twice() -> None:
    names = [fault.name for fault in faults()]
    assert len(names) == len(set(names)) == FAULTS


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name[:40])
def test_each_line_says_everything_and_its_tests_exist(fault: Fault) -> None:
    assert all(fault[:3])
    assert fault.tests
    assert len(set(fault.tests)) == len(fault.tests)
    for test in fault.tests:
        path, _colons, name = test.partition("::")
        assert (PROJECT / path).is_file(), test
        known = names_in(PROJECT / path)
        assert name in known if name else known, test


def test_a_name_that_is_no_test_would_be_found_out() -> None:
    known = names_in(Path(__file__))
    assert "test_a_name_that_is_no_test_would_be_found_out" in known
    assert not {"names_in", "faults", "Fault"} & known
