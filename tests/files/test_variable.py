"""A file in an environment variable, as JSON or as Base64."""

from __future__ import annotations

import base64
import json

import pytest

from ionapi_tui.domain.findings import Code
from ionapi_tui.files.reading import inspect_variable
from tests.samples import as_bytes, sample

CONTENT = as_bytes(sample(cn="Doc2Export ü"))
PACKED = base64.b64encode(CONTENT).decode()


@pytest.mark.parametrize(
    "text",
    [
        CONTENT.decode(),
        json.dumps(json.loads(CONTENT)),
        PACKED,
        PACKED.rstrip("="),
        base64.urlsafe_b64encode(CONTENT).decode(),
        base64.encodebytes(CONTENT).decode(),
        f"  {PACKED}\n",
        base64.b64encode(CONTENT.decode().encode("utf-16")).decode(),
        base64.b64encode(b"\xef\xbb\xbf" + CONTENT).decode(),
    ],
    ids=["json", "one line", "base64", "no padding", "url-safe", "lines", "spaces", "utf-16", "BOM"],
)
def test_every_form_is_read(text: str) -> None:
    inspection = inspect_variable("IONAPI", {"IONAPI": text})
    assert inspection is not None
    assert inspection.credentials is not None
    assert inspection.credentials.app_name == "Doc2Export ü"


@pytest.mark.parametrize(
    ("text", "code"),
    [("", Code.EMPTY), ("/home/me/a.ionapi", Code.NOT_JSON), (base64.b64encode(b"[1]").decode(), Code.NOT_AN_OBJECT)],
)
def test_what_is_no_file_is_explained_like_a_file(text: str, code: Code) -> None:
    inspection = inspect_variable("IONAPI", {"IONAPI": text})
    assert inspection is not None
    assert [finding.code for finding in inspection.findings] == [code]


@pytest.mark.parametrize("name", ["IONAPI", "", "A=B", "A\0B"])
def test_a_variable_that_is_not_there_is_nothing(name: str) -> None:
    assert inspect_variable(name, {}) is None
