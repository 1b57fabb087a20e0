"""Bring the catalogues in line with the sentences of the program, and compile them.

Usage: python tools/translations.py [--check]

Sentences are taken from the Python files and from the pages of the practice tenant's portal. What is new comes into
``ionapi_tui/locale/<language>/LC_MESSAGES/ionapi_tui.po`` without a translation; what is no longer said is dropped. A
language that has a folder of guides (``assets/guide/<language>``) but no catalogue is given one.
With ``--check`` nothing is written, and the exit code says whether everything is in line and translated.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).parents[1] / "ionapi_tui"
LOCALE = PACKAGE / "locale"
GUIDES = PACKAGE.parent / "assets" / "guide"
DOMAIN = "ionapi_tui"
SOURCE = "en"
"""The language of the sentences in the program, which needs no catalogue."""
FIRST_WRITTEN = datetime(2026, 11, 22, tzinfo=UTC)
"""The date in the catalogues; a real one would change the files at every run."""

_KEYWORDS = {"_": 1, "N_": 1, "n_": 2, "NN_": 2}
"""The functions that sentences pass through, and how many of their arguments are sentences."""


def sentences() -> Catalog:
    """Return everything the program says, in the source language."""
    template = Catalog(charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        for said in _said_in(path):
            template.add(said if len(said) > 1 else said[0], locations=[(str(path.relative_to(PACKAGE.parent)), 1)])
    pages = extract_from_dir(PACKAGE, method_map=[("**.html", "jinja2")], keywords={"_": None})
    for name, _line, message, _comments, _context in pages:
        template.add(message, locations=[(f"ionapi_tui/{name}", 1)])
    return template


def _said_in(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield the sentences of a Python file, those inside f-strings too, which Babel's own reader does not see."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _KEYWORDS:
            texts = (one.value for one in node.args[: _KEYWORDS[node.func.id]] if isinstance(one, ast.Constant))
            said = tuple(text for text in texts if isinstance(text, str))
            if said:
                yield said


def catalogues(locale: Path = LOCALE) -> list[Path]:
    """Return the ``.po`` files there are."""
    return sorted(locale.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def missing_catalogues(guides: Path = GUIDES, locale: Path = LOCALE) -> list[Path]:
    """Return the ``.po`` files that languages with guides lack."""
    codes = sorted({guide.parent.name for guide in guides.glob("*/*.md")} - {SOURCE})
    paths = (locale / code / "LC_MESSAGES" / f"{DOMAIN}.po" for code in codes)
    return [path for path in paths if not path.exists()]


def begin(path: Path) -> None:
    """Write a catalogue with nothing in it to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(as_po(Catalog(locale=path.parent.parent.name, domain=DOMAIN, charset="utf-8")))


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


def main(check: bool, guides: Path = GUIDES, locale: Path = LOCALE) -> int:
    """Update every catalogue, or check it; return the exit code."""
    template = sentences()
    bad = 0
    for path in missing_catalogues(guides, locale):
        if check:
            bad += 1
            sys.stderr.write(f"{path.parent.parent.name}: no catalogue\n")
        else:
            begin(path)
    for path in catalogues(locale):
        catalogue = updated(read(path), template)
        missing = untranslated(catalogue)
        for sentence in missing:
            sys.stderr.write(f"{path.parent.parent.name}: {sentence}\n")
        po, mo, compiled = as_po(catalogue), as_mo(catalogue), path.with_suffix(".mo")
        if check:
            bad += bool(missing) or path.read_bytes() != po or compiled.read_bytes() != mo
        else:
            path.write_bytes(po)
            compiled.write_bytes(mo)
            told = f"{path.parent.parent.name}: {len(catalogue)} sentences, {len(missing)} without a translation"
            sys.stdout.write(told + "\n")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
