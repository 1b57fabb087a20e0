"""Fuzz with Atheris, which looks for inputs that reach code no input has reached before.

    python -m tests.fuzz EXECUTIONS FOLDER [TARGET ...]

The executions are shared out among the targets, the quick ones getting most. FOLDER keeps the inputs that reached
something new, from one run to the next, and what was found as ``TARGET-crash-…``.
"""

from __future__ import annotations

import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

SHARES: Final = {
    "inspection": 5,
    "registry": 18,
    "requests": 12,
    "progress": 6,
    "plan": 4,
    "bound": 10,
    "bundle": 3,
    "encrypted": 16,
    "vault": 2,
    "answers": 4,
    "tokens": 14,
    "dropped": 6,
}
"""Parts of the executions."""
_DONE: Final = re.compile(r"stat::number_of_executed_units: (\d+)")


def share_out(executions: int, folder: Path, chosen: list[str]) -> int:
    """Fuzz each target in a process of its own, print how often it ran, and return the exit code."""
    names = chosen or list(SHARES)
    whole = sum(SHARES[name] for name in names)
    folder.mkdir(parents=True, exist_ok=True)
    total, failed = 0, []
    for name in names:
        runs = executions * SHARES[name] // whole
        log = folder / f"{name}.log"
        with log.open("wb") as written:
            command = [sys.executable, "-m", "tests.fuzz", "--target", name, str(runs), str(folder)]
            code = subprocess.run(command, stderr=written, stdout=written, check=False).returncode
        ran = sum(map(int, _DONE.findall(log.read_text("utf-8", "replace"))))
        total += ran
        failed += [name] if code else []
        print(f"{name:12}{ran:12,} executions{f'   FOUND SOMETHING: {log}' if code else ''}", flush=True)
    print(f"{'together':12}{total:12,} executions, {len(failed)} targets with finds")
    return 1 if failed else 0


def fuzz(name: str, runs: int, folder: Path) -> None:
    """Fuzz one target; Atheris ends the process, with 0 when nothing was found."""
    import atheris

    with atheris.instrument_imports(include=["ionapi_tui"]):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz.mutation import mutated
    from tests.fuzz.seeds import SEEDS

    def mutate(data: bytes, longest: int, seed: int) -> bytes:
        """Change a document as a document, half of the time and where it is one."""
        changed = mutated(data, Random(seed)) if seed % 2 else None
        return changed if changed is not None and len(changed) <= longest else bytes(atheris.Mutate(data, longest))

    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in SEEDS[name]():
        (corpus / sha256(seed).hexdigest()).write_bytes(seed)
    limits = [f"-runs={runs}", "-max_len=8192", "-timeout=20", "-rss_limit_mb=4096", "-print_final_stats=1"]
    atheris.Setup(
        ["fuzz", *limits, f"-artifact_prefix={folder}/{name}-", str(corpus)], TARGETS[name], custom_mutator=mutate
    )
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "--target":
        fuzz(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        sys.exit(share_out(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
