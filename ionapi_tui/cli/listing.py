"""``ionapi-tui list``: list the stored profiles. The secret store is not touched."""

from __future__ import annotations

import gc

import click

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.cli.output import as_json, data, words
from ionapi_tui.cli.root import build_services
from ionapi_tui.domain.profile import Profile


@click.command("list", help=_("List the stored profiles, by name. The secret store is not touched."))
@click.option("--json", "json_wanted", is_flag=True, help=_("Write JSON: a list of objects."))
def command(json_wanted: bool) -> None:
    """Carry out ``list``."""
    # Everything that is read here is needed until the end: looking for garbage in it again and again finds none.
    gc.disable()
    profiles = sorted(build_services().profiles.profiles(), key=lambda profile: profile.name)
    if json_wanted:
        as_json([profile.as_json() for profile in profiles])
    elif profiles:
        _write([_heading(), *map(_row, profiles)])
    else:
        words(_("There are no profiles yet. Import a file (ionapi-tui import FILE), or start ionapi-tui and be led."))


def checked_in_words(profile: Profile) -> str:
    """Return when a profile was last verified, and with what outcome."""
    if profile.checked is None:
        return _("never")
    outcome = _("ok") if profile.checked.ok else _("failed")
    return f"{outcome}, {safe(profile.checked.at[:10])}"


def _heading() -> tuple[str, ...]:
    return (_("NAME"), _("TENANT"), _("ENV"), _("APP"), _("CHECKED"))


def _row(profile: Profile) -> tuple[str, ...]:
    return (
        safe(profile.name, 60),
        safe(profile.tenant, 24),
        profile.environment,
        safe(profile.app, 30),
        checked_in_words(profile),
    )


def _write(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    line = "  ".join(f"%-{width}s" for width in widths)
    data("\n".join((line % row).rstrip() for row in rows))
