"""What fuzzing starts from: whole inputs of each target, as the world sends them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import BINDING_KEY
from ionapi_tui.domain.handover.encrypted_file import new_key
from ionapi_tui.domain.token import Token
from ionapi_tui.secret_stores.vault.kdbx_file import KdbxFile
from ionapi_tui.usecases.backup import FORMAT, VERSION
from tests.corpus import CASES
from tests.fixtures.encrypting import encrypt_for
from tests.fixtures.vaults import CHEAP
from tests.samples import as_bytes, cloud11, on_premises, random_secret, sample
from tests.tokens import jwt

_WHEN: Final = "2026-01-02T03:04:05Z"
_PUBLIC: Final = {key: value for key, value in cloud11().items() if key not in ("cs", "saak", "sask")}


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _profile(**more: Any) -> dict[str, Any]:
    checked = {"at": _WHEN, "ok": True, "headline": "Works"}
    profile = {"id": "0" * 32, "name": "acme-tst", "store": "vault", "created": _WHEN, "public": _PUBLIC}
    return {**profile, "checked": checked, **more}


def inspection() -> Iterator[bytes]:
    """Return files as Infor writes them, and those of the corpus of wrong ones."""
    yield from map(as_bytes, (sample(), cloud11(), on_premises()))
    yield from (case.raw for case in CASES if len(case.raw) < 10_000)


def registry() -> Iterator[bytes]:
    """Return lists of profiles: empty, of the first version, with everything, interrupted, of a newer one."""
    full = _profile(
        earlier=[{"at": _WHEN, "ok": False, "headline": "no"}],
        trusted_hosts=["a.example"],
        export_target="idm",
        later=1,
    )
    pending = [{"action": action, "profile": _profile()} for action in ("add", "remove")]
    yield from (
        _json({"version": version, "profiles": profiles, "pending": intents})
        for version, profiles, intents in (
            (1, [], []),
            (1, [_profile(checked=None)], []),
            (1, [full, _profile(name="b")], pending),
            (99, [], []),
        )
    )


def requests() -> Iterator[bytes]:
    """Return lists of file requests."""
    public, _key = new_key()
    request = {"id": "1" * 32, "customer": "Acme", "created": _WHEN, "store": "vault", "closed": "", "has_key": True}
    states = ("open", "answered", "withdrawn")
    yield _json({"version": 1, "requests": [{**request, "public": public, "state": state} for state in states]})
    yield _json({"version": 2, "requests": []})


def progress() -> Iterator[bytes]:
    """Return the progress of a guide."""
    guide = {"guide": "cloud", "step": "create-app", "done": ["open-portal", "create-app"]}
    yield _json({"version": 1, **guide})
    yield _json({"version": 2, "guides": [{"tenant": "ACME_TST", **guide}, {"tenant": "", **guide}]})


def plan() -> Iterator[bytes]:
    """Return tenant plans, and lists of tenants."""
    texts = dict.fromkeys(("customer", "contact", "service_user", "requested", "awaited"), "x")
    address = "https://mingle-portal.eu1.inforcloudsuite.com/v2/ACME_TST"
    yield _json({"version": 1, "tenants": [{"tenant": "ACME_TST", "portal": address, **texts}]})
    yield b"customer;tenant;contact\nAcme;ACME_TST;ann@acme.example\n"
    yield address.encode()


def bound() -> Iterator[bytes]:
    """Return items of the store, before and after they were bound."""
    yield _json({"cs": random_secret()})
    yield _json({"cs": random_secret(), BINDING_KEY: [{"iu": "https://a.example"}, {"iu": "https://b.example"}]})


def bundle() -> Iterator[bytes]:
    """Return bundles, opened, and the beginnings of sealed ones."""
    entry = {"name": "acme-tst", "trusted_hosts": ["a.example"], "document": cloud11(), "export_target": "m3"}
    yield _json({"format": FORMAT, "version": VERSION, "profiles": [entry]})
    yield b"age-encryption.org/v1\n-> scrypt bG9uZw 18\nYQ\n--- x\n"
    yield b"-----BEGIN AGE ENCRYPTED FILE-----\nYWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBiRzl1WncgMTgKWVEKLS0tIHgK\n"


def encrypted() -> Iterator[bytes]:
    """Return files that a hand-over page encrypted."""
    public, _key = new_key()
    yield encrypt_for(as_bytes(cloud11()), public, kid="1" * 32)


def vault() -> Iterator[bytes]:
    """Return vaults that cost a guesser nothing."""
    file = KdbxFile.new(Secret(random_secret()), CHEAP)
    file.set("ionapi-tui", "acme-tst", random_secret(), "acme-tst")
    yield file.packed(None)


def answers() -> Iterator[bytes]:
    """Return answers of servers, after two bytes that choose status and type, and a line with the date."""
    token = {"access_token": jwt({"Tenant": "ACME_TST", "exp": 1_800_000_000}).reveal(), "expires_in": 7200}
    groups = [
        {"display": "IONAPI-Administrator", "type": "Security Role"},
        {"display": "x", "type": "Distribution Group"},
    ]
    user = {"id": "u", "userName": "svc", "displayName": "Svc", "groups": groups, "isServiceUser": True, "active": True}
    bodies = (
        token | {"token_type": "Bearer", "refresh_token": random_secret(), "scope": "Infor-IDM Infor-ION"},
        {"error": "invalid_request", "error_description": "Account not authorised"},
        {"error": "unsupported_grant_type", "error_description": "Expected one of [authorization_code]"},
        {"response": {"userlist": [user]}},
        {"ErrorList": [{"code": "471", "message": "Invalid client id provided"}]},
        {"error": {"code": 403, "message": "no"}},
    )
    for number, body in enumerate(bodies):
        yield bytes((number, 0)) + b"Thu, 26 Nov 2026 10:00:00 GMT\n" + _json(body)
    yield b"\x08\x01120\n<!DOCTYPE html><html><head><title>Service unavailable</title></head></html>"


def tokens() -> Iterator[bytes]:
    """Return access tokens, and cached ones."""
    claims = {"Tenant": "ACME_TST", "Identity2": "u", "ServiceAccount": random_secret(), "aud": ["https://a.example"]}
    token = jwt(claims | {"EnforceScopesForClient": "1", "iss": "x", "iat": 1_700_000_000, "exp": 1_700_007_200})
    yield token.reveal().encode()
    yield b"0123456789abcdef0123456789abcdef"
    cached = Token(token, Secret(random_secret()), 1_700_000_000.0, 7200.0, ("Infor-IDM",))
    yield cached.to_cache().reveal().encode()


def dropped() -> Iterator[bytes]:
    """Return what terminals write when a file is dropped on them."""
    yield from (
        b"'/home/a/Down loads/Doc2Export (1).ionapi'",
        b"/home/a/Down\\ loads/Doc2Export.ionapi",
        b"file:///home/a/Doc2Export%20(1).ionapi",
        b"file://server/share/Doc2Export.ionapi",
        b"file:///C:/Users/a/Doc2Export.ionapi",
        b'& "C:\\Users\\a\\Doc2Export.ionapi"',
        b"~/Doc2Export.ionapi",
        as_bytes(sample()),
    )


SEEDS: Final[dict[str, Callable[[], Iterator[bytes]]]] = {
    one.__name__: one
    for one in (
        inspection,
        registry,
        requests,
        progress,
        plan,
        bound,
        bundle,
        encrypted,
        vault,
        answers,
        tokens,
        dropped,
    )
}
"""The seeds of every target, by its name."""
