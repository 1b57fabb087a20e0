"""The words that Click says of its own accord, so that the catalogues have them.

Click asks Python's ``gettext`` for its words, in the domain and language of the process.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Final

from ionapi_tui.base import language
from ionapi_tui.base.language import N_, NN_

SENTENCES: Final = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is a file."),
    N_("Aborted!"),
)
PLURALS: Final = (
    NN_("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    NN_("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    NN_("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    NN_("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)


def let_click_speak(code: str, folder: Path) -> None:
    """Make Click take its words from the catalogue of the language ``code`` in ``folder``."""
    gettext.bindtextdomain("ionapi_tui", folder)
    gettext.textdomain("ionapi_tui")
    # gettext looks nowhere else for the language.
    language.set_for_gettext(code)
