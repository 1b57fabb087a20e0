"""The one pass over a file, from bytes to findings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.domain.credentials import Credentials, label_of
from ionapi_tui.domain.findings import Code, Finding, Severity, ok, worst
from ionapi_tui.domain.inspection.addresses import check_addresses
from ionapi_tui.domain.inspection.consistency import check_consistency, check_unknown_keys, named
from ionapi_tui.domain.inspection.parsing import Parsed, decode, mended, parse, unwrapped
from ionapi_tui.domain.inspection.result import Inspection, fields_of
from ionapi_tui.domain.inspection.values import check_service_account, check_values, is_other_json
from ionapi_tui.domain.inspection.wrong_files import wrong_bytes, wrong_document, wrong_text

MAX_SIZE: Final = 1_048_576
"""The most bytes that are read; Infor's files have about one thousand."""


def too_large() -> Finding:
    """Return the finding for a file over ``MAX_SIZE``."""
    return Finding(Code.TOO_LARGE, values={"what": _("The file"), "limit": "1 MiB"})


def inspect(raw: bytes) -> Inspection:
    """Return what ``raw``, the content of a file, holds and what is wrong with it.

    Args:
        raw: any bytes; more than ``MAX_SIZE`` are not looked at.
    """
    if len(raw) > MAX_SIZE:
        return _failed(too_large())
    binary = wrong_bytes(raw)
    if binary is not None:
        return _failed(binary)
    text, notes = decode(raw)
    if text is None:
        return _failed(*notes)
    parsed, repairs = _parsed(text)
    if isinstance(parsed, Finding):
        return _failed(parsed, *notes)
    if not isinstance(parsed.value, dict):
        return _failed(Finding(Code.NOT_AN_OBJECT, values={"kind": _kind(parsed.value)}), *notes)
    return _inspected(parsed, (*notes, *repairs))


def _parsed(text: str) -> tuple[Parsed | Finding, tuple[Finding, ...]]:
    """Return the JSON value of ``text`` with what had to be repaired, or the finding that says why there is none."""
    parsed = parse(text)
    if isinstance(parsed, Parsed) or parsed.code is not Code.NOT_JSON:
        return parsed, ()
    for guess in unwrapped(text):
        again = parse(guess)
        if isinstance(again, Parsed) and isinstance(again.value, dict):
            what = _("it stands inside other text, or has the quotation marks or spaces of a mail program")
            return again, (_repaired(what),)
    return wrong_text(text) or parsed, ()


def _inspected(parsed: Parsed, notes: tuple[Finding, ...]) -> Inspection:
    document, changed = mended(parsed.value)
    if changed:
        labels = ", ".join(label_of(key) for key in changed)
        notes += (_repaired(_("line breaks or spaces had got into {labels}").format(labels=labels)),)
    findings = tuple(worst([*_checked(document, parsed.duplicates), *notes]))
    credentials = Credentials.from_document(document) if ok(findings) else None
    return Inspection(credentials, findings, tuple(fields_of(document)))


def _checked(document: Mapping[str, Any], duplicates: Mapping[str, bool]) -> Iterator[Finding]:
    other = wrong_document(document)
    if other is not None:
        yield other
        return
    yield from named(Code.DUPLICATE_KEY, [key for key, equal in duplicates.items() if not equal])
    harmless = [key for key, equal in duplicates.items() if equal]
    yield from (finding.with_severity(Severity.WARNING) for finding in named(Code.DUPLICATE_KEY, harmless))
    yield from check_values(document)
    if is_other_json(document):
        # More findings would only repeat that.
        return
    yield from check_service_account(document)
    yield from check_addresses(document)
    yield from check_consistency(document)
    yield from check_unknown_keys(document)


def _kind(value: object) -> str:
    if isinstance(value, list):
        return _("a list")
    return _("a piece of text") if isinstance(value, str) else _("a single value")


def _repaired(what: str) -> Finding:
    # A byte order mark harms few programs; this does harm every other one that reads the file.
    return Finding(Code.REPAIRED, values={"what": what}).with_severity(Severity.WARNING)


def _failed(*findings: Finding) -> Inspection:
    return Inspection(None, tuple(worst(findings)))
