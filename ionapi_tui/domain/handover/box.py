"""The box on the hand-over page that encrypts the file in the browser: its markup, its texts and its script.

The script is constant, so that the policy of the page can name its hash. Everything that differs is data beside it.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Final

from ionapi_tui.base.language import _
from ionapi_tui.domain.guide import Guide, flow
from ionapi_tui.domain.handover.file_request import FileRequest

POLICY: Final = "connect-src 'none'; form-action 'none'; base-uri 'none'; script-src"
"""What the policy of the page says besides, before the source of the script."""


def anchor(step: str) -> str:
    """Return the id of the heading of a step."""
    return f"step-{step}"


def script_source() -> str:
    """Return the script as a source in a Content-Security-Policy."""
    return f"'sha256-{b64encode(sha256(_script().encode()).digest()).decode()}'"


def markup(guide: Guide, request: FileRequest, tenant: str, app: str) -> str:
    """Return the HTML of the box.

    Args:
        guide: whose steps the messages name.
        request: whose public key the file is encrypted for.
        tenant: the expected tenant; empty if it is not known.
        app: the name of the authorized app; empty if it is not known.
    """
    # Inside a script element only "<" could end it.
    data = json.dumps(_data(guide, request, tenant), ensure_ascii=False).replace("<", "\\u003c")
    file = f"{app or 'Doc2Export'}.ionapi"
    choose = _("Drop {file} here, or choose it").format(file=file)
    return (
        '<section id="box">\n'
        f'<p id="box-off">{escape(_words_without_script())}</p>\n'
        '<div id="box-drop" hidden><input type="file" id="box-file" aria-describedby="box-hint">'
        f'<label for="box-file"><strong>{escape(choose)}</strong>'
        f'<span id="box-hint">{escape(_hint())}</span></label></div>\n'
        '<div id="box-result" role="status" tabindex="-1" hidden></div>\n'
        "</section>\n"
        f'<script type="application/json" id="box-data">{data}</script>\n'
        f"<script>{_script()}</script>\n"
    )


def _script() -> str:
    return Path(__file__).with_name("box.js").read_text("utf-8")


def _words_without_script() -> str:
    return _(
        "The box that encrypts the file does not work in this view, as in the preview of a mail program. Save this page"
        " to your computer and open it in a current version of Chrome, Edge or Firefox."
    )


def _hint() -> str:
    return _("The file is checked and encrypted in this browser. It is not uploaded.")


def _data(guide: Guide, request: FileRequest, tenant: str) -> dict[str, Any]:
    return {
        "request": request.id,
        "key": dict(request.public),
        "tenant": tenant,
        "steps": {
            step.id: {"anchor": anchor(step.id), "name": flow.name_of(guide.front, step.id)} for step in guide.steps
        },
        "texts": _texts(),
    }


def _texts() -> dict[str, str]:
    """Return what the script says; ``{...}`` is filled in there."""
    return {
        "not": _("{file} was not encrypted"),
        "redo": _("Go back to {step}"),
        "retry": _("Then drop the new file here."),
        "many": _("Choose one file at a time."),
        "unreadable": _("The file cannot be read. Close other programs that use it, and try again."),
        "empty": _("This file is empty; the download was probably interrupted. Press DOWNLOAD again."),
        "large": _("This file is too large to be an ION API file, which has about one thousand characters."),
        "encrypted": _("This file is already encrypted. Send it as it is."),
        "csv": _(
            "This is the list of a service account's keys (a .csv or Excel file), not the ION API file. Use Download"
            " Credentials in the authorized app: the right file ends in .ionapi."
        ),
        "bridge": _(
            "This is a private key for Bridge Authentication, not the ION API file. Use Download Credentials in the"
            " authorized app: the right file ends in .ionapi."
        ),
        "mapping": _("This is a mapping file (lines of “name = value”), not the ION API file that ends in .ionapi."),
        "webpage": _("This is a web page, perhaps a sign-in page that was saved instead of the file."),
        "cut": _("This file is incomplete or was edited, so it is not valid JSON. Press DOWNLOAD again."),
        "other": _("This is another kind of file. An ION API file contains the fields of an authorized app."),
        "fields": _("This file is incomplete. These fields are missing or empty: {fields}. Download it again."),
        "type": _(
            "The authorized app is not a Backend Service, so the file cannot be used. Create a new app with the type"
            " Backend Service, and download its credentials."
        ),
        "account": _(
            "The file has no service account. Create Service Account was probably off when it was downloaded: turn it"
            " on, enter the service user, and press DOWNLOAD."
        ),
        "tenant": _("Check the tenant: this file is for {found}, but {wanted} was asked for."),
        "ready": _("{file} is checked and encrypted"),
        "facts": _("Tenant {tenant}, authorized app {app}."),
        "save": _("Save {file}"),
        "next": _("Attach it to a mail with this text:"),
        "copy": _("Copy text"),
        "copied": _("Copied"),
        "afterwards": _(
            "Delete {file} from your Downloads folder after the mail is sent: it still contains the keys in plain text."
        ),
        "letter": _(
            "Hello,\n\nattached is the ION API file of the authorized app {app} in the tenant {tenant}. It is"
            " encrypted, and only the computer that created the hand-over page can open it (file request {request})."
            "\n\nPlease import {file} with ionapi-tui."
        ),
        "failed": _("This browser could not encrypt the file ({reason}). Use a current Chrome, Edge or Firefox."),
    }
