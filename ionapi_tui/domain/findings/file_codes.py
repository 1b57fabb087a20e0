"""What can be wrong with an ``.ionapi`` file: each code with its cause, its fix and the step of the guide.

``{label}`` is the field in words, ``{field}`` its key; the other placeholders are named by whoever makes the finding.
"""

from __future__ import annotations

from typing import Final

from ionapi_tui.base.language import N_
from ionapi_tui.domain.findings.codes import Code, Entry, Severity, Step

_SAVE_AGAIN: Final = N_(
    "Press DOWNLOAD in Infor's Download Credentials dialog again, and use the file as the browser saves it. Each "
    "download creates another service account: disable the earlier one under OS > Security > Manage > Service Accounts."
)

_WRONG_FILE_FIX: Final = N_(
    "Open the app in Authorized Apps, press Download Credentials, turn on Create Service Account and press "
    "DOWNLOAD. The right file ends in .ionapi."
)

_READING: Final[dict[Code, Entry]] = {
    Code.NOT_FOUND: Entry(
        Severity.ERROR,
        N_("There is no file {path}."),
        N_("Check the name and the folder. The browser saves it as <name of the app>.ionapi, usually in Downloads."),
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
            "Delete the file once it is no longer needed. If somebody else may have read it, disable its service "
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
        N_(
            "The file is not text in UTF-8 or UTF-16: line {line} has bytes that fit neither. A program has changed "
            "the file, or it is another kind of file."
        ),
        _SAVE_AGAIN,
        Step.SAVE_FILE,
    ),
    Code.NOT_JSON: Entry(
        Severity.ERROR,
        N_("The file does not contain valid JSON, as an .ionapi file has to. Line {line}, column {column}: {reason}."),
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
        N_("The file has {what} more than once, so programs may read it differently."),
        N_(
            "The file was edited, or two were joined. Download it again with Download Credentials instead of choosing "
            "between the values."
        ),
        Step.DOWNLOAD,
    ),
    Code.REPAIRED: Entry(
        Severity.INFO,
        N_("The file differs from what Infor writes: {what}. It could still be read."),
        N_(
            "Nothing needs to be done here, but other programs may reject the file. Use a newly downloaded "
            "file for DocBits."
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


_SEND_AGAIN: Final = N_(
    "Ask the sender to attach the .ionapi.enc file again, unchanged, as the hand-over page saved it. If that does not "
    "help, ask them to encrypt the .ionapi file again on the same page."
)

_NEW_PAGE: Final = N_(
    "If you need another file, create a new hand-over page (ionapi-tui guide --for NAME) and have the file encrypted "
    "there."
)

_ENCRYPTED: Final[dict[Code, Entry]] = {
    Code.ENCRYPTED_WRONG: Entry(
        Severity.ERROR,
        N_("The file is encrypted, but not by a hand-over page of ionapi-tui, so it cannot be opened here."),
        N_("Ask the sender for the .ionapi.enc file that the hand-over page saved."),
    ),
    Code.ENCRYPTED_CUT: Entry(Severity.ERROR, N_("The encrypted file is incomplete: its end is missing."), _SEND_AGAIN),
    Code.ENCRYPTED_CHANGED: Entry(
        Severity.ERROR,
        N_("The encrypted file was changed after the hand-over page saved it, so it cannot be opened."),
        _SEND_AGAIN,
    ),
    Code.ENCRYPTED_FOREIGN: Entry(
        Severity.ERROR,
        N_("The file was encrypted for the file request {id}, whose key is not on this computer."),
        N_(
            "Import it on the computer, and as the user, that created the hand-over page. If that is not possible, "
            "create a new page (ionapi-tui guide --for NAME) and have the file encrypted there."
        ),
    ),
    Code.ENCRYPTED_USED: Entry(
        Severity.ERROR,
        N_("The file request {id} for {customer} was answered on {date}, and its key was deleted then."),
        _NEW_PAGE,
    ),
    Code.ENCRYPTED_WITHDRAWN: Entry(
        Severity.ERROR,
        N_("The file request {id} for {customer} was withdrawn on {date}, and its key was deleted then."),
        _NEW_PAGE,
    ),
    Code.ENCRYPTED_NO_KEY: Entry(
        Severity.ERROR,
        N_("The password store no longer contains the key of the file request {id} for {customer}."),
        _NEW_PAGE,
    ),
    Code.ENCRYPTED_NOT_OPENED: Entry(
        Severity.ERROR,
        N_("The encrypted file could not be opened: {reason}"),
        N_("Correct that, then import the file again. The file itself is not the cause."),
    ),
    Code.ANSWERS_REQUEST: Entry(
        Severity.INFO,
        N_("The file answers the file request {id} for {customer}, created on {date}."),
        N_(
            "It was decrypted in memory. Once the profile is stored, the key of this request is deleted, and no file "
            "from that hand-over page can be opened any more."
        ),
    ),
}


_DOWNLOAD_AGAIN: Final = N_(
    "Download the file again: open the app in Authorized Apps, press Download Credentials, and leave the file "
    "unedited. Each download creates another service account: disable the earlier one under OS > Security > Manage "
    "> Service Accounts."
)

_FIELD_CODES: Final[dict[Code, Entry]] = {
    Code.MISSING_FIELD: Entry(
        Severity.ERROR, N_("{label} (“{field}”) is missing. {hint}"), _DOWNLOAD_AGAIN, Step.DOWNLOAD
    ),
    Code.WRONG_TYPE: Entry(
        Severity.ERROR,
        N_("{label} (“{field}”) is {kind}, but Infor writes something else there."),
        _DOWNLOAD_AGAIN,
        Step.DOWNLOAD,
    ),
    Code.EMPTY_VALUE: Entry(Severity.ERROR, N_("{label} (“{field}”) is empty."), _DOWNLOAD_AGAIN, Step.DOWNLOAD),
    Code.PLACEHOLDER_VALUE: Entry(
        Severity.ERROR,
        N_("{label} (“{field}”) holds a placeholder instead of a value, as in an example or a redacted copy."),
        _DOWNLOAD_AGAIN,
        Step.DOWNLOAD,
    ),
    Code.CONTROL_CHARACTERS: Entry(
        Severity.ERROR,
        N_("“{label}” contains a character that cannot belong there: {characters}."),
        N_(
            "Do not copy or edit the content: download the file again with Download Credentials. If a fresh download "
            "has it too, rename the authorized app with plain letters."
        ),
        Step.DOWNLOAD,
    ),
    Code.NO_SERVICE_ACCOUNT: Entry(
        Severity.ERROR,
        N_(
            "The file has no service account (“saak” and “sask” are missing). Most likely Create Service Account was "
            "off when it was downloaded; less likely the app's Grant Type is Client Credentials."
        ),
        N_(
            "Press Download Credentials again, turn on Create Service Account, enter the service user and press "
            "DOWNLOAD. If the app shows a Grant Type, it has to be Password Credentials first."
        ),
        Step.SERVICE_ACCOUNT,
    ),
    Code.WRONG_APP_TYPE: Entry(
        Severity.ERROR,
        N_("The app does not look like a Backend Service: {reason}."),
        N_(
            "The type of an app is chosen when it is created. Add a new app in Authorized Apps with the type Backend "
            "Service, and download its credentials. (What other type codes mean is not published.)"
        ),
        Step.NEW_APP,
    ),
}

_ADDRESS_CODES: Final[dict[Code, Entry]] = {
    Code.INSECURE_URL: Entry(
        Severity.ERROR,
        N_("{label} (“{field}”) begins with http://, so secrets would be sent to {host} unencrypted."),
        N_("Download the file again and check that the address begins with https://."),
        Step.DOWNLOAD,
    ),
    Code.BAD_URL: Entry(
        Severity.ERROR,
        N_("Nothing may be sent to the address of {label} (“{field}”): {reason}."),
        N_(
            "Download the file again from Infor's portal. If somebody sent you this one, ask where it comes from "
            "before you use it."
        ),
        Step.DOWNLOAD,
    ),
    Code.UNKNOWN_HOST: Entry(
        Severity.WARNING,
        N_("{host} (“{field}”) is not in one of Infor's cloud domains that this app knows."),
        N_(
            "This is normal for an on-premises installation: compare the name with the one in your browser. Nothing is "
            "sent there before you have confirmed it once."
        ),
    ),
    Code.TENANT_MISMATCH: Entry(
        Severity.WARNING,
        N_("The file is for tenant {tenant}, but its authorization server's address names {other}."),
        N_(
            "If you edited the file, or put it together from two, download it again in the tenant that you mean. "
            "Otherwise verify it: the checks tell whether this server knows the tenant."
        ),
        Step.DOWNLOAD,
    ),
    Code.REGION_MISMATCH: Entry(
        Severity.WARNING,
        N_("The gateway ({gateway}) and the authorization server ({server}) are not in the same region or domain."),
        N_(
            "Parts of two files may have been mixed: download the file again in the tenant that you mean. (That both "
            "agree is inferred from known files.)"
        ),
        Step.DOWNLOAD,
    ),
    Code.CLIENT_PREFIX: Entry(
        Severity.WARNING,
        N_("{label} (“{field}”) should begin with the tenant, “{tenant}{separator}”, but {reason}."),
        N_(
            "Some installations put the name of their server farm there. Verify the file: if the checks pass, nothing "
            "needs to be done. If they do not, or if you edited the file, download it again with Download Credentials."
        ),
        Step.DOWNLOAD,
    ),
    Code.SCOPES_PRESENT: Entry(
        Severity.INFO,
        N_("The app uses scopes: {scopes}."),
        N_(
            "These scopes are requested with every token. Requests outside them return 403. DocBits needs "
            "Infor-IDM and Infor-ION; the role check needs INFOR-IFS. The service account must have them too."
        ),
    ),
    Code.UNKNOWN_KEY: Entry(
        Severity.INFO,
        N_("The file also has {what}, which Infor is not known to write."),
        N_("No action needed: it is left unchanged and stored with the secrets, in case it is secret."),
    ),
}

FILE_CODES: Final[dict[Code, Entry]] = {
    **_READING,
    **_FORM,
    **_WRONG_FILES,
    **_ENCRYPTED,
    **_FIELD_CODES,
    **_ADDRESS_CODES,
}
"""Every code that the inspection of a file reports."""

FILE_VARIANTS: Final[dict[tuple[Code, str], Entry]] = {
    (Code.TENANT_MISMATCH, "sibling"): Entry(
        Severity.ERROR,
        N_("The file mixes two environments: it is for tenant {tenant}, but these are of {other}: {labels}."),
        N_(
            "The file was edited, or put together from two downloads. Download it again in the tenant that you mean, "
            "and use it unchanged."
        ),
        Step.DOWNLOAD,
    ),
    (Code.BAD_URL, "path"): Entry(
        Severity.WARNING,
        N_("{label} (“{field}”) ends in “{end}”. In every known file of Infor's cloud, it ends in “as”."),
        N_(
            "The file was probably edited. Download it again and use it unchanged, or verify it to see whether it "
            "works."
        ),
        Step.DOWNLOAD,
    ),
    (Code.WRONG_APP_TYPE, "complete"): Entry(
        Severity.WARNING,
        N_("The app does not look like a Backend Service: {reason}."),
        N_(
            "The file has everything that is needed, and what other type codes mean is not published: verify it. If "
            "Infor rejects it, add a new app in Authorized Apps with the type Backend Service."
        ),
        Step.NEW_APP,
    ),
    (Code.INSECURE_URL, "loopback"): Entry(
        Severity.INFO,
        N_("{label} (“{field}”) points to this computer ({host}) over http://, as it does for a practice tenant."),
        N_("Nothing to do for a practice run. In a file from Infor, every address begins with https://."),
    ),
}
"""Cases within a code that need words of their own."""
