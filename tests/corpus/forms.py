"""Files that are wrong as such, and other files that people take for them."""

from __future__ import annotations

import json
from typing import Any, Final

from ionapi_tui.domain.findings import Code, Step
from tests.corpus.case import ERROR, INFO, WARNING, Case
from tests.samples import random_secret, sample, sample_bytes


def _text(**changes: Any) -> str:
    return json.dumps(sample(**changes), indent=1)


def _quoted(text: str) -> bytes:
    lines = "\n".join(f"> {line}" for line in text.splitlines())
    return f"Hello,\n\nhere is the file:\n\n{lines}\n\nKind regards\n".encode()


FORM: Final = (
    Case("nothing", b"", Code.EMPTY, None, ERROR, Step.SAVE_FILE),
    Case("white space", b"\xef\xbb\xbf \r\n\t", Code.EMPTY, None, ERROR, Step.SAVE_FILE),
    Case("zeros, as after a crash", b"\0" * 4096, Code.EMPTY, None, ERROR, Step.SAVE_FILE),
    Case("Latin-1", sample_bytes(cn="Bäckerei").decode().encode("latin-1"), Code.ENCODING, None, ERROR, Step.SAVE_FILE),
    Case("bytes at random", b"\x89PNG\r\n\x1a\n\xff\xfe", Code.ENCODING, None, ERROR, Step.SAVE_FILE, "line 1"),
    Case("half of a UTF-16 character", b"\xff\xfe{", Code.ENCODING, None, ERROR, Step.SAVE_FILE),
    Case("cut off", sample_bytes()[:300], Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "too early"),
    Case("a web page", b"<!DOCTYPE html>\n<html>", Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "web page"),
    Case("a comma too many", b'{\n"ti": "A",\n}', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "Line 2, column 10"),
    Case("a missing comma", b'{"ti": "A"\n"cn": "B"}', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "comma is missing"),
    Case("single quotes", b"{'ti': 'A'}", Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "double quotation marks"),
    Case("a missing colon", b'{"ti" "A"}', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "Line 1, column 7"),
    Case("two files in one", sample_bytes() * 2, Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "more text follows"),
    Case("not a number", b'{"ti": "x", "a":\n [NaN]}', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "Line 2, column 3"),
    Case("minus infinity", b'{"a": "NaN", "b": -Infinity}', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "-Infinity"),
    Case("an endless number", b'{"a": 1e999}', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "1e999"),
    Case("5,000 digits", b'{"a": %s}' % (b"9" * 5000), Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "column 7"),
    Case("an archive", b"PK\x03\x04" + b"\0" * 40, Code.NOT_JSON, None, ERROR, Step.SAVE_FILE, "unpack"),
    Case("a list cut off", b'[{"ti": "A"}, ', Code.NOT_JSON, None, ERROR, Step.SAVE_FILE),
    Case("a list", b"[]", Code.NOT_AN_OBJECT, None, ERROR, Step.SAVE_FILE, "a list"),
    Case("a number", b"12", Code.NOT_AN_OBJECT, None, ERROR, Step.SAVE_FILE),
    Case("JSON in JSON", json.dumps(_text()).encode(), Code.NOT_AN_OBJECT, None, ERROR, Step.SAVE_FILE, "text"),
    Case("200,000 levels", b"[" * 200_000, Code.TOO_DEEP, None, ERROR, Step.SAVE_FILE),
    Case("200,000 objects", b'{"a":' * 200_000, Code.TOO_DEEP, None, ERROR, Step.SAVE_FILE),
    Case("over the limit", b" " * 1_048_577, Code.TOO_LARGE, None, ERROR, Step.SAVE_FILE, "1 MiB"),
    Case("a huge value", sample_bytes(cs="x" * 20_000), Code.TOO_LARGE, "cs", ERROR, Step.SAVE_FILE),
    Case("a huge unknown value", sample_bytes(zz="x" * 70_000), Code.TOO_LARGE, None, ERROR, Step.SAVE_FILE),
    Case(
        "one key with two values",
        b'{"cs": "a", "cs": "b"}',
        Code.DUPLICATE_KEY,
        "cs",
        ERROR,
        Step.DOWNLOAD,
    ),
    Case("one key with one value, twice", b'{"ti":"a","ti":"a"}', Code.DUPLICATE_KEY, "ti", WARNING, Step.DOWNLOAD),
    Case(
        "thirty repeated keys",
        ("{" + ",".join(f'"k{i}": 1, "k{i}": 2' for i in range(30)) + "}").encode(),
        Code.DUPLICATE_KEY,
        None,
        ERROR,
        Step.DOWNLOAD,
        "10 more keys",
    ),
    Case("a byte order mark", _text().encode("utf-8-sig"), Code.REPAIRED, None, INFO, None, "byte order mark"),
    Case("UTF-16", _text().encode("utf-16"), Code.REPAIRED, None, INFO, None, "UTF-16"),
    Case("UTF-16 without a mark", _text().encode("utf-16-le"), Code.REPAIRED, None, INFO, None, "UTF-16"),
    Case("big-endian UTF-16", _text().encode("utf-16-be"), Code.REPAIRED, None, INFO, None, "UTF-16"),
    Case("UTF-32", _text().encode("utf-32"), Code.REPAIRED, None, INFO, None, "UTF-32"),
    Case("a quoted mail", _quoted(_text()), Code.REPAIRED, None, WARNING, None, "mail program"),
    Case("curly quotes", _text().replace('"', "”").encode(), Code.REPAIRED, None, WARNING, None),
    Case("hard spaces", _text().replace("\n ", "\n\u00a0").encode(), Code.REPAIRED, None, WARNING, None),
    Case("a code fence", f"```json\n{_text()}\n```\n".encode(), Code.REPAIRED, None, WARNING, None),
    Case(
        "broken lines", _text().replace("CANARY", "CAN\r\nARY").encode(), Code.REPAIRED, None, WARNING, None, "Client"
    ),
    Case("a soft hyphen", sample_bytes(ti="ACME\u00ad_TST"), Code.REPAIRED, None, WARNING, None, "Tenant"),
)

WRONG_FILES: Final = (
    Case(
        "keys of a service account",
        f"User Name,Access Key,Secret Key\nbob,ACME_TST#{random_secret()},{random_secret()}\n".encode(),
        Code.SERVICE_ACCOUNT_CSV,
        None,
        ERROR,
        Step.DOWNLOAD,
    ),
    Case(
        "keys with semicolons and no heading",
        f"bob;ACME_TST#{random_secret()};{random_secret()}\n".encode("utf-8-sig"),
        Code.SERVICE_ACCOUNT_CSV,
        None,
        ERROR,
        Step.DOWNLOAD,
    ),
    Case("keys in Excel", b"PK\x03\x04..xl/workbook.xml", Code.SERVICE_ACCOUNT_CSV, None, ERROR, Step.DOWNLOAD),
    Case("old Excel", b"\xd0\xcf\x11\xe0" * 9, Code.SERVICE_ACCOUNT_CSV, None, ERROR, Step.DOWNLOAD),
    Case("a bridge key", b'{"kty": "RSA", "n": "x"}', Code.BRIDGE_KEY, None, ERROR, Step.DOWNLOAD),
    Case("bridge keys", b'{"keys": [{"kty": "RSA"}]}', Code.BRIDGE_KEY, None, ERROR, Step.DOWNLOAD),
    Case(
        "a mapping",
        b"# IDM\nINVOICE=M3_SupplierInvoice\nACL = Public\n",
        Code.MAPPING_FILE,
        None,
        ERROR,
        Step.DOWNLOAD,
        "ION Mapping File",
    ),
)
