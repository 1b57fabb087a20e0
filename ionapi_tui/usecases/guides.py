"""Whose guide is which: one for each tenant, one without a tenant, and one for practice runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.hosts import leads_here
from ionapi_tui.profile_store.progress import PRACTICE, UNNAMED, Progress, ProgressFile

if TYPE_CHECKING:
    from ionapi_tui.domain.credentials import Credentials
    from ionapi_tui.domain.guide import Front
    from ionapi_tui.domain.profile import Profile


def left_off(guides: Iterable[Progress]) -> Progress:
    """Return the guide to go on with: the first of ``guides`` that is no practice run, which ends with its program."""
    return next((one for one in guides if one.tenant != PRACTICE), Progress())


def under_way(guides: Iterable[Progress], front: Front) -> tuple[Progress, ...]:
    """Return those of ``guides`` that were started and not finished; practice runs are none."""
    return tuple(
        one
        for one in guides
        if one.tenant != PRACTICE and flow.position(front, one.step) and flow.NEXT_STEPS not in one.done
    )


def headed(title: str, tenant: str) -> str:
    """Return the title of a page of a guide, after the tenant that the guide is for."""
    return title if tenant in {UNNAMED, PRACTICE} else f"{tenant}: {title}"


def guide_of(profile: Profile) -> str:
    """Return whose guide a profile belongs to."""
    return PRACTICE if profile.is_practice else profile.tenant


def guide_of_file(credentials: Credentials) -> str:
    """Return whose guide a file belongs to that is not stored."""
    return PRACTICE if leads_here(credentials.gateway_url) else credentials.tenant


def guide_for(file: ProgressFile, current: Progress, profile: Profile) -> Progress:
    """Return the guide that goes on when ``profile`` was stored; a guide without a tenant becomes that of its tenant.

    Args:
        file: where the progress is saved.
        current: the guide in front.
        profile: what was stored.

    Raises:
        StoreError: the progress cannot be written.
    """
    tenant = guide_of(profile)
    if current.tenant == UNNAMED and current.step and tenant != PRACTICE:
        return named(file, tenant)
    return current if current.tenant == tenant else file.load(tenant)


def named(file: ProgressFile, tenant: str) -> Progress:
    """Make the guide without a tenant that of ``tenant``, and return it; raises what ``guide_for`` raises."""
    file.name(tenant)
    return file.load(tenant)
