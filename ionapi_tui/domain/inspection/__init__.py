"""The inspection of an ``.ionapi`` file: bytes in, credentials and findings out.

Pure, and safe with any bytes at all: it never raises, and time and memory are bounded by the size it accepts. All
problems are reported in one pass, worst first.

::

    bytes ──parsing, wrong_files──▸ document ──values, addresses, consistency──▸ findings
"""

from ionapi_tui.domain.inspection.inspector import MAX_SIZE, Field, Inspection, inspect, inspect_pasted

__all__ = ["MAX_SIZE", "Field", "Inspection", "inspect", "inspect_pasted"]
