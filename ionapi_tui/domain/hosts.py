"""Which host names are Infor's, which are this machine, and which only look like Infor's."""

from __future__ import annotations

from typing import Final

KNOWN_SUFFIXES: Final = (".inforcloudsuite.com", ".inforgov.com", ".infor.com")
"""The domains of Infor's own cloud. On-premises installations have any name; other clouds may exist."""

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
"""The only names that are taken for this machine."""

_IMITATED: Final = ("inforcloudsuite", "inforgov")
_LOOK_ALIKES: Final = str.maketrans("01i35", "olles")


def is_known(host: str) -> bool:
    """Return whether ``host`` belongs to Infor's cloud (the leading dot keeps ``evil-infor.com`` out)."""
    return host.lower().endswith(KNOWN_SUFFIXES)


def is_loopback(host: str) -> bool:
    """Return whether ``host`` is this machine."""
    return host.lower() in LOOPBACK


def leads_here(url: str) -> bool:
    """Return whether the host of ``url`` is this machine."""
    from urllib.parse import urlsplit

    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False


def is_address(host: str) -> bool:
    """Return whether ``host`` is an IP address in any spelling (``10.0.0.1``, ``::1``, ``0x7f.1``, ``2130706433``)."""
    last = host.rpartition(".")[2].lower()
    return ":" in host or last.isdecimal() or last.startswith("0x")


def imitates_infor(host: str) -> bool:
    """Return whether ``host`` is not Infor's but made to look so (``inf0rcloudsuite.com``,
    ``inforcloudsuite.com.example.net``)."""
    if is_known(host):
        return False
    lowered = host.lower()
    if any(f"{suffix}." in f".{lowered}" for suffix in KNOWN_SUFFIXES):
        return True
    labels = lowered.split(".")
    if len(labels) > 1 and labels[-2] in _IMITATED and _is_nearly_com(labels[-1]):
        return True
    return any(_nearly(label, name) for label in labels for name in _IMITATED)


def region_of(host: str) -> str:
    """Return what follows the first label of an Infor host: region and domain, equal for all hosts of a tenant."""
    return host.lower().partition(".")[2]


def _is_nearly_com(label: str) -> bool:
    """Return whether a top-level domain is ``com`` with a letter missing or mistyped (``co``, ``cm``, ``con``)."""
    from difflib import SequenceMatcher

    return label != "com" and len(label) <= len("comm") and SequenceMatcher(None, label, "com").ratio() > 0.6


def _nearly(label: str, name: str) -> bool:
    if label == name or abs(len(label) - len(name)) > 1:
        return False
    from difflib import SequenceMatcher

    return SequenceMatcher(None, label.translate(_LOOK_ALIKES), name.translate(_LOOK_ALIKES)).ratio() > 0.92
