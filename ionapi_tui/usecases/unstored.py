"""Using the credentials of a file without storing them: in continuous integration, where there is no password store.

The token is kept in memory. Neither the list of profiles nor a password store is opened, and nothing is written.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from ionapi_tui.gateway.failures import NotReached
from ionapi_tui.gateway.tokens import TokenSource
from ionapi_tui.usecases.connections import network_for
from ionapi_tui.usecases.services import Access
from ionapi_tui.usecases.verifying import of_file, with_hosts

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.domain.profile import Profile
    from ionapi_tui.gateway.network import Network

_REVOKE_SECONDS: Final = 3.0
"""Seconds for revoking a token; one that cannot be revoked expires by itself."""


def profile_of(inspection: Inspection, hosts: Iterable[str]) -> Profile:
    """Return the credentials of a file as a profile that is stored nowhere, named after its tenant.

    Args:
        inspection: of a file that can be used.
        hosts: those of its hosts, outside Infor's domains, that the user has confirmed.

    Raises:
        UsageError: a host is not one of its own.
    """
    assert inspection.credentials is not None
    profile = with_hosts(of_file(inspection), hosts)
    return dataclasses.replace(profile, name=profile.tenant)


def source_of(inspection: Inspection, profile: Profile, network: Network) -> TokenSource:
    """Return the tokens of a file, which stay in memory.

    Args:
        inspection: of a file that can be used.
        profile: what ``profile_of`` returned for it.
        network: how to reach Infor; the confirmed hosts are added.
    """
    assert inspection.credentials is not None
    return TokenSource(inspection.credentials, network_for(profile, network))


@contextmanager
def revoked_at_the_end(source: TokenSource) -> Iterator[TokenSource]:
    """Revoke the token of ``source`` when the ``with`` block ends, however it ends.

    A token that cannot be revoked expires by itself; nothing is said about it.
    """
    try:
        yield source
    finally:
        source.network = dataclasses.replace(source.network, total=_REVOKE_SECONDS)
        with suppress(NotReached):
            source.logout()


def access_of(source: TokenSource, profile: Profile) -> Access:
    """Return an access token, as ``Services.access`` does for a stored profile.

    Raises:
        TokenRefused, NotReached: Infor refused the request, or was not reached.
    """
    token = source.token()
    return Access(token.access, f"{profile.gateway.rstrip('/')}/{profile.tenant}", profile.tenant, token.expires_at)
