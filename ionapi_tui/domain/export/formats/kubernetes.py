"""A manifest of a Kubernetes Secret: as variables (``envFrom``), and as a file (a volume)."""

from __future__ import annotations

import json
import re
from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import Format, variables


def render(credentials: Credentials, name: str) -> Secret:
    """Return YAML that ``kubectl apply`` takes; the whole ``.ionapi`` file is in it under ``credentials.ionapi``."""
    values = {**variables(credentials), "credentials.ionapi": credentials.to_document()}
    lines = [
        "apiVersion: v1",
        "kind: Secret",
        "metadata:",
        f"  name: {_quoted(f'ionapi-{_label(name)}')}",
        "  labels:",
        '    app.kubernetes.io/managed-by: "ionapi-tui"',
        "type: Opaque",
        "stringData:",
        *(f"  {key}: {_quoted(value.reveal())}" for key, value in values.items()),
    ]
    return Secret("\n".join(lines) + "\n")


def _label(name: str) -> str:
    """Return the name of a profile as part of a DNS name, whose labels begin and end with a letter or digit."""
    return re.sub(r"[-.]*\.[-.]*", ".", name)


def _quoted(text: str) -> str:
    # In ASCII, every JSON string is a double-quoted YAML scalar.
    return json.dumps(text, ensure_ascii=True)


FORMAT: Final = Format("kubernetes", "Kubernetes", ".yaml", render, rank=50, note_id=N_("a Secret manifest"))
