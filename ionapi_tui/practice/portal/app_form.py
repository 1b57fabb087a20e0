"""The form of an authorized app: from what the browser sends to an ``AppForm``, or to what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from ionapi_tui.base.language import _
from ionapi_tui.practice.names import SCOPES, AppType, GrantType
from ionapi_tui.practice.state.apps import AppForm

UNITS = {"minutes": 60, "hours": 3_600, "days": 86_400}
"""Units of lifetimes, in seconds."""


@dataclass
class AppInput:
    """What was typed, so that a page with errors shows it again."""

    name: str = ""
    description: str = ""
    type: str = ""
    grant_type: str = GrantType.PASSWORD
    redirect_uri: str = ""
    scopes: list[str] = field(default_factory=list)
    enforce_scopes: bool = False
    bridge: bool = False
    impersonation: bool = False
    token_lifetime: str = "2"
    token_unit: str = "hours"
    refresh_tokens: bool = False
    refresh_lifetime: str = "0"
    refresh_unit: str = "hours"
    errors: dict[str, str] = field(default_factory=dict)
    """What is wrong, by field."""

    @classmethod
    def of_request(cls, form: MultiDict[str, str]) -> AppInput:
        """Return what the browser sent."""
        return cls(
            name=" ".join(form.get("name", "").split()),
            description=form.get("description", "").strip(),
            type=form.get("type", ""),
            redirect_uri=form.get("redirect_uri", "").strip(),
            grant_type=form.get("grant_type", GrantType.PASSWORD),
            scopes=[scope for scope in SCOPES if scope in form.getlist("scopes")],
            enforce_scopes="enforce_scopes" in form,
            bridge="bridge" in form,
            impersonation="impersonation" in form,
            token_lifetime=form.get("token_lifetime", "2").strip(),
            token_unit=form.get("token_unit", "hours"),
            refresh_tokens="refresh_tokens" in form,
            refresh_lifetime=form.get("refresh_lifetime", "0").strip(),
            refresh_unit=form.get("refresh_unit", "hours"),
        )

    @classmethod
    def of_app(cls, form: AppForm) -> AppInput:
        """Return what a saved app looks like in the form."""
        token_lifetime, token_unit = _split(form.token_seconds)
        refresh_lifetime, refresh_unit = _split(form.refresh_seconds)
        return cls(
            form.name,
            form.description,
            form.type,
            form.grant_type,
            form.redirect_uri,
            list(form.scopes),
            form.enforce_scopes,
            form.bridge,
            form.impersonation,
            token_lifetime,
            token_unit,
            form.refresh_tokens,
            refresh_lifetime,
            refresh_unit,
        )

    def checked(self) -> AppForm | None:
        """Return the form when it can be saved; else None, with ``errors`` filled."""
        self.errors.clear()
        if not self.name:
            self.errors["name"] = _("Enter a name.")
        if self.type not in list(AppType):
            self.errors["type"] = _("Choose a type.")
        elif self.type != AppType.BACKEND and not self.redirect_uri:
            self.errors["redirect_uri"] = _("This type needs a redirect URI.")
        if self.grant_type not in list(GrantType):
            self.errors["grant_type"] = _("Choose a grant type.")
        token_seconds = _seconds(self.token_lifetime, self.token_unit)
        refresh_seconds = _seconds(self.refresh_lifetime, self.refresh_unit)
        if not token_seconds:
            self.errors["token_lifetime"] = _("Enter a whole number, at least 1.")
        if refresh_seconds is None or 0 < refresh_seconds < (token_seconds or 0):
            self.errors["refresh_lifetime"] = _("Enter 0, or at least the lifetime of the access token.")
        if self.errors or token_seconds is None or refresh_seconds is None:
            return None
        return AppForm(
            name=self.name,
            description=self.description,
            type=AppType(self.type),
            grant_type=GrantType(self.grant_type),
            redirect_uri=self.redirect_uri,
            scopes=tuple(self.scopes),
            enforce_scopes=self.enforce_scopes,
            bridge=self.bridge,
            impersonation=self.impersonation,
            token_seconds=token_seconds,
            refresh_tokens=self.refresh_tokens,
            refresh_seconds=refresh_seconds,
        )


def _seconds(number: str, unit: str) -> int | None:
    return int(number) * UNITS[unit] if number.isdecimal() and len(number) < 7 and unit in UNITS else None


def _split(seconds: int) -> tuple[str, str]:
    unit = next((name for name in ("days", "hours") if seconds and seconds % UNITS[name] == 0), "minutes")
    return str(seconds // UNITS[unit]), "hours" if not seconds else unit
