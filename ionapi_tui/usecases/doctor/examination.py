"""Every probe, in the order of the layers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ionapi_tui.usecases.doctor import files, secret_store, surroundings
from ionapi_tui.usecases.doctor.probe import Probe, Surroundings

PROBES: Final[tuple[Callable[[Surroundings], Probe], ...]] = (
    surroundings.software,
    files.folder,
    files.lock,
    files.registry,
    secret_store.choice,
    secret_store.round_trip,
    secret_store.profiles,
    surroundings.terminal,
    surroundings.proxy,
    surroundings.trust,
    surroundings.clock,
)
"""No probe depends on what another one found."""


def examine(machine: Surroundings, on_probe: Callable[[Probe], None] = lambda _probe: None) -> tuple[Probe, ...]:
    """Look at every layer.

    Args:
        machine: what to look at.
        on_probe: told of each probe when it is done.
    """
    found = []
    for look in PROBES:
        found.append(look(machine))
        on_probe(found[-1])
    return tuple(found)
