"""What is taken for a misspelling of a tenant, and what for another tenant."""

from __future__ import annotations

import pytest

from ionapi_tui.domain.similar_tenant import similar_tenant


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("ACME_TTS", ["ACME_TST"], "ACME_TST"),
        ("ACME_PDR", ["ACME_TST", "ACME_PRD"], "ACME_PRD"),
        ("ACNE_TST", ["ACME_TST"], "ACME_TST"),
        ("GLOBX_PRD", ["globex_prd", "ACME_PRD"], "GLOBEX_PRD"),
        ("ACME_TST", ["ACME_TST", "ACNE_TST"], ""),
        ("ACME_PRD", ["ACME_TST"], ""),
        ("ACME_TRN", ["ACME_TST"], ""),
        ("ACME_TTS", ["ACME_PRD"], ""),
        ("ACME_TTS", ["GLOBEX_TST"], ""),
        ("ACME_QAS", ["ACME_TST", "ACME_PRD"], ""),
        ("ACME_TS2", ["ACME_TST"], ""),
        ("ACME_AX6", ["ACME_AX1"], ""),
        ("CUSTOMER2_PRD", ["CUSTOMER1_PRD"], ""),
        ("INITECH_TST", ["ACME_TST"], ""),
        ("ACME_TST", [], ""),
    ],
)
def test_only_a_name_that_cannot_be_meant_as_it_is_leads_to_a_known_one(
    typed: str, known: list[str], meant: str
) -> None:
    assert similar_tenant(typed, known) == meant
