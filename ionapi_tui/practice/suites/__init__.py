"""The suites behind the gateway."""

from __future__ import annotations

from enum import Enum


class Suite(Enum):
    """A suite: its name in the address and the scope that opens it when scopes are enforced."""

    IFS = ("ifsservice", "INFOR-IFS")
    IDM = ("IDM", "Infor-IDM")
    ION = ("IONSERVICES", "Infor-ION")
    MINGLE = ("Mingle", "Infor-Mingle")

    @property
    def path(self) -> str:
        """The segment behind the tenant."""
        return str(self.value[0])

    @property
    def scope(self) -> str:
        """The scope it needs (that users/me needs INFOR-IFS is inferred)."""
        return str(self.value[1])


SUITES = {suite.path: suite for suite in Suite}
"""The suites by their segment."""
