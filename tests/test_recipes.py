"""Each recipe of CONTRIBUTING.md is followed in a copy of the project, and the result is run."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from babel.messages.pofile import read_po, write_po

from ionapi_tui.practice.server import PracticeTenant
from tests.fixtures.private_keyring import PrivateKeyring
from tests.samples import MARKER, as_bytes, sample

PROJECT: Final = Path(__file__).parents[1]
LINES: Final = 6
"""A recipe stays below that."""

OPEN_THE_STEP: Final = """
import asyncio
from ionapi_tui.ui.app import IonApiApp
from ionapi_tui.usecases.services import Services

async def open_the_step():
    app = IonApiApp(Services())
    async with app.run_test(size=(120, 40)) as pilot:
        app.show("6")
        for _attempt in range(600):
            await pilot.pause(0.05)
            drawn = "".join(strip.text for strip in app.screen._compositor.render_strips())
            if "Sign out" in drawn and "Leave" in drawn:
                print("drawn")
                break
        app.exit()

asyncio.run(open_the_step())
"""


class Copy:
    """A copy of the project, to be changed and run."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for folder in ("ionapi_tui", "assets", "tools"):
            shutil.copytree(PROJECT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))

    def change(self, path: str, old: str, new: str) -> None:
        """Replace the first ``old`` in a file."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text, path
        file.write_text(text.replace(old, new, 1), "utf-8")

    def write(self, path: str, text: str) -> None:
        """Write a new file."""
        file = self.root / path
        assert not file.exists()
        file.write_text(text, "utf-8")

    def python(self, *arguments: str, exit_code: int = 0) -> str:
        """Return what Python, which finds the copy before anything else, writes to stdout."""
        environment = os.environ | {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert MARKER not in done.stdout + done.stderr
        assert done.returncode == exit_code, done.stderr
        return done.stdout

    def run(self, *arguments: str, exit_code: int = 0) -> str:
        """Return what the program of the copy writes to stdout."""
        return self.python("-m", "ionapi_tui", *arguments, exit_code=exit_code)

    def json(self, *arguments: str, exit_code: int = 0) -> Any:
        """Return the JSON that it writes."""
        return json.loads(self.run(*arguments, "--json", exit_code=exit_code))


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path / "project")


@pytest.fixture
def downloads(own_home: Path) -> Path:
    """A folder in which tests may put files with secrets."""
    folder = own_home / "downloads"
    folder.mkdir(mode=0o700)
    return folder


def recipes() -> dict[str, list[str]]:
    """Return the lines of each recipe by its heading."""
    text = (PROJECT / "CONTRIBUTING.md").read_text("utf-8")
    chapter = text.partition("\n## Adding something\n")[2].partition("\n## ")[0]
    parts = (part.partition("\n") for part in chapter.split("\n### ")[1:])
    return {heading: [line for line in body.splitlines() if line] for heading, _newline, body in parts}


def test_every_recipe_is_short_and_followed_here() -> None:
    found = recipes()
    assert set(found) == {"A guide step", "A check", "A finding", "An export format", "A language"}
    assert {heading: len(lines) for heading, lines in found.items() if not 0 < len(lines) < LINES} == {}


def test_a_guide_step_is_written_and_shown(copy: Copy) -> None:
    for guide in copy.root.glob("assets/guide/*/export-to-infor.md"):
        step = '{#6 name="the sign-out" wireframe=sign-out}\n## Sign out\n\n1. Press **Leave**.\n\n'
        copy.change(str(guide.relative_to(copy.root)), "{#next-steps}\n", step + "{#next-steps}\n")
    wireframes = "ionapi_tui/ui/widgets/wireframes.py"
    drawing = 'def sign_out() -> DrawnWindow:\n    return DrawnWindow("Infor portal", DrawnButton("Leave", 1))\n\n\n'
    copy.change(wireframes, "WIREFRAMES: Final", drawing + "WIREFRAMES: Final")
    copy.change(wireframes, '    "download": download,\n', '    "download": download,\n    "sign-out": sign_out,\n')
    for language, place in (("en", "Step 6 of 6"), ("de", "Schritt 6 von 6")):
        written = copy.run("--lang", language, "guide")
        assert f"{place}: Sign out" in written
        assert "1. Press " in written.partition(f"{place}: Sign out")[2]
    assert copy.python("-c", OPEN_THE_STEP) == "drawn\n"


@pytest.mark.keyring
def test_a_check_is_run(
    copy: Copy, downloads: Path, tenant: PracticeTenant, in_private_keyring: PrivateKeyring
) -> None:
    copy.write(
        "ionapi_tui/gateway/checks/greeting.py",
        "from ionapi_tui.base.language import N_\n"
        "from ionapi_tui.gateway.checks.check import Check, Outcome, Run, passed\n"
        "\n\n"
        "async def _run(run: Run) -> Outcome:\n"
        "    return passed('hello')\n"
        "\n\n"
        'CHECK = Check("greeting", N_("Greeting"), _run, needs=("token",))\n',
    )
    order = "ionapi_tui/gateway/checks/order.py"
    copy.change(order, "import clock, ", "import clock, greeting, ")
    copy.change(order, "    user.CHECK,\n", "    greeting.CHECK,\n    user.CHECK,\n")
    file = downloads / "practice.ionapi"
    file.write_bytes(as_bytes(tenant.ionapi()))
    copy.run("import", str(file), "--name", "practice")
    (verified,) = copy.json("verify", "practice")
    assert verified["ok"]
    assert {"id": "greeting", "status": "passed", "detail": "hello"} in verified["checks"]


def test_a_finding_is_found_and_explained(copy: Copy, downloads: Path) -> None:
    copy.change(
        "ionapi_tui/domain/findings/codes.py", "class Code(StrEnum):\n", 'class Code(StrEnum):\n    LOUD = "loud"\n'
    )
    codes = "ionapi_tui/domain/findings/file_codes.py"
    start = re.search(
        r"^_\w+: Final\[dict\[Code, Entry\]\] = \{\n", (copy.root / codes).read_text("utf-8"), re.MULTILINE
    )
    assert start is not None
    entry = '    Code.LOUD: Entry(Severity.WARNING, N_("{app} is loud."), N_("Lower it."), Step.NEW_APP),\n'
    copy.change(codes, start[0], start[0] + entry)
    rule = '    if str(document.get("cn")).isupper():\n        yield Finding(Code.LOUD, "cn", {"app": "The app"})\n'
    known = "    spelled = {key.lower() for key in document}\n"
    copy.change("ionapi_tui/domain/inspection/values.py", known, rule + known)
    found = {}
    for name in ("quiet", "LOUD"):
        file = downloads / f"{name}.ionapi"
        file.write_bytes(as_bytes(sample(app=name)))
        found[name] = [one for one in copy.json("check", str(file))["findings"] if one["code"] == "loud"]
    assert found["quiet"] == []
    (finding,) = found["LOUD"]
    assert (finding["severity"], finding["field"], finding["step"]) == ("warning", "cn", "2")
    assert (finding["message"], finding["fix"]) == ("The app is loud.", "Lower it.")


@pytest.mark.keyring
def test_an_export_format_is_offered_and_written(
    copy: Copy, downloads: Path, in_private_keyring: PrivateKeyring
) -> None:
    copy.write(
        "ionapi_tui/domain/export/formats/title.py",
        "from ionapi_tui.base.language import N_\n"
        "from ionapi_tui.base.secret import Secret\n"
        "from ionapi_tui.domain.export import Format\n"
        "\n\n"
        "def render(credentials, name):\n"
        "    return Secret(f'{name}: {credentials.app_name}')\n"
        "\n\n"
        'FORMAT = Format("title", N_("Title"), ".txt", render, rank=60)\n',
    )
    file = downloads / "file.ionapi"
    file.write_bytes(as_bytes(sample(app="Doc2Export")))
    copy.run("import", str(file), "--name", "recipe")
    assert "title" in copy.run("export", "--help")
    assert copy.run("export", "recipe", "--format", "title").strip() == "recipe: Doc2Export"


def test_a_language_is_spoken_by_guide_and_program(copy: Copy) -> None:
    translated = copy.root / "assets" / "guide" / "nl"
    shutil.copytree(copy.root / "assets" / "guide" / "en", translated)
    for guide in translated.glob("*.md"):
        copy.change(str(guide.relative_to(copy.root)), "language: en\n", "language: nl\n")
    copy.change("assets/guide/nl/export-to-infor.md", "## Download the file\n", "## Download het bestand\n")
    copy.python("tools/translations.py")
    catalogue = copy.root / "ionapi_tui" / "locale" / "nl" / "LC_MESSAGES" / "ionapi_tui.po"
    with catalogue.open("rb") as file:
        messages = read_po(file, locale="nl")
    for message in messages:
        if message.id and not message.pluralizable:
            message.string = f"nl {message.id}"
    with catalogue.open("wb") as file:
        write_po(file, messages)
    copy.python("tools/translations.py")
    assert ": Download het bestand" in copy.run("--lang", "nl", "guide")
    assert "nl " in copy.run("--lang", "nl", "list", "--help")
    assert "nl " not in copy.run("--lang", "en", "list", "--help")
