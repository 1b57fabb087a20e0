"""For each code of the inspection, files that must be found out, with what is to be said about them."""

from typing import Final

from tests.corpus.addresses import ADDRESSES
from tests.corpus.case import Case
from tests.corpus.fields import FIELDS
from tests.corpus.forms import FORM, WRONG_FILES

CASES: Final = FORM + WRONG_FILES + FIELDS + ADDRESSES

__all__ = ["CASES", "Case"]
