"""What the desktop's Secret Service tells of itself without asking anybody for a password (Linux and BSD)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any, Final

from ionapi_tui.base.text import safe
from ionapi_tui.secret_stores.backend_errors import foreign_errors

BUS_NAME: Final = "org.freedesktop.secrets"

_SERVICE: Final = "/org/freedesktop/secrets"
_PROGRAMS: Final = (
    ("gnome-keyring", "GNOME Keyring"),
    ("kwalletd", "KWallet"),
    ("ksecretd", "KWallet"),
    ("keepassxc", "KeePassXC"),
)
"""The beginnings of process names, and what people call those programs."""

_PATIENCE: Final = 5.0
"""Seconds for one answer; these questions wait for nobody's password."""


def label() -> str:
    """Return the name of the program that answers, such as ``GNOME Keyring``, or the name of the service."""
    process = _process()
    known = next((name for start, name in _PROGRAMS if process.startswith(start)), "")
    return known or (f"Secret Service ({safe(process, 30)})" if process else "Secret Service")


def locked(collection: str | None = None) -> bool | None:
    """Return whether the collection that new secrets go to is locked; None when that cannot be told.

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
            answer = Proxy(message_bus, connection, timeout=_PATIENCE).GetConnectionUnixProcessID(BUS_NAME)
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
    return unwrap_msg(connection.send_and_get_reply(call, timeout=_PATIENCE))[0]
