"""``import --verify``: what was stored is proven to work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ionapi_tui.base.language import _
from ionapi_tui.cli.import_one import Outcome
from ionapi_tui.usecases.services import Services

if TYPE_CHECKING:
    from ionapi_tui.usecases.verifying import Verified


def trust_host_option(function: Any) -> Any:
    """Give a command the option ``--trust-host``."""
    return click.option(
        "--trust-host",
        "hosts",
        multiple=True,
        metavar="HOST",
        help=_(
            "Confirm that HOST, which is outside Infor's domains, may get the secrets. Remembered with the profile."
        ),
    )(function)


def verify_imported(
    services: Services, outcomes: Sequence[Outcome], hosts: Sequence[str], *, quiet: bool
) -> dict[str, Verified]:
    """Verify the profiles that were stored and return what was found, by the profile's name.

    Args:
        services: what the command works with.
        outcomes: what became of the files.
        hosts: hosts that the user has confirmed.
        quiet: write nothing to stdout.
    """
    # The network is imported by those who want it.
    from ionapi_tui.cli.verify import verify_profiles

    stored = [outcome.profile for outcome in outcomes if outcome.profile is not None]
    verified = verify_profiles(services, stored, hosts, quiet=quiet) if stored else []
    return {one.profile.name: one for one in verified}


def document_of(outcome: Outcome, verified: Mapping[str, Verified]) -> dict[str, Any]:
    """Return the JSON of ``outcome``, with its verification when there was one."""
    document = outcome.as_json()
    one = verified.get(outcome.profile.name) if outcome.profile else None
    if one is not None:
        document["ok"] = document["ok"] and one.exit_code == 0
        document["verification"] = {name: value for name, value in one.as_json().items() if name != "name"}
    return document
