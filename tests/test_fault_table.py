"""The page of faults names tests that exist, and loses no section in silence."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

PROJECT: Final = Path(__file__).parents[1]
FAULTS: Final = 31
"""How many there are; a new one raises it."""


class Fault(NamedTuple):
    """A section of the page."""

    name: str
    says: tuple[str, ...]
    """What the program does, and how the tests bring the fault about: a paragraph each."""
    tests: tuple[str, ...]


def faults() -> list[Fault]:
    """Return the sections of the page."""
    root = SyntaxTreeNode(MarkdownIt().parse((PROJECT / "docs" / "faults.md").read_text("utf-8")))
    sections: list[list[SyntaxTreeNode]] = []
    for block in root.children:
        if block.type == "heading" and block.tag == "h2":
            sections.append([])
        if sections:
            sections[-1].append(block)
    return [
        Fault(
            heading.children[0].content,
            tuple(block.children[0].content for block in body if block.type == "paragraph"),
            tuple(item for block in body if block.type == "bullet_list" for item in _tests_in(block)),
        )
        for heading, *body in sections
    ]


def _tests_in(block: SyntaxTreeNode) -> Iterator[str]:
    for node in block.walk():
        if node.type == "inline":
            yield node.content.removeprefix("`").removesuffix("`")


def is_there(test: str) -> bool:
    """Return whether ``path`` is a file of tests, or ``path::name`` a test."""
    path, _colons, name = test.partition("::")
    if not (PROJECT / path).is_file():
        return False
    known = names_in(PROJECT / path)
    return name in known if name else bool(known)


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


def test_no_section_is_missing_and_none_is_there_twice() -> None:
    names = [fault.name for fault in faults()]
    assert len(names) == len(set(names)) == FAULTS


@pytest.mark.parametrize("fault", faults(), ids=lambda fault: fault.name[:40])
def test_each_section_says_everything_and_its_tests_exist(fault: Fault) -> None:
    does, how = fault.says
    assert does
    assert how.startswith("How it is tested: ")
    assert fault.tests
    assert len(set(fault.tests)) == len(fault.tests)
    assert [test for test in fault.tests if not is_there(test)] == []


def test_a_name_that_is_no_test_would_be_found_out() -> None:
    here = "tests/test_fault_table.py"
    assert is_there(here)
    assert is_there(f"{here}::test_a_name_that_is_no_test_would_be_found_out")
    assert not is_there("tests/test_of_nothing.py")
    assert not is_there("tests/samples.py")
    for name in ("test_of_nothing", "names_in", "Fault"):
        assert not is_there(f"{here}::{name}")
