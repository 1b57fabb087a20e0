"""Say how many of the mutants that were tried the tests noticed: ``python tools/mutants.py STATS``.

It fails when they are fewer than nine out of ten. A mutant that no test reaches counts as one that nobody noticed.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

ENOUGH: Final = 0.9
NOTICED: Final = ("killed", "timeout", "segfault", "caught_by_type_check")
NOT_NOTICED: Final = ("survived", "no_tests", "suspicious")


def main(stats: Path) -> int:
    """Print the figures in ``stats`` and return 0 if they are good enough."""
    counts = json.loads(stats.read_text("utf-8"))
    noticed, not_noticed = (sum(counts.get(name, 0) for name in names) for names in (NOTICED, NOT_NOTICED))
    tried = noticed + not_noticed
    if not tried:
        sys.stdout.write("No mutant was tried.\n")
        return 1
    sys.stdout.write(f"{noticed} of {tried} mutants were noticed: {noticed / tried:.1%} (at least {ENOUGH:.0%})\n")
    return 0 if noticed / tried >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
