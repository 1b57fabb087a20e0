from __future__ import annotations

import pytest

from ionapi_tui.domain.export_target import ExportTarget, export_target_of, label_of_target


def test_every_target_has_a_label_and_says_what_it_checks() -> None:
    assert [target.label for target in ExportTarget] == ["IDM", "ION", "M3", "LN"]
    assert len({target.note for target in ExportTarget}) == len(ExportTarget)
    assert label_of_target(ExportTarget.M3) == "M3"
    assert label_of_target(None) == "any export"


@pytest.mark.parametrize("text", ["sx", "", "IDM", None, 1, ["idm"]])
def test_what_is_no_target_is_none(text: object) -> None:
    assert export_target_of(text) is None
    assert export_target_of("idm") is ExportTarget.IDM
