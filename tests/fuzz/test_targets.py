"""What fuzzing starts from, and what is close to it, passes each target."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.seeds import SEEDS
from tests.fuzz.targets import TARGETS

_MUTANTS = 30


def test_each_target_has_seeds() -> None:
    assert list(TARGETS) == list(SEEDS)


@pytest.mark.parametrize("name", TARGETS)
def test_whole_inputs_and_damaged_ones_pass(name: str) -> None:
    random = Random(name)
    for seed in SEEDS[name]():
        TARGETS[name](seed)
        for _mutant in range(_MUTANTS):
            data = bytearray(seed)
            for _change in range(random.randint(1, 4) if seed else 0):
                data[random.randrange(len(data))] = random.randrange(256)
            TARGETS[name](bytes(data))
            TARGETS[name](seed[: random.randrange(len(seed) + 1)])


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("data", [b"", b"\0", b"\xff\xfe", b"[]", b"{}", b"null", b"1e999", b'"\\ud800"', b"[" * 5000])
def test_small_and_strange_inputs_pass(name: str, data: bytes) -> None:
    TARGETS[name](data)
