"""The choice of the store for new secrets, with its reason, and the file that records what the user chose."""

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
    """A store that was rejected."""

    store: str
    """Its key or class name."""
    reason: str
    """A translated sentence."""


@dataclass(frozen=True, slots=True)
class StoreChoice:
    """The store for new secrets, or none."""

    store: SecretStore | None
    reason: str
    """Why it was chosen; if there is none, why, and every option to get one."""
    refused: tuple[Refusal, ...] = ()
    """The stores that were rejected before."""
    named: str = ""
    """The class name that the user configured; empty if the choice was automatic."""
    brief: str = ""
    """``reason`` with the quickest option only; empty if there are no others."""


def choose(
    environ: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    preferred: Callable[[], StoreChoice | None] = lambda: None,
) -> StoreChoice:
    """Return the store for new secrets. Nothing is written, and nothing prompts for a password.

    A store that the user configured is used or refused, never replaced by another one. In order of precedence:
    ``PYTHON_KEYRING_BACKEND``, the choice in the app or with ``ionapi-tui store use``, ``keyringrc.cfg``. Without one,
    the stores of the operating system are tried; plug-ins are not even loaded.

    Args:
        environ: the environment.
        platform: ``sys.platform``.
        preferred: returns the choice in this program; None if there is none.
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
    """Return the choice of the backend with that class name, configured in ``where``."""
    from ionapi_tui.secret_stores.backends import load, refusal, store_of

    backend = load(name)
    reason = backend if isinstance(backend, str) else refusal(backend)
    if isinstance(backend, str) or reason:
        sentence = _(
            "{where} sets {backend} as the password store, but it cannot be used: {reason}. Name another one "
            "there, or none."
        )
        message = sentence.format(where=where, backend=safe(name), reason=reason)
        return StoreChoice(None, message, (Refusal(safe(name), str(reason)),), name)
    return StoreChoice(store_of(backend), _("{where} names it.").format(where=where), (), name)


def open_store(
    key: str | None, choice: StoreChoice, confirmed: Collection[str] = (), *, is_chosen: bool = False
) -> SecretStore:
    """Return the store of a profile's secret.

    Args:
        key: the key in the profile; None for the store of new secrets.
        choice: the result of ``choose``.
        confirmed: keys of stores that the user chose before, which may still be opened.
        is_chosen: whether somebody is about to choose it, and no profile needs it.

    Raises:
        StoreMissing: it is not available, or may not be used.
    """
    from ionapi_tui.secret_stores.backends import KNOWN, label_of, load, refusal, store_of

    if key is None or (choice.store is not None and choice.store.key == key):
        if choice.store is None:
            raise StoreMissing(choice.reason)
        return choice.store
    label = label_of(key)
    if choice.named:
        sentence = _(
            "{store} cannot be used, because PYTHON_KEYRING_BACKEND or keyringrc.cfg names {named}. Name {store} there,"
            " or none."
        )
        raise StoreMissing(sentence.format(store=label, named=safe(choice.named)))
    known = next((one.backend for one in KNOWN if one.key == key), None)
    if known is None and key in confirmed:
        known = key.removeprefix("keyring:")
    if known is None:
        sentence = _("{store} was never chosen on this computer. To choose it: ionapi-tui store use {name}")
        raise StoreMissing(sentence.format(store=label, name=name_of(key)))
    backend = load(known)
    reason = backend if isinstance(backend, str) else refusal(backend)
    if isinstance(backend, str) or reason:
        from ionapi_tui.secret_stores.unlock_advice import how_to_return

        missing = _("{store} is not available: {why}.").format(store=label, why=reason)
        raise StoreMissing(missing if is_chosen else f"{missing} {how_to_return(key)}")
    return store_of(backend)


def name_of(key: str) -> str:
    """Return the name by which ``store use`` knows the store with that key."""
    from ionapi_tui.secret_stores.backends import PASS_BACKEND

    name = key.removeprefix("keyring:")
    return "pass" if name == PASS_BACKEND else safe(name)


def _named() -> Iterator[tuple[str, str]]:
    """Yield the class name in the configuration file of ``keyring``, if any, with the path of the file."""
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
            return StoreChoice(store_of(backend), _("It comes with your system."), tuple(refused))
        refused.append(Refusal(known.key, backend))
    own = _(
        "No password store was found on this computer. The quickest option is a vault: a KeePass file with a "
        "passphrase, which this app creates for you (or “ionapi-tui store use vault”)."
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
    from ionapi_tui.secret_stores.unlock_advice import how_to_start

    other = _("Or install pass and the Python package keyring-pass, and choose it: “ionapi-tui store use pass”.")
    return f"{how_to_start()} {other}"


VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """The stores that the user chose."""

    use: str | None = None
    """The key of the store for new secrets; None for the automatic choice."""
    known: tuple[str, ...] = ()
    """The keys of all stores ever chosen; their profiles may still be opened."""

    def using(self, key: str | None) -> Settings:
        """Return these settings with another store for new secrets."""
        return Settings(key, self.known if key is None or key in self.known else (*self.known, key))


class SettingsFile:
    """The file ``store.json``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Settings:
        """Return the content of the file; empty settings if there is none.

        Raises:
            RegistryError: it cannot be read. There is no default then, because another store than the chosen one may
                not be used.
        """
        try:
            document = json.loads(self.path.read_bytes())
            use, known = document["use"], document["known"]
            if document["version"] == VERSION and all(isinstance(key, str) for key in [use or "", *known]):
                return Settings(use and canonical_key(use), tuple(known))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            # The message below is the same for all of them, and says what to do.
            pass
        sentence = _(
            "The file {path}, which selects the password store, cannot be read. Delete it and choose again: "
            "ionapi-tui store use NAME."
        )
        raise RegistryError(sentence.format(path=safe(self.path)))

    def save(self, settings: Settings) -> None:
        """Replace the content of the file by ``settings``.

        Raises:
            RegistryError: it cannot be written, and is unchanged.
        """
        document = {"version": VERSION, "use": settings.use, "known": list(settings.known)}
        from ionapi_tui.files import atomic

        try:
            atomic.write(self.path, json.dumps(document).encode())
        except OSError as error:
            sentence = _("The file {path} cannot be written: {why}. It was not changed.")
            raise RegistryError(sentence.format(path=safe(self.path), why=safe(error.strerror or error))) from error
