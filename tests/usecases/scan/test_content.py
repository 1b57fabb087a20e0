"""Secrets are recognised by what they are, whatever they stand in."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.usecases.scan.content import Kind, Recognised, recognised_in
from tests.samples import REMOVED, as_bytes, random_text, sample


def only(raw: bytes) -> Recognised:
    """Return the one set of secrets in ``raw``."""
    (found,) = recognised_in(raw)
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_is_recognised_in_any_encoding(encoding: str) -> None:
    document = sample()
    found = only(json.dumps(document).encode(encoding))
    assert (found.kind, found.tenant, found.app) == (Kind.FILE, "ACME_TST", "Doc2Export")
    assert found.client_id == document["ci"]
    assert found.credentials == Credentials.from_document(document)


@pytest.mark.parametrize(
    "around",
    [
        "Hi,\nhere is the file:\n%s\nRegards",
        "CREDENTIALS = '''%s'''\nprint(1)",
        '[{"other": {"a": 1}}, %s, {"b": 2}]',
        "key: |\n  %s\n",
    ],
)
def test_a_file_inside_other_text_is_recognised(around: str) -> None:
    document = sample()
    found = only((around % json.dumps(document, indent=2)).encode())
    assert found.client_id == document["ci"]
    assert found.credentials is not None


def test_a_file_inside_a_json_string_is_recognised() -> None:
    document = sample()
    assert only(json.dumps({"value": json.dumps(document, indent=1)}).encode()).credentials is not None
    manifest = FORMATS["kubernetes"].render(Credentials.from_document(document), "acme-tst").reveal()
    assert only(manifest.encode()).credentials == Credentials.from_document(document)


def test_several_files_in_one_are_told_apart() -> None:
    both = [sample(), sample(tenant="ACME_PRD")]
    assert [one.tenant for one in recognised_in(json.dumps(both).encode())] == ["ACME_TST", "ACME_PRD"]


@pytest.mark.parametrize("format_name", ["env", "json", "postman"])
def test_keys_without_a_file_are_recognised(format_name: str) -> None:
    document = sample()
    raw = FORMATS[format_name].render(Credentials.from_document(document), "x").reveal().encode()
    found = only(raw)
    assert (found.kind, found.tenant, found.client_id) == (Kind.KEYS, "ACME_TST", document["ci"])


def test_the_downloaded_list_of_service_accounts_is_recognised() -> None:
    document = sample()
    found = only(f"Name;Access Key;Secret Key\nsvc;{document['saak']};{document['sask']}\n".encode())
    assert (found.kind, found.client_id) == (Kind.KEYS, "")


def test_a_damaged_file_is_found_too_but_not_usable() -> None:
    found = only(as_bytes(sample(ot=REMOVED)))
    assert (found.tenant, found.credentials) == ("ACME_TST", None)


@pytest.mark.parametrize(
    "document",
    [{}, {"ci": "x"}, {"cs": "a stylesheet"}, {"name": "x", "version": "1.0"}, {"kty": "RSA", "d": random_text(300)}],
)
def test_other_json_is_left_alone(document: dict[str, Any]) -> None:
    assert recognised_in(as_bytes(document)) == []


@pytest.mark.parametrize(
    "raw", [b"", b"\0" * 500, b"#" * 500, b'{"cs":' * 5000, b'"cs": ' + b"{" * 50_000, b"\xff" * 999]
)
def test_nonsense_is_no_secret_and_takes_no_time(raw: bytes) -> None:
    assert recognised_in(raw) == []


def test_nothing_that_is_recognised_shows_a_secret() -> None:
    document = sample()
    shown = repr(recognised_in(as_bytes(document)))
    assert not any(document[key] in shown for key in ("cs", "saak", "sask"))
