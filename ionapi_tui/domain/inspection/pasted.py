"""The inspection of what somebody pasted."""

from __future__ import annotations

from ionapi_tui.base.secret import Secret
from ionapi_tui.domain.inspection.inspector import inspect
from ionapi_tui.domain.inspection.result import Inspection


def inspect_pasted(content: Secret) -> Inspection:
    """Inspect the pasted content of a file; what is not text, such as a lone surrogate, is a finding like any other."""
    return inspect(content.reveal().encode("utf-8", "surrogatepass"))
