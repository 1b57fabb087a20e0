"""What a text that is no JSON is told to be: a list of service accounts, a file of settings, or nothing known."""

from __future__ import annotations

import pytest

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.findings import Code
from ionapi_tui.domain.inspection.inspector import inspect_pasted
from ionapi_tui.domain.inspection.values import wrong_text
from tests.samples import sample_bytes

KEY = "ACME_TST#" + "k" * 40


def told(text: str) -> Code | None:
    finding = wrong_text(text)
    return None if finding is None else finding.code


@pytest.mark.parametrize(
    "text",
    [
        "Name;Access Key;Secret Key",
        "Name,Service Account",
        "saak\tsask",
        f"1,2\n\n{KEY},x",
        f"a,b\n{{12ab-34cd}},{KEY}\n{{}},x\nx{{,x",
        " \n Name;SERVICEACCOUNT",
        "a," + "b" * 488 + "access key",
        f"a,b\n{'x' * 457} A#{'k' * 40}",
    ],
)
def test_a_table_that_speaks_of_service_accounts_is_told(text: str) -> None:
    assert told(text) == Code.SERVICE_ACCOUNT_CSV


@pytest.mark.parametrize(
    "text", ["a=b", "a=", "# of a tenant\na=<b>=c\n! as well\nb = {x}", "a" * 200 + "=1", "X=b", " " * 20_000 + "a=b"]
)
def test_a_file_of_settings_is_told(text: str) -> None:
    assert told(text) == Code.MAPPING_FILE


@pytest.mark.parametrize(
    "text",
    [
        *("", " \n", "hello", "# a remark", "a=b\nhello", "=b", " =b", "a" * 201 + "=1"),
        *("a=1,2,3\nhello", "Name,City", "the service account", "X service account X"),
        *("a," + "b" * 489 + "access key", f"a,b\n{'x' * 458} A#{'k' * 40}"),
        *(f"Hello,\n{before}{KEY}" for before in ("{\n", '{"saak": "', "> {\n> ", '>> { "saak": "', "  >{\n")),
        *('"a=b', "a}=b", "a<=b", "a>=b", "b=1\na{=b"),
        *("a={\nb=1", "[a=b", "<p>service account, access key</p>", '"ti", service account', "{service account,"),
    ],
)
def test_nothing_is_told_of_another_text(text: str) -> None:
    assert told(text) is None


def test_only_the_beginning_is_looked_at() -> None:
    assert told("a=b\n" * 50 + "hello") == Code.MAPPING_FILE
    assert told("a=b\n" * 49 + "hello") is None
    assert told(f"a={'b' * 19_996}\nc=") is None
    assert told(f"a={'b' * 19_995}\nc=") == Code.MAPPING_FILE


def test_a_paste_is_inspected_like_a_file_whatever_it_is() -> None:
    assert inspect_pasted(Secret(sample_bytes().decode())).credentials is not None
    assert inspect_pasted(Secret("\ud800")).credentials is None
    seen: list[bytes] = []

    def inspect(raw: bytes) -> object:
        seen.append(raw)
        return seen

    assert inspect_pasted(Secret("ü\ud800"), inspect) is seen  # type: ignore[arg-type, comparison-overlap]
    assert seen == [b"\xc3\xbc\xed\xa0\x80"]


@pytest.mark.parametrize("behind", ["", ".", "; bye", "\nBye", "x"])
def test_text_around_the_object_is_left_out_to_the_letter(behind: str) -> None:
    found = inspect_pasted(Secret(f"Here it is:{sample_bytes().decode()}{behind}"))
    assert found.credentials is not None
    assert [one.code for one in found.findings] == [Code.REPAIRED]


@pytest.mark.parametrize(
    ("scopes", "code", "value"),
    [
        (5, Code.WRONG_TYPE, "a number"),
        (True, Code.WRONG_TYPE, "true or false"),
        (["ok", "left\u202e"], Code.CONTROL_CHARACTERS, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (["ok", "late", "b\x07ell"], Code.CONTROL_CHARACTERS, "U+0007"),
    ],
)
def test_what_is_wrong_with_scopes_is_said(scopes: object, code: Code, value: str) -> None:
    findings = inspect_pasted(Secret(sample_bytes(sc=scopes).decode())).findings
    (finding,) = [one for one in findings if one.code != Code.SCOPES_PRESENT]
    assert (finding.code, finding.field) == (code, "sc")
    assert value in finding.values.values()
