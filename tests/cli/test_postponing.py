"""Imports that are put off happen after all, when something of them is used."""

from __future__ import annotations

import subprocess
import sys


def printed_by(code: str) -> str:
    """Return what a new Python prints after the imports were put off."""
    script = f"import sys\nfrom ionapi_tui.cli.token import postpone_rarely_used\npostpone_rarely_used()\n{code}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_nothing_is_imported_before_it_is_used() -> None:
    code = "import keyring.backends.SecretService, urllib.request\nprint('http.client' in sys.modules)"
    assert printed_by(code) == "False"


def test_every_way_to_use_a_module_imports_it() -> None:
    assert printed_by("import urllib.request\nprint(urllib.request.Request.__name__)") == "Request"
    assert printed_by("from urllib.request import getproxies\nprint(callable(getproxies))") == "True"
    assert (
        printed_by("import keyring.core, subprocess\nprint(subprocess.run([sys.executable, '-c', '']).returncode)")
        == "0"
    )
    assert (
        printed_by("import importlib_metadata.compat\nprint(importlib_metadata.__spec__.name)") == "importlib_metadata"
    )


def test_what_is_imported_already_stays() -> None:
    assert printed_by("import os\nprint(type(os).__name__)") == "module"
    code = (
        "import tempfile\ntempfile.gettempdir()\npostpone_rarely_used()\nprint(type(sys.modules['tempfile']).__name__)"
    )
    assert printed_by(code) == "module"
