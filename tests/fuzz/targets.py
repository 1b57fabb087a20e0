"""What is fuzzed: a function for each kind of foreign bytes, with what has to hold whatever they are.

A target returns for every input. What it lets through, an exception or a broken assertion, is a find.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, Final, cast

from ionapi_tui.base.errors import IonApiError
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import SECRET_KEYS, Credentials
from ionapi_tui.domain.findings import Finding
from ionapi_tui.domain.handover.encrypted_file import EncryptedFile, NotOpened, is_encrypted
from ionapi_tui.domain.inspection import Inspection, inspect
from ionapi_tui.domain.inspection.inspector import as_path, looks_like_content
from ionapi_tui.domain.plan_list import parse_plan
from ionapi_tui.domain.token import LONGEST, SHORTEST, Token
from ionapi_tui.domain.token_claims import TokenClaims
from ionapi_tui.gateway import grants
from ionapi_tui.gateway.failures import NotReached, TokenRefused, known_secrets
from ionapi_tui.gateway.responses import Response
from ionapi_tui.gateway.users import may_use_idm, missing_roles, relevant_roles, user_in
from ionapi_tui.profile_store import binding
from ionapi_tui.profile_store.file_requests import FileRequests
from ionapi_tui.profile_store.plan_file import PlanFile
from ionapi_tui.profile_store.progress import ProgressFile
from ionapi_tui.profile_store.registry import Registry
from ionapi_tui.secret_stores.vault.errors import VaultFailed, VaultLocked
from ionapi_tui.secret_stores.vault.kdbx_file import KdbxFile
from ionapi_tui.usecases import backup
from tests.samples import cloud11


class InMemory(type(Path())):  # type: ignore[misc]
    """A file whose content is the input; nothing is ever written or renamed."""

    content: ClassVar[bytes] = b""

    def read_bytes(self) -> bytes:
        """Return the input."""
        return self.content

    def exists(self) -> bool:
        """Say that there is no such file, as when a damaged one is given an unused name."""
        return False

    def rename(self, target: Path) -> Path:
        """Do nothing."""
        return target


@cache
def in_memory() -> InMemory:
    """Return the file; its path is nowhere."""
    return InMemory("/nowhere/list.json")


@cache
def credentials() -> Credentials:
    """Return the credentials whose tokens are asked for; each secret has the marker in it."""
    return Credentials.from_document(cloud11())


def now() -> datetime:
    """Return a moment."""
    return datetime(2026, 1, 1, tzinfo=UTC)


def check_shown(text: str) -> None:
    """Check that ``text`` can be drawn: nothing in it moves the cursor or ends an encoding."""
    assert text
    assert all(char.isprintable() or char == "\n" for char in text), ascii(text)
    text.encode()


def check_findings(findings: tuple[Finding, ...]) -> None:
    """Check that each finding says what is wrong in words that can be drawn and written as JSON."""
    for finding in findings:
        check_shown(finding.message)
        if finding.fix:
            check_shown(finding.fix)
        json.dumps(finding.as_json())


def inspection(data: bytes) -> None:
    """Inspect a file: findings or credentials, never both, and credentials that are the same when inspected again."""
    check_inspection(inspect(data))


def check_inspection(result: Inspection) -> None:
    """Check what an inspection found."""
    check_findings(result.findings)
    assert (result.credentials is None) == (not result.ok)
    for field in result.fields:
        check_shown(field.label)
    if result.credentials is None:
        return
    document = result.credentials.to_document()
    again = inspect(document.reveal().encode("utf-8", "surrogatepass"))
    assert again.credentials is not None
    assert again.credentials.to_document() == document
    fields = json.loads(document.reveal())
    said = "".join([*(one.message + one.fix for one in result.findings), *(one.value for one in result.fields)])
    open_text = json.dumps({key: value for key, value in fields.items() if key not in SECRET_KEYS})
    for key in SECRET_KEYS:
        secret = fields.get(key)
        if isinstance(secret, str) and len(secret) >= 20 and secret not in open_text:
            assert secret not in said


def registry(data: bytes) -> None:
    """Read the list of profiles: it can be read and every profile shown, or it is told why not."""
    InMemory.content = data
    try:
        contents = Registry(in_memory()).load()
    except IonApiError as error:
        check_shown(str(error))
        return
    for profile in contents.profiles:
        json.dumps(profile.as_json())
        assert isinstance(profile.is_production and profile.is_practice, bool)
        if profile.checked is not None:
            check_shown(profile.checked.ago(now()))
        assert binding.bound_in(binding.sealed(Secret("{}"), profile)) == (profile.binding,)


def requests(data: bytes) -> None:
    """Read the list of file requests."""
    InMemory.content = data
    try:
        for request in FileRequests(in_memory(), cast("Any", None), cast("Any", None), now, str).all():
            assert isinstance(request.short_id, str)
    except IonApiError as error:
        check_shown(str(error))


def progress(data: bytes) -> None:
    """Read the progress in the guide; one that is damaged is an empty one."""
    InMemory.content = data
    for tenant in ("", "ACME_TST"):
        ProgressFile(in_memory(), now).load(tenant)


def plan(data: bytes) -> None:
    """Read the tenant plan, and a list of tenants as it is pasted."""
    InMemory.content = data
    try:
        for planned in PlanFile(in_memory(), now).load():
            assert planned.portal == "" or planned.portal.startswith("https://mingle")
    except IonApiError as error:
        check_shown(str(error))
    try:
        assert parse_plan(data.decode("utf-8", "surrogateescape"))
    except IonApiError as error:
        check_shown(str(error))


def bound(data: bytes) -> None:
    """Read what an item of the store is bound to."""
    for accepted in binding.bound_in(Secret(data.decode("utf-8", "surrogateescape"))):
        assert isinstance(accepted, dict)


def bundle(data: bytes) -> None:
    """Read a bundle, sealed or opened: each entry is inspected like a file."""
    backup.needs_passphrase(data)
    try:
        entries = backup._unpacked(data)
    except IonApiError as error:
        check_shown(str(error))
        return
    backup.hosts_in(entries)
    for entry in entries:
        check_inspection(entry.inspected())


def encrypted(data: bytes) -> None:
    """Read an encrypted file, up to its decryption."""
    is_encrypted(data)
    try:
        file = EncryptedFile.parse(data)
    except NotOpened:
        return
    assert isinstance(file.request, str)


def vault(data: bytes) -> None:
    """Read a vault with a key, not a passphrase, whose derivation is slow."""
    try:
        opened = KdbxFile.parsed(data, "the vault", key=Secret("00" * 32))
        opened.user_of("ionapi-tui")
    except (VaultLocked, VaultFailed) as error:
        check_shown(str(error))


_KINDS: Final = ("application/json", "text/html", "", "text/plain; charset=x")
_STATUS: Final = (200, 200, 200, 400, 401, 403, 429, 500, 503, 302)


def answers(data: bytes) -> None:
    """Read what a server sends: the first two bytes choose the status and the type, a line is the date."""
    head, _line, body = data[2:].partition(b"\n")
    date = head.decode("latin-1")
    response = Response(
        host="gateway.example",
        status=_STATUS[data[0] % len(_STATUS)] if data else 200,
        headers={"content-type": _KINDS[data[1] % len(_KINDS)] if data[1:] else "", "date": date, "retry-after": date},
        body=Secret(body.decode("utf-8", "replace")),
        received_at=1_800_000_000.0,
        seconds=0.5,
    )
    said = response.said(known_secrets(credentials()))
    check_shown(said)
    assert response.retry_after is None or response.retry_after >= 0
    assert isinstance(response.is_data and response.is_html, bool)
    user = user_in(response.document() or {})
    if user is not None and user.roles is not None:
        missing_roles(user.roles)
        relevant_roles(user.roles)
        may_use_idm(user.roles)
    session = SimpleNamespace(network=SimpleNamespace(clock=SimpleNamespace(monotonic=lambda: 7.0)))
    try:
        token = grants._granted(response, credentials(), cast("Any", session), basic=False).token
    except (NotReached, TokenRefused) as error:
        check_findings((error.finding,))
        return
    check_token(token)


def tokens(data: bytes) -> None:
    """Read an access token, and a cached one."""
    text = Secret(data.decode("utf-8", "surrogateescape"))
    claims = TokenClaims.of(text)
    if claims is not None:
        assert claims.lifetime is None or claims.lifetime > 0
    token = Token.from_cache(text)
    if token is not None:
        check_token(token)


def check_token(token: Token) -> None:
    """Check that a token can be used, and is the same when it comes back from the cache."""
    assert SHORTEST <= token.lifetime <= LONGEST
    assert token.access.reveal().isascii()
    again = Token.from_cache(token.to_cache())
    assert again is not None
    assert (again.access, again.refresh, again.lifetime) == (token.access, token.refresh, token.lifetime)
    assert isinstance(token.serves(1_800_000_000.0, 7.0), bool)


def dropped(data: bytes) -> None:
    """Read what was dropped on the terminal."""
    text = data.decode("utf-8", "surrogateescape")
    looks_like_content(text)
    for windows in (False, True):
        assert "\0" not in str(as_path(text, windows=windows))


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
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
"""Every target by its name."""
