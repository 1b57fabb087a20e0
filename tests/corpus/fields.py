"""Files with a field that is missing or wrong."""

from __future__ import annotations

from typing import Final

from ionapi_tui.domain.findings import Code, Step
from tests.corpus.case import ERROR, INFO, WARNING, Case
from tests.samples import REMOVED, as_bytes, client_credentials, cloud11, random_secret, sample_bytes, web_app

FIELDS: Final = (
    *(
        Case(f"no {key}", sample_bytes(**{key: REMOVED}), Code.MISSING_FIELD, key, ERROR, Step.DOWNLOAD)
        for key in ("ti", "cn", "ci", "cs", "iu", "pu", "ot", "saak", "sask")
    ),
    Case(
        "capitals",
        sample_bytes(saak=REMOVED, SAAK=random_secret()),
        Code.MISSING_FIELD,
        "saak",
        ERROR,
        Step.DOWNLOAD,
        "SAAK",
    ),
    Case("other JSON", b'{"a": 1}', Code.MISSING_FIELD, "ti", ERROR, Step.DOWNLOAD, "another kind"),
    Case("a number for a secret", sample_bytes(cs=12345), Code.WRONG_TYPE, "cs", ERROR, Step.DOWNLOAD, "a number"),
    Case("a list for a key", sample_bytes(saak=[]), Code.WRONG_TYPE, "saak", ERROR, Step.DOWNLOAD, "a list"),
    Case("an object for an address", sample_bytes(iu={}), Code.WRONG_TYPE, "iu", ERROR, Step.DOWNLOAD, "an object"),
    Case("the type as a number", sample_bytes(dt=12), Code.WRONG_TYPE, "dt", WARNING, Step.DOWNLOAD),
    Case("scopes as a number", sample_bytes(sc=1), Code.WRONG_TYPE, "sc", WARNING, Step.DOWNLOAD),
    Case("a list for the type", sample_bytes(dt=["12"]), Code.WRONG_TYPE, "dt", ERROR, Step.DOWNLOAD),
    Case("endless scopes", sample_bytes(sc=["x" * 90] * 200), Code.TOO_LARGE, "sc", ERROR, Step.SAVE_FILE),
    Case(
        "half a character deep in scopes",
        b'{"ti": "A", "sc": [["\\ud800"]]}',
        Code.CONTROL_CHARACTERS,
        "sc",
        ERROR,
        Step.DOWNLOAD,
    ),
    Case("numbers as scopes", sample_bytes(sc=["Infor-IDM", 1]), Code.WRONG_TYPE, "sc", WARNING, Step.DOWNLOAD),
    Case("an empty secret", sample_bytes(cs=""), Code.EMPTY_VALUE, "cs", ERROR, Step.DOWNLOAD),
    Case("a blank tenant", sample_bytes(ti="  "), Code.EMPTY_VALUE, "ti", ERROR, Step.DOWNLOAD),
    Case("a null", sample_bytes(sask=None), Code.EMPTY_VALUE, "sask", ERROR, Step.DOWNLOAD),
    Case("angle brackets", sample_bytes(cs="<secret here>"), Code.PLACEHOLDER_VALUE, "cs", ERROR, Step.DOWNLOAD),
    Case("your-client-id", sample_bytes(ci="your-client-id"), Code.PLACEHOLDER_VALUE, "ci", ERROR, Step.DOWNLOAD),
    Case("stars", sample_bytes(sask="********"), Code.PLACEHOLDER_VALUE, "sask", ERROR, Step.DOWNLOAD),
    Case("our own mask", sample_bytes(sask="••••••••"), Code.PLACEHOLDER_VALUE, "sask", ERROR, Step.DOWNLOAD),
    Case("a template", sample_bytes(iu="https://{{host}}"), Code.PLACEHOLDER_VALUE, "iu", ERROR, Step.DOWNLOAD),
    Case("an escape", sample_bytes(cn="a\x1b[2Jb"), Code.CONTROL_CHARACTERS, "cn", ERROR, Step.DOWNLOAD, "U+001B"),
    Case("bidi", sample_bytes(ti="A\u202eB_TST"), Code.CONTROL_CHARACTERS, "ti", ERROR, Step.DOWNLOAD, "RIGHT-TO-LEFT"),
    Case("a long dash", sample_bytes(cs="abc–def"), Code.CONTROL_CHARACTERS, "cs", ERROR, Step.DOWNLOAD, "EN DASH"),
    Case("a space inside", sample_bytes(sask="ab cd"), Code.CONTROL_CHARACTERS, "sask", ERROR, Step.DOWNLOAD, "SPACE"),
    Case("half a character", b'{"ti": "\\ud800"}', Code.CONTROL_CHARACTERS, "ti", ERROR, Step.DOWNLOAD, "U+D800"),
    Case("in an unknown key", sample_bytes(**{"z\x07": 1}), Code.CONTROL_CHARACTERS, "z␇", ERROR, Step.DOWNLOAD),
    Case(
        "half a character in what is unknown",
        sample_bytes(zz=REMOVED)[:-2] + b', "zz": {"a": ["\\udfff"]}}',
        Code.CONTROL_CHARACTERS,
        "zz",
        ERROR,
        Step.DOWNLOAD,
        "surrogate",
    ),
    Case("in a scope", as_bytes(cloud11(sc=["a\x1b"])), Code.CONTROL_CHARACTERS, "sc", ERROR, Step.DOWNLOAD),
    Case(
        "no service account",
        as_bytes(client_credentials()),
        Code.NO_SERVICE_ACCOUNT,
        "saak",
        ERROR,
        Step.SERVICE_ACCOUNT,
        "Create Service Account",
    ),
    Case("a web app", as_bytes(web_app()), Code.WRONG_APP_TYPE, "ru", ERROR, Step.NEW_APP, "Backend Service"),
    Case("another type", as_bytes(client_credentials(dt="3")), Code.WRONG_APP_TYPE, "dt", ERROR, Step.NEW_APP, "3"),
    Case("another type that may work", sample_bytes(dt="3"), Code.WRONG_APP_TYPE, "dt", WARNING, Step.NEW_APP),
    Case("an unknown key", sample_bytes(zz="a"), Code.UNKNOWN_KEY, "zz", INFO, None),
    Case("scopes", as_bytes(cloud11()), Code.SCOPES_PRESENT, "sc", INFO, None, "Infor-IDM"),
    Case("scopes in a string", sample_bytes(sc="Infor-ION, b"), Code.SCOPES_PRESENT, "sc", INFO, None, "Infor-ION, b"),
    Case("scopes in an object", sample_bytes(sc={"Infor-ION": 1}), Code.SCOPES_PRESENT, "sc", INFO, None, "Infor-ION"),
)
