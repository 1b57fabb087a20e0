"""Which keyring backends may keep secrets, how each becomes a store, and what the Secret Service tells of itself."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.paths import VAULT_FILE, Paths, home_folder
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.keyring_store import VAULT, KeyringStore, foreign_errors

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
    name = class_name(backend)
    if name == VAULT_BACKEND:
        # ``Stores`` puts the vault itself in its place, which is unlocked once for all.
        return KeyringStore(backend, VAULT, _("KeePass vault {name}").format(name=VAULT_FILE))
    known = next((one for one in KNOWN if one.backend == name), None)
    if name == PASS_BACKEND:
        from ionapi_tui.secret_stores.silenced import SilencedKeyring

        return KeyringStore(SilencedKeyring(backend), f"keyring:{name}", "pass")
    if known is None:
        return KeyringStore(backend, f"keyring:{name}", safe(name, 80))
    if known.key == "keyring:Windows":
        # Without this, Windows copies the item to every machine the user's domain account logs in on.
        vars(backend).setdefault("_persist", 2)  # CRED_PERSIST_LOCAL_MACHINE
    if known.label:
        # Windows opens its store with the user's session.
        return KeyringStore(backend, known.key, known.label, lambda: False if sys.platform == "win32" else None)
    collection = getattr(backend, "preferred_collection", None)
    return KeyringStore(backend, known.key, secret_service_label, lambda: secret_service_locked(collection), exclusive)


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


BUS_NAME: Final = "org.freedesktop.secrets"

_SERVICE: Final = "/org/freedesktop/secrets"
_PROGRAMS: Final = (
    ("gnome-keyring", "GNOME Keyring"),
    ("kwalletd", "KWallet"),
    ("ksecretd", "KWallet"),
    ("keepassxc", "KeePassXC"),
)
"""The beginnings of process names, and what people call those programs."""

_ANSWER_SECONDS: Final = 5.0
"""Seconds for one answer; these questions wait for nobody's password."""


def secret_service_label() -> str:
    """Return the name of the program that answers, such as ``GNOME Keyring``, or the name of the service."""
    process = _process()
    known = next((name for start, name in _PROGRAMS if process.startswith(start)), "")
    return known or (f"Secret Service ({safe(process, 30)})" if process else "Secret Service")


def secret_service_locked(collection: str | None = None) -> bool | None:
    """Return whether the collection that new secrets go to is locked; None when nobody can tell.

    Args:
        collection: the D-Bus path of the collection; None for the default one.
    """
    from jeepney.io.blocking import open_dbus_connection

    try:
        with closing(open_dbus_connection()) as connection:
            path = collection or _ask(
                connection, _SERVICE, "org.freedesktop.Secret.Service", "ReadAlias", "s", "default"
            )
            if path == "/":
                return None
            asked = ("org.freedesktop.Secret.Collection", "Locked")
            _type, value = _ask(connection, path, "org.freedesktop.DBus.Properties", "Get", "ss", *asked)
            return bool(value)
    except foreign_errors():
        return None


def _process() -> str:
    """Return the name of the process that owns the service; empty when there is none, or it cannot be seen."""
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    try:
        with closing(open_dbus_connection()) as connection:
            answer = Proxy(message_bus, connection, timeout=_ANSWER_SECONDS).GetConnectionUnixProcessID(BUS_NAME)
            return Path(f"/proc/{answer[0]}/comm").read_text("utf-8", "replace").strip()
    except foreign_errors():
        return ""


def _ask(connection: Any, path: str, interface: str, method: str, signature: str, *body: str) -> Any:
    """Return the first value of the answer to a method call.

    Raises:
        DBusErrorResponse, TimeoutError: there is no such object or property, or no answer in time.
    """
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    call = new_method_call(DBusAddress(path, BUS_NAME, interface), method, signature, body)
    return unwrap_msg(connection.send_and_get_reply(call, timeout=_ANSWER_SECONDS))[0]


_LOCK_SECONDS: Final = 20.0
"""Seconds to wait for the lock. Its holder may be waiting for a password, so that nobody depends on it."""

_POLL_SECONDS: Final = 0.01
"""Seconds between two attempts."""


@contextmanager
def exclusive(timeout: float = _LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of the desktop's password store, or go on without it after ``timeout``.

    GNOME Keyring aborts now and then when several programs talk to it in the same moment, and then everybody's secrets
    are away until it is started again. The kernel frees the lock of a process that dies. Where there is nothing to lock
    with, nobody waits.

    Args:
        timeout: how many seconds to wait for another holder.
    """
    try:
        import fcntl

        descriptor = os.open(Paths(home_folder()).store_lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except (ImportError, OSError):
        yield
        return
    try:
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_POLL_SECONDS)
            except OSError:
                # A file system without locks.
                break
            else:
                break
        yield
    finally:
        os.close(descriptor)
