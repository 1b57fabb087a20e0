"""The whole catalogue, and the promise that it is whole."""

from typing import Final

from ionapi_tui.findings.codes import Code, Entry
from ionapi_tui.findings.file_codes import FILE_CODES
from ionapi_tui.findings.live_codes import LIVE_CODES

CATALOGUE: Final[dict[Code, Entry]] = {**FILE_CODES, **LIVE_CODES}
