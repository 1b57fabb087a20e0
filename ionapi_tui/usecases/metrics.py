"""What a verification found, as metrics in the text format of Prometheus, for node_exporter's textfile collector.

The format is that of https://prometheus.io/docs/instrumenting/exposition_formats/, version 0.0.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ionapi_tui.base.text import safe
from ionapi_tui.domain.profile import Profile
from ionapi_tui.usecases.verifying import Verified

_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True)
class _Sample:
    labels: tuple[tuple[str, str], ...]
    value: float


@dataclass(frozen=True)
class _Gauge:
    name: str
    help: str
    """In English, like the names: dashboards are shared by people of all languages."""
    samples: Sequence[_Sample]

    def lines(self) -> Iterator[str]:
        yield f"# HELP {self.name} {self.help}"
        yield f"# TYPE {self.name} gauge"
        for sample in self.samples:
            labels = ",".join(f'{name}="{text.translate(_ESCAPES)}"' for name, text in sample.labels)
            yield f"{self.name}{{{labels}}} {sample.value:.15g}" if labels else f"{self.name} {sample.value:.15g}"


def prometheus(verified: Sequence[Verified], now: datetime) -> str:
    """Return the metrics of a run. None of them contains a secret.

    Args:
        verified: what was verified.
        now: when.
    """
    gauges = (
        _Gauge(
            "ionapi_profile_up",
            "Whether the credentials of the profile work (1) or not (0).",
            [_Sample(_labels(one.profile), one.ok) for one in verified],
        ),
        _Gauge(
            "ionapi_profile_age_seconds",
            "Seconds since the credentials of the profile were stored.",
            list(_ages((one.profile for one in verified), now)),
        ),
        _Gauge(
            "ionapi_profile_finding",
            "A finding of the last verification of the profile.",
            list(_findings(verified)),
        ),
        _Gauge(
            "ionapi_verify_timestamp_seconds",
            "When the profiles were last verified, in seconds since 1970.",
            [_Sample((), int(now.timestamp()))],
        ),
    )
    return "".join(f"{line}\n" for gauge in gauges for line in gauge.lines())


def _labels(profile: Profile) -> tuple[tuple[str, str], ...]:
    return (
        ("profile", safe(profile.name, 60)),
        ("tenant", safe(profile.tenant, 60)),
        ("environment", profile.environment),
    )


def _ages(profiles: Iterable[Profile], now: datetime) -> Iterator[_Sample]:
    for profile in profiles:
        if profile.age(now) is not None:
            seconds = (now - datetime.fromisoformat(profile.created)).total_seconds()
            yield _Sample(_labels(profile), max(0, int(seconds)))


def _findings(verified: Iterable[Verified]) -> Iterator[_Sample]:
    for one in verified:
        # A series may appear once only, and a code may be found about several fields.
        found = {(finding.code, finding.severity) for finding in one.findings}
        for code, severity in sorted(found):
            yield _Sample((*_labels(one.profile), ("code", code), ("severity", severity)), 1)
