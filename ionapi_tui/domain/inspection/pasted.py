"""What a paste, or a file dropped on the terminal, means: content to be inspected, or a path."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.inspection.inspector import inspect
from ionapi_tui.domain.inspection.result import Inspection


def inspect_pasted(content: Secret) -> Inspection:
    """Inspect the pasted content of a file; what is not text, such as a lone surrogate, is a finding like any other."""
    return inspect(content.reveal().encode("utf-8", "surrogatepass"))


def looks_like_content(text: str) -> bool:
    """Return whether ``text`` is the content of a file rather than its path."""
    return "{" in text or "\n" in text.strip()


def as_path(text: str) -> Path:
    """Return the path in ``text`` as terminals write it when a file is dropped on them.

    Some put it in quotes, some put a backslash before spaces, some write a ``file://`` address.
    """
    plain = text.strip()
    if len(plain) > 1 and plain[0] == plain[-1] and plain[0] in "'\"":
        plain = plain[1:-1]
    elif plain.startswith("file://"):
        plain = unquote(urlsplit(plain).path)
        # file:///C:/Users/... has a slash before the drive.
        plain = plain[1:] if re.match(r"/[A-Za-z]:", plain) else plain
    elif os.name != "nt":
        plain = re.sub(r"\\(.)", r"\1", plain)
    # A NUL byte can be pasted but not opened.
    path = Path(plain.replace("\0", ""))
    try:
        return path.expanduser()
    except RuntimeError:
        return path
