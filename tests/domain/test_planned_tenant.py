"""How far a planned tenant has come."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ionapi_tui.domain.guide import flow
from ionapi_tui.domain.planned_tenant import PlannedTenant, Stage, row_of
from ionapi_tui.domain.profile import Checked, Profile

PLANNED = PlannedTenant("ACME_TST", "Acme", "ann@acme.example", "doc.service")
PROFILE = Profile("0" * 16, "acme-tst", "keyring:Test", "2026-03-29T00:00:00Z", {"ti": "ACME_TST"})
TIME = "2026-03-29T01:59:59Z"


@pytest.mark.parametrize(
    ("planned", "step", "profile", "stage"),
    [
        (PLANNED, "", None, Stage.PLANNED),
        (PLANNED, flow.PREREQUISITES, None, Stage.PLANNED),
        (replace(PLANNED, requested=TIME), flow.PREREQUISITES, None, Stage.REQUESTED),
        (replace(PLANNED, requested=TIME), "2", None, Stage.WAITING),
        (PLANNED, flow.IMPORT, None, Stage.WAITING),
        (replace(PLANNED, awaited=TIME), "", None, Stage.WAITING),
        (PLANNED, "2", PROFILE, Stage.STORED),
        (PLANNED, "2", replace(PROFILE, checked=Checked(TIME, ok=True)), Stage.VERIFIED),
        (replace(PLANNED, awaited=TIME), "", replace(PROFILE, checked=Checked(TIME, ok=False)), Stage.FAILING),
    ],
)
def test_the_stage_follows_from_what_is_known(
    planned: PlannedTenant, step: str, profile: Profile | None, stage: Stage
) -> None:
    row = row_of(planned, step, profile)
    assert row.stage is stage
    assert row.stage.label in dict(row.facts).values()
    assert row.as_json()["stage"] == stage.value


def test_ticked_roles_are_a_start_although_nobody_was_asked_for_anything() -> None:
    assert row_of(PLANNED, flow.PREREQUISITES, None).stage_label == "not started"
    begun = row_of(PLANNED, flow.PREREQUISITES, None, ticked=True)
    assert (begun.stage, begun.stage_label) == (Stage.PLANNED, "started")
    assert dict(begun.facts)["Stage"] == "started"
    requested = row_of(replace(PLANNED, requested=TIME), flow.PREREQUISITES, None, ticked=True)
    assert requested.stage_label == Stage.REQUESTED.label


def test_what_a_later_list_knows_completes_a_line_and_deletes_nothing() -> None:
    completed = PLANNED.completed(PlannedTenant("ACME_TST", contact="ben@acme.example", requested=TIME))
    assert completed == replace(PLANNED, contact="ben@acme.example", requested=TIME)


def test_a_line_is_found_by_all_that_is_known_of_it() -> None:
    text = row_of(PLANNED, "", None).searchable
    for word in ("ACME_TST", "Acme", "ann@acme.example", "doc.service", "not started"):
        assert word in text
