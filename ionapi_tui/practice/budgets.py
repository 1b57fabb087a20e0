"""How much of what Infor meters may be used."""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60.0
DAY = 86_400.0


@dataclass(frozen=True)
class Budgets:
    """The limits that Infor lists for one edition of Infor OS; other editions may have other numbers."""

    access_tokens_per_client_and_day: int = 100
    logins_per_minute: int = 20
    """Authentications of service accounts in a tenant."""
    logins_per_day: int = 1_000

    @classmethod
    def unlimited(cls) -> Budgets:
        """Return budgets that no test uses up."""
        return cls(10**9, 10**9, 10**9)


class BudgetSpent(Exception):
    """A budget is used up."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"used up for {seconds:.0f} s")
        self.seconds = seconds
        """How long until there is some again."""
