"""Recovery at the start of the program: completes or undoes what a crashed process began."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import RegistryError, StoreError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.files import atomic
from ionapi_tui.files.atomic import Busy, ProcessLock
from ionapi_tui.files.quarantine import quarantined
from ionapi_tui.profile_store.registry import Action, Contents, Intent, Registry
from ionapi_tui.profile_store.write_ahead import delete_items

if TYPE_CHECKING:
    from ionapi_tui.profile_store.secret_store import SecretStore

_SENTENCES: Final = {
    Action.ADD: N_("Importing {name} was interrupted and undone; nothing was stored. Import it again."),
    Action.REPLACE: N_(
        "Replacing the credentials of {name} was interrupted and undone: the old ones are stored as before."
    ),
    Action.FORGET: N_(
        "Replacing the credentials of {name} was interrupted. It is complete now: the new ones are stored, and the "
        "old ones were removed."
    ),
    Action.REMOVE: N_("Removing {name} was interrupted. It is complete now."),
    Action.MOVE: N_("Moving the secrets of {name} was interrupted and undone: they are where they were before."),
    Action.LEAVE: N_(
        "Moving the secrets of {name} was interrupted. It is complete now: they are only in the new password store."
    ),
}


@dataclass(frozen=True, slots=True)
class Recovered:
    """An interrupted change, or a damaged list, found at the start."""

    message: str
    """What was found and what was done, translated."""
    settled: bool
    """Whether it is resolved; otherwise it is reported again at the next start."""
    name: str = ""
    """The name of the profile; empty for the list itself."""


def recover(
    registry: Registry,
    open_store: Callable[[str | None], SecretStore],
    lock: ProcessLock,
    load: Callable[[], Contents],
) -> tuple[Recovered, ...]:
    """Complete or undo pending changes, and remove temporary files.

    Args:
        registry: contains the pending changes.
        open_store: returns the store with a key.
        lock: held by a process that makes changes; nothing is done then.
        load: reads the registry, and moves a damaged one to quarantine.
    """
    atomic.sweep(registry.path.parent)
    found = [_settle(registry, open_store, lock, intent) for intent in _pending(load)]
    return (*(one for one in found if one), *_broken(registry))


def _pending(load: Callable[[], Contents]) -> tuple[Intent, ...]:
    try:
        return load().pending
    except RegistryError:
        # A damaged list is reported below, once in quarantine; one of a newer version by whoever lists the profiles.
        return ()


def _settle(
    registry: Registry, open_store: Callable[[str | None], SecretStore], lock: ProcessLock, intent: Intent
) -> Recovered | None:
    name = intent.profile.name
    try:
        with lock.held(timeout=0):
            contents = registry.load()
            if intent not in contents.pending:
                return None
            delete_items(open_store(intent.profile.store), intent.profile)
            done = contents.settled(intent)
            registry.save(done.without(intent.profile) if intent.action is Action.REMOVE else done)
    except Busy:
        return None
    except StoreError as error:
        sentence = _("An operation on {name} is unfinished and is waiting for the password store: {why}")
        return Recovered(sentence.format(name=name, why=error), False, name)
    return Recovered(_(_SENTENCES[intent.action]).format(name=name), True, name)


def _broken(registry: Registry) -> list[Recovered]:
    sentence = _(
        "A damaged list of profiles was saved as {path}. The secrets of its profiles are still in their password "
        "store: repair the file and move it back, or import the .ionapi files again; then delete it."
    )
    return [Recovered(sentence.format(path=safe(kept)), False) for kept in quarantined(registry.path)]
