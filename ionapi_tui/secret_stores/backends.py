"""Keyring backends: which may be used, how each becomes a store, and the state of the Secret Service."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from ionapi_tui.base.language import N_, _
from ionapi_tui.base.paths import VAULT_FILE, Paths, home_folder
from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.keyring_store import LONG_ITEM, VAULT, KeyringStore, backend_errors, is_vault

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend
    from keyring.backends.SecretService import Keyring

    from ionapi_tui.secret_stores.keyring_store import Connected


@dataclass(frozen=True, slots=True)
class Known:
    """A ``keyring`` backend for a password store of the operating system."""

    key: str
    """Identifies the store in a profile."""
    backend: str
    """The full class name."""
    label: str
    """The display name; empty if it depends on the running program."""
    platforms: tuple[str, ...]
    """Prefixes of ``sys.platform``."""


_UNIX: Final = ("linux", "freebsd", "openbsd", "netbsd", "dragonfly")

KNOWN: Final = (
    Known("keyring:SecretService", "keyring.backends.SecretService.Keyring", "", _UNIX),
    Known("keyring:KWallet", "keyring.backends.kwallet.DBusKeyring", "KWallet", _UNIX),
    Known("keyring:KWallet4", "keyring.backends.kwallet.DBusKeyringKWallet4", "KWallet 4", _UNIX),
    Known("keyring:libsecret", "keyring.backends.libsecret.Keyring", "", _UNIX),
    Known("keyring:macOS", "keyring.backends.macOS.Keyring", "macOS Keychain", ("darwin",)),
    Known("keyring:Windows", "keyring.backends.Windows.WinVaultKeyring", "Windows Credential Manager", ("win32",)),
)
"""The stores that are chosen automatically, in order of preference."""

VAULT_BACKEND: Final = "ionapi_tui.secret_stores.vault.keyring_backend.KdbxKeyring"
"""The class of the vault's own backend."""

PASS_BACKEND: Final = "keyring_pass.PasswordStoreBackend"
"""The backend for the program ``pass``, from the package keyring-pass."""

_NULL: Final = N_("it does not store anything permanently")
_PLAINTEXT: Final = N_("it writes secrets to a file or a place that others can read")

_REFUSED: Final = {
    "keyring.backends.null.Keyring": _NULL,
    "keyring.backends.fail.Keyring": N_("it means that there is no keyring at all"),
    "keyrings.alt.file.PlaintextKeyring": _PLAINTEXT,
    "keyrings.alt.pyfs.PlaintextKeyring": _PLAINTEXT,
    "keyrings.alt.pyfs.BasicKeyring": _PLAINTEXT,
    "keyrings.alt.Google.DocsKeyring": N_("it sends secrets to a third-party server"),
}
"""Backends that are never used, nor their subclasses, and why."""

_SUSPICIOUS: Final = ("plaintext", "plain_text", "cleartext", "nullkeyring", "failkeyring")
"""Parts of class names that mark an unknown backend as unsafe."""


def class_name(backend: KeyringBackend) -> str:
    """Return the full class name of ``backend``."""
    return _full_name(type(backend))


def refusal(backend: KeyringBackend) -> str | None:
    """Return why ``backend`` must not be used, as a translated sentence; None if the user may choose it."""
    from keyring.backends.chainer import ChainerBackend

    if isinstance(backend, ChainerBackend):
        reasons = ((class_name(link), refusal(link)) for link in backend.backends)
        first = next(((name, reason) for name, reason in reasons if reason), None)
        if first:
            sentence = _("it would also use {backend}, and {reason}")
            return sentence.format(backend=safe(first[0]), reason=first[1])
        return _("it combines several password stores, so nobody could say where a secret is; name one of them")
    ancestors = [_full_name(one) for one in type(backend).__mro__]
    known = next((_REFUSED[name] for name in ancestors if name in _REFUSED), None)
    if known:
        return _(known)
    if any(mark in name.lower() for mark in _SUSPICIOUS for name in ancestors):
        return _(_PLAINTEXT)
    return None


def store_of(backend: KeyringBackend) -> KeyringStore:
    """Return ``backend`` as a store."""
    name = class_name(backend)
    if name == VAULT_BACKEND:
        # ``Stores`` replaces it with the vault itself, which is unlocked once for the process.
        return KeyringStore(backend, VAULT, _("KeePass vault {name}").format(name=VAULT_FILE))
    known = next((one for one in KNOWN if one.backend == name), None)
    if name == PASS_BACKEND:
        from ionapi_tui.secret_stores.silenced import SilencedKeyring

        return KeyringStore(SilencedKeyring(backend), f"keyring:{name}", "pass")
    if known is None:
        return KeyringStore(backend, f"keyring:{name}", safe(name, 80))
    if known.key == "keyring:Windows":
        # Otherwise Windows copies the item to every machine on which the domain account signs in.
        vars(backend).setdefault("_persist", 2)  # CRED_PERSIST_LOCAL_MACHINE
    if known.label:
        # Windows unlocks its store with the session of the user.
        return KeyringStore(backend, known.key, known.label, lambda: False if sys.platform == "win32" else None)
    collection = getattr(backend, "preferred_collection", None)

    def connect() -> Connected:
        # Imported late: few commands read many items.
        from ionapi_tui.secret_stores.secret_service import ConnectedKeyring

        return ConnectedKeyring(cast("Keyring", backend))

    return KeyringStore(
        backend,
        known.key,
        secret_service_label,
        lambda: secret_service_locked(collection),
        exclusive,
        connect if known.key == "keyring:SecretService" else None,
        LONG_ITEM,
    )


def label_of(key: str) -> str:
    """Return the display name for a key, without opening the store."""
    known = next((one for one in KNOWN if one.key == key), None)
    if known is not None:
        if known.label:
            return known.label
        return f"{_of_desktop()} (libsecret)" if key == "keyring:libsecret" else _of_desktop()
    if is_vault(key):
        return _("KeePass vault {name}").format(name=safe(key.rpartition("/")[2] if ":" in key else VAULT_FILE))
    name = key.removeprefix("keyring:")
    return "pass" if name == PASS_BACKEND else safe(name, 80)


def label_now(key: str) -> str:
    """Return the display name for a key; of the desktop's password store the name of the program that is running.

    No secret is read, and nothing asks for a password.
    """
    if any(one.key == key and not one.label for one in KNOWN):
        with suppress(ImportError):
            return secret_service_label()
    return label_of(key)


def _of_desktop() -> str:
    """Return the name of the desktop's password store while it is unknown which program that is."""
    return _("Desktop password store")


def load(name: str) -> KeyringBackend | str:
    """Return an instance of the backend with that full class name, or the reason why it is not available."""
    try:
        from keyring.core import load_keyring

        return load_keyring(name)
    except ImportError as error:
        if name == PASS_BACKEND:
            return _("the Python package keyring-pass is not installed (pip install keyring-pass)")
        return _("it is not installed ({why})").format(why=safe(error))
    except backend_errors() as error:
        return _reason_of_pass() if name == PASS_BACKEND else _reason(error)


def _reason_of_pass() -> str:
    """Return why the program ``pass`` cannot be used; its package says only that a command has failed."""
    if shutil.which("pass") is None:
        return _("the program pass is not installed")
    return _("it has no password store yet (pass init GPG-ID)")


def _reason(error: BaseException) -> str:
    """Return why a backend cannot be used, in the words of a person rather than of D-Bus."""
    words = safe(error) or type(error).__name__
    if words in _REASONS:
        return _(_REASONS[words])
    if isinstance(error, OSError) or _DBUS_WORDS.search(words):
        return _("no password store responds in this session")
    return words


def _full_name(of: type) -> str:
    return f"{of.__module__}.{of.__qualname__}"


_REASONS: Final = {
    "python-dbus not installed": N_("the Python package dbus-python is not installed"),
    "SecretStorage required": N_("the Python package SecretStorage is not installed"),
    "SecretStorage 3.2 or newer required": N_("the Python package SecretStorage is older than 3.2"),
    "libsecret required": N_("the library libsecret or the Python package PyGObject is not installed"),
}
"""What the package ``keyring`` says about the things that its backends need, and how it is said here."""

_DBUS_WORDS: Final = re.compile(r"org\.freedesktop|D-?Bus|\[Errno|SecretService", re.IGNORECASE)
"""What an error of the bus, or of the socket below it, is told by."""

BUS_NAME: Final = "org.freedesktop.secrets"

_SERVICE: Final = "/org/freedesktop/secrets"
_PROGRAMS: Final = (
    ("gnome-keyring", "GNOME Keyring"),
    ("kwalletd", "KWallet"),
    ("ksecretd", "KWallet"),
    ("keepassxc", "KeePassXC"),
)
"""Prefixes of process names, with the display names of the programs."""

_ANSWER_SECONDS: Final = 5.0
"""The timeout of a D-Bus call in seconds; none of them prompts for a password."""


def secret_service_label() -> str:
    """Return the name of the program that provides the service, such as ``GNOME Keyring``; a general one if unknown."""
    process = _process()
    known = next((name for start, name in _PROGRAMS if process.startswith(start)), "")
    return known or (f"{_of_desktop()} ({safe(process, 30)})" if process else _of_desktop())


def secret_service_locked(collection: str | None = None) -> bool | None:
    """Return whether a collection is locked; None if unknown.

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
    except backend_errors():
        return None


def _process() -> str:
    """Return the name of the process that owns the service; empty if unknown."""
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy, open_dbus_connection

    try:
        with closing(open_dbus_connection()) as connection:
            answer = Proxy(message_bus, connection, timeout=_ANSWER_SECONDS).GetConnectionUnixProcessID(BUS_NAME)
            return Path(f"/proc/{answer[0]}/comm").read_text("utf-8", "replace").strip()
    except backend_errors():
        return ""


def _ask(connection: Any, path: str, interface: str, method: str, signature: str, *body: str) -> Any:
    """Return the first value of the reply to a method call.

    Raises:
        DBusErrorResponse, TimeoutError: no such object or property, or no reply in time.
    """
    from jeepney import DBusAddress, new_method_call
    from jeepney.wrappers import unwrap_msg

    call = new_method_call(DBusAddress(path, BUS_NAME, interface), method, signature, body)
    return unwrap_msg(connection.send_and_get_reply(call, timeout=_ANSWER_SECONDS))[0]


_LOCK_SECONDS: Final = 20.0
"""How many seconds to wait for the lock. The holder may be waiting for a password, so the lock is optional."""

_POLL_SECONDS: Final = 0.01
"""Seconds between two attempts."""


@contextmanager
def exclusive(timeout: float = _LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of the desktop's password store; continue without it after ``timeout``.

    GNOME Keyring occasionally aborts when several programs access it at the same time, and all secrets are unavailable
    until it is restarted. The kernel releases the lock of a process that dies. Where locks are not supported, this does
    nothing.

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
