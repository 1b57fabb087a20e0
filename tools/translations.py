"""Bring the catalogues in line with the sentences of the program, and compile them.

Usage: python tools/translations.py [--check]

Sentences are taken from the Python files and from the pages of the practice tenant's portal. What is new comes into
``ionapi_tui/locale/<language>/LC_MESSAGES/ionapi_tui.po`` without a translation; what is no longer said is dropped.
With ``--check`` nothing is written, and the exit code says whether everything is in line and translated.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "ionapi_tui"
LOCALE = PACKAGE / "locale"
DOMAIN = "ionapi_tui"
FIRST_WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)
"""The date in the catalogues; a real one would change the files at every run."""

_KEYWORDS = {"_": None, "N_": None, "n_": (1, 2)}
_METHODS = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}


def sentences() -> Catalog:
    """Return everything the program says, in the source language."""
    template = Catalog(charset="utf-8")
    for name, line, message, _comments, _context in extract_from_dir(
        PACKAGE, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS
    ):
        template.add(message, locations=[(f"ionapi_tui/{name}", line)])
    return template


def catalogues() -> list[Path]:
    """Return the ``.po`` files there are."""
    return sorted(LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(path: Path) -> Catalog:
    """Return the catalogue at ``path``."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name, domain=DOMAIN)


def updated(catalogue: Catalog, template: Catalog) -> Catalog:
    """Return ``catalogue`` with exactly the sentences of ``template``; nothing is guessed."""
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
    catalogue.obsolete.clear()
    # The program's own catalogues have no bug tracker, no translation team and no date of the last change.
    catalogue.project, catalogue.version = "ionapi-tui", ""
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    catalogue.revision_date = catalogue.creation_date = FIRST_WRITTEN
    # Line numbers would change the file with every edit of the program.
    for message in catalogue:
        message.locations = []
    return catalogue


def as_po(catalogue: Catalog) -> bytes:
    """Return the text of a ``.po`` file."""
    written = BytesIO()
    write_po(written, catalogue, width=100, sort_output=True, no_location=True, omit_header=False)
    return written.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """Return the compiled catalogue."""
    written = BytesIO()
    write_mo(written, catalogue)
    return written.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the sentences without a translation."""
    return [str(message.id) for message in catalogue if message.id and not _is_whole(message.string)]


def _is_whole(translation: object) -> bool:
    return all(translation) if isinstance(translation, tuple | list) else bool(translation)


def main(check: bool) -> int:
    """Update every catalogue, or check it; return the exit code."""
    template = sentences()
    bad = 0
    for path in catalogues():
        catalogue = updated(read(path), template)
        missing = untranslated(catalogue)
        for sentence in missing:
            print(f"{path.parent.parent.name}: {sentence}", file=sys.stderr)
        po, mo, compiled = as_po(catalogue), as_mo(catalogue), path.with_suffix(".mo")
        if check:
            bad += bool(missing) or path.read_bytes() != po or compiled.read_bytes() != mo
        else:
            path.write_bytes(po)
            compiled.write_bytes(mo)
            print(f"{path.parent.parent.name}: {len(catalogue)} sentences, {len(missing)} without a translation")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
