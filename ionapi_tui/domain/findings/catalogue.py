"""The whole catalogue, and the promise that it is whole."""

from typing import Final

from ionapi_tui.domain.findings.codes import Code, Entry
from ionapi_tui.domain.findings.file_codes import FILE_CODES, FILE_VARIANTS
from ionapi_tui.domain.findings.live_codes import LIVE_CODES

VARIANTS: Final[dict[tuple[Code, str], Entry]] = FILE_VARIANTS
"""Cases within a code that need words of their own."""

CATALOGUE: Final[dict[Code, Entry]] = {**FILE_CODES, **LIVE_CODES}
