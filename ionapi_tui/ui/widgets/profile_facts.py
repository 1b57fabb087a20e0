"""What is known of a profile, in words; none of it is secret."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from textual.content import Content

from ionapi_tui.base.language import _
from ionapi_tui.base.text import safe
from ionapi_tui.domain import age
from ionapi_tui.domain.notes import LABELS
from ionapi_tui.domain.planned_tenant import PlanRow
from ionapi_tui.domain.profile import Checked, Profile, local_time
from ionapi_tui.domain.profile_facts import facts_of
from ionapi_tui.ui.messages import StoreInUse
from ionapi_tui.ui.widgets.profile_line import checked_words
from ionapi_tui.ui.widgets.text import badge

_SHOWN: Final = (
    *("tenant", "app", "client_id", "gateway", "store", "created", "export_target", "checked", "hosts"),
    *LABELS,
)

_ONLY_IF_KNOWN: Final = ("hosts", "export_target", *LABELS)
"""Facts that are left out when there is nothing to say."""


def facts(profile: Profile, store: StoreInUse) -> list[tuple[str, Content]]:
    """Return labels and values.

    Args:
        profile: what they are about.
        store: the store of this machine, which has a name for people.
    """
    where = store.label
    if store.key != profile.store:
        # It takes a while to import, and the first page does not need it.
        from ionapi_tui.secret_stores.backends import label_of

        where = label_of(profile.store)
    if profile.store in store.away:
        where = _("{store}, which is not available now (F2)").format(store=where)
    values = []
    for fact in facts_of(profile, *_SHOWN, store=where, created=_created(profile)):
        if fact.key == "tenant":
            value = Content.assemble(safe(fact.value), "  ", badge(profile))
        elif fact.key == "checked":
            value = _checked(profile.checked)
        else:
            value = Content(safe(fact.value))
        if fact.value or fact.key not in _ONLY_IF_KNOWN:
            values.append((fact.short_label, value))
    return values


def _checked(checked: Checked | None) -> Content:
    """Return a check with its time, which the words on one that failed leave out."""
    words = verdict_words(checked)
    if checked is None or (checked.ok and checked.headline):
        return words
    return Content.assemble(words, (f"  {checked.ago(datetime.now(UTC))}", "$dim"))


def verdict_words(checked: Checked | None) -> Content:
    """Return a check as ``checked_words`` does, with a word beside the sign of one that found nothing."""
    if checked is None or not checked.ok or checked.headline:
        return checked_words(checked)
    return Content.assemble(("● ", "$text-success"), _("works"))


def _created(profile: Profile) -> str:
    return f"{local_time(profile.created)} ({age.in_words(profile.age(datetime.now(UTC)))})"


def stacked(profile: Profile, store: StoreInUse) -> Content:
    """Return the facts one below the other, each value below its label, for a narrow column."""
    parts = [Content.styled(safe(profile.name, 60), "bold $primary"), Content("")]
    for label, value in facts(profile, store):
        parts += [Content.styled(label, "$dim"), value, Content("")]
    return Content("\n").join(parts)


def in_brief(profile: Profile) -> Content:
    """Return what a narrow list leaves out: one line of facts, and the last check in full."""
    known = (profile.tenant, profile.app, age.in_words(profile.age(datetime.now(UTC))), *profile.notes.texts)
    facts_line = " · ".join(safe(fact, 60) for fact in known if fact)
    return Content.assemble((f"{facts_line}\n", "$dim"), _checked(profile.checked))


def planned_facts(row: PlanRow) -> Content:
    """Return the facts of a planned tenant one below the other, each value below its label."""
    parts = [Content.styled(safe(row.planned.tenant, 80), "bold $primary"), Content("")]
    for label, value in row.facts:
        parts += [Content.styled(label, "$dim"), Content(safe(value)), Content("")]
    return Content("\n").join([*parts, Content(_planned_hint())])


def planned_in_brief(row: PlanRow) -> Content:
    """Return what a narrow list leaves out of a planned tenant."""
    known = " · ".join(safe(value, 60) for _label, value in row.facts[1:])
    return Content.assemble((f"{known or row.planned.tenant}\n", "$dim"), _planned_hint())


def _planned_hint() -> str:
    return _("No file yet. Press Enter for the guide, or h for a page to send to the administrator.")
