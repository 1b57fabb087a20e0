from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ionapi_tui.base.secret import MASK, Secret
from ionapi_tui.gateway.responses import Response, redacted
from tests.samples import random_secret

NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


def response(body: str = "", status: int = 200, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response("host.example", status, named, Secret(body), received_at=NOON.timestamp(), seconds=0.1)


@pytest.mark.parametrize("body", ["", "{", "[]", "42", "null", '"text"', "[" * 100_000, "\x00\x01", "<html>"])
def test_a_body_that_is_no_json_object_is_no_document(body: str) -> None:
    assert response(body).document() is None


@pytest.mark.parametrize(
    ("body", "content_type", "is_page"),
    [
        ("<!DOCTYPE html><p>", "text/html", True),
        ("\n <HTML><body>", "application/octet-stream", True),
        ("", "text/html; charset=utf-8", True),
        ('{"error": "Bad Request"}', "text/html", False),
        ("<entities/>", "application/xml", False),
        ("", "", False),
    ],
)
def test_a_page_for_people_is_told_from_data(body: str, content_type: str, is_page: bool) -> None:
    assert response(body, content_type=content_type).is_html is is_page


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        (" 7 ", 7.0),
        ("9" * 40, 999_999_999.0),
        (format_datetime(NOON + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOON - timedelta(hours=1), usegmt=True), 0.0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Wed, 99 Foo 2026 99:99:99 GMT", None),
    ],
)
def test_retry_after_is_read_in_both_forms(value: str, seconds: float | None) -> None:
    assert response(retry_after=value).retry_after == seconds


@pytest.mark.parametrize("zone", ["GMT", "+0000", "-0000", "+0200"])
def test_a_servers_time_does_not_depend_on_this_machines_time_zone(zone: str) -> None:
    assert (
        response(date=f"Sun, 29 Mar 2026 {'14' if zone == '+0200' else '12'}:00:00 {zone}").server_time
        == NOON.timestamp()
    )


def test_a_date_in_retry_after_counts_from_the_servers_own_clock() -> None:
    ahead = NOON + timedelta(hours=5)
    until = format_datetime(ahead + timedelta(seconds=30), usegmt=True)
    assert response(retry_after=until, date=format_datetime(ahead, usegmt=True)).retry_after == 30


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('{"error": "invalid_client", "error_description": "No."}', "HTTP 400: invalid_client, No."),
        ('{"error": "Unauthorized"}', "HTTP 400: Unauthorized"),
        ('{"error": {"code": 7, "message": "Access denied"}}', "HTTP 400: 7, Access denied"),
        ('{"error": {"code": "400", "message": "No"}}', "HTTP 400: No"),
        ('{"ErrorList": [{"Code": "A1", "Message": "No user"}]}', "HTTP 400: A1, No user"),
        ('{"ErrorList": []}', "HTTP 400"),
        ('{"ErrorList": ["x"]}', "HTTP 400"),
        ('{"error": ["odd"]}', "HTTP 400"),
        ("<html><title> Guest\n network </title>", "HTTP 400: “Guest network”"),
        ("<html>", "HTTP 400: a web page"),
        ("", "HTTP 400"),
    ],
)
def test_the_servers_own_words_are_found_in_every_known_shape(body: str, words: str) -> None:
    assert response(body, 400).said(()) == words


def test_words_are_short_and_cannot_act_on_the_terminal() -> None:
    said = response('{"error": "\\u001b]52;c;eA==\\u0007\\u202e' + "x" * 500 + '"}', 400).said(())
    assert len(said) <= 160
    assert said.isprintable()


def test_an_echoed_secret_is_masked_whole_encoded_and_in_pieces() -> None:
    key = f"ACME_TST#{random_secret()}"
    tail = key.partition("#")[2]
    echoed = f"{key} ACME_TST%23{tail} {tail[:20]} …{tail[-9:]} of ACME_TST"
    shown = redacted(echoed, [Secret(key)])
    assert shown == f"{MASK} {MASK} {MASK} …{MASK} of ACME_TST"


def test_a_secret_inside_a_longer_one_leaves_nothing_of_the_longer_one() -> None:
    inner = random_secret(20)
    outer = f"ab{inner}yz"
    assert redacted(f"<{outer}>", [Secret(inner), Secret(outer)]) == f"<{MASK}>"


def test_the_body_is_masked_in_every_rendering() -> None:
    assert "CANARY" not in repr(response("CANARY"))
