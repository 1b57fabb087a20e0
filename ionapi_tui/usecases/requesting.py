"""Sending a request of somebody's own to the APIs of a profile's tenant."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.api_request import ApiRequest
from ionapi_tui.domain.profile import Profile
from ionapi_tui.files.private_file import NewFile, new_file
from ionapi_tui.gateway.api_exchange import SECONDS, ResponseHead, exchange
from ionapi_tui.gateway.failures import known_secrets
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.usecases.connections import Connections

MOST: Final = 10 * 1_048_576
"""Bytes of a body that is not saved to a file."""


class TooLong(UsageError):
    """The body is longer than what is kept in memory."""


class Outcome(Enum):
    """What a response means for whoever asked."""

    DONE = auto()
    REDIRECTED = auto()
    """It points elsewhere, and was not followed."""
    FAILED = auto()
    """An error status."""
    TOKEN_REJECTED = auto()
    """401, also with a new token."""
    NOT_DATA = auto()
    """The response is a web page, such as one of a proxy or for signing in, although data was requested."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    head: ResponseHead
    outcome: Outcome
    body: bytes = field(default=b"", repr=False)
    """Empty if it was saved."""
    saved: int | None = None
    """Bytes in the file; None if it was not saved."""
    secrets: tuple[Secret, ...] = ()
    """What must not be shown to people, should the server have echoed it."""


def request(
    connections: Connections,
    name: str,
    wanted: ApiRequest,
    *,
    confirm: str | None = None,
    output: Path | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Send a request to the tenant of a profile and return the response. May wait for a password.

    Args:
        connections: access to Infor.
        name: the profile.
        wanted: what to send.
        confirm: the name of the profile once more; needed for changes in production.
        output: a new file for the body of a success, whatever its size; the body of anything else is returned. The
            file is created before anything is sent.
        seconds: how long the response may take, or with ``output`` each piece of it.

    Raises:
        UsageError: the path leads out of the tenant, a change in production was not confirmed, or the body is too long.
        NoSuchProfile: there is none of that name.
        StoreError: its secret cannot be read, or the file cannot be written.
        TokenRefused, NotReached: no token was issued, or no whole response came.
    """
    profile = connections.profiles.profile(name)
    return request_with(
        lambda: connections.source(profile), profile, wanted, confirm=confirm, output=output, seconds=seconds
    )


def request_with(
    open_source: Callable[[], TokenSource],
    profile: Profile,
    wanted: ApiRequest,
    *,
    confirm: str | None,
    output: Path | None,
    seconds: float,
) -> Answer:
    """Send a request with the tokens of a source and return the response.

    Arguments and errors are those of ``request``, but:

    Args:
        open_source: returns the tokens; called once the request may be sent.
        profile: whose tenant it goes to; one of a file that is not stored has the name of its tenant.
    """
    # Before a password is waited for.
    wanted.address(f"{profile.gateway.rstrip('/')}/{profile.tenant}")
    refuse_unconfirmed(profile, wanted, confirm)
    with ExitStack() as stack:
        file = stack.enter_context(new_file(output)) if output is not None else None
        return _sent(open_source(), wanted, file, seconds)


def refuse_unconfirmed(profile: Profile, wanted: ApiRequest, confirm: str | None) -> None:
    """Refuse a request that may change something in a production tenant, unless the name of the profile is repeated.

    Raises:
        UsageError: it is not confirmed, or another profile is.
    """
    if confirm is not None and confirm != profile.name:
        raise UsageError(_("--confirm must repeat the profile name: {name}.").format(name=profile.name))
    if confirm is None and profile.is_production and wanted.changes_data:
        sentence = _(
            "{name} belongs to the production tenant {tenant}, and this request may change something there. "
            "Nothing was sent. To send it, add --confirm {name}."
        )
        raise UsageError(sentence.format(name=profile.name, tenant=safe(profile.tenant, 40)))


def _sent(source: TokenSource, wanted: ApiRequest, file: NewFile | None, seconds: float) -> Answer:
    body = _Body(wanted, file)
    head = asyncio.run(exchange(source, wanted, body.begin, seconds=seconds, in_total=file is None))
    secrets = (*known_secrets(source.credentials), head.token)
    if file is not None and body.is_saved:
        file.is_wanted = True
        return Answer(head, body.outcome, saved=body.size, secrets=secrets)
    return Answer(head, body.outcome, bytes(body.kept), secrets=secrets)


class _Body:
    """Takes the pieces of a body: into the file, or into memory."""

    def __init__(self, wanted: ApiRequest, file: NewFile | None) -> None:
        self._wanted, self._file = wanted, file
        self.kept = bytearray()
        self.size = 0
        self.is_saved = False
        self.outcome = Outcome.FAILED

    def begin(self, head: ResponseHead) -> Callable[[bytes], None]:
        """Return what takes the pieces of the response with that head."""
        self.outcome = outcome_of(head, self._wanted)
        if self._file is None or self.outcome is not Outcome.DONE:
            return self._keep
        self.is_saved = True
        return self._save

    def _save(self, piece: bytes) -> None:
        assert self._file is not None
        self.size += len(piece)
        self._file.write(piece)

    def _keep(self, piece: bytes) -> None:
        if len(self.kept) + len(piece) <= MOST:
            self.kept += piece
            return
        sentence = _("The response is longer than {size} MiB. It was not written; save it with --output FILE.")
        raise TooLong(sentence.format(size=MOST // 1_048_576))


def outcome_of(head: ResponseHead, wanted: ApiRequest) -> Outcome:
    """Return what a response with that head means."""
    if head.status == 401:
        return Outcome.TOKEN_REJECTED
    if head.status >= 400:
        return Outcome.FAILED
    if head.response.is_redirect:
        return Outcome.REDIRECTED
    is_page = "html" in head.header("Content-Type").lower()
    if is_page and not _includes_pages((wanted.header("Accept") or "application/json").split(",")):
        return Outcome.NOT_DATA
    return Outcome.DONE


def _includes_pages(accepted: Iterable[str]) -> bool:
    kinds = {kind.partition(";")[0].strip().lower() for kind in accepted}
    return bool(kinds & {"text/html", "application/xhtml+xml", "text/*", "*/*"})
