"""The examination of this machine: what is right and wrong, layer by layer, in a report that may be shown to anybody.

A report is made of our own sentences, numbers, versions and the names of variables. What could tell whose machine it
is (paths outside the program's own folder, host names, profile names, what stores answer) never becomes part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ionapi_tui.usecases.examination import files, secret_store, surroundings
from ionapi_tui.usecases.examination.probe import Probe, Surroundings

PROBES: Final[tuple[Callable[[Surroundings], Probe], ...]] = (
    surroundings.software,
    files.folder,
    files.lock,
    files.registry,
    files.plan,
    secret_store.choice,
    secret_store.round_trip,
    secret_store.profiles,
    secret_store.addresses,
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
        on_probe: called with each probe when it is done.
    """
    found = []
    for look in PROBES:
        found.append(look(machine))
        on_probe(found[-1])
    return tuple(found)
