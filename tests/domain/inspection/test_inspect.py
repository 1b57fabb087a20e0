"""The inspection says the right thing about every file of the corpus, and nothing about good ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.findings.file_codes import FILE_CODES
from ionapi_tui.domain.inspection import inspect
from tests.corpus import CASES, Case
from tests.samples import (
    MARKER,
    absolute_endpoints,
    as_bytes,
    cloud11,
    on_premises,
    random_secret,
    sample,
    sample_bytes,
)

READING = {Code.NOT_FOUND, Code.NOT_A_FILE, Code.UNREADABLE, Code.EXPOSED_FILE}
"""The codes that only reading from disk can report."""

DECRYPTING = {code for code in Code if code.startswith("encrypted-")} | {Code.ANSWERS_REQUEST}
"""The codes that need the keys of file requests; they are provoked in ``tests/usecases/test_returned_files.py``."""


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_each_wrong_file_is_found_out(case: Case) -> None:
    inspection = inspect(case.raw)
    found = [finding for finding in inspection.findings if (finding.code, finding.field) == (case.code, case.field)]
    assert found, [(finding.code, finding.field, finding.message) for finding in inspection.findings]
    said = found[0]
    assert (said.severity, said.step) == (case.severity, case.step)
    assert case.says in f"{said.message} {said.fix}"
    assert inspection.ok is (inspection.credentials is not None)
    assert case.severity is not Severity.ERROR or not inspection.ok


def test_every_code_has_a_file() -> None:
    assert {case.code for case in CASES} == set(FILE_CODES) - READING - DECRYPTING


@pytest.mark.parametrize("case", CASES, ids=repr)
def test_nothing_secret_and_nothing_raw_is_said(case: Case) -> None:
    inspection = inspect(case.raw)
    said = repr(inspection) + str(inspection)
    for finding in inspection.findings:
        said += json.dumps(finding.as_json(), ensure_ascii=False) + repr(finding)
        assert "{" not in finding.message
        assert finding.message[0].isupper() or finding.values
        assert finding.message.endswith(".")
    said += "".join(field.label + field.value for field in inspection.fields)
    assert MARKER not in said
    assert said.isprintable()


@pytest.mark.parametrize("maker", [sample, cloud11, absolute_endpoints], ids=lambda maker: maker.__name__)
def test_good_files_are_good(maker: Callable[[], dict[str, Any]]) -> None:
    inspection = inspect(as_bytes(maker()))
    assert inspection.ok
    assert all(finding.severity is Severity.INFO for finding in inspection.findings)


def test_an_on_premises_file_only_asks_to_confirm_its_host() -> None:
    inspection = inspect(as_bytes(on_premises()))
    assert inspection.ok
    assert [finding.code for finding in inspection.findings] == [Code.UNKNOWN_HOST]


def test_the_order_of_keys_and_the_line_ends_do_not_matter() -> None:
    document = sample()
    turned = json.dumps(dict(reversed(document.items())), indent=4).replace("\n", "\r\n").encode()
    straight, other = inspect(as_bytes(document)), inspect(turned)
    assert not straight.findings
    assert straight == other


def test_all_problems_are_reported_in_one_pass_worst_first() -> None:
    document = sample(cs="", sask="<x>", iu="http://evil.example", ci="FARM~x", zz=1, sc=["Infor-IDM"])
    codes = [finding.code for finding in inspect(as_bytes(document)).findings]
    assert codes == [
        Code.EMPTY_VALUE,
        Code.PLACEHOLDER_VALUE,
        Code.INSECURE_URL,
        Code.UNKNOWN_HOST,
        Code.REGION_MISMATCH,
        Code.CLIENT_PREFIX,
        Code.SCOPES_PRESENT,
        Code.UNKNOWN_KEY,
    ]


def test_a_file_of_two_environments_is_told_once_with_all_that_belongs_to_the_other() -> None:
    other = sample(tenant="ACME_PRD")
    for keys in (("ci",), ("saak",), ("pu",), ("ci", "saak", "pu"), ("ti",)):
        document = sample() | {key: other[key] for key in keys}
        (finding,) = inspect(as_bytes(document)).findings
        assert (finding.code, finding.severity) == (Code.TENANT_MISMATCH, Severity.ERROR), keys
        assert "ACME_PRD" in finding.message
        assert "ACME_TST" in finding.message


def test_a_whole_address_of_another_environment_is_an_error_and_one_of_the_same_is_none() -> None:
    base = "https://mingle-sso.eu1.inforcloudsuite.com:443"
    (finding,) = inspect(as_bytes(sample(ot=f"{base}/ACME_PRD/as/token.oauth2"))).findings
    assert (finding.code, finding.field) == (Code.TENANT_MISMATCH, "ot")
    assert not inspect(as_bytes(sample(ot=f"{base}/ACME_TST/as/token.oauth2"))).findings


def test_names_that_only_look_alike_are_no_environments_of_one_tenant() -> None:
    for prefix in ("GLOBEX_PRD", "ACME", "infor", "ACME_TST"):
        inspection = inspect(as_bytes(sample(ci=f"{prefix}~x")))
        assert inspection.ok
        assert Code.TENANT_MISMATCH not in {finding.code for finding in inspection.findings}


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text.replace("CANARY", "CAN\nARY"),
        lambda text: text.replace("CANARY", "CAN=\r\nARY"),
        lambda text: text.replace("CANARY", "CAN\u00adARY"),
        lambda text: text.replace('"', "“"),
        lambda text: "Hello,\n" + "\n".join(f"> > {line}" for line in text.splitlines()) + "\nBob",
        lambda text: "".join(f"> {line}\n" for line in text.replace("CANARY", "CAN\nARY").splitlines()),
        lambda text: f"[EXTERNAL]\u00a0see below:\n{text}\nKind regards",
    ],
)
def test_what_a_mail_program_did_is_undone_exactly(damage: Callable[[str], str]) -> None:
    text = json.dumps(sample(), indent=2)
    inspection = inspect(damage(text).encode())
    assert {finding.code for finding in inspection.findings} == {Code.REPAIRED}
    assert inspection.credentials == inspect(text.encode()).credentials


def test_a_name_with_spaces_survives_a_broken_line() -> None:
    broken = sample_bytes(cn="Invoices to Infor").replace(b"to Infor", b"to\n  Infor")
    inspection = inspect(broken)
    assert inspection.credentials is not None
    assert inspection.credentials.app_name == "Invoices to Infor"


def test_a_host_is_asked_about_once() -> None:
    codes = [finding.code for finding in inspect(as_bytes(on_premises(pu="https://inforos.acme.example/x/"))).findings]
    assert codes.count(Code.UNKNOWN_HOST) == 1


def test_hosts_on_this_machine_are_never_strangers() -> None:
    document = sample(iu="http://localhost:8080", pu="http://127.0.0.1:8080/ACME_TST/as/")
    inspection = inspect(as_bytes(document))
    assert inspection.ok
    assert {finding.code for finding in inspection.findings} == {Code.INSECURE_URL}


def test_a_key_without_a_name_has_a_label() -> None:
    inspection = inspect(as_bytes(sample(**{"": random_secret()})))
    assert [field.label for field in inspection.fields][-1] == "(empty)"


@pytest.mark.parametrize("key", ["ti", "cn", "ci", "iu", "ot", "ru", "ev", "unknown"])
def test_a_secret_in_the_wrong_place_is_not_shown(key: str) -> None:
    secret = random_secret()
    changes: list[dict[str, Any]] = [{key: secret}, {secret: key}, {key: [secret]}, {"sc": [secret]}]
    for change in changes:
        document = sample(**change)
        inspection = inspect(as_bytes(document))
        said = [finding.message + finding.fix + repr(finding.as_json()) for finding in inspection.findings]
        said += [field.key + field.label + field.value for field in inspection.fields]
        assert MARKER not in "".join(said)


@pytest.mark.parametrize("text", [b"{}", b'{"name": "x"}'])
def test_another_kind_of_file_is_told_once(text: bytes) -> None:
    (finding,) = inspect(text).findings
    assert "it is another kind of file" in finding.message
