"""Simulated errors and limits: faults to turn on and budgets to change."""

from __future__ import annotations

from dataclasses import fields, replace

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from ionapi_tui.base.errors import UsageError
from ionapi_tui.base.language import N_, _
from ionapi_tui.practice.faults import FAULTS, ActiveFaults
from ionapi_tui.practice.portal.sign_in import needs
from ionapi_tui.practice.state import State
from ionapi_tui.practice.state.tokens import Budgets

_BUDGETS = {
    "access_tokens_per_client_and_day": N_("Access tokens for each app in 24 hours"),
    "logins_per_minute": N_("Logins of service accounts in a minute"),
    "logins_per_day": N_("Logins of service accounts in 24 hours"),
}


class SimulationPages:
    """Faults and budgets."""

    def __init__(self, state: State, faults: ActiveFaults) -> None:
        self.state = state
        self._faults = faults

    def add_to(self, portal: Blueprint) -> None:
        """Register the pages."""
        portal.add_url_rule("/practice", "simulation", self.page)
        portal.add_url_rule("/practice/faults", "set_faults", self.set_faults, methods=["POST"])
        portal.add_url_rule("/practice/budgets", "set_budgets", self.set_budgets, methods=["POST"])

    @needs()
    def page(self) -> Response:
        """Show what can go wrong and what is limited."""
        active = {active.fault.name: active for active in self._faults.active}
        budgets = [
            (field.name, _(_BUDGETS[field.name]), getattr(self.state.budgets, field.name)) for field in fields(Budgets)
        ]
        return make_response(render_template("simulation.html", faults=FAULTS.values(), active=active, budgets=budgets))

    @needs()
    def set_faults(self) -> Response:
        """Switch on exactly the chosen faults, with the parameters typed beside them."""
        chosen = [name for name in FAULTS if name in request.form.getlist("fault")]
        self._faults.clear()
        try:
            for name in chosen:
                parameters = request.form.get(f"parameters-{name}", "").strip()
                self._faults.on(f"{name}:{parameters}" if parameters else name)
        except UsageError as error:
            flash(str(error), "error")
        else:
            flash(_("Saved."), "success")
        return redirect(url_for("portal.simulation"))

    @needs()
    def set_budgets(self) -> Response:
        """Change the limits."""
        given = {name: request.form.get(name, "") for name in _BUDGETS}
        if all(value.isdecimal() and len(value) < 10 for value in given.values()):
            self.state.budgets = replace(self.state.budgets, **{name: int(value) for name, value in given.items()})
            flash(_("Saved."), "success")
        else:
            flash(_("Enter whole numbers."), "error")
        return redirect(url_for("portal.simulation"))
