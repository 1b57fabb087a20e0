"""A practice tenant in a process of its own: ``python -m tests.benchmarks.tenant NUMBER LATENCY``.

Prints its address and the documents of NUMBER files as one line of JSON; ends with its standard input.
"""

from __future__ import annotations

import json
import sys

from ionapi_tui.practice.server import PracticeTenant
from ionapi_tui.practice.state.tokens import Budgets
from tests.samples import MARKER


def main(number: int, latency: float) -> None:
    """Answer until standard input ends."""
    with PracticeTenant(budgets=Budgets.unlimited(), secret_marker=MARKER) as tenant:
        documents = [tenant.ionapi() for _profile in range(number)]
        if latency:
            tenant.faults.on("latency", seconds=latency)
        print(json.dumps({"url": tenant.url, "documents": documents}), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
