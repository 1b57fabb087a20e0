"""The page of security names tests that exist, for every promise."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from tests.test_fault_table import is_there

PROJECT: Final = Path(__file__).parents[1]
PAGE: Final = PROJECT / "docs" / "security.md"
WHOM: Final = 7
"""The attackers against whom something is promised; a new one raises it."""


def promises() -> dict[str, list[str]]:
    """Return the tests of each promise by its heading."""
    found: dict[str, list[str]] = {}
    tests: list[str] = []
    for block in SyntaxTreeNode(MarkdownIt().parse(PAGE.read_text("utf-8"))).children:
        if block.type == "heading":
            tests = found.setdefault(block.children[0].content, []) if block.tag == "h3" else []
        elif block.type == "bullet_list":
            tests += [node.content.strip("`") for node in block.walk() if node.type == "inline"]
    return found


def test_every_promise_names_tests_and_all_of_them_exist() -> None:
    assert len(promises()) == WHOM
    for whom, tests in promises().items():
        assert tests, whom
        missing = [test for test in tests if not is_there(test)]
        assert not missing, whom


def test_the_policy_names_no_person_and_leads_to_the_page() -> None:
    policy = (PROJECT / "SECURITY.md").read_text("utf-8")
    assert "@" not in policy
    assert "docs/security.md" in policy
