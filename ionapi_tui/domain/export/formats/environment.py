"""A ``.env`` file that shells and dotenv libraries read alike."""

from __future__ import annotations

import re
from typing import Final

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import Format, variables

_DISAGREED_ON: Final = re.compile(r"['\\\x00-\x1f\x7f]|\$\{")
"""What does not stand for itself inside single quotes everywhere: an apostrophe ends them in the one reader and is
escaped in the other, some take a backslash for an escape, and some dotenv libraries fill in ``${...}`` even there."""


def render(credentials: Credentials, _name: str) -> Secret:
    """Return lines of ``NAME='value'``.

    Quoted always: a ``#``, which every access key has, begins a comment in some of the readers. Docker's
    ``--env-file`` takes the quotes for a part of the value; Docker Compose does not.

    Raises:
        UsageError: a value has characters that the readers do not agree on.
    """
    return Secret("".join(f"{name}={_quoted(name, value)}\n" for name, value in variables(credentials).items()))


def _quoted(name: str, value: Secret) -> str:
    text = value.reveal()
    if _DISAGREED_ON.search(text):
        sentence = _(
            "{name} contains an apostrophe, a backslash, “${{” or a control character, which shells and dotenv "
            "libraries read differently. Export it in another format, such as json."
        )
        raise UsageError(sentence.format(name=name))
    return f"'{text}'"


FORMAT: Final = Format("env", N_("Environment variables"), ".env", render, rank=20, note_id=N_("for shells and dotenv"))
