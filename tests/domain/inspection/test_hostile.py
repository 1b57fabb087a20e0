"""No bytes at all make the inspection raise, hang, draw anything raw or tell a secret."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import KNOWN_KEYS, Credentials
from ionapi_tui.domain.inspection import MAX_SIZE, Inspection, inspect
from tests.corpus import CASES
from tests.samples import MARKER, as_bytes, sample

MOST_FINDINGS = 150
SECONDS = 3.0
"""What a mebibyte may take on a slow, busy machine; the worst of them takes a fifth of it."""

quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


def check_storable(credentials: Credentials) -> None:
    """What was found good can be kept and comes back equal."""
    public = json.dumps(credentials.public, ensure_ascii=False).encode()
    secret = credentials.secret_part().reveal().encode()
    assert Credentials.from_parts(json.loads(public), Secret(secret.decode())) == credentials
    assert json.loads(credentials.to_document().reveal().encode())["ci"] == credentials.client_id
    assert len(public) + len(secret) < 400_000
    assert credentials.token_endpoint.startswith("http")
    assert all(isinstance(scope, str) for scope in credentials.scopes)


def check(inspection: Inspection, secrets: Iterable[str] = (MARKER,)) -> None:
    assert len(inspection.findings) <= MOST_FINDINGS
    said = [repr(inspection)]
    for finding in inspection.findings:
        said += [finding.message, finding.fix, finding.field or "", json.dumps(finding.as_json(), ensure_ascii=False)]
    said += [part for field in inspection.fields for part in (field.key, field.label, field.value)]
    whole = "".join(said)
    assert whole.isprintable()
    assert not any(secret in whole for secret in secrets)
    assert len(whole) < 100_000
    assert inspection.ok is (inspection.credentials is not None)
    if inspection.credentials is not None:
        check_storable(inspection.credentials)


@given(st.binary(max_size=3000))
@quick
def test_arbitrary_bytes(raw: bytes) -> None:
    check(inspect(raw))


@given(anything)
@quick
def test_arbitrary_json(value: Any) -> None:
    check(inspect(json.dumps(value).encode()))


@given(st.dictionaries(st.sampled_from(KNOWN_KEYS), anything | st.text()))
@example({"pu": "http://[", "ot": "http://[::"})
@example({"iu": "https://a:99999999999999999999", "pu": "//", "or": "//["})
@example({"pu": "https://a/\ufdfa", "iu": "https://℀.example"})
@quick
def test_good_documents_with_arbitrary_values(changes: dict[str, Any]) -> None:
    check(inspect(json.dumps(sample() | changes).encode()))


@given(st.data())
@quick
def test_good_files_with_pieces_cut_out_swapped_and_put_in(data: st.DataObject) -> None:
    document = sample()
    raw = bytearray(as_bytes(document))
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(raw)))
        end = data.draw(st.integers(start, min(len(raw), start + 40)))
        raw[start:end] = data.draw(st.binary(max_size=8))
    # What is cut may put a part of a secret where something harmless was; a whole one is still recognised.
    check(inspect(bytes(raw)), (document["cs"], document["sask"], document["saak"].partition("#")[2]))


@pytest.mark.parametrize("prefix", [b"", b"\xff\xfe", b"\xef\xbb\xbf", b"> ", b"[", b'"'])
def test_every_file_of_the_corpus_behind_something_else(prefix: bytes) -> None:
    for case in CASES:
        check(inspect(prefix + case.raw))


FULL = MAX_SIZE - 20


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * FULL,
        b'"' * FULL,
        b'"\\' + b'\\"' * (FULL // 2),
        b'{"cs": "' + b"<" * FULL + b'"}',
        b'{"cs": "' + b"\n" * FULL + b'"}',
        b'{"cs": "' + b" " * FULL + b'"}',
        b'{"iu": "https://' + b"a." * (FULL // 2 - 10) + b'"}',
        b'{"pu": "' + b"../" * (FULL // 3) + b'", "ot": "x"}',
        b"{" + b",".join(b'"k%d":1' % number for number in range(80_000)) + b"}",
        b'{"sc": [' + b'"a",' * (FULL // 4 - 10) + b'"a"]}',
        b"9" * FULL,
        b"1e" * (FULL // 2),
        b"> \n" * (FULL // 3),
        b"> {\n" * (FULL // 4),
        b"a=b\n" * (FULL // 4),
        b"=" * FULL,
        b"a,access key" + b" " * FULL,
        b"{" * FULL,
        ("{" + "“" * (FULL // 3 - 10) + "}").encode(),
        b'{"cn": "' + "\u202e".encode() * (FULL // 3) + b'"}',
        b'{"ti": "\\ud800", "zz": "' + b"\\ud800" * (FULL // 6 - 10) + b'"}',
        b"-" * FULL,
        b"\0x" * (FULL // 2),
        b" " * FULL + b"{}",
        b"\n" * FULL + b"x",
    ],
    ids=lambda raw: repr(raw[:16]),
)
def test_a_full_mebibyte_is_answered_in_bounded_time(raw: bytes) -> None:
    assert len(raw) <= MAX_SIZE
    started = time.process_time()
    check(inspect(raw))
    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize(
    "nasty",
    [
        "\x1b[2J\x1b[H",
        "\x1b]52;c;ZXZpbA==\x07",
        "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
        "\x9b31m\x90\x9d",
        "\u202eevil\u2066",
        "\u200b\u200d\u2060\ufeff",
        "a\0b",
        "[@click=app.quit]x[/][/b]",
        "\u2028\u2029\x85\x0b\x0c\x1c",
        "\U000e0041\U000e007f",
        "e" + "\u0301" * 60,
    ],
    ids=ascii,
)
def test_hostile_text_in_every_field_is_made_visible(nasty: str) -> None:
    document: dict[str, Any] = dict.fromkeys(KNOWN_KEYS, nasty)
    check(inspect(as_bytes(document)))
    check(inspect(as_bytes({**sample(), nasty: nasty})))
    for key in KNOWN_KEYS:
        check(inspect(as_bytes({**sample(), key: nasty})))
        check(inspect(as_bytes({**sample(), key: [nasty]})))
        check(inspect(as_bytes({**sample(), key: f"https://{nasty}.example/"})))
