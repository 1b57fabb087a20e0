"""``verify`` against everything that live tenants were recorded to answer."""

from __future__ import annotations

import json

import pytest

from ionapi_tui.cli import run
from tests.cli.conftest import Store
from tests.gateway.recorded_cases import CASES, RecordedCase
from tests.samples import MARKER

pytestmark = pytest.mark.keyring


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_what_was_recorded_reaches_people_and_programs(
    case: RecordedCase, stored: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    with case.arranged() as tenant:
        stored("acme-tst", tenant.document)
        # In this process, because starting one for each case would take most of the time.
        code = run(["verify", "acme-tst"])
        people = capsys.readouterr()
        run(["verify", "acme-tst", "--json"])
        (verified,) = json.loads(capsys.readouterr().out)
    assert code == (0 if case.works else 1)
    text = " ".join(people.out.split())
    assert not [wanted for wanted in case.words if wanted not in text]
    found = [(one["code"], one["severity"]) for one in verified["findings"] if one["code"] != "insecure-url"]
    assert sorted(found) == sorted((str(code), str(severity)) for code, severity in case.findings)
    assert MARKER not in people.out + people.err
