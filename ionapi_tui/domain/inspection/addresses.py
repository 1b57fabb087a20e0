"""The addresses in the file: may anything be sent there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from ionapi_tui.base.language import _
from ionapi_tui.domain.credentials import join_endpoint, label_of
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.hosts import imitates_infor, is_address, is_known, is_loopback
from ionapi_tui.domain.inspection.values import is_text

_BASES: Final = ("iu", "pu")
_PATHS: Final = ("ot", "or", "oa")
_HOST_NAME: Final = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?")
_KNOWN_PORTS: Final = (None, 443, 7443)


def check_addresses(document: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with each address of ``document``, and each host once that has to be confirmed."""
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
        return _("it leads to a bare IP address instead of a named host, which no certificate can vouch for")
    if not host.isascii() or "xn--" in host:
        return _("its host name has letters outside a–z, which can imitate other letters")
    if not _HOST_NAME.fullmatch(host) or ".." in host:
        return _("its host name cannot exist")
    if imitates_infor(host):
        return _("its host name imitates Infor's domain without belonging to it")
    if is_known(host) and port not in _KNOWN_PORTS:
        return _("Infor's cloud is not known to answer on port {port}").format(port=port)
    return None
