"""The catalogue of file codes is whole, and reads well."""

from __future__ import annotations

import string

import pytest

from ionapi_tui.domain.findings import Code, Entry, Finding, Severity, Step
from ionapi_tui.domain.findings.file_codes import FILE_CODES

FIRST_LIVE_CODE = list(Code).index(Code.DNS)


def test_every_file_code_is_in_the_catalogue() -> None:
    assert set(FILE_CODES) == set(list(Code)[:FIRST_LIVE_CODE])


@pytest.mark.parametrize(("code", "entry"), FILE_CODES.items(), ids=list(FILE_CODES))
def test_each_entry_reads_well(code: Code, entry: Entry) -> None:
    for sentence in (entry.message, entry.fix):
        assert sentence.endswith((".", "}", ".)"))
        assert sentence[0].isupper() or sentence[0] in "“{"
        assert "  " not in sentence
        assert len(sentence) < 280
        assert '"' not in sentence


@pytest.mark.parametrize(("code", "entry"), FILE_CODES.items(), ids=list(FILE_CODES))
def test_each_entry_can_be_filled(code: Code, entry: Entry) -> None:
    names = {name for text in (entry.message, entry.fix) for _, name, _, _ in string.Formatter().parse(text) if name}
    finding = Finding(code, "ti", dict.fromkeys(names - {"field"}, "{filled}"))
    assert "{filled}" in finding.message or not names - {"field"}
    assert finding.as_json()["severity"] == entry.severity


def test_an_error_says_where_to_go_back_to() -> None:
    without = {code for code, entry in FILE_CODES.items() if entry.severity is Severity.ERROR and entry.step is None}
    # What is wrong with an encrypted file is not made good in the portal.
    encrypted = {code for code in FILE_CODES if code.startswith("encrypted-")}
    # A path that is wrong says nothing about the portal.
    assert without == {Code.NOT_FOUND, Code.UNREADABLE, *encrypted}
    assert FILE_CODES[Code.NO_SERVICE_ACCOUNT].step is Step.SERVICE_ACCOUNT
    assert FILE_CODES[Code.WRONG_APP_TYPE].step is Step.NEW_APP


@pytest.mark.parametrize("code", [Code.EMPTY, Code.ENCODING, Code.NOT_JSON, Code.NOT_AN_OBJECT, Code.MISSING_FIELD])
def test_who_has_to_download_again_learns_that_the_earlier_service_account_stays(code: Code) -> None:
    assert "Each download creates another service account: disable the earlier one" in FILE_CODES[code].fix
