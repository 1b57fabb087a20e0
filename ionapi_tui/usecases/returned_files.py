"""Opening what comes back from a hand-over page: an encrypted file, its file request, and what is in the file.

Whatever goes wrong is a finding, as with any other file. Nothing decrypted is written to the disk.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from ionapi_tui.base.errors import IonApiError, StoreError
from ionapi_tui.domain.findings import Code, Finding
from ionapi_tui.domain.handover.encrypted_file import EncryptedFile, Flaw, LibraryMissing, NotOpened
from ionapi_tui.domain.handover.file_request import SHORT_ID, FileRequest, State
from ionapi_tui.domain.inspection import Inspection, inspect

if TYPE_CHECKING:
    from ionapi_tui.profile_store.file_requests import FileRequests

_FLAWS: Final = {
    Flaw.WRONG: Code.ENCRYPTED_WRONG,
    Flaw.CUT: Code.ENCRYPTED_CUT,
    Flaw.CHANGED: Code.ENCRYPTED_CHANGED,
}
_CLOSED: Final = {State.ANSWERED: Code.ENCRYPTED_USED, State.WITHDRAWN: Code.ENCRYPTED_WITHDRAWN}
_DATE_LENGTH: Final = 10
"""Characters of the date in a time."""


def inspect_encrypted(requests: FileRequests, raw: bytes) -> Inspection:
    """Decrypt a file, inspect what is in it, and say which file request it answers. May prompt for a password.

    Args:
        requests: the file requests of this computer.
        raw: the content of a file for which ``is_encrypted`` is true.
    """
    try:
        file = EncryptedFile.parse(raw)
        request = requests.find(file.request)
        if request is None:
            return _failed(Code.ENCRYPTED_FOREIGN, id=file.request[:SHORT_ID])
        if not request.is_open:
            return _failed(_CLOSED[request.state], **_values(request, request.closed))
        key = requests.key(request)
        if key is None:
            return _failed(Code.ENCRYPTED_NO_KEY, **_values(request, request.created))
        content = file.open(key)
    except NotOpened as error:
        return _failed(_FLAWS[error.flaw])
    except (StoreError, LibraryMissing) as error:
        return _not_opened(error)
    inspection = inspect(content)
    answers = Finding(Code.ANSWERS_REQUEST, values=_values(request, request.created))
    return dataclasses.replace(inspection, findings=(*inspection.findings, answers), request=request.id)


def _values(request: FileRequest, time: str) -> dict[str, str]:
    return {"id": request.short_id, "customer": request.customer, "date": time[:_DATE_LENGTH]}


def _failed(code: Code, **values: str) -> Inspection:
    return Inspection(None, (Finding(code, values=values),))


def _not_opened(error: IonApiError) -> Inspection:
    return _failed(Code.ENCRYPTED_NOT_OPENED, reason=str(error))
