"""What the desktop's Secret Service tells of itself without asking anybody for a password (Linux and BSD)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Final

from ionapi_tui.store.backend_errors import foreign_errors
from ionapi_tui.text import safe

BUS_NAME: Final = "org.freedesktop.secrets"

_PROGRAMS: Final = (
    ("gnome-keyring", "GNOME Keyring"),
    ("kwalletd", "KWallet"),
    ("ksecretd", "KWallet"),
    ("keepassxc", "KeePassXC"),
)
"""The beginnings of process names, and what people call those programs."""


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
    import secretstorage

    try:
        with closing(secretstorage.dbus_init()) as connection:
            if collection is None:
                return secretstorage.get_collection_by_alias(connection, "default").is_locked()
            return secretstorage.Collection(connection, collection).is_locked()
    except foreign_errors():
        return None


def _process() -> str:
    """Return the name of the process that owns the service; empty when there is none, or it cannot be seen."""
    import secretstorage
    from jeepney.bus_messages import message_bus
    from jeepney.io.blocking import Proxy

    try:
        with closing(secretstorage.dbus_init()) as connection:
            answer = Proxy(message_bus, connection).GetConnectionUnixProcessID(BUS_NAME)
            return Path(f"/proc/{answer[0]}/comm").read_text("utf-8", "replace").strip()
    except foreign_errors():
        return ""
