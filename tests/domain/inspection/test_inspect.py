"""The inspection says the right thing about every file of the corpus, and nothing about good ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ionapi_tui.domain.credentials import label_of
from ionapi_tui.domain.findings import Code, Severity
from ionapi_tui.domain.findings.file_codes import FILE_CODES
from ionapi_tui.domain.inspection import MAX_SIZE, inspect
from ionapi_tui.domain.inspection.addresses import fault_of, named
from tests.corpus import CASES, Case
from tests.samples import (
    MARKER,
    REMOVED,
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
        assert "None" not in finding.message
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
        others = ("ci", "saak", "pu") if keys == ("ti",) else keys
        assert finding.values["labels"] == ", ".join(map(label_of, others))
        assert "ACME_PRD" in finding.message
        assert "ACME_TST" in finding.message


def test_a_whole_address_of_another_environment_is_an_error_and_one_of_the_same_is_none() -> None:
    base = "https://mingle-sso.eu1.inforcloudsuite.com:443"
    (finding,) = inspect(as_bytes(sample(ot=f"{base}/ACME_PRD/as/token.oauth2"))).findings
    assert (finding.code, finding.field) == (Code.TENANT_MISMATCH, "ot")
    assert not inspect(as_bytes(sample(ot=f"{base}/ACME_TST/as/token.oauth2"))).findings


@pytest.mark.parametrize(("tenant", "other"), [("ACME_EU_TST", "ACME_EU_PRD"), ("XENON_TST", "XENON_PRD")])
def test_another_environment_is_told_by_the_end_of_the_name_alone(tenant: str, other: str) -> None:
    server = f"https://mingle-sso.eu1.inforcloudsuite.com:443/{other}/as/"
    for changes in ({"pu": server}, {"ci": f"{other}~a~b"}, {"ot": f"/{other}/as/token.oauth2"}):
        (finding,) = inspect(as_bytes(sample(tenant=tenant, **changes))).findings
        assert (finding.code, finding.values["other"]) == (Code.TENANT_MISMATCH, other)
        assert finding.values["labels"] == label_of(next(iter(changes)))


def test_names_that_only_look_alike_are_no_environments_of_one_tenant() -> None:
    for prefix in ("GLOBEX_PRD", "ACME", "infor", "ACME_TST"):
        inspection = inspect(as_bytes(sample(ci=f"{prefix}~x")))
        assert inspection.ok
        assert Code.TENANT_MISMATCH not in {finding.code for finding in inspection.findings}
    assert not inspect(as_bytes(sample(ci="ACME_TST~x~y"))).findings
    assert Code.TENANT_MISMATCH not in {
        one.code for one in inspect(as_bytes(sample(tenant="_TST", ci="_PRD~x"))).findings
    }


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
        lambda text: f"Hello Ann and X,\n\n{text}\nBob",
        lambda text: "".join(f"  > {line}\n" for line in text.splitlines()),
        lambda text: text.replace("CANARY", "CAN\n > ARY"),
        lambda text: text.replace("CANARY", "CAN\nARY").replace(" Xto", "\n> Xto"),
        lambda text: "".join(f"> {line}\n" for line in text.replace(" Xto", "\nXto").splitlines()),
        lambda text: text.replace("XXl", "X\nXl"),
        lambda text: "".join(f"> {line}\n" for line in text.replace("XXl", "X\nXl").splitlines()),
    ],
)
def test_what_a_mail_program_did_is_undone_exactly(damage: Callable[[str], str]) -> None:
    text = json.dumps(sample(cn="InvoicesX Xto Infor", sask=f"{random_secret()}XXl"), indent=2)
    inspection = inspect(damage(text).encode())
    assert {finding.code for finding in inspection.findings} == {Code.REPAIRED}
    assert inspection.credentials == inspect(text.encode()).credentials


def test_a_name_with_spaces_survives_a_broken_line() -> None:
    broken = sample_bytes(cn="Invoices to Infor").replace(b"to Infor", b"to\n  Infor")
    inspection = inspect(broken)
    assert inspection.credentials is not None
    assert inspection.credentials.app_name == "Invoices to Infor"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_encoding_is_read_to_the_letter(encoding: str) -> None:
    text = sample_bytes(cn="Bäckerei").decode()
    inspection = inspect(text.encode(encoding))
    (finding,) = inspection.findings
    name = encoding.upper()[:6]
    said = "an invisible byte order mark" if encoding == "utf-8-sig" else f"it is encoded as {name} instead of UTF-8"
    assert (finding.code, finding.severity) == (Code.REPAIRED, Severity.INFO)
    assert said in finding.message
    assert inspection.credentials == inspect(text.encode()).credentials


@pytest.mark.parametrize("raw", [b"\0\0\0{", b"\0\0\0{\0\0\0}", b"\0\0a"])
def test_zeros_that_tell_no_order_are_no_encoding(raw: bytes) -> None:
    assert [one.code for one in inspect(raw).findings] == [Code.NOT_JSON]


def test_what_is_said_of_the_encoding_is_said_of_a_file_that_is_wrong_as_well() -> None:
    for raw, code in ((b"\xef\xbb\xbf[]", Code.NOT_AN_OBJECT), (b"\xef\xbb\xbf{", Code.NOT_JSON)):
        assert [one.code for one in inspect(raw).findings] == [code, Code.REPAIRED]


@pytest.mark.parametrize(("raw", "line"), [(b"\n{\n\xff\n", "3"), (b"\xef\xbb\xbf\n{\n\xff\n\n", "3"), (b"{\xff", "1")])
def test_the_line_that_is_no_text_is_named(raw: bytes, line: str) -> None:
    (finding,) = inspect(raw).findings
    assert (finding.code, finding.values["line"]) == (Code.ENCODING, line)


def test_a_letter_is_something_and_a_full_mebibyte_is_read() -> None:
    assert [one.code for one in inspect(b"X").findings] == [Code.NOT_JSON]
    full = sample_bytes().ljust(MAX_SIZE)
    assert inspect(full).ok
    assert [one.code for one in inspect(full + b" ").findings] == [Code.TOO_LARGE]


@pytest.mark.parametrize("before", ["[", "[\n ", '["a",\n', '"a" , ', "1, ", "[[1], ", ", ", '"a": 1},\n'])
def test_a_list_that_was_cut_off_is_no_message_around_a_file(before: str) -> None:
    inspection = inspect(f"{before}{sample_bytes().decode()}".encode())
    assert [one.code for one in inspection.findings] == [Code.NOT_JSON]


def test_of_what_is_unknown_nothing_is_mended_and_the_name_of_the_app_keeps_its_spaces() -> None:
    document = sample(cn=" Doc2Export >", zz="a\nb")
    inspection = inspect(as_bytes(document))
    assert inspection.credentials is not None
    assert json.loads(inspection.credentials.to_document().reveal()) == document
    assert [one.code for one in inspection.findings] == [Code.UNKNOWN_KEY]
    assert [one.code for one in inspect(as_bytes(sample(cs="CANARY\x0b"))).findings] == [Code.CONTROL_CHARACTERS]


def test_the_fields_that_were_mended_are_named() -> None:
    (finding,) = inspect(as_bytes(sample(ci="ACME_TST~a\nb", cs="CAN\nARY"))).findings
    assert "unexpected line breaks or spaces in Client ID, Client secret" in finding.message


def test_each_address_is_told_by_itself_and_its_endpoints_are_not_told_again() -> None:
    found = inspect(as_bytes(sample(iu="https://192.0.2.7", pu="https://192.0.2.7/ACME_TST/as/"))).findings
    assert [(one.code, one.field) for one in found] == [(Code.BAD_URL, "iu"), (Code.BAD_URL, "pu")]


@pytest.mark.parametrize(("port", "reason"), [(0, "complete address"), (1, None)])
def test_a_port_may_be_any_but_zero(port: int, reason: str | None) -> None:
    said = fault_of(f"https://inforos.acme.example:{port}")
    assert (said is None) is (reason is None)
    assert (reason or "") in (said or "")


@pytest.mark.parametrize("changes", [{"iu": "http://localhost:8080"}, {"pu": "http://localhost:8080/ACME_TST/as/"}])
def test_this_machine_has_no_region(changes: dict[str, Any]) -> None:
    assert {one.code for one in inspect(as_bytes(sample(**changes))).findings} == {Code.INSECURE_URL}


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


def test_a_known_key_in_capitals_is_unknown_only_beside_the_right_one() -> None:
    def unknown(**changes: Any) -> list[str | None]:
        findings = inspect(as_bytes(sample(**changes))).findings
        return [one.field for one in findings if one.code is Code.UNKNOWN_KEY]

    assert unknown(saak=REMOVED, SAAK=random_secret()) == []
    assert unknown(SAAK=random_secret()) == ["SAAK"]
    assert unknown(ZZ=1) == ["ZZ"]


def test_a_strange_key_is_unknown_as_well_and_a_broken_value_is_told_once() -> None:
    strange = inspect(as_bytes(sample() | {"z\x07": 1})).findings
    assert [one.code for one in strange] == [Code.CONTROL_CHARACTERS, Code.UNKNOWN_KEY]
    broken = inspect(json.dumps(sample(cn="A\ud800")).encode()).findings
    assert [(one.code, one.field) for one in broken] == [(Code.CONTROL_CHARACTERS, "cn")]


@pytest.mark.parametrize(("changes", "limit"), [({"zz": "x"}, 65_536), ({"cs": "x"}, 16_384), ({"sc": "x"}, 16_384)])
def test_a_value_may_be_as_long_as_is_said(changes: dict[str, str], limit: int) -> None:
    for length, is_too_large in ((limit, False), (limit + 1, True)):
        document = sample(**{key: value.ljust(length, "a") for key, value in changes.items()})
        assert (Code.TOO_LARGE in {one.code for one in inspect(as_bytes(document)).findings}) is is_too_large


@pytest.mark.parametrize(("count", "rest"), [(20, None), (21, "1 more key"), (22, "2 more keys")])
def test_twenty_keys_are_named_and_the_others_counted(count: int, rest: str | None) -> None:
    *_rest, last = named(Code.UNKNOWN_KEY, [f"k{number}" for number in range(count)])
    assert (last.field, last.values["what"]) == (("k19", "k19") if rest is None else (None, rest))


def test_a_set_of_keys_in_a_file_of_infor_makes_it_no_other_file() -> None:
    assert [one.code for one in inspect(as_bytes(sample(keys=["x"]))).findings] == [Code.UNKNOWN_KEY]


@pytest.mark.parametrize("text", [b"{}", b'{"name": "x"}'])
def test_another_kind_of_file_is_told_once(text: bytes) -> None:
    (finding,) = inspect(text).findings
    assert "it is another kind of file" in finding.message
