"""``profiles.json``: the list of profiles without their secrets, and the pending changes."""

from __future__ import annotations

import dataclasses
import gc
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from ionapi_tui.base.errors import NoSuchProfile, ProfileExists, RegistryError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Checked, Notes, Profile, profile_maker

VERSION: Final = 1
"""The version of the format that is written, and the newest that can be read."""
_ALWAYS: Final = ("id", "name", "store", "created", "public", "checked")
"""The keys of every profile."""
_SOMETIMES: Final = ("trusted_hosts", "earlier", "export_target", "notes", "reported")
"""The keys that only some profiles have."""
_MANY: Final = 200
"""Profiles from which on ``profile_maker`` takes less time than it needs to get ready."""


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def token_item(profile_id: str) -> str:
    """Return the name of the item that keeps the cached access token of a profile, beside its secret."""
    return f"{profile_id}:token"


class Action(StrEnum):
    """A pending change of a profile and its secret."""

    ADD = "add"
    """Its secret may have been written; the profile is not listed yet."""
    REPLACE = "replace"
    """The secret of its replacement may have been written; the old profile is listed and unchanged."""
    FORGET = "forget"
    """It has been replaced; its old secret may still exist."""
    REMOVE = "remove"
    """It is still listed; its secret may have been deleted already."""
    MOVE = "move"
    """Its secret may have been written to another store; it is listed with the old one, which is unchanged."""
    LEAVE = "leave"
    """It has been moved; its secret may still be in the old store."""


@dataclass(frozen=True, slots=True)
class Intent:
    """A change of the secret store, recorded before it is made."""

    action: Action
    profile: Profile
    """The profile whose secret is changed."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The content of the registry."""

    profiles: tuple[Profile, ...] = ()
    pending: tuple[Intent, ...] = ()
    """The changes that were begun and not completed."""

    def named(self, name: str) -> Profile | None:
        """Return the profile with that name; None if there is none."""
        return next((profile for profile in self.profiles if profile.name == name), None)

    def existing(self, name: str) -> Profile:
        """Return the profile with that name.

        Raises:
            NoSuchProfile: there is none; the message suggests similar names.
        """
        profile = self.named(name)
        if profile is not None:
            return profile
        where = _("“ionapi-tui list” shows the profiles.")
        if not name.strip():
            raise NoSuchProfile(_("The name of the profile is missing.") + " " + where)
        close = self._similar(name)
        sentences = [_("There is no profile {name}.").format(name=safe(name, 80))]
        if close:
            sentences.append(_("Is it one of these: {names}?").format(names=", ".join(close)))
        raise NoSuchProfile(" ".join([*sentences, where]))

    def _similar(self, name: str) -> list[str]:
        """Return the names of at most three profiles that are like ``name``, the most similar one first.

        Capital letters and underscores, as tenants have them, count as the letters and dashes of names.
        """
        from difflib import get_close_matches

        names = {_plain(one.name): one.name for one in self.profiles}
        return [names[plain] for plain in get_close_matches(_plain(name), names, n=3)]

    def check_free(self, name: str) -> None:
        """Check that no profile has that name.

        Raises:
            ProfileExists: there is one.
        """
        if self.named(name):
            raise ProfileExists(_("There is already a profile {name}.").format(name=name))

    def put(self, profile: Profile, instead_of: Profile | None = None) -> Contents:
        """Return a copy with ``profile`` in place of ``instead_of``, or at the end."""
        if instead_of is None:
            return dataclasses.replace(self, profiles=(*self.profiles, profile))
        swapped = tuple(profile if one.id == instead_of.id else one for one in self.profiles)
        return dataclasses.replace(self, profiles=swapped)

    def without(self, profile: Profile) -> Contents:
        """Return a copy without ``profile``."""
        return dataclasses.replace(self, profiles=tuple(one for one in self.profiles if one.id != profile.id))

    def intending(self, intent: Intent) -> Contents:
        """Return a copy with ``intent``."""
        return dataclasses.replace(self, pending=(*self.pending, intent))

    def settled(self, intent: Intent) -> Contents:
        """Return a copy without ``intent``."""
        return dataclasses.replace(self, pending=tuple(one for one in self.pending if one != intent))


class BrokenRegistry(RegistryError):
    """``profiles.json`` is damaged."""


class Registry:
    """The file ``profiles.json``. Reading needs no lock; a writer holds the lock from reading to writing."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Contents:
        """Return the content of the file; empty if there is none.

        Raises:
            BrokenRegistry: it is damaged.
            RegistryError: it cannot be read, or was written by a newer version of this program.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return Contents()
        except OSError as error:
            sentence = _("The list of profiles {path} cannot be read: {why}.")
            raise RegistryError(self._filled(sentence, why=error.strerror or error)) from error
        with _keeping_everything():
            return self._parsed(raw)

    def save(self, contents: Contents) -> None:
        """Replace the content of the file by ``contents``.

        Raises:
            RegistryError: it cannot be written, and is unchanged.
        """
        document = {
            "version": VERSION,
            "profiles": [_from_profile(profile) for profile in contents.profiles],
            "pending": [
                {"action": intent.action.value, "profile": _from_profile(intent.profile)} for intent in contents.pending
            ],
        }
        # ASCII, because a name with a lone surrogate cannot be encoded otherwise.
        data = json.dumps(document, separators=(",", ":")).encode("ascii")
        from ionapi_tui.files import atomic

        try:
            atomic.write(self.path, data)
        except OSError as error:
            sentence = _("The list of profiles {path} cannot be written: {why}. It was not changed.")
            raise RegistryError(self._filled(sentence, why=error.strerror or error)) from error

    def _parsed(self, raw: bytes) -> Contents:
        broken = BrokenRegistry(self._filled(_("The list of profiles {path} is damaged.")))
        try:
            document = json.loads(raw)
            version = document["version"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise broken from None
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise broken
        if version > VERSION:
            sentence = _(
                "The list of profiles {path} was written by a newer version of ionapi-tui (format {version}). "
                "Update this program; it leaves the file as it is."
            )
            raise RegistryError(self._filled(sentence, version=version))
        try:
            return Contents(
                tuple(_to_profiles(document["profiles"])),
                tuple(Intent(Action(one["action"]), _to_profile(one["profile"])) for one in document["pending"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            raise broken from None

    def _filled(self, sentence: str, **values: object) -> str:
        return sentence.format(path=safe(self.path), **{name: safe(value) for name, value in values.items()})


@contextmanager
def _keeping_everything() -> Iterator[None]:
    """Look for no garbage within the block: all that is made of a list is needed, and looking takes half as long."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _from_profile(profile: Profile) -> dict[str, Any]:
    checked = profile.checked
    earlier = [_from_checked(one) for one in profile.earlier]
    return {
        **profile.newer,
        "id": profile.id,
        "name": profile.name,
        "store": profile.store,
        "created": profile.created,
        "public": dict(profile.public),
        "checked": checked and _from_checked(checked),
        **({"earlier": earlier} if earlier else {}),
        **({"trusted_hosts": profile.trusted_hosts} if profile.trusted_hosts else {}),
        **({"export_target": profile.export_target} if profile.export_target else {}),
        **({"notes": {key: text for key, text in profile.notes.as_json().items() if text}} if profile.notes else {}),
        **({} if profile.reported is None else {"reported": profile.reported}),
    }


def _to_profiles(entries: Collection[Mapping[str, Any]]) -> Iterator[Profile]:
    """Yield the profiles of a JSON list; raise what ``_to_profile`` raises."""
    make = Profile if len(entries) < _MANY else profile_maker()
    return (_to_profile(entry, make) for entry in entries)


def _to_profile(entry: Mapping[str, Any], make: Callable[..., Profile] = Profile) -> Profile:
    """Return the profile of a JSON object.

    Args:
        entry: it.
        make: ``Profile``, or what does the same.

    Raises:
        KeyError, TypeError, ValueError: it is not valid.
    """
    texts = entry["id"], entry["name"], entry["store"], entry["created"]
    public, checked = entry["public"], entry["checked"]
    if "" in texts or not isinstance(public, dict):
        raise ValueError
    # Refuses what is no text, all four in one call.
    "".join(texts)
    _check_moment(texts[3])
    last = None if checked is None else _to_checked(checked)
    # Fast path: there may be thousands, and most have none of the rest.
    if len(entry) == len(_ALWAYS):
        return make(*texts, public, last)
    hosts = entry.get("trusted_hosts", [])
    if not (isinstance(hosts, list) and all(isinstance(host, str) for host in hosts)):
        raise ValueError
    earlier = tuple(map(_to_checked, entry.get("earlier", ())))
    newer = {key: value for key, value in entry.items() if key not in (*_ALWAYS, *_SOMETIMES)}
    target = None
    if "export_target" in entry:
        from ionapi_tui.domain.export_target import export_target_of

        target = export_target_of(entry["export_target"])
        if target is None:
            newer["export_target"] = entry["export_target"]
    notes, reported = _to_notes(entry.get("notes", {})), entry.get("reported")
    if not (reported is None or isinstance(reported, bool)):
        raise ValueError
    return make(*texts, public, last, tuple(hosts), earlier, target, newer, notes, reported)


def _to_notes(entry: Any) -> Notes:
    if not (isinstance(entry, dict) and all(isinstance(text, str) for text in entry.values())):
        raise ValueError
    return Notes(entry.get("service_user", ""), entry.get("contact", ""), entry.get("ticket", ""))


def _from_checked(checked: Checked) -> dict[str, Any]:
    code = {"code": checked.code} if checked.code else {}
    return {"at": checked.at, "ok": checked.ok, "headline": checked.headline, **code}


def _to_checked(entry: Mapping[str, Any]) -> Checked:
    if not (isinstance(entry["at"], str) and isinstance(entry["ok"], bool) and isinstance(entry["headline"], str)):
        raise TypeError
    _check_moment(entry["at"])
    code = entry.get("code", "")
    return Checked(entry["at"], entry["ok"], entry["headline"], code if isinstance(code, str) else "")


def _check_moment(text: str) -> None:
    """Make sure that a time can be compared with others.

    Raises:
        ValueError: it is none, or has no time zone.
    """
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError
