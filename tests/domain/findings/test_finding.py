"""A finding is safe to draw, translated when shown, and sorted by how bad it is."""

from __future__ import annotations

from ionapi_tui.base import language
from ionapi_tui.domain.findings import Code, Finding, Severity, ok, worst


def test_foreign_text_in_it_is_made_safe() -> None:
    finding = Finding(Code.UNKNOWN_HOST, "i\x1bu", {"host": "a\u202eb"})
    assert finding.field == "i␛u"
    assert "a‹202E›b" in finding.message


def test_braces_in_foreign_text_are_only_text() -> None:
    assert "{host.__class__}" in Finding(Code.UNKNOWN_HOST, "{field}", {"host": "{host.__class__}"}).message


def test_its_json_is_the_documented_shape() -> None:
    finding = Finding(Code.NO_SERVICE_ACCOUNT, "saak")
    assert finding.as_json() == {
        "code": "no-service-account",
        "severity": "error",
        "field": "saak",
        "message": finding.message,
        "fix": finding.fix,
        "step": "4",
    }


def test_a_severity_of_its_own_changes_nothing_else() -> None:
    finding = Finding(Code.INSECURE_URL, "iu", {"label": "Gateway", "host": "localhost"})
    warning = finding.with_severity(Severity.WARNING)
    assert warning.severity is Severity.WARNING
    assert warning.message == finding.message
    assert ok([warning])
    assert not ok([finding, warning])


def test_the_worst_come_first_and_equals_keep_their_order() -> None:
    info, warning, error = Finding(Code.UNKNOWN_KEY, "a"), Finding(Code.CLIENT_PREFIX), Finding(Code.EMPTY)
    second = Finding(Code.ENCODING)
    assert worst([info, warning, error, second]) == [error, second, warning, info]


def test_among_equally_bad_findings_what_infor_reported_comes_before_what_is_in_the_file() -> None:
    in_file, live = Finding(Code.CLIENT_PREFIX), Finding(Code.NO_REFRESH_TOKEN)
    assert in_file.severity is live.severity
    assert worst([in_file, live]) == [live, in_file]
    assert worst([live, Finding(Code.EMPTY)])[0].code is Code.EMPTY


def test_it_speaks_the_language_in_use() -> None:
    from gettext import NullTranslations

    class Shouting(NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper().replace("{PATH}", "{path}")

    finding = Finding(Code.NOT_FOUND, values={"path": "x.ionapi"})
    language.use("loud", Shouting())
    try:
        assert finding.message == "THERE IS NO FILE x.ionapi."
    finally:
        language.use("en", None)
    assert finding.message == "There is no file x.ionapi."


def test_a_finding_is_given_a_severity_that_is_worse_or_less_bad_than_usual() -> None:
    usual = Finding(Code.REPAIRED, values={"what": "x"})
    assert [usual.with_severity(severity).severity for severity in Severity] == list(Severity)
    assert [severity.word for severity in Severity] == ["Error", "Warning", "Note"]


def test_no_advice_names_a_host_of_infor_that_could_be_the_one_that_was_not_found() -> None:
    fix = Finding(Code.DNS, "iu", {"host": "mingle-ionapi.eu1.inforcloudsuite.com"}).fix
    assert "eu1" not in fix
    assert "mingle-ionapi.<region>.inforcloudsuite.com" in fix


def test_profiles_of_a_practice_tenant_work_again_at_the_same_address() -> None:
    values = {"host": "127.0.0.1", "port": "8377", "reason": "refused"}
    fix = Finding(Code.REFUSED, "iu", values, variant="practice").fix
    assert "work again as soon as it runs at the same address" in fix
    assert "knows only its own files" not in fix
