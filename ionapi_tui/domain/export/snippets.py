"""How other programs use a stored profile: a few lines each, with no secret in them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.profile import Profile

EXAMPLE: Final = "IDM/api/datamodel/entities"
"""The API that the examples call: it lists the document types of Infor Document Management."""


@dataclass(frozen=True)
class Snippet:
    """An example for one language or tool."""

    id: str
    title: str
    template: str
    note: str = ""
    """What to know about it, marked for translation."""

    def text(self, profile: Profile) -> str:
        """Return the lines for ``profile``."""
        # Whoever copies this runs it: nothing from a file may end a string or begin a command.
        address = quote(f"{profile.gateway.rstrip('/')}/{profile.tenant}/{EXAMPLE}", safe=":/~", errors="replace")
        return self.template.format(name=profile.name, url=address, example=EXAMPLE)

    def told_note(self) -> str:
        """Return what to know about it, in the language in use; empty when there is nothing."""
        return _(self.note) if self.note else ""


_ALL: Final = (
    Snippet(
        "httpx",
        "Python, httpx",
        """\
import ionapi_tui

with ionapi_tui.client("{name}") as infor:
    answer = infor.get("{example}")
    answer.raise_for_status()
    print(answer.json())
""",
        N_("For your own client: httpx.Client(auth=ionapi_tui.IonApiAuth(…))."),
    ),
    Snippet(
        "requests",
        "Python, requests",
        """\
import subprocess
import requests

def signed(request):
    command = ["ionapi-tui", "token", "{name}"]
    token = subprocess.run(command, capture_output=True, check=True, text=True)
    request.headers["Authorization"] = "Bearer " + token.stdout.strip()
    return request

answer = requests.get(
    "{url}",
    headers={{"Accept": "application/json"}},
    auth=signed,
)
answer.raise_for_status()
print(answer.json())
""",
        N_(
            "The token comes from the password store as long as it is valid; Infor is not asked each time. Keep it "
            "out of logs: it contains the access key of the service account."
        ),
    ),
    Snippet(
        "powershell",
        "PowerShell",
        """\
$token = ionapi-tui token {name}
$headers = @{{ Authorization = "Bearer $token"; Accept = "application/json" }}
$uri = "{url}"
Invoke-RestMethod -Headers $headers -Uri $uri
""",
        N_("Keep the token out of logs and transcripts: it contains the access key of the service account."),
    ),
    Snippet(
        "curl",
        "curl",
        """\
ionapi-tui token {name} |
  sed 's/^/Authorization: Bearer /' |
  curl --fail --header @- --header 'Accept: application/json' \\
    '{url}'
""",
        N_(
            "The token goes through a pipe, because other users can read the arguments of a program. Keep it out of"
            " logs: it contains the access key of the service account."
        ),
    ),
    Snippet(
        "postman",
        "Postman",
        """\
ionapi-tui export {name} --format postman --output {name}.postman_environment.json
""",
        N_(
            "The file contains the secrets, because Postman cannot ask for them. Import it in Postman under "
            "Environments, then delete it immediately."
        ),
    ),
)
"""Every example."""


def snippets(*, windows: bool) -> tuple[Snippet, ...]:
    """Return the examples in the order in which they are offered.

    Args:
        windows: whether the shell is PowerShell, whose example comes first then; other shells are left out.
    """
    shell = {one.id: one for one in _ALL if one.id in ("powershell", "curl")}
    others = [one for one in _ALL if one.id not in shell]
    if windows:
        return (shell["powershell"], *others)
    return (*others[:-1], *shell.values(), others[-1])


SNIPPETS: Final = snippets(windows=os.name == "nt")
"""The examples for the system that this is."""
