"""Findings: the only way this program says that something is wrong.

The file inspection and the live checks fill the same type from the same catalogue, and the screens, the commands and
``--json`` draw the same values. A code never changes its meaning.
"""

from ionapi_tui.domain.findings.codes import Code, Entry, Severity, Step
from ionapi_tui.domain.findings.finding import Finding, ok, worst

__all__ = ["Code", "Entry", "Finding", "Severity", "Step", "ok", "worst"]
