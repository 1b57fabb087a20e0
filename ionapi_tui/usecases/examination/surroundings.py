"""The surroundings of the program: software, terminal, clock, proxy, trusted certificates."""

from __future__ import annotations

import locale
import os
import platform
import ssl
import sys
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Final
from urllib.parse import urlsplit

from ionapi_tui.base.language import _, n_
from ionapi_tui.base.version import __version__
from ionapi_tui.domain.limits import MIN_HEIGHT, MIN_WIDTH
from ionapi_tui.usecases.examination.probe import Probe, Status, Surroundings, reason

_LIBRARIES: Final = ("textual", "httpx", "keyring", "SecretStorage", "pykeepass", "pyrage", "textual-image", "flask")

_PROXIES: Final = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")

_BORN: Final = datetime(2026, 11, 1, tzinfo=UTC)
"""A clock that shows an earlier time is wrong: this program did not exist then."""


def software(_machine: Surroundings) -> Probe:
    """List versions."""
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} -")
    python = f"Python {platform.python_version()}"
    system = f"{platform.system()} {platform.release()}"
    return Probe("software", _("Software"), Status.OK, ", ".join([f"ionapi-tui {__version__}", python, system, *found]))


def terminal(machine: Surroundings) -> Probe:
    """Check the size, the encoding and the abilities of the terminal."""
    title, environ = _("Terminal"), machine.environ
    if not machine.output.isatty():
        return Probe(
            "terminal", title, Status.SKIPPED, _("this is not a terminal; the commands work, the app does not")
        )
    columns, lines = os.get_terminal_size(machine.output.fileno())
    encoding = machine.output.encoding or locale.getpreferredencoding(False)
    facts = [f"TERM={_plain(environ.get('TERM', ''))}", f"{columns}x{lines}", encoding]
    if environ.get("COLORTERM"):
        facts.append(f"COLORTERM={_plain(environ['COLORTERM'])}")
    facts += [name for name in ("NO_COLOR", "TMUX", "STY", "SSH_TTY") if environ.get(name)]
    detail = ", ".join(facts)
    if environ.get("TERM", "dumb") in ("", "dumb"):
        fix = _("Use another terminal for the app; the commands work here.")
        return Probe("terminal", title, Status.WARNING, detail, fix)
    if columns < MIN_WIDTH or lines < MIN_HEIGHT:
        return Probe("terminal", title, Status.WARNING, detail, _("Make the window larger."))
    if encoding.lower().replace("-", "") != "utf8":
        fix = _("Set the locale to one with UTF-8, such as LANG=C.UTF-8.")
        return Probe("terminal", title, Status.WARNING, detail, fix)
    return Probe("terminal", title, Status.OK, detail)


def clock(machine: Surroundings) -> Probe:
    """Check that the clock is plausible and agrees with the one of the disk."""
    title, now = _("Clock"), machine.now()
    if now < _BORN:
        detail = _("it says {year}, before this program was written").format(year=now.year)
        return Probe("clock", title, Status.ERROR, detail, _("Set the clock; certificates and tokens depend on it."))
    try:
        mark = machine.paths.home / "doctor.tmp"
        mark.write_bytes(b"")
        behind = now.timestamp() - mark.stat().st_mtime
        mark.unlink()
    except OSError as error:
        return Probe("clock", title, Status.SKIPPED, _("the folder cannot be written: {why}").format(why=reason(error)))
    zone = now.astimezone().strftime("UTC%z")
    if abs(behind) > 60:
        detail = _("the disk's clock differs by {seconds:.0f} seconds").format(seconds=behind)
        return Probe(
            "clock",
            title,
            Status.WARNING,
            detail,
            _("Set both clocks; verify compares this computer's clock with Infor's."),
        )
    detail = _("plausible; {zone}; “verify” compares it with Infor's").format(zone=zone)
    return Probe("clock", title, Status.OK, detail)


def proxy(machine: Surroundings) -> Probe:
    """Check the proxy that the environment names; its address does not become part of the report."""
    title = _("Proxy")
    named = [name for name in _PROXIES if machine.environ.get(name)]
    if not named:
        return Probe("proxy", title, Status.OK, _("none is named by the environment"))
    address = machine.environ[named[0]]
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        port = parts.port
        usable = bool(parts.hostname) and parts.scheme in ("http", "https", "socks5", "socks5h")
    except ValueError:
        usable, parts, port = False, urlsplit(""), None
    if not usable:
        fix = _("It has to look like http://proxy.example:3128.")
        return Probe("proxy", title, Status.ERROR, _("{name} is not a valid proxy address").format(name=named[0]), fix)
    own = _("with a password in it") if parts.password else _("without a password in it")
    exceptions = _("with exceptions") if machine.environ.get("NO_PROXY") or machine.environ.get("no_proxy") else ""
    detail = ", ".join(part for part in (named[0], f"{parts.scheme}:{port or '-'}", own, exceptions) if part)
    return Probe("proxy", title, Status.OK, detail)


def trust(machine: Surroundings) -> Probe:
    """Load the certificates of the authorities that this system trusts."""
    from ionapi_tui.gateway.network import system_trust

    title = _("TLS trust")
    named = [name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if machine.environ.get(name)]
    missing = [name for name in named if not os.path.exists(machine.environ[name])]  # noqa: PTH110 - any text
    if missing:
        detail = _("{name} points to a file that does not exist").format(name=missing[0])
        return Probe(
            "trust", title, Status.ERROR, detail, _("Set it to a file or folder of certificates, or unset it.")
        )
    try:
        system_trust()
        known = ssl.create_default_context().cert_store_stats()["x509_ca"]
    except (OSError, ssl.SSLError, ImportError) as error:
        fix = _("Install the certificates of well-known authorities (Debian: ca-certificates).")
        return Probe(
            "trust", title, Status.ERROR, _("it cannot be loaded ({what})").format(what=type(error).__name__), fix
        )
    if known == 0 and sys.platform.startswith("linux") and not named and not _lazy_certificates():
        fix = _("Install the certificates of well-known authorities (Debian: ca-certificates).")
        return Probe("trust", title, Status.ERROR, _("this system has no trusted authorities"), fix)
    authorities = n_("{n} authority", "{n} authorities", known) if known else _("those of the system")
    return Probe("trust", title, Status.OK, ", ".join([authorities, ssl.OPENSSL_VERSION, *named]))


def _lazy_certificates() -> bool:
    """Return whether OpenSSL has a folder that it looks into when it needs a certificate."""
    folder = ssl.get_default_verify_paths().capath
    return bool(folder) and bool(os.listdir(folder))  # noqa: PTH208 - OpenSSL's own text


def _plain(text: str) -> str:
    return text if text.isascii() and text.replace("-", "").replace(".", "").isalnum() and len(text) < 30 else "?"
