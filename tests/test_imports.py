"""What is heavy is imported when it is needed: by a command that works with it, or after the first frame."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import sample_bytes

SCREEN = {"textual", "rich", "textual_image"}
NETWORK = {"httpx", "httpcore", "truststore", "ssl"}
KEYRING = {"keyring", "secretstorage", "jeepney", "cryptography", "pykeepass"}
GUIDE = {"markdown_it", "mdit_py_plugins"}
PRACTICE = {"flask", "werkzeug", "authlib", "trustme"}
OTHERS = {"watchfiles", "segno", "hypothesis", "asyncio", "importlib.metadata", "platformdirs"}

COMMAND = "from ionapi_tui.cli import run; print(run({arguments!r}), file=sys.stderr)"

FIRST_FRAME = """
from ionapi_tui.usecases.services import Services
from ionapi_tui.ui.app import IonApiApp

class Opened(IonApiApp):
    def prepare(self):
        self.imported = set(sys.modules)
        self.exit()

app = Opened(Services())
app.run(headless=True)
assert app.screen_stack or app.return_code == 0
IMPORTED = app.imported
"""


def imported_by(code: str) -> set[str]:
    """Return the modules that a new Python has imported after ``code``, or those that it left in ``IMPORTED``."""
    script = f"import sys\n{code}\nprint(*globals().get('IMPORTED', sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["--version"], ["--help"], ["show", "nobody"]], ids=" ".join
)
def test_a_command_that_touches_no_secret_imports_nothing_heavy(arguments: list[str]) -> None:
    imported = imported_by(COMMAND.format(arguments=arguments))
    assert "ionapi_tui.cli.root" in imported
    assert not imported & (SCREEN | NETWORK | KEYRING | GUIDE | PRACTICE | OTHERS)


def test_the_library_is_imported_without_any_of_its_parts() -> None:
    imported = imported_by("import ionapi_tui")
    assert not imported & (SCREEN | NETWORK | KEYRING | GUIDE | PRACTICE | OTHERS)
    assert {name for name in imported if name.startswith("ionapi_tui")} == {"ionapi_tui"}


def test_checking_a_file_needs_neither_screen_nor_network_nor_keyring(tmp_path: Path) -> None:
    file = tmp_path / "broken.ionapi"
    file.write_text("{")
    imported = imported_by(COMMAND.format(arguments=["check", str(file)]))
    assert "ionapi_tui.domain.inspection.parsing" in imported
    assert not imported & (SCREEN | NETWORK | KEYRING | PRACTICE)


@pytest.mark.parametrize("command", [["api", "IDM"], ["verify"]], ids=lambda command: command[0])
def test_what_talks_to_infor_imports_nothing_that_draws(command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    document = sample_bytes(iu="http://127.0.0.1:9", pu="http://127.0.0.1:9/ACME_TST/as/")
    monkeypatch.setenv("IONAPI_FILE", document.decode())
    imported = imported_by(COMMAND.format(arguments=[*command, "--file", "env:IONAPI_FILE"]))
    assert "httpx" in imported
    assert not imported & (SCREEN | {"pygments"})


def test_the_first_frame_is_drawn_before_network_keyring_watcher_and_picker_are_imported() -> None:
    imported = imported_by(FIRST_FRAME)
    assert "ionapi_tui.ui.screens.welcome" in imported
    assert not imported & (NETWORK - {"ssl"} | KEYRING | PRACTICE)
    assert not imported & {"watchfiles", "segno", "textual_image"}
