"""The licences of what this program needs at run time, and what may be part of it.

    python -m tools.dist.licences TEXT SBOM PROGRAM    write the licence texts of a single-file program, and its SBOM

The Python has to be the one that made the program, because what is installed there is compared with what is inside.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement

FROZEN_EXTRAS: Final = ("backup", "practice")
"""The extras that are part of the single-file programs: those whose licences allow it."""

PERMISSIVE: Final = frozenset(
    ["MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "MPL-2.0"]
)
"""Licences under which a package may be part of the programs. The Mozilla licence asks for the source of its own files
alone, which the package index has; that applies to ``certifi``, whose files are not changed."""

KNOWN: Final = {
    "pycryptodomex": "BSD-2-Clause",
    "pyrage": "MIT",
    "pykeepass": "GPL-3.0-only",
    "textual-image": "LGPL-3.0-or-later",
    "pywin32-ctypes": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
}
"""Packages whose metadata say it in other words, not at all, or not here; looked up in what they publish."""

_CLASSIFIED: Final = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


@dataclass(frozen=True)
class Dependency:
    """A package that is installed together with this program."""

    name: str
    version: str
    licence: str
    """As an SPDX expression where the package says so."""

    @property
    def is_permissive(self) -> bool:
        """Whether one of the licences it offers, or all of those it combines, are permissive."""
        return any(
            all(part.strip("() ") in PERMISSIVE for part in offered.split(" AND "))
            for offered in self.licence.split(" OR ")
        )


def dependencies(*extras: str) -> list[Dependency]:
    """Return what is installed together with ``ionapi-tui[extras]`` here, sorted by name, without itself."""
    found: dict[str, Dependency] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [("ionapi-tui", extra) for extra in ("", *extras)]
    while waiting:
        name, extra = waiting.pop()
        key = _normal(name)
        if (key, extra) in seen:
            continue
        seen.add((key, extra))
        package = metadata.distribution(name)
        if key != "ionapi-tui":
            found[key] = Dependency(key, package.version, licence_of(package))
        for text in package.requires or []:
            required = Requirement(text)
            if required.marker is None or required.marker.evaluate({"extra": extra}):
                waiting += [(required.name, wanted) for wanted in ("", *required.extras)]
    return [found[key] for key in sorted(found)]


def others(packages: list[Dependency]) -> list[str]:
    """Return the modules that are installed here and belong neither to this program nor to ``packages``, sorted."""
    named = {"ionapi-tui", *(one.name for one in packages)}
    return sorted(
        module
        for module, owners in metadata.packages_distributions().items()
        if module.isidentifier() and not named & {_normal(owner) for owner in owners}
    )


def modules_in(program: Path) -> set[str]:
    """Return the modules, without what is inside them, that PyInstaller has put into a single-file program."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program))
    modules = set(archive.open_embedded_archive("PYZ.pyz").toc)
    return {re.split(r"[./\\]", name)[0] for name in (*modules, *archive.toc)}


def licence_of(package: metadata.Distribution) -> str:
    """Return the licence of an installed package as it is published; empty when that is not known."""
    said = package.metadata
    key = _normal(said["Name"])
    if key in KNOWN:
        return KNOWN[key]
    # A text instead of a name is a whole licence.
    named = said.get("License-Expression") or said.get("License") or ""
    if named and "\n" not in named and len(named) < 60:
        return named
    classified = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License")]
    return " OR ".join(_CLASSIFIED.get(one, one) for one in classified)


def texts(packages: list[Dependency]) -> Iterator[str]:
    """Yield the licence texts of this program, of Python, and of each package."""
    yield f"ionapi-tui\n\n{(Path(__file__).parents[2] / 'LICENSE').read_text('utf-8')}"
    yield f"Python {sys.version.partition(' ')[0]} (PSF-2.0), https://docs.python.org/3/license.html\n\n{_of_python()}"
    for package in packages:
        files = [one for one in metadata.distribution(package.name).files or [] if _is_licence(one.name)]
        content = "\n".join(one.locate().read_text("utf-8", "replace") for one in files)  # type: ignore[union-attr]
        yield f"{package.name} {package.version} ({package.licence})\n\n{content}"


def sbom(version: str, packages: list[Dependency]) -> dict[str, Any]:
    """Return a bill of materials in the form of CycloneDX 1.6."""
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "ionapi-tui", "version": version, "bom-ref": "app"}},
        "components": [
            {
                "type": "library",
                "bom-ref": f"pkg:pypi/{one.name}@{one.version}",
                "name": one.name,
                "version": one.version,
                "purl": f"pkg:pypi/{one.name}@{one.version}",
                "licenses": [{"expression": one.licence} if " " in one.licence else {"license": {"name": one.licence}}],
            }
            for one in packages
        ],
        "dependencies": [{"ref": "app", "dependsOn": [f"pkg:pypi/{one.name}@{one.version}" for one in packages]}],
    }


def _of_python() -> str:
    for folder in (Path(sys.base_prefix), Path(sys.base_prefix) / "share/doc/python3.11"):
        for name in ("LICENSE.txt", "LICENSE", "copyright"):
            if (folder / name).is_file():
                return (folder / name).read_text("utf-8", "replace")
    return ""


def _is_licence(name: str) -> bool:
    return re.match(r"(licen[cs]e|copying|notice|authors)", name, re.IGNORECASE) is not None


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main(text: Path, bill: Path, program: Path) -> None:
    """Write both files.

    Raises:
        AssertionError: the program contains what they do not name.
    """
    packages = dependencies(*FROZEN_EXTRAS)
    unnamed = modules_in(program) & set(others(packages))
    assert not unnamed, f"{program} contains {', '.join(sorted(unnamed))}"
    text.write_text(f"\n{'=' * 80}\n\n".join(texts(packages)), "utf-8")
    content = sbom(metadata.version("ionapi-tui"), packages)
    bill.write_text(json.dumps(content, indent=2, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
