"""What is installed with the program has a licence that was looked at, and docs/licences.md says which."""

from __future__ import annotations

import re
from importlib.metadata import Distribution
from pathlib import Path
from typing import Final

import pytest

from tools.dist import licences
from tools.dist.licences import FROZEN_EXTRAS, Dependency, dependencies, sbom, texts

PROJECT: Final = Path(__file__).parents[1]
ACCEPTED: Final = {"pykeepass": "GPL-3.0-only", "textual-image": "LGPL-3.0-or-later"}
"""What is not permissive, and is in an extra that nobody gets without asking for it."""


def test_what_everybody_gets_is_permissive() -> None:
    found = dependencies()
    assert len(found) > 20
    assert [one for one in found if not one.is_permissive] == []


def test_what_the_single_file_programs_contain_is_permissive() -> None:
    assert [one for one in dependencies(*FROZEN_EXTRAS) if not one.is_permissive] == []


def test_what_else_there_is_was_accepted_by_name() -> None:
    strict = {one.name: one.licence for one in dependencies("all") if not one.is_permissive}
    assert strict == ACCEPTED


def test_the_programs_are_made_without_it() -> None:
    spec = (PROJECT / "tools/dist/ionapi-tui.spec").read_text("utf-8")
    (left_out,) = re.findall(r"LEFT_OUT = \[(.*)\]", spec)
    assert all(f'"{name.replace("-", "_")}"' in left_out for name in ACCEPTED)


@pytest.mark.parametrize(
    ("licence", "permissive"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("GPL-3.0-only OR MIT", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("GPL-3.0", False),
        ("", False),
        ("Proprietary", False),
    ],
)
def test_a_licence_is_permissive_or_not(licence: str, permissive: bool) -> None:
    assert Dependency("x", "1", licence).is_permissive is permissive


def test_the_page_about_licences_names_every_package_with_its_licence() -> None:
    page = (PROJECT / "docs/licences.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+?) \|", page, re.MULTILINE))
    # What only Windows needs is not installed here.
    here = {one.name: one.licence for one in dependencies("all")}
    assert {name: rows.get(name) for name in here} == here


def test_each_package_comes_with_its_licence_text() -> None:
    packages = dependencies(*FROZEN_EXTRAS)
    without = [one.partition("\n")[0] for one in texts(packages) if len(one.partition("\n\n")[2].strip()) < 200]
    # Its archive holds none; the licence is named.
    assert {one.split(" ")[0] for one in without} <= {"Python"}


def test_what_the_tests_need_is_not_part_of_the_programs() -> None:
    left_out = licences.others(dependencies(*FROZEN_EXTRAS))
    assert {"pytest", "hypothesis", "pykeepass", "Cryptodome", "textual_image", "playwright"} <= set(left_out)
    assert {"ionapi_tui", "textual", "cryptography", "flask", "jaraco", "yaml"} & set(left_out) == {"yaml"}


def test_the_bill_of_materials_names_every_package_once() -> None:
    packages = dependencies(*FROZEN_EXTRAS)
    bill = sbom("1.2.3", packages)
    names = [one["name"] for one in bill["components"]]
    assert names == sorted({one.name for one in packages})
    assert {"pykeepass", "textual-image"}.isdisjoint(names)
    assert bill["dependencies"][0]["dependsOn"] == [one["bom-ref"] for one in bill["components"]]


def test_a_package_that_says_nothing_is_not_permissive(tmp_path: Path) -> None:
    folder = tmp_path / "odd-1.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text("Name: odd\nVersion: 1\n")
    found = licences.licence_of(Distribution.at(folder))
    assert not Dependency("odd", "1", found).is_permissive
