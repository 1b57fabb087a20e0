"""All profiles in one encrypted file, which this program and the program ``age`` can open.

A backup is ``gather``, ``seal`` and ``write``. To restore one: ``read``, then ``open_with_passphrase`` or
``open_with_identities``; each entry is imported like a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ionapi_tui.base.errors import IonApiError, UnusableFile, UsageError
from ionapi_tui.base.extras import command_for
from ionapi_tui.base.language import _
from ionapi_tui.base.secret import Secret
from ionapi_tui.base.text import safe
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export_target import ExportTarget, export_target_of
from ionapi_tui.domain.notes import notes_from
from ionapi_tui.domain.profile import Notes, Profile

if TYPE_CHECKING:
    from ionapi_tui.domain.inspection import Inspection
    from ionapi_tui.profile_store.store import ProfileStore

FORMAT: Final = "ionapi-tui bundle"
VERSION: Final = 1

LARGEST: Final = 64 << 20
"""Bytes of the largest bundle that is read; ten thousand profiles need a third of it."""

_ATTEMPTS: Final = 5
_TOO_SLOW: Final = "Excessive work"
"""What the library says when it takes this machine for too slow. It measures that for an instant before each opening,
so on a busy machine the next attempt may succeed."""

_STARTS: Final = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


@dataclass(frozen=True)
class Entry:
    """One profile in a bundle."""

    name: str
    trusted_hosts: tuple[str, ...]
    """Hosts outside Infor's domains that the user had confirmed."""
    document: Secret
    """The whole ``.ionapi`` file."""
    export_target: ExportTarget | None = None
    """What DocBits exports to with it; None when nobody had chosen."""
    notes: Notes = field(default_factory=Notes)
    """What people had noted about it."""

    def inspected(self) -> Inspection:
        """Return the inspection of the document, which is checked like any other file."""
        from ionapi_tui.domain.inspection import inspect

        return inspect(self.document.reveal().encode("utf-8", "surrogatepass"))


def hosts_in(entries: Iterable[Entry]) -> frozenset[str]:
    """Return the hosts that ``entries`` name as confirmed where the bundle was made, in lower case."""
    return frozenset(host.lower() for entry in entries for host in entry.trusted_hosts)


def is_bundle(path: Path) -> bool:
    """Return whether a file begins as ``age`` files do. A pipe or device is none, and is not opened: it might block."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(max(map(len, _STARTS))).startswith(_STARTS)
    except (OSError, ValueError):
        return False


def gather(profiles: ProfileStore) -> tuple[Entry, ...]:
    """Return every profile with its secrets; may wait for the passwords of their stores.

    Raises:
        StoreError: the secret of one cannot be read; a bundle that lacks some would pass for a whole one.
    """
    return tuple(_entry(profile, profiles.credentials(profile.name)) for profile in profiles.profiles())


def seal(entries: Iterable[Entry], key: Secret | Sequence[str]) -> bytes:
    """Return a bundle, as ASCII.

    Args:
        entries: what goes in.
        key: the passphrase that opens it; or public keys, such as ``age1...`` or ``ssh-ed25519 ...``, so that whoever
            has the private key of one of them can open it.

    Raises:
        UsageError: one of the public keys is none.
        IonApiError: the library for ``age`` files is not installed.
    """
    pyrage = _library()
    if isinstance(key, Secret):
        return bytes(pyrage.passphrase.encrypt(_packed(entries), key.reveal(), armored=True))
    return bytes(pyrage.encrypt(_packed(entries), [_recipient(pyrage, one) for one in key], armored=True))


def write(bundle: bytes, path: Path) -> None:
    """Write a bundle to a new file that its owner alone can read.

    Raises:
        FileInTheWay: there is something at ``path`` already, which stays as it is.
        StoreFailed: the file cannot be written.
    """
    from ionapi_tui.files.private_file import write_new

    write_new(path, Secret(bundle.decode("ascii")))


def read(path: Path) -> bytes:
    """Return the bundle in a file.

    Raises:
        UnusableFile: it cannot be read, or is larger than any bundle.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        sentence = _("The bundle {file} cannot be read: {why}.")
        raise UnusableFile(sentence.format(file=safe(path), why=safe(error.strerror or error))) from error
    if len(content) > LARGEST:
        raise UnusableFile(_("The bundle {file} is too large.").format(file=safe(path)))
    return content


def needs_passphrase(data: bytes) -> bool:
    """Return whether a bundle was sealed with a passphrase, not for keys."""
    import base64
    import binascii

    head = data[:400]
    if head.startswith(_STARTS[1]):
        try:
            head = base64.b64decode(b"".join(head.split(b"\n")[1:4]))
        except binascii.Error:
            return False
    return b"-> scrypt " in head


def open_with_passphrase(data: bytes, passphrase: Secret) -> tuple[Entry, ...]:
    """Return what is in a bundle.

    Raises:
        UnusableFile: the passphrase does not open it, it is damaged, or that would take this machine too long.
        IonApiError: the library for ``age`` files is not installed.
    """
    packed = _decrypted(_library(), data, passphrase)
    if packed is None:
        raise UnusableFile(_("This passphrase does not open the bundle, or the bundle is damaged."))
    return _unpacked(packed)


def _decrypted(pyrage: Any, data: bytes, passphrase: Secret) -> bytes | None:
    for _attempt in range(_ATTEMPTS):
        try:
            return bytes(pyrage.passphrase.decrypt(data, passphrase.reveal()))
        except pyrage.DecryptError as error:
            if _TOO_SLOW not in str(error):
                return None
    raise UnusableFile(
        _(
            "Bundles are slow to open by design, so that their passphrases cannot be guessed quickly. This computer "
            "is too busy to open this one now. Try again later."
        )
    )


def open_with_identities(data: bytes, identities: Secret) -> tuple[Entry, ...]:
    """Return what is in a bundle.

    Args:
        data: the bundle.
        identities: the content of a file of private keys, as ``age-keygen`` or ``ssh-keygen`` writes it.

    Raises:
        UnusableFile: no key opens it, or it is damaged, or there is no key in the file.
        IonApiError: the library for ``age`` files is not installed.
    """
    pyrage = _library()
    keys = _identities(pyrage, identities)
    try:
        packed = pyrage.decrypt(data, keys) if keys else None
    except pyrage.DecryptError:
        packed = None
    if packed is None:
        raise UnusableFile(_("No key of that file opens the bundle, or the bundle is damaged."))
    return _unpacked(packed)


def _entry(profile: Profile, credentials: Credentials) -> Entry:
    return Entry(profile.name, profile.trusted_hosts, credentials.to_document(), profile.export_target, profile.notes)


def _packed(entries: Iterable[Entry]) -> bytes:
    profiles = [
        {"name": one.name, "trusted_hosts": one.trusted_hosts, "document": json.loads(one.document.reveal())}
        | ({"export_target": one.export_target} if one.export_target else {})
        | ({"notes": one.notes.as_json()} if one.notes else {})
        for one in entries
    ]
    return json.dumps({"format": FORMAT, "version": VERSION, "profiles": profiles}, indent=1).encode("ascii")


def _unpacked(packed: bytes) -> tuple[Entry, ...]:
    try:
        bundle = json.loads(packed)
        if bundle["format"] == FORMAT and bundle["version"] == VERSION:
            return tuple(map(_read, bundle["profiles"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        # What is in it must not be part of the error.
        pass
    sentence = _("The file can be opened, but it is not a bundle of ionapi-tui, or a newer version wrote it.")
    raise UnusableFile(sentence)


def _read(entry: dict[str, Any]) -> Entry:
    """Return an entry.

    Raises:
        KeyError, TypeError: it is none.
    """
    hosts = tuple(host for host in entry["trusted_hosts"] if isinstance(host, str))
    if not isinstance(entry["name"], str):
        raise TypeError
    target = export_target_of(entry.get("export_target"))
    return Entry(entry["name"], hosts, Secret(json.dumps(entry["document"])), target, notes_from(entry.get("notes")))


def _recipient(pyrage: Any, text: str) -> Any:
    kind = pyrage.ssh if text.startswith("ssh-") else pyrage.x25519
    try:
        return kind.Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        sentence = _("{recipient} is not a public key for age. It looks like age1… or ssh-ed25519 ….")
        raise UsageError(sentence.format(recipient=safe(text, 80))) from None


def _identities(pyrage: Any, identities: Secret) -> list[Any]:
    text = identities.reveal()
    try:
        if "-----BEGIN" in text:
            return [pyrage.ssh.Identity.from_buffer(text.encode())]
        lines = (line.strip() for line in text.splitlines())
        return [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        return []


def _library() -> Any:
    try:
        import pyrage
    except ImportError:
        sentence = _("Bundles need a part of this program that is not installed: {command}.").format(
            command=command_for("backup")
        )
        raise IonApiError(sentence) from None
    return pyrage
