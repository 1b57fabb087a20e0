"""The faults that are on, and the notation they are turned on with."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.practice.faults.catalogue import FAULTS
from ionapi_tui.practice.faults.fault import Fault, Surface, Value

_ORDER = {name: number for number, name in enumerate(FAULTS)}


@dataclass(frozen=True)
class ActiveFault:
    """A fault that is on, with its parameters."""

    fault: Fault
    parameters: dict[str, Value]
    strikes: Surface
    times: int | None
    """How many requests it still strikes; None for all."""

    @property
    def given(self) -> str:
        """The parameters that differ from the defaults, as they would be typed."""
        changed = [f"{name}={value}" for name, value in self.parameters.items() if self.fault.parameters[name] != value]
        if self.strikes != self.fault.strikes and self.strikes.name:
            changed.append(f"strikes={self.strikes.name.lower()}")
        return ",".join([*changed, *([f"times={self.times}"] if self.times else [])])


class ActiveFaults:
    """The faults that are on in one practice tenant.

    A fault is written ``NAME``, ``NAME:PARAMETER=VALUE,...`` or, for its first parameter, ``NAME=VALUE``. Two more
    parameters fit every fault: ``times`` (strike so many requests, then be off) and ``strikes`` (``token``,
    ``revoke``, ``root``, ``users``, ``idm``, ``ims``, ``gateway``, ``suites`` or ``all`` instead of its usual part).
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._active: dict[str, ActiveFault] = {}

    @property
    def active(self) -> tuple[ActiveFault, ...]:
        """The faults that are on, outermost first."""
        with self._lock:
            return tuple(sorted(self._active.values(), key=lambda active: _ORDER[active.fault.name]))

    def on(self, spec: str | Fault, **parameters: Value) -> None:
        """Switch a fault on, replacing the same one with other parameters.

        Args:
            spec: the fault, with or without parameters; or one that the catalogue does not have, under the name of
                the one whose place it takes.
            parameters: more of them; an underscore stands for a dash (``retry_after="date"``).

        Raises:
            UsageError: there is no such fault or parameter, or the value does not fit.
        """
        more = {name.replace("_", "-"): str(value) for name, value in parameters.items()}
        active = parse(spec, more) if isinstance(spec, str) else parse(spec.name, more, {spec.name: spec})
        with self._lock:
            self._active[active.fault.name] = active

    def off(self, name: str) -> None:
        """Switch a fault off; one that is off stays off."""
        with self._lock:
            self._active.pop(name, None)

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._active.clear()

    def striking(self, surface: Surface, extra: Iterable[str] = ()) -> list[ActiveFault]:
        """Return the faults that strike a request for ``surface`` now, outermost first, and count it.

        Args:
            surface: the part of the tenant that the request is for.
            extra: faults for this one request, as they would be typed.
        """
        found = [active for active in self.active if surface in active.strikes]
        with self._lock:
            found = [active for active in found if self._counted(active)]
        wanted = (parse(spec) for spec in extra)
        found += [active for active in wanted if surface in active.strikes]
        return sorted(found, key=lambda active: _ORDER[active.fault.name])

    def _counted(self, active: ActiveFault) -> bool:
        current = self._active.get(active.fault.name)
        if current is None:
            return False
        if current.times is not None:
            left = current.times - 1
            if left:
                self._active[active.fault.name] = ActiveFault(current.fault, current.parameters, current.strikes, left)
            else:
                del self._active[active.fault.name]
        return True


def parse(spec: str, more: dict[str, str] | None = None, catalogue: Mapping[str, Fault] = FAULTS) -> ActiveFault:
    """Return the fault that ``spec`` names, with its parameters.

    Args:
        spec: the fault, with or without parameters.
        more: parameters beside those in ``spec``.
        catalogue: the faults there are, by name.

    Raises:
        UsageError: there is no such fault or parameter, or the value does not fit.
    """
    name, _separator, rest = spec.partition(":")
    name, equals, first = name.partition("=")
    fault = catalogue.get(name)
    if fault is None:
        known = ", ".join(catalogue)
        raise UsageError(_("There is no fault “{name}”. Available: {known}.").format(name=safe(name), known=known))
    if equals and rest:
        first, rest = f"{first}:{rest}", ""
    given = dict(_pair(part) for part in rest.split(",") if part) | (more or {})
    if equals:
        given[next(iter(fault.parameters), "value")] = first
    times, strikes = given.pop("times", None), given.pop("strikes", None)
    try:
        parameters = {key: type(fault.parameters[key])(value) for key, value in given.items()}
        surface = Surface[strikes.upper()] if strikes else fault.strikes
        count = int(times) if times else None
    except (KeyError, ValueError):
        known = ", ".join([*fault.parameters, "times", "strikes"])
        sentence = _("Invalid value for the fault “{name}”: {given}. Allowed: {known}.")
        raise UsageError(sentence.format(name=name, given=safe(spec), known=known)) from None
    return ActiveFault(fault, {**fault.parameters, **parameters}, surface, count)


def _pair(part: str) -> tuple[str, str]:
    key, _separator, value = part.partition("=")
    return key.strip(), value.strip()
