"""The examples run as they stand, and neither hold a secret nor let a file smuggle a command into them."""

from __future__ import annotations

import ast
import shlex
import subprocess
from typing import Any

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export.snippets import Snippet, snippets
from ionapi_tui.domain.profile import Profile
from tests.fixtures.powershell import errors_in
from tests.samples import MARKER, sample

SNIPPETS = snippets(windows=False)
BY_ID = {snippet.id: snippet for snippet in SNIPPETS}


def profile(**changes: Any) -> Profile:
    public = Credentials.from_document(sample(**changes)).public
    return Profile("1", "acme-tst", "keyring:Test", "2026-01-02T03:04:05Z", public)


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda snippet: snippet.id)
def test_each_calls_the_program_by_the_profiles_name_and_holds_no_secret(snippet: Snippet) -> None:
    text = snippet.text(profile())
    assert "acme-tst" in text
    assert "ionapi-tui" in text or "ionapi_tui" in text
    assert MARKER not in text
    assert "{" not in text.replace("@{", "").replace('{"Accept"', "")
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("id", ["httpx", "requests"])
def test_the_python_ones_are_python(id: str) -> None:
    ast.parse(BY_ID[id].text(profile()))


@pytest.mark.parametrize(
    "tenant", ["'; echo smuggled; '", '"$(echo smuggled)"', "`echo smuggled`", "a\necho smuggled", "\ud800"]
)
def test_no_tenant_ends_a_string_or_begins_a_command(tenant: str) -> None:
    hostile = profile(ti=tenant)
    for id in ("requests", "powershell", "curl"):
        text = BY_ID[id].text(hostile)
        assert "echo smuggled" not in text
        assert len(text.splitlines()) == len(BY_ID[id].text(profile()).splitlines())
    address = shlex.split(BY_ID["curl"].text(hostile))[-1]
    assert address.startswith("https://")


@pytest.mark.posix("its programs and paths are POSIX")
def test_the_one_for_powershell_is_powershell() -> None:
    assert errors_in(BY_ID["powershell"].text(profile(ti="O'NEIL_TST"))) == []


@pytest.mark.posix("a POSIX shell")
def test_the_one_for_curl_is_a_pipeline_that_a_shell_understands() -> None:
    ran = subprocess.run(["sh", "-n"], input=BY_ID["curl"].text(profile()), text=True, check=False, capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_on_windows_powershell_is_the_first_and_the_only_shell() -> None:
    assert [one.id for one in snippets(windows=True)] == ["powershell", "httpx", "requests", "postman"]
    assert [one.id for one in SNIPPETS] == ["httpx", "requests", "powershell", "curl", "postman"]
