"""The vocabulary of the diagnosis: codes, severities, and the steps of the guide they point back to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ionapi_tui.base.language import _
from ionapi_tui.base.signs import Sign


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """The credentials cannot work, or must not be used, like this."""
    WARNING = "warning"
    """They may work, but something is likely to bite."""
    INFO = "info"
    """Good to know."""

    @property
    def word(self) -> str:
        """How it is called, in the language in use."""
        return {
            Severity.ERROR: _("Error"),
            Severity.WARNING: _("Warning"),
            Severity.INFO: _("Note"),
        }[self]

    @property
    def sign(self) -> Sign:
        """What stands before it."""
        return {Severity.ERROR: Sign.ERROR, Severity.WARNING: Sign.WARNING, Severity.INFO: Sign.NOTE}[self]


class Step(StrEnum):
    """The steps of our guide that the catalogue leads back to, by the ids of their headings."""

    PREREQUISITES = "prerequisites"
    AUTHORIZED_APPS = "1"
    NEW_APP = "2"
    DOWNLOAD = "3"
    SERVICE_ACCOUNT = "4"
    SAVE_FILE = "5"


class Code(StrEnum):
    """Every kind of finding."""

    # Reading the file
    NOT_FOUND = "not-found"
    NOT_A_FILE = "not-a-file"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    EXPOSED_FILE = "exposed-file"
    # Its form
    EMPTY = "empty"
    ENCODING = "encoding"
    NOT_JSON = "not-json"
    NOT_AN_OBJECT = "not-an-object"
    TOO_DEEP = "too-deep"
    DUPLICATE_KEY = "duplicate-key"
    REPAIRED = "repaired"
    # Other downloads it is confused with
    SERVICE_ACCOUNT_CSV = "service-account-csv"
    BRIDGE_KEY = "bridge-key"
    MAPPING_FILE = "mapping-file"
    # Encrypted by a hand-over page
    ENCRYPTED_WRONG = "encrypted-wrong"
    ENCRYPTED_CUT = "encrypted-cut"
    ENCRYPTED_CHANGED = "encrypted-changed"
    ENCRYPTED_FOREIGN = "encrypted-foreign"
    ENCRYPTED_USED = "encrypted-used"
    ENCRYPTED_WITHDRAWN = "encrypted-withdrawn"
    ENCRYPTED_NO_KEY = "encrypted-no-key"
    ENCRYPTED_NOT_OPENED = "encrypted-not-opened"
    ANSWERS_REQUEST = "answers-request"
    # Its fields
    MISSING_FIELD = "missing-field"
    WRONG_TYPE = "wrong-type"
    EMPTY_VALUE = "empty-value"
    PLACEHOLDER_VALUE = "placeholder-value"
    CONTROL_CHARACTERS = "control-characters"
    NO_SERVICE_ACCOUNT = "no-service-account"
    WRONG_APP_TYPE = "wrong-app-type"
    INSECURE_URL = "insecure-url"
    BAD_URL = "bad-url"
    UNKNOWN_HOST = "unknown-host"
    TENANT_MISMATCH = "tenant-mismatch"
    REGION_MISMATCH = "region-mismatch"
    CLIENT_PREFIX = "client-prefix"
    SCOPES_PRESENT = "scopes-present"
    UNKNOWN_KEY = "unknown-key"
    # The way to Infor
    DNS = "dns"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    TLS = "tls"
    PROXY = "proxy"
    NOT_A_GATEWAY = "not-a-gateway"
    REDIRECTED = "redirected"
    CLOCK_SKEW = "clock-skew"
    # The authorization server
    INVALID_CLIENT = "invalid-client"
    INVALID_GRANT = "invalid-grant"
    UNAUTHORIZED_CLIENT = "unauthorized-client"
    INVALID_SCOPE = "invalid-scope"
    WRONG_TENANT = "wrong-tenant"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    BAD_ANSWER = "bad-answer"
    NO_REFRESH_TOKEN = "no-refresh-token"
    # What the token states, and what it may do
    WRONG_GATEWAY = "wrong-gateway"
    NO_USER = "no-user"
    USER_INACTIVE = "user-inactive"
    USER_FORBIDDEN = "user-forbidden"
    TOKEN_REJECTED = "token-rejected"
    ROLE_MISSING = "role-missing"
    SCOPE_MISSING = "scope-missing"
    IDM_FORBIDDEN = "idm-forbidden"
    IDM_NOT_PROVISIONED = "idm-not-provisioned"
    IMS_UNREACHABLE = "ims-unreachable"
    IMS_CLIENT_UNKNOWN = "ims-client-unknown"
    M3_JWT_DISABLED = "m3-jwt-disabled"
    M3_FORBIDDEN = "m3-forbidden"
    M3_NOT_PROVISIONED = "m3-not-provisioned"
    M3_ERROR = "m3-error"
    LN_NOT_CHECKED = "ln-not-checked"
    # What is stored
    ADDRESSES_CHANGED = "addresses-changed"
    ADDRESSES_BOUND = "addresses-bound"
    TENANT_REFRESHED = "tenant-refreshed"
    CREDENTIALS_OLD = "credentials-old"


@dataclass(frozen=True)
class Entry:
    """What the catalogue knows of a code."""

    severity: Severity
    message: str
    """The cause in plain words, with ``{placeholders}`` that the finding fills in."""
    fix: str
    """What to do about it, with the same placeholders."""
    step: str | None = None
    """The id of the guide's step to go back to."""
