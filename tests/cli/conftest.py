"""The installed console script, run as a user would."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.usecases.services import Services
from tests.fixtures.private_keyring import PrivateKeyring
from tests.fixtures.program import PROGRAM
from tests.samples import MARKER, sample

_WAITING = re.compile(r"Waiting for GNOME Keyring\.\s+If\s+a\s+window.*?there\.\n", re.DOTALL)
"""What the program says after two seconds without an answer, which a busy machine may take."""

SCRIPT = PROGRAM

Cli = Callable[..., "Ran"]

Store = Callable[[str, dict[str, Any]], object]


@dataclass(frozen=True)
class Ran:
    """What a run of the program left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it wrote to stdout, read as JSON."""
        return json.loads(self.out)


def run(*arguments: str, stdin: bytes = b"") -> Ran:
    """Run the program with ``arguments`` in the environment of the test, without a terminal."""
    done = subprocess.run([SCRIPT, *arguments], input=stdin, capture_output=True, timeout=110, check=False)
    out, err = (stream.decode().replace(os.linesep, "\n") for stream in (done.stdout, done.stderr))
    ran = Ran(done.returncode, out, _WAITING.sub("", err))
    for line in (ran.out + ran.err).split("\n"):
        assert line.isprintable(), line
    assert MARKER not in ran.out + ran.err
    assert "Traceback" not in ran.err
    return ran


@pytest.fixture
def cli() -> Cli:
    """The program, to be called with arguments."""
    return run


@pytest.fixture
def downloads(own_home: Path) -> Path:
    """A private folder in which tests may put files with secrets."""
    folder = own_home / "downloads"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def stored(own_home: Path, in_private_keyring: PrivateKeyring) -> Store:
    """Store a document under a name."""
    profiles = Services().profiles
    return lambda name, document: profiles.add(Credentials.from_document(document), name)


def public_part(**changes: Any) -> dict[str, Any]:
    """Return what a registry remembers of a sample."""
    return {key: value for key, value in sample(**changes).items() if key not in ("cs", "saak", "sask")}


CREATED = "2026-01-02T03:04:05Z"
"""When the profiles of ``write_registry`` were stored, unless a test says otherwise."""


def write_registry(home: Path, *names: str, created: str = CREATED, **changes: Any) -> None:
    """Write a list of profiles of those names, whose secrets are nowhere."""
    entries = [
        {
            "id": f"{number:016x}",
            "name": name,
            "store": "keyring:SecretService",
            "created": created,
            "public": public_part(**changes),
            "checked": None,
        }
        for number, name in enumerate(names)
    ]
    folder = home / "ionapi-tui"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "profiles.json").write_text(json.dumps({"version": 1, "profiles": entries, "pending": []}))
