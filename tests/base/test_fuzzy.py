"""A few letters find the right one among many, the best first, at once."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ionapi_tui.base.fuzzy import Index

NAMES = ("acme-prd", "acme-tst", "globex-dev", "initech-trn", "big-acme-tst")


def found(wanted: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return list(Index(names, str).find(wanted))


def test_nothing_wanted_finds_everything_in_its_order() -> None:
    assert found("") == found("  ") == list(NAMES)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ("acme", ["acme-prd", "acme-tst", "big-acme-tst"]),
        ("ACME_TST", ["acme-tst", "big-acme-tst"]),
        ("tst acme", ["acme-tst", "big-acme-tst"]),
        ("atst", ["acme-tst", "big-acme-tst"]),
        ("gbx", ["globex-dev"]),
        ("itrn", ["initech-trn"]),
        ("lobe", ["globex-dev"]),
        ("zz", []),
        ("acme zz", []),
    ],
)
def test_letters_find_names_best_first(wanted: str, names: list[str]) -> None:
    assert found(wanted) == names


def test_what_starts_so_comes_before_what_only_holds_it() -> None:
    assert found("dev", ("x-device", "adevb", "developers", "d-e-v")) == ["developers", "x-device", "adevb", "d-e-v"]


def test_letters_do_not_go_on_in_the_middle_of_another_word() -> None:
    assert found("4242", ("acme-424 doc2export", "acme-4242 doc2export")) == ["acme-4242 doc2export"]


@given(some.lists(some.text(alphabet="ab- ", max_size=8), max_size=8), some.text(alphabet="ab- ", max_size=5))
def test_typing_letter_by_letter_finds_the_same_as_all_at_once(names: list[str], wanted: str) -> None:
    typed = Index(names, str)
    for length in range(len(wanted)):
        typed.find(wanted[:length])
    assert typed.find(wanted) == Index(names, str).find(wanted)


@given(some.lists(some.text(max_size=20), max_size=5), some.text(max_size=8))
def test_no_text_is_too_odd_to_look_for_or_in(names: list[str], wanted: str) -> None:
    assert set(Index(names, str).find(wanted)) <= set(names)


def test_a_text_made_to_be_slow_is_not() -> None:
    index = Index(["a a" * 100 + "b"] * 100, str)
    began = time.process_time()
    index.find("a" * 60 + "c")
    assert time.process_time() - began < 2
