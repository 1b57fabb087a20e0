"""Each step's Infor screen as a picture made of widgets, with the targets numbered as in the text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ionapi_tui.language import _
from ionapi_tui.ui.widgets.controls import (
    Drawn,
    DrawnButton,
    DrawnChoice,
    DrawnField,
    DrawnRow,
    DrawnSwitch,
    DrawnWindow,
)


def authorized_apps() -> DrawnWindow:
    """The portal with its app menu, the menu of ION API, and the list of authorized apps."""
    return DrawnWindow(
        _("Infor portal"),
        DrawnRow(Drawn("☰", classes="dim"), Drawn("Infor ION API", 1)),
        DrawnRow(
            DrawnWindow(
                "ION API",
                Drawn("Dashboard", classes="dim"),
                Drawn("Available APIs", classes="dim"),
                Drawn("Authorized Apps", 2),
                classes="menu",
            ),
            DrawnWindow(
                "Authorized Apps",
                DrawnRow(DrawnButton("+", 3), Drawn(_("Search"), classes="box")),
                Drawn("PartnerPortal   Web", classes="dim"),
                classes="list",
            ),
        ),
    )


def new_app() -> DrawnWindow:
    """The form of a new authorized app, filled in."""
    return DrawnWindow(
        "Authorized Apps > +",
        DrawnRow(DrawnButton("▤", 4), Drawn(_("the disk icon"), classes="dim")),
        DrawnField("Name", "Doc2Export", 1),
        DrawnField("Description", "Export from DocBits"),
        DrawnRow(DrawnChoice("Web", chosen=False), DrawnChoice("Backend Service", chosen=True, number=2)),
        DrawnField("Grant Type", "Password Credentials", 3),
        DrawnRow(DrawnSwitch("Issue Refresh Tokens", 3)),
    )


def app_page() -> DrawnWindow:
    """The saved app with its client id and secret."""
    return DrawnWindow(
        "Authorized Apps > Doc2Export",
        DrawnField("Name", "Doc2Export"),
        DrawnField("Type", "Backend Service"),
        DrawnField("Client ID", "ACME_TST~…"),
        DrawnField("Secret", "••••••••••••"),
        DrawnRow(DrawnButton("Download Credentials", 1)),
    )


def download_credentials() -> DrawnWindow:
    """The dialog in which the service account is added."""
    return DrawnWindow(
        "Download Credentials",
        DrawnRow(DrawnSwitch("Create Service Account", 1)),
        DrawnField("User Name", _("the service user"), 2),
        DrawnRow(DrawnButton("CANCEL"), DrawnButton("DOWNLOAD")),
    )


def download() -> DrawnWindow:
    """The same dialog, just before the file is saved."""
    return DrawnWindow(
        "Download Credentials",
        DrawnRow(DrawnSwitch("Create Service Account")),
        DrawnField("User Name", _("the service user")),
        DrawnRow(DrawnButton("CANCEL"), DrawnButton("DOWNLOAD", 1)),
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
