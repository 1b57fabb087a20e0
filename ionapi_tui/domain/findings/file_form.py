"""What can be wrong with the file as such, before its fields are looked at: each code with cause, fix and step."""

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.domain.findings.codes import Code, Entry, Severity, Step

_SAVE_AGAIN: Final = N_(
    "Press DOWNLOAD in Infor's Download Credentials dialog again, and use the file as the browser saves it."
)

_WRONG_FILE_FIX: Final = N_(
    "Open the app in Authorized Apps, press Download Credentials, switch on Create Service Account and press "
    "DOWNLOAD. The right file ends in .ionapi."
)

_READING: Final[dict[Code, Entry]] = {
    Code.NOT_FOUND: Entry(
        Severity.ERROR,
        N_("There is no file {path}."),
        N_("Check the name and the folder. The browser saves it as <name of the app>.ionapi, usually in Downloads."),
        Step.SAVE_FILE,
    ),
    Code.NOT_A_FILE: Entry(
        Severity.ERROR,
        N_("{path} is {kind}, not a file."),
        N_("Name the .ionapi file itself. The browser usually saves it in Downloads."),
        Step.SAVE_FILE,
    ),
    Code.UNREADABLE: Entry(
        Severity.ERROR,
        N_("{path} cannot be read: {reason}."),
        N_("Check who owns the file and whether you may read it, or copy it to a folder of your own."),
    ),
    Code.TOO_LARGE: Entry(
        Severity.ERROR,
        N_("{what} is larger than {limit}. Infor's files have about one thousand characters."),
        N_("This is probably another file. Choose the .ionapi file that Download Credentials saved."),
        Step.SAVE_FILE,
    ),
    Code.EXPOSED_FILE: Entry(
        Severity.WARNING,
        N_("The secrets in this file are exposed: {reason}."),
        N_(
            "Delete the file once its secrets are stored. If somebody else may have read it, disable its service "
            "account in Infor and download new credentials."
        ),
    ),
}

_FORM: Final[dict[Code, Entry]] = {
    Code.EMPTY: Entry(
        Severity.ERROR, N_("The file is empty; the download was probably interrupted."), _SAVE_AGAIN, Step.SAVE_FILE
    ),
    Code.ENCODING: Entry(
        Severity.ERROR,
        N_("The file is not text in UTF-8 or UTF-16: line {line} has bytes that fit neither."),
        N_(
            "Some program has changed the file, or it is another kind of file. Press DOWNLOAD in Infor's Download "
            "Credentials dialog again, and do not open it in an editor first."
        ),
        Step.SAVE_FILE,
    ),
    Code.NOT_JSON: Entry(
        Severity.ERROR,
        N_("The file is not JSON, as an .ionapi file has to be. Line {line}, column {column}: {reason}."),
        _SAVE_AGAIN,
        Step.SAVE_FILE,
    ),
    Code.NOT_AN_OBJECT: Entry(
        Severity.ERROR,
        N_("The file holds {kind} where an .ionapi file has one JSON object with named fields."),
        _SAVE_AGAIN,
        Step.SAVE_FILE,
    ),
    Code.TOO_DEEP: Entry(
        Severity.ERROR,
        N_("The file is nested more than {limit} levels deep. Infor's files have two levels."),
        N_("This is another file, or a malicious one. Choose the .ionapi file that Download Credentials saved."),
        Step.SAVE_FILE,
    ),
    Code.DUPLICATE_KEY: Entry(
        Severity.ERROR,
        N_("The file has {what} more than once, so that programs disagree about what it says."),
        N_(
            "The file was edited, or two were joined. Download it again with Download Credentials instead of choosing "
            "between the values."
        ),
        Step.DOWNLOAD,
    ),
    Code.REPAIRED: Entry(
        Severity.INFO,
        N_("The file is not quite as Infor writes it: {what}. It was understood all the same."),
        N_(
            "Nothing has to be done here, but other programs may refuse the file as it is. Give DocBits a fresh "
            "download rather than this one."
        ),
    ),
}

_WRONG_FILES: Final[dict[Code, Entry]] = {
    Code.SERVICE_ACCOUNT_CSV: Entry(
        Severity.ERROR,
        N_(
            "This is the list of a service account's keys (a .csv or Excel file from the Service Accounts page). It "
            "lacks the client ID and the addresses that an .ionapi file has."
        ),
        _WRONG_FILE_FIX,
        Step.DOWNLOAD,
    ),
    Code.BRIDGE_KEY: Entry(
        Severity.ERROR,
        N_(
            "This is a private key for Bridge Authentication (a JSON Web Key from Generate Key Pair), not an .ionapi "
            "file."
        ),
        _WRONG_FILE_FIX,
        Step.DOWNLOAD,
    ),
    Code.MAPPING_FILE: Entry(
        Severity.ERROR,
        N_(
            "This looks like a mapping file (lines of “name = value”, such as DocBits' IDM or BOD mapping), not an "
            ".ionapi file. DocBits calls the .ionapi file “ION Mapping File”, which is easy to confuse."
        ),
        _WRONG_FILE_FIX,
        Step.DOWNLOAD,
    ),
}

FORM_CODES: Final[dict[Code, Entry]] = {**_READING, **_FORM, **_WRONG_FILES}
