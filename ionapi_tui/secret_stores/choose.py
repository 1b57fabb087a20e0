"""Which store keeps the secrets on this machine, and why; when in doubt, none. What the user chose is kept."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import RegistryError, StoreMissing
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.keyring_store import canonical_key

if TYPE_CHECKING:
    from ionapi_tui.profile_store.secret_store import SecretStore


@dataclass(frozen=True, slots=True)
class Refusal:
    """A store that is not used."""

    store: str
    """Its key, or the name of its class."""
    reason: str
    """Why, in the language in use."""


@dataclass(frozen=True, slots=True)
class StoreChoice:
    """The store that is used, or none."""

    store: SecretStore | None
    reason: str
    """Why this one; or why none, and all that can be done about it."""
    refused: tuple[Refusal, ...] = ()
    """Those that were looked at first."""
    named: str = ""
    """The class the user named, and where; empty when the choice was ours."""
    brief: str = ""
    """``reason`` with only the shortest way out; empty when there are no others."""


def choose(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    preferred: Callable[[], StoreChoice | None] = lambda: None,
) -> StoreChoice:
    """Return the store for new secrets. Nothing is written, and nobody is asked for a password.

    A store that the user named is used or refused, never replaced by another one: by ``PYTHON_KEYRING_BACKEND``, else
    in the app or by ``ionapi-tui store use``, else in ``keyringrc.cfg``. Else the stores of the operating system are
    tried; no plug-in is even loaded.

    Args:
        environ: the environment.
        platform: ``sys.platform``.
        preferred: returns what the user has chosen in this program, if anything.
    """
    if environ.get("PYTHON_KEYRING_BACKEND"):
        return _of_name(environ["PYTHON_KEYRING_BACKEND"], "PYTHON_KEYRING_BACKEND")
    chosen = preferred()
    if chosen is not None:
        return chosen
    for name, where in _named():
        return _of_name(name, where)
    return _best(environ, platform)


def _of_name(name: str, where: str) -> StoreChoice:
    """Return the choice of the backend whose class somebody has named."""
    from ionapi_tui.secret_stores.backends import load, refusal, store_of

    backend = load(name)
    reason = backend if isinstance(backend, str) else refusal(backend)
    if isinstance(backend, str) or reason:
        sentence = _(
            "{where} names {backend} as the place for secrets, which cannot be used: {reason}. "
            "Name another one there, or none."
        )
        message = sentence.format(where=where, backend=safe(name), reason=reason)
        return StoreChoice(None, message, (Refusal(safe(name), str(reason)),), name)
    return StoreChoice(store_of(backend), _("{where} names it.").format(where=where), (), name)


def open_store(key: str | None, choice: StoreChoice, confirmed: Collection[str] = ()) -> SecretStore:
    """Return the store a profile's secret is in.

    Args:
        key: what the profile remembers; None for the store of new secrets.
        choice: what ``choose`` returned.
        confirmed: keys of stores that the user has named at some time, and that may be opened still.

    Raises:
        StoreMissing: it may not, or cannot, be used now.
    """
    from ionapi_tui.secret_stores.backends import KNOWN, load, refusal, store_of

    if key is None or (choice.store is not None and choice.store.key == key):
        if choice.store is None:
            raise StoreMissing(choice.reason)
        return choice.store
    written = _("The secret was written to another store than the one in use now: to {store}.").format(store=safe(key))
    if choice.named:
        hint = _("Name that one (PYTHON_KEYRING_BACKEND or keyringrc.cfg), or name none. Now it is {named}.")
        raise StoreMissing(f"{written} {hint.format(named=safe(choice.named))}")
    known = next((one.backend for one in KNOWN if one.key == key), None)
    if known is None and key in confirmed:
        known = key.removeprefix("keyring:")
    if known is None:
        hint = _("Name it with PYTHON_KEYRING_BACKEND={backend}.")
        raise StoreMissing(f"{written} {hint.format(backend=safe(key.removeprefix('keyring:')))}")
    backend = load(known)
    reason = backend if isinstance(backend, str) else refusal(backend)
    if isinstance(backend, str) or reason:
        raise StoreMissing(f"{written} {_('It is not available: {why}.').format(why=reason)}")
    return store_of(backend)


def _named() -> Iterator[tuple[str, str]]:
    """Yield the backend that ``keyring``'s own settings name and where they are; nothing when they name none."""
    from keyring.util import platform_

    path = Path(platform_.config_root()) / "keyringrc.cfg"
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeError):
        return
    import configparser

    settings = configparser.RawConfigParser()
    try:
        settings.read_string(text)
        name = settings.get("backend", "default-keyring").strip()
    except configparser.Error:
        return
    if name:
        yield name, safe(path)


def _best(environ: Mapping[str, str], platform: str) -> StoreChoice:
    from ionapi_tui.secret_stores.backends import KNOWN, load, store_of

    candidates = [known for known in KNOWN if platform.startswith(known.platforms)]
    if "KDE" in environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        candidates.sort(key=lambda known: known.key != "keyring:KWallet")
    refused: list[Refusal] = []
    for known in candidates:
        backend = load(known.backend)
        if not isinstance(backend, str):
            return StoreChoice(store_of(backend), _("It belongs to this operating system."), tuple(refused))
        refused.append(Refusal(known.key, backend))
    own = _(
        "This machine has no safe place for secrets yet. The shortest way is a vault: a KeePass file with a "
        "passphrase, which this app makes for you (or “ionapi-tui store use vault”)."
    )
    return StoreChoice(None, f"{own} {_advice(platform)}", tuple(refused), brief=own)


def _advice(platform: str) -> str:
    if platform.startswith("win32"):
        return _(
            "The Windows Credential Manager cannot be reached, because a part of Python is missing: "
            "run “pip install pywin32-ctypes”."
        )
    if platform.startswith("darwin"):
        return _("The macOS Keychain cannot be reached. Run this program as the user who is logged in at the screen.")
    return _(
        "On a desktop, log in to GNOME or KDE, or start KeePassXC and switch on its Secret Service integration. "
        "On a server, in a container or under WSL, install gnome-keyring and start this program in a session of its "
        "own: “dbus-run-session -- bash”, then “gnome-keyring-daemon --unlock --components=secrets”. Or install "
        "pass and the Python package keyring-pass, and choose it: “ionapi-tui store use pass”."
    )


VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choice of stores."""

    use: str | None = None
    """The key of the store for new secrets; None leaves it to this program."""
    known: tuple[str, ...] = ()
    """The keys of every store that was ever chosen, whose profiles may go on being opened."""

    def using(self, key: str | None) -> Settings:
        """Return these settings with another store for new secrets."""
        return Settings(key, self.known if key is None or key in self.known else (*self.known, key))


class SettingsFile:
    """The file ``store.json``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Settings:
        """Return what the file holds; nothing chosen when there is none.

        Raises:
            RegistryError: it cannot be read. Nothing is guessed then: another store than the chosen one would do
                what nobody asked for.
        """
        try:
            document = json.loads(self.path.read_bytes())
            use, known = document["use"], document["known"]
            if document["version"] == VERSION and all(isinstance(key, str) for key in [use or "", *known]):
                return Settings(use and canonical_key(use), tuple(known))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # Its content is shown to nobody; the sentence below says all there is to do.
            pass
        sentence = _(
            "The file {path}, which says where secrets go, cannot be read. Delete it and choose again: ionapi-tui "
            "store use NAME."
        )
        raise RegistryError(sentence.format(path=safe(self.path)))

    def save(self, settings: Settings) -> None:
        """Replace the file by one that holds ``settings``.

        Raises:
            RegistryError: there is no room, or no permission; the file is as it was.
        """
        document = {"version": VERSION, "use": settings.use, "known": list(settings.known)}
        from ionapi_tui.files import atomic

        try:
            atomic.write(self.path, json.dumps(document).encode())
        except OSError as error:
            sentence = _("The file {path} cannot be written: {why}. It is as it was.")
            raise RegistryError(sentence.format(path=safe(self.path), why=safe(error.strerror or error))) from error
