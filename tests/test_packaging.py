"""What is built can be installed elsewhere, and everything the program reads is in it."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

import ionapi_tui

PROJECT = Path(ionapi_tui.__file__).parent.parent

OPENED = """
import asyncio
from ionapi_tui.usecases.services import Services
from ionapi_tui.ui.app import IonApiApp

async def open_every_page():
    app = IonApiApp(Services())
    shown = []
    async with app.run_test(size=(80, 24)) as pilot:
        steps = [step.id for step in app.navigation.guide.steps]
        for page in ("welcome", "prerequisites", *steps, "import", "next-steps"):
            app.show(page)
            await pilot.pause()
            shown.append(app.screen)
        app.exit()
    print(len(set(shown)), *(type(screen).__name__ for screen in shown), sep=chr(10))

asyncio.run(open_every_page())
"""

READ = """
import ionapi_tui
from ionapi_tui.domain.guide.markdown import load
from ionapi_tui.base.paths import assets

print(ionapi_tui.__file__)
print(assets())
for step in load(assets(), "en").steps:
    for picture in step.pictures:
        print(picture.path.name, picture.path.read_bytes()[:4])
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source archive, and the wheel that was built from what is in that."""
    folder = tmp_path_factory.mktemp("built")
    _build("sdist", PROJECT, folder)
    (archive,) = folder.glob("*.tar.gz")
    # The sources of tests name the marker that the search for leaked secrets looks for: away with them at once.
    with tempfile.TemporaryDirectory() as unpacked:
        subprocess.run(["tar", "--extract", "--file", archive, "--directory", unpacked], check=True)
        (project,) = Path(unpacked).iterdir()
        _build("wheel", project, folder)
    return folder


@pytest.fixture(scope="session")
def wheel(built: Path) -> Path:
    """The wheel."""
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="session")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment into which the wheel is installed; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    places = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    # A path file inside this folder is not followed: the checkout's editable install stays out of sight.
    Path(places["purelib"], "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    pip = [sys.executable, "-m", "pip", "--python", places["scripts"] + "/python", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-deps", "--no-index", wheel], check=True, capture_output=True)
    return Path(places["scripts"])


def test_everything_beside_the_code_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = _files(PROJECT / "ionapi_tui", "ionapi_tui")
    guide = _files(PROJECT / "assets" / "guide", "ionapi_tui/assets/guide")
    assert {Path(name).suffix for name in package} >= {".py", ".tcss", ".html", ".css", ".mo", ".typed"}
    assert {Path(name).suffix for name in guide} >= {".md", ".png"}
    assert {name for name in names if ".dist-info/" not in name} == package | guide


def test_the_wheel_says_what_it_is(wheel: Path) -> None:
    said = _metadata(wheel)
    assert said["Name"] == "ionapi-tui"
    assert said["Version"] == ionapi_tui.__version__
    assert said["Requires-Python"] == ">=3.11"
    assert said["License-Expression"] == "MIT"
    assert set(said.get_all("Provides-Extra", [])) >= {"all", "images", "practice"}


def test_the_extra_all_is_all_the_extras(wheel: Path) -> None:
    said = _metadata(wheel).get_all("Requires-Dist", [])
    wanted = [line.partition("; extra == ") for line in said if "; extra == " in line]
    together = {requirement for requirement, _, extra in wanted if extra == "'all'"}
    assert together == {requirement for requirement, _, extra in wanted if extra != "'all'"}


def test_the_source_archive_holds_what_a_checkout_needs(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as sources:
        names = {name.partition("/")[2] for name in sources.getnames()}
    assert names >= {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "Makefile",
        "constraints.txt",
        "tools/venv.sh",
        ".ci/run",
    }
    assert names >= {"tests/test_packaging.py", "CHANGELOG.md", "CONTRIBUTING.md", "README.de.md"}
    assert names >= {"tools/translations.py", "docs/scripts.md", "assets/readme/welcome-80x24-dark.png"}
    assert not [name for name in names if name.endswith((".ionapi", ".kdbx", ".pyc")) or name.startswith(".venv")]


def test_the_installed_program_says_its_version(elsewhere: Path, tmp_path: Path) -> None:
    said = subprocess.run(
        [elsewhere / "ionapi-tui", "--version"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (said.returncode, said.stdout) == (0, f"ionapi-tui {ionapi_tui.__version__}\n")


def test_the_installed_program_has_its_guide_and_pictures(elsewhere: Path, tmp_path: Path) -> None:
    module, assets, *pictures = _python(elsewhere, READ, tmp_path)
    assert Path(module).is_relative_to(elsewhere.parent)
    assert Path(assets).is_relative_to(elsewhere.parent)
    assert len(pictures) >= 4
    assert all(picture.endswith(r"b'\x89PNG'") for picture in pictures)


def test_the_installed_app_opens_every_page_of_the_guide(elsewhere: Path, tmp_path: Path) -> None:
    different, *pages = _python(elsewhere, OPENED, tmp_path)
    assert pages == ["WelcomePage", "PrerequisitesPage", *["StepPage"] * 5, "ImportPage", "NextStepsPage"]
    assert different == str(len(pages))


def _build(what: str, project: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", what, "--directory", str(folder)]
    subprocess.run(command, cwd=project, check=True, capture_output=True)


def _files(folder: Path, name: str) -> set[str]:
    return {
        f"{name}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def _metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return Parser().parsestr(archive.read(name).decode())


def _python(programs: Path, code: str, folder: Path) -> list[str]:
    done = subprocess.run([programs / "python", "-c", code], capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
