"""Lists of tenants, as they are pasted from mails and tables."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.plan_list import LARGEST, NotAPlan, parse_plan
from ionapi_tui.domain.planned_tenant import PlannedTenant
from tests.samples import random_secret, random_text

ADDRESS = "https://mingle-portal.eu1.inforcloudsuite.com/v2/UMBRELLA_DEV"
ACME = PlannedTenant("ACME_TST", "Acme GmbH", "ann@acme.example", "doc.service")


@pytest.mark.parametrize(
    "text",
    [
        "Acme GmbH,ACME_TST,ann@acme.example,doc.service",
        "Acme GmbH;acme_tst;ann@acme.example;doc.service\r\n",
        "Acme GmbH\tACME_TST\tann@acme.example\tdoc.service",
        "customer,tenant,contact,service user\nAcme GmbH,ACME_TST,ann@acme.example,doc.service",
        "\ufeffTenant;Servicebenutzer;Kunde;Ansprechpartner\nACME_TST;doc.service;Acme GmbH;ann@acme.example",
        "# ours\n\n  Acme GmbH , ACME_TST , ann@acme.example , doc.service \n",
        'tenant,remark,customer,contact,service user\nACME_TST,"old, slow",Acme GmbH,ann@acme.example,doc.service',
        "Acme GmbH,ACME_TST,ann@acme.example\n,ACME_TST,,doc.service",
        "Acme GmbH;ACME_TST;ann@acme.example\nAcme GmbH, ACME_TST, , doc.service",
    ],
)
def test_a_table_is_read_however_it_is_separated_and_whatever_the_order(text: str) -> None:
    assert parse_plan(text) == (ACME,)


def test_names_and_addresses_stand_one_a_line() -> None:
    assert parse_plan(f"ACME_TST\nglobex_prd\n{ADDRESS}/start?x=1\nACME_TST,ann@acme.example") == (
        PlannedTenant("ACME_TST", contact="ann@acme.example"),
        PlannedTenant("GLOBEX_PRD"),
        PlannedTenant("UMBRELLA_DEV", portal=ADDRESS),
    )


def test_a_tenant_alone_in_a_line_is_one_below_a_heading_too() -> None:
    assert parse_plan(f"customer,tenant\nBeta,DELTA_TST\nGAMMA_DEV\n{ADDRESS}") == (
        PlannedTenant("DELTA_TST", "Beta"),
        PlannedTenant("GAMMA_DEV"),
        PlannedTenant("UMBRELLA_DEV", portal=ADDRESS),
    )


def test_a_column_may_have_the_address_of_the_portal() -> None:
    assert parse_plan(f"Kunde;Portal\nUmbrella;{ADDRESS}") == (
        PlannedTenant("UMBRELLA_DEV", "Umbrella", portal=ADDRESS),
    )
    with pytest.raises(NotAPlan, match="Line 2: the address belongs to UMBRELLA_DEV, not to ACME_TST"):
        parse_plan(f"tenant;portal\nACME_TST;{ADDRESS}")


def test_every_wrong_line_is_named_and_nothing_is_taken() -> None:
    with pytest.raises(NotAPlan) as caught:
        parse_plan("ACME_TST\nhello\n\n" + "\n".join(f"nothing {number}" for number in range(6)))
    said = str(caught.value).splitlines()
    assert said[0] == "Line 2: “hello” is neither a tenant, such as ACME_TST, nor the address of its portal."
    assert (said[1][:7], said[-1]) == ("Line 4:", "And 2 more lines.")


@pytest.mark.parametrize("text", ["", " \n\n", "# only this", "customer,tenant"])
def test_an_empty_list_says_what_to_enter(text: str) -> None:
    with pytest.raises(UsageError, match="one tenant a line"):
        parse_plan(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Acme,ACME_TST," + "x y" * 60, "more than 120 characters"),
        ("Acme,ACME_TST,\x1b[2J", "cannot be shown"),
        (f"Acme,ACME_TST,{random_secret()}", "looks like a key"),
        (f"ACME_TST~{random_text(43)}", "looks like a key"),
    ],
    ids=["long", "escape", "secret", "client id"],
)
def test_what_may_not_be_in_a_plan_is_refused_and_not_repeated(text: str, why: str) -> None:
    with pytest.raises(NotAPlan, match=why) as caught:
        parse_plan(text)
    assert text.rpartition(",")[2] not in str(caught.value)


def test_a_text_that_is_no_list_is_not_read() -> None:
    with pytest.raises(UsageError, match="too long"):
        parse_plan("x" * (LARGEST + 1))


@given(text=some.text(max_size=300))
def test_no_text_ends_the_program(text: str) -> None:
    with suppress(UsageError):
        assert parse_plan(text)
