"""Each step's Infor screen as a picture made of widgets, with the targets numbered as in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ionapi_tui.base.language import _
from ionapi_tui.ui.widgets.controls import (
    Drawn,
    DrawnButton,
    DrawnChoice,
    DrawnClientId,
    DrawnField,
    DrawnRow,
    DrawnSwitch,
    DrawnUser,
    DrawnWindow,
)


def authorized_apps() -> DrawnWindow:
    """The portal with its app menu, the menu of ION API, and the list of authorized apps."""
    return DrawnWindow(
        _("Infor portal"),
        DrawnRow(Drawn("≡", classes="dim"), Drawn("Infor ION API", 1)),
        DrawnRow(
            DrawnWindow(
                "ION API",
                Drawn("Dashboard", classes="dim"),
                Drawn("Available APIs", classes="dim"),
                Drawn(_("Authorized Apps"), 2),
                classes="menu",
            ),
            DrawnWindow(
                _("Authorized Apps"),
                DrawnRow(DrawnButton("+", 3), Drawn(_("Search"), classes="box")),
                Drawn("PartnerPortal   " + _("Web"), classes="dim"),
                classes="list",
            ),
        ),
    )


def new_app() -> DrawnWindow:
    """The form of a new authorized app, filled in."""
    return DrawnWindow(
        _("Authorized Apps") + " > +",
        DrawnRow(DrawnButton("▤", 4), Drawn(_("the disk icon"), classes="dim")),
        DrawnField(_("Name"), "Doc2Export", 1),
        DrawnField(_("Description"), "Export from DocBits"),
        DrawnRow(DrawnChoice(_("Web"), chosen=False), DrawnChoice(_("Backend Service"), chosen=True, number=2)),
        DrawnField(_("Grant Type"), _("Password Credentials"), 3),
        DrawnRow(DrawnSwitch(_("Issue Refresh Tokens"), 3)),
    )


def app_page() -> DrawnWindow:
    """The saved app with its client id and secret."""
    return DrawnWindow(
        _("Authorized Apps") + " > Doc2Export",
        DrawnField(_("Name"), "Doc2Export"),
        DrawnField(_("Type"), _("Backend Service")),
        DrawnClientId(),
        DrawnField(_("Secret"), "••••••••••••"),
        DrawnRow(DrawnButton(_("Download Credentials"), 1)),
    )


def download_credentials() -> DrawnWindow:
    """The dialog in which the service account is added."""
    return DrawnWindow(
        _("Download Credentials"),
        DrawnRow(DrawnSwitch(_("Create Service Account"), 1)),
        DrawnUser(2),
        DrawnField(_("Scopes"), "Infor-IDM, Infor-ION …", 3),
        DrawnRow(DrawnButton(_("CANCEL")), DrawnButton(_("DOWNLOAD"))),
    )


def download() -> DrawnWindow:
    """The same dialog, just before the file is saved."""
    return DrawnWindow(
        _("Download Credentials"),
        DrawnRow(DrawnSwitch(_("Create Service Account"))),
        DrawnUser(),
        DrawnRow(DrawnButton(_("CANCEL")), DrawnButton(_("DOWNLOAD"), 1)),
        DrawnRow(Drawn("⤓ Doc2Export.ionapi", classes="file")),
    )


WIREFRAMES: Final[dict[str, Callable[[], DrawnWindow]]] = {
    "authorized-apps": authorized_apps,
    "new-app": new_app,
    "app-page": app_page,
    "download-credentials": download_credentials,
    "download": download,
}
"""By the name that a step's heading gives in the guide."""
