"""A step more is a heading in each guide, and a wireframe where there is one: nothing else counts the steps."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ionapi_tui
from ionapi_tui.base.paths import assets
from ionapi_tui.domain.guide import Front, flow, load, peek
from ionapi_tui.ui.screens.step import StepPage
from ionapi_tui.ui.widgets.text import step_bindings
from ionapi_tui.ui.widgets.wireframes import WIREFRAMES
from tests.plain.transcript import converse
from tests.ui.driving import NARROW, running
from tests.ui.machine import Machine

STEP = """\
{{#6 name="{name}"}}
## {title}

1. Have a look.

::: see
It works.
:::

{{#next-steps}}"""

WORDS = {"en": ("the look", "Look at it"), "de": ("das Ansehen", "Sehen Sie es an")}


@pytest.fixture
def longer(tmp_path: Path) -> Path:
    """Return a copy of the guides with a sixth step."""
    copied = shutil.copytree(assets(), tmp_path / "copy" / "assets")
    for language, (name, title) in WORDS.items():
        guide = copied / "guide" / language / "export-to-infor.md"
        text = guide.read_text("utf-8")
        guide.write_text(text.replace("{#next-steps}", STEP.format(name=name, title=title)), "utf-8")
    return copied


@pytest.mark.parametrize("language", WORDS)
def test_the_order_of_the_pages_counts_it(longer: Path, language: str) -> None:
    guide = load(longer, language)
    assert guide.front == peek(longer, language)
    assert flow.order(guide)[-3:] == ("6", flow.IMPORT, flow.NEXT_STEPS)
    assert [stop.title for stop in flow.stops(guide, frozenset())][6] == f"6 {WORDS[language][1]}"
    assert flow.position(guide.front, "6") == "Step 6 of 6"
    assert flow.position(guide.front, "2") == "Step 2 of 6"
    assert flow.name_of(guide.front, "6") == f"step 6, {WORDS[language][0]}"


def test_a_page_that_is_not_in_the_guide_has_no_position_and_no_name() -> None:
    front = Front("x", "X", "en", 1, "https://docs.acme.example/", {"1": "one"})
    assert [flow.position(front, page) for page in ("0", "2", "nowhere")] == ["", "", ""]
    assert [flow.name_of(front, page) for page in ("2", flow.IMPORT)] == ["", ""]


def test_plain_mode_plays_it(longer: Path, own_home: Path) -> None:
    machine = Machine(own_home, assets=longer)
    assert converse(machine, "1", page="6").has("Step 6 of 6: Look at it", "1. Have a look.", "Import the file")


def test_the_command_writes_it(longer: Path) -> None:
    package = Path(ionapi_tui.__file__).parent
    # What was installed from a wheel has its guides inside, and these would come first.
    without = shutil.ignore_patterns("__pycache__", "assets")
    shutil.copytree(package, longer.parent / "ionapi_tui", ignore=without)
    env = {**os.environ, "PYTHONPATH": str(longer.parent)}
    command = [sys.executable, "-m", "ionapi_tui", "guide"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env, cwd=longer.parent)
    assert "Step 6 of 6: Look at it" in done.stdout


async def test_the_screen_shows_it_without_a_picture(longer: Path, own_home: Path) -> None:
    async with running(Machine(own_home, assets=longer).app(), NARROW) as person:
        page = await person.goes_to("6", StepPage)
        await person.sees("Step 6 of 6", "Look at it", "Have a look.", "It works.")
        assert "wireframe" not in page.step.attributes
        assert not page.query(".picture")
        await person.press("enter")
        await person.sees("Import the file")


def test_a_finding_can_lead_back_to_it() -> None:
    assert {"0", "6", "9"} <= {binding.key for binding in step_bindings()}
    assert "6" not in WIREFRAMES
