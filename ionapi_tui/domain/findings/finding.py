"""One thing that is wrong, or worth knowing, in a form that people and programs can read."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe, without_keys
from ionapi_tui.domain.findings.codes import Code, Entry, Severity


@dataclass(frozen=True)
class Finding:
    """A code from the catalogue with what it is about."""

    code: Code
    field: str | None = None
    """The key of the file, or the role, scope or host, it is about."""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """What fills the placeholders; foreign text in it is made safe here."""
    variant: str = ""
    """The case within the code, where its wording differs; empty for the usual one."""
    given_severity: Severity | None = None
    """How bad this one is, where the catalogue's severity does not fit it."""

    def __post_init__(self) -> None:
        if self.field is not None:
            object.__setattr__(self, "field", _shown(self.field, 60))
        object.__setattr__(self, "values", {name: _shown(value) for name, value in self.values.items()})

    @property
    def entry(self) -> Entry:
        """What the catalogue says of the code."""
        from ionapi_tui.domain.findings.file_codes import FILE_CODES, FILE_VARIANTS
        from ionapi_tui.domain.findings.live_codes import LIVE_CODES, LIVE_VARIANTS
        from ionapi_tui.domain.findings.store_codes import STORE_CODES

        if self.variant:
            return {**FILE_VARIANTS, **LIVE_VARIANTS}[self.code, self.variant]
        return {**FILE_CODES, **LIVE_CODES, **STORE_CODES}[self.code]

    @property
    def severity(self) -> Severity:
        """How bad it is."""
        return self.given_severity or self.entry.severity

    @property
    def message(self) -> str:
        """The cause, in the language in use."""
        return self._filled(self.entry.message)

    @property
    def fix(self) -> str:
        """What to do, in the language in use."""
        return self._filled(self.entry.fix)

    @property
    def step(self) -> str | None:
        """The id of the guide's step to go back to."""
        return self.entry.step

    def with_severity(self, severity: Severity) -> Finding:
        """Return the same finding, worse or less bad than the catalogue has it."""
        return dataclasses.replace(self, given_severity=severity)

    def as_json(self) -> dict[str, str | None]:
        """Return the documented shape of a finding."""
        return {
            "code": self.code,
            "severity": self.severity,
            "field": self.field,
            "message": self.message,
            "fix": self.fix,
            "step": self.step,
        }

    def _filled(self, sentence: str) -> str:
        return _(sentence).format(field=self.field or "", **self.values)


def _shown(foreign: object, limit: int = 200) -> str:
    # Masked before it is cut: the first half of a key is no longer told from other text.
    return safe(without_keys(str(foreign)), limit)


_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def ok(findings: Iterable[Finding]) -> bool:
    """Return whether none of ``findings`` is an error."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def worst(findings: Iterable[Finding]) -> list[Finding]:
    """Return ``findings`` with errors first, then warnings, then notes; otherwise in their order.

    Among equally bad ones, what Infor reported comes before what is in the file: that decides whether it works.
    """
    from ionapi_tui.domain.findings.file_codes import FILE_CODES

    return sorted(findings, key=lambda finding: (_RANK[finding.severity], finding.code in FILE_CODES))
