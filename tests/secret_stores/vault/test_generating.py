"""A generated passphrase is strong, never the same, and can be typed on any keyboard."""

from __future__ import annotations

import re

from ionapi_tui.secret_stores.vault.generating import BITS, generate
from ionapi_tui.secret_stores.vault.passphrases import Grade, strength


def test_it_is_five_groups_of_letters_that_are_the_same_on_all_keyboards() -> None:
    for _many in range(200):
        assert re.fullmatch("([a-pr-vx]{5}-){4}[a-pr-vx]{5}", generate().reveal())


def test_it_is_strong_and_another_one_each_time() -> None:
    assert BITS > 80
    made = [generate() for _many in range(20)]
    assert len({one.reveal() for one in made}) == len(made)
    assert {strength(one).grade for one in made} == {Grade.STRONG}
