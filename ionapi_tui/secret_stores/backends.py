"""Which keyring backends may keep secrets, and how each becomes a store."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.backend_errors import foreign_errors
from ionapi_tui.secret_stores.exclusive import one_at_a_time
from ionapi_tui.secret_stores.keyring_store import KeyringStore
from ionapi_tui.secret_stores.settings import VAULT

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend


@dataclass(frozen=True, slots=True)
class Known:
    """A backend of ``keyring`` that keeps secrets in what the operating system offers for them."""

    key: str
    """What profiles remember."""
    backend: str
    """The full name of the class."""
    label: str
    """The name for people; empty when it has to be asked for."""
    platforms: tuple[str, ...]
    """The beginnings of ``sys.platform`` it is for."""


_UNIX: Final = ("linux", "freebsd", "openbsd", "netbsd", "dragonfly")

KNOWN: Final = (
    Known("keyring:SecretService", "keyring.backends.SecretService.Keyring", "", _UNIX),
    Known("keyring:KWallet", "keyring.backends.kwallet.DBusKeyring", "KWallet", _UNIX),
    Known("keyring:KWallet4", "keyring.backends.kwallet.DBusKeyringKWallet4", "KWallet 4", _UNIX),
    Known("keyring:libsecret", "keyring.backends.libsecret.Keyring", "", _UNIX),
    Known("keyring:macOS", "keyring.backends.macOS.Keyring", "macOS Keychain", ("darwin",)),
    Known("keyring:Windows", "keyring.backends.Windows.WinVaultKeyring", "Windows Credential Manager", ("win32",)),
)
"""The stores that are used without being named; earlier ones are preferred."""

VAULT_BACKEND: Final = "ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring"
"""Our own backend, when somebody names it by its class."""

PASS_BACKEND: Final = "keyring_pass.PasswordStoreBackend"
"""What leads to the program ``pass``, from the Python package keyring-pass."""

_NULL: Final = N_("it forgets everything it is given")
_PLAINTEXT: Final = N_("it writes secrets to a file or a place that others can read")

_REFUSED: Final = {
    "keyring.backends.null.Keyring": _NULL,
    "keyring.backends.fail.Keyring": N_("it stands for having no keyring at all"),
    "keyrings.alt.file.PlaintextKeyring": _PLAINTEXT,
    "keyrings.alt.pyfs.PlaintextKeyring": _PLAINTEXT,
    "keyrings.alt.pyfs.BasicKeyring": _PLAINTEXT,
    "keyrings.alt.Google.DocsKeyring": N_("it sends secrets to a server of other people"),
}
"""Backends that are never used, and why; what derives from them neither."""

_SUSPICIOUS: Final = ("plaintext", "plain_text", "cleartext", "nullkeyring", "failkeyring")
"""Parts of class names that say the same of backends nobody here has heard of."""


def class_name(backend: KeyringBackend) -> str:
    """Return the full name of a backend's class."""
    return _full_name(type(backend))


def refusal(backend: KeyringBackend) -> str | None:
    """Return why ``backend`` must not keep secrets, in the language in use; None when it may, if the user names it."""
    from keyring.backends.chainer import ChainerBackend

    if isinstance(backend, ChainerBackend):
        reasons = ((class_name(link), refusal(link)) for link in backend.backends)
        first = next(((name, reason) for name, reason in reasons if reason), None)
        if first:
            sentence = _("it would also use {backend}, and {reason}")
            return sentence.format(backend=safe(first[0]), reason=first[1])
        return _("it is several stores in one, and nobody could say where a secret is; name one of them")
    ancestors = [_full_name(one) for one in type(backend).__mro__]
    known = next((_REFUSED[name] for name in ancestors if name in _REFUSED), None)
    if known:
        return _(known)
    if any(mark in name.lower() for mark in _SUSPICIOUS for name in ancestors):
        return _(_PLAINTEXT)
    return None


def store_of(backend: KeyringBackend) -> KeyringStore:
    """Return the store that ``backend`` is."""
    from ionapi_tui.secret_stores import secret_service

    name = class_name(backend)
    if name == VAULT_BACKEND:
        from ionapi_tui.base.paths import home_folder
        from ionapi_tui.secret_stores.vault.vaults import Vaults

        return Vaults(home_folder()).store(VAULT)
    known = next((one for one in KNOWN if one.backend == name), None)
    if name == PASS_BACKEND:
        from ionapi_tui.secret_stores.silenced import HushedKeyring

        return KeyringStore(HushedKeyring(backend), f"keyring:{name}", "pass")
    if known is None:
        return KeyringStore(backend, f"keyring:{name}", safe(name, 80))
    if known.key == "keyring:Windows":
        # Without this, Windows copies the item to every machine the user's domain account logs in on.
        vars(backend).setdefault("_persist", 2)  # CRED_PERSIST_LOCAL_MACHINE
    if known.label:
        # Windows opens its store with the user's session.
        return KeyringStore(backend, known.key, known.label, lambda: False if sys.platform == "win32" else None)
    collection = getattr(backend, "preferred_collection", None)
    return KeyringStore(
        backend, known.key, secret_service.label, lambda: secret_service.locked(collection), one_at_a_time
    )


def load(name: str) -> KeyringBackend | str:
    """Return the backend whose class has that full name, or why it cannot be used here."""
    try:
        from keyring.core import load_keyring

        return load_keyring(name)
    except ImportError as error:
        return _("it is not installed ({why})").format(why=safe(error))
    except foreign_errors() as error:
        return safe(error) or type(error).__name__


def _full_name(of: type) -> str:
    return f"{of.__module__}.{of.__qualname__}"
