"""What is wrong with the addresses of the file, and whether its parts fit each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from ionapi_tui.base.language import _, n_
from ionapi_tui.domain.credentials import KNOWN_KEYS, join_endpoint, label_of, scopes_of
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.domain.hosts import imitates_infor, is_address, is_known, is_loopback, region_of
from ionapi_tui.domain.inspection.values import is_text, strange_characters
from ionapi_tui.domain.profile import environment_of

_BASES: Final = ("iu", "pu")
_PATHS: Final = ("ot", "or", "oa")
_HOST_NAME: Final = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?")
_KNOWN_PORTS: Final = (None, 443, 7443)


def check_addresses(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the findings for the addresses of ``document``, including one per host that the user has to confirm."""
    seen: set[tuple[Code, str]] = set()
    for key, address in _addresses(document):
        for finding in _check(key, address):
            about = (finding.code, finding.values.get("host", key))
            if about not in seen:
                seen.add(about)
                yield finding


def split(address: str) -> SplitResult | None:
    """Return the parts of ``address``; None when it has no readable host and port."""
    try:
        parts = urlsplit(address)
        usable = parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if usable else None


def _addresses(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _BASES:
        if is_text(document, key):
            yield key, document[key]
    base = document["pu"] if is_text(document, "pu") else ""
    for key in _PATHS:
        # A path may be a whole address of its own, and then leads elsewhere.
        if is_text(document, key) and _host(joined := join_endpoint(base, document[key])) != _host(base):
            yield key, joined


def _host(address: str) -> str | None:
    parts = split(address)
    return None if parts is None else f"{parts.scheme}://{parts.netloc}"


def _check(key: str, address: str) -> Iterator[Finding]:
    reason = fault_of(address)
    parts = split(address)
    if reason is not None or parts is None:
        yield Finding(Code.BAD_URL, key, {"label": label_of(key), "reason": reason or _("it names no host")})
        return
    host = parts.hostname or ""
    about = {"label": label_of(key), "host": host}
    if parts.scheme == "http":
        yield Finding(Code.INSECURE_URL, key, about, variant="loopback" if is_loopback(host) else "")
    if not (is_known(host) or is_loopback(host)):
        yield Finding(Code.UNKNOWN_HOST, key, about)


def fault_of(address: str) -> str | None:
    """Return why nothing may be sent to ``address``, in words; None when something may."""
    if "\\" in address or any(character.isspace() for character in address):
        return _("it contains a space or a backslash")
    parts = split(address)
    if parts is None:
        return _("it is not a complete address with a host, such as https://host.example")
    if parts.scheme not in ("https", "http"):
        return _("it does not begin with https://")
    if "@" in parts.netloc:
        return _("it contains a user name before the host, which can hide where it really leads")
    if parts.query or parts.fragment:
        return _("it contains a “?” or “#”, which no address of this file has")
    host = parts.hostname or ""
    return None if is_loopback(host) else _fault_of_host(host, parts.port)


def _fault_of_host(host: str, port: int | None) -> str | None:
    if is_address(host):
        return _("it points to an IP address instead of a named host, so no certificate can confirm its identity")
    if not host.isascii() or "xn--" in host:
        return _("its host name has letters outside a–z, which can imitate other letters")
    if not _HOST_NAME.fullmatch(host) or ".." in host:
        return _("its host name cannot exist")
    if imitates_infor(host):
        return _("its host name imitates Infor's domain without belonging to it")
    if is_known(host) and port not in _KNOWN_PORTS:
        return _("Infor's cloud is not known to answer on port {port}").format(port=port)
    return None


MOST_PER_CODE: Final = 20
"""The most unknown or repeated keys that are named one by one."""

_MAX_UNKNOWN: Final = 65_536
_SEPARATORS: Final = {"ci": "~", "saak": "#"}


def check_consistency(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what does not fit together in ``document``."""
    siblings = _siblings_in(document)
    if siblings:
        yield _mixed(document["ti"], siblings)
    if "pu" not in siblings:
        yield from _check_tenant(document)
    yield from _check_regions(document)
    for key, separator in _SEPARATORS.items():
        if key not in siblings and is_text(document, key) and is_text(document, "ti"):
            yield from _check_prefix(key, document[key], separator, document["ti"])
    scopes = scopes_of(document.get("sc"))
    if scopes:
        yield Finding(Code.SCOPES_PRESENT, "sc", {"scopes": ", ".join(scopes[:MOST_PER_CODE])})


def check_unknown_keys(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield the keys of ``document`` that Infor is not known to write."""
    known_in_other_case = {key for key in document if key.lower() in KNOWN_KEYS and key.lower() not in document}
    unknown = [key for key in document if key not in KNOWN_KEYS and key not in known_in_other_case]
    for key in unknown:
        strange = strange_characters(key, "key")
        if strange is not None:
            yield Finding(Code.CONTROL_CHARACTERS, key, {"label": key, "characters": strange})
            break
    broken = next((key for key in document if not _is_checked(key, document[key]) and _is_broken(document[key])), None)
    if broken is not None:
        characters = _("half of a character (a lone surrogate)")
        yield Finding(Code.CONTROL_CHARACTERS, broken, {"label": broken, "characters": characters})
    if sum(len(str(document[key])) for key in unknown) > _MAX_UNKNOWN:
        what = _("What Infor is not known to write")
        yield Finding(Code.TOO_LARGE, None, {"what": what, "limit": _("65,536 characters")})
    yield from named(Code.UNKNOWN_KEY, unknown)


def named(code: Code, keys: list[str]) -> Iterator[Finding]:
    """Yield a finding for each of ``keys``, and one for all those that are too many to name."""
    for key in keys[:MOST_PER_CODE]:
        yield Finding(code, key, {"what": key})
    rest = len(keys) - MOST_PER_CODE
    if rest > 0:
        yield Finding(code, None, {"what": n_("{n} more key", "{n} more keys", rest)})


def _siblings_in(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields that name another environment of the same tenant, with its name (``ACME_PRD`` in a file of
    ``ACME_TST``)."""
    if not is_text(document, "ti"):
        return {}
    present = [key for key in (*_SEPARATORS, *_BASES, *_PATHS) if is_text(document, key)]
    base = document["pu"] if "pu" in present else ""
    names = {}
    for key in present:
        if key in _SEPARATORS:
            names[key] = document[key].partition(_SEPARATORS[key])[0]
            continue
        parts = split(document[key] if key in _BASES else join_endpoint(base, document[key]))
        segment = "" if parts is None else parts.path.strip("/").partition("/")[0]
        # A path behind the server's address has no tenant of its own.
        names[key] = "" if key in _PATHS and segment == names.get("pu") else segment
    return {key: name for key, name in names.items() if _are_siblings(name, document["ti"].strip())}


def _are_siblings(name: str, tenant: str) -> bool:
    """Return whether two names are those of two environments of one tenant."""
    mine, other = tenant.casefold().rpartition("_"), name.casefold().rpartition("_")
    return bool(mine[0]) and mine[0] == other[0] and mine[2] != other[2] and bool(environment_of(name))


def _mixed(tenant: str, siblings: Mapping[str, str]) -> Finding:
    """Return the one finding for all fields that name another environment."""
    first = next(iter(siblings))
    labels = ", ".join(dict.fromkeys(label_of(key) for key in siblings))
    about = {"tenant": tenant, "other": siblings[first], "labels": labels}
    return Finding(Code.TENANT_MISMATCH, first, about, variant="sibling")


def _check_tenant(document: Mapping[str, Any]) -> Iterator[Finding]:
    parts = split(document["pu"]) if is_text(document, "pu") and is_text(document, "ti") else None
    segments = [] if parts is None else [segment for segment in parts.path.split("/") if segment]
    # Infor's cloud has /<tenant>/as/ here; on-premises installations have one tenant and do not name it.
    if len(segments) != 2:
        return
    is_of_tenant = segments[0].casefold() == document["ti"].strip().casefold()
    if segments[1] == "as" and not is_of_tenant:
        yield Finding(Code.TENANT_MISMATCH, "pu", {"tenant": document["ti"], "other": segments[0]})
    if segments[1] != "as" and is_of_tenant:
        yield Finding(Code.BAD_URL, "pu", {"label": label_of("pu"), "end": segments[1]}, variant="path")


def _check_regions(document: Mapping[str, Any]) -> Iterator[Finding]:
    hosts = []
    for key in ("iu", "pu"):
        parts = split(document[key]) if is_text(document, key) else None
        if parts is None or is_loopback(parts.hostname or "") or fault_of(document[key]) is not None:
            return
        hosts.append(parts.hostname or "")
    gateway, server = hosts
    if (is_known(gateway) or is_known(server)) and region_of(gateway) != region_of(server):
        yield Finding(Code.REGION_MISMATCH, "pu", {"gateway": gateway, "server": server})


def _check_prefix(key: str, value: str, separator: str, tenant: str) -> Iterator[Finding]:
    prefix, found, rest = value.partition(separator)
    about = {"label": label_of(key), "separator": separator, "tenant": tenant}
    if (found and not rest) or value == tenant:
        reason = _("it ends where the key itself should follow; the rest was cut off, as in an unquoted shell line")
        yield Finding(Code.CLIENT_PREFIX, key, about | {"reason": reason}).with_severity(Severity.ERROR)
    elif not found:
        reason = _("it does not contain “{separator}”").format(separator=separator)
        yield Finding(Code.CLIENT_PREFIX, key, about | {"reason": reason})
    elif prefix.casefold() != tenant.casefold():
        reason = _("it begins with “{prefix}”").format(prefix=prefix[:60])
        yield Finding(Code.CLIENT_PREFIX, key, about | {"reason": reason})


def _is_checked(key: str, value: Any) -> bool:
    """Return whether the characters of ``value`` have been looked at as those of a known field."""
    return key in KNOWN_KEYS and isinstance(value, str)


def _is_broken(value: Any) -> bool:
    """Return whether ``value`` holds text that no encoding can write, and so no store can keep."""
    if isinstance(value, str):
        return any("\ud800" <= character <= "\udfff" for character in value)
    if isinstance(value, Mapping):
        return any(_is_broken(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(map(_is_broken, value))
