from __future__ import annotations

import pytest

from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.api_request import ApiRequest

BASE = "https://mingle-ionapi.eu1.inforcloudsuite.com/ACME_TST"


@pytest.mark.parametrize(
    ("path", "rest"),
    [
        ("IDM/api/items", "IDM/api/items"),
        ("/IDM/api/items/", "IDM/api/items/"),
        (
            'IDM/api/items?$query=/MDS_File[@A=".."]&x=a%2Fb%2e%2e',
            'IDM/api/items?$query=/MDS_File[@A=".."]&x=a%2Fb%2e%2e',
        ),
        ("IDM/api/items?", "IDM/api/items?"),
        ("IDM/a%20b/c%2Fd/100%25/...", "IDM/a%20b/c%2Fd/100%25/..."),
        ("IDM/Müller", "IDM/Müller"),
        ("IDM//x", "IDM//x"),
        ("http:/evil.example", "http:/evil.example"),
        (f"{BASE}/IDM/api?a=b", "IDM/api?a=b"),
        ("HTTPS://MINGLE-IONAPI.eu1.inforcloudsuite.com:443/ACME_TST/IDM", "IDM"),
    ],
)
def test_a_path_with_its_query_stays_as_it_was_typed(path: str, rest: str) -> None:
    assert ApiRequest(path).address(BASE) == f"{BASE}/{rest}"


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "?x=1", "//evil.example/x", "///x", "../x", "IDM/../../x", "IDM/.", "./IDM", "IDM/.."),
        *("%2e%2e/x", "IDM/%2E./x", "IDM/%252e%252e/x", "IDM/%25252e%25252e/x", "..%2fx", "IDM%2f..%2f..", "..;a=b/x"),
        *(
            "..%3ba/x",
            "\\x",
            "IDM/..\\x",
            "IDM%5c..%5cx",
            ".. /x",
            "..%20/x",
            "IDM/\uff0e\uff0e/x",
            "IDM/%ef%bc%8e%ef%bc%8e/x",
        ),
        *(
            "IDM/%c0%ae%c0%ae/x",
            "IDM/%u002e/x",
            "IDM/%",
            "IDM/%zz",
            "IDM/%00",
            "IDM/%0d%0aHost:%20x",
            "IDM\r\nX: y",
            "IDM/\x1b",
        ),
        *("IDM#x", "a" * 9000, "IDM/\udcff", "IDM/%2525252525252e"),
        *("https://evil.example/ACME_TST/x", "http://mingle-ionapi.eu1.inforcloudsuite.com/ACME_TST/x"),
        *(f"{BASE}_2/x", f"{BASE}/../OTHER/x", f"{BASE}/%2e%2e/OTHER/x", BASE, f"{BASE}/", f"{BASE}//evil.example/.."),
        *("https://u:p@mingle-ionapi.eu1.inforcloudsuite.com/ACME_TST/x", "https://[::1/ACME_TST/x"),
        *(
            "https://mingle-ionapi.eu1.inforcloudsuite.com:444/ACME_TST/x",
            "https://mingle-ionapi.eu1.inforcloudsuite.com:x/",
        ),
        *("https://mingle-ionapi.eu1.inforcloudsuite.com@evil.example/ACME_TST/x", "ftp://x/ACME_TST/x"),
    ],
    ids=lambda path: ascii(path)[:40],
)
def test_nothing_leads_out_of_the_tenant(path: str) -> None:
    with pytest.raises(UsageError):
        ApiRequest(path).address(BASE)


@pytest.mark.parametrize(
    ("request_", "changes"),
    [
        (ApiRequest("IDM/api/items"), False),
        (ApiRequest("IDM/api/items", "HEAD"), False),
        (ApiRequest("IDM/api/items", "POST"), True),
        (ApiRequest("IDM/api/items", "MERGE"), True),
        (ApiRequest("IDM/api/items", headers=(("x-http-method-override", "DELETE"),)), True),
        (ApiRequest("M3/m3api-rest/v2/execute/MNS150MI/GetUserData?maxrecs=1"), False),
        (ApiRequest("M3/m3api-rest/execute/CRS610MI/LstByNumber;maxrecs=1"), False),
        (ApiRequest("M3/m3api-rest/v2/execute/CMS535MI/FpwVersion"), False),
        (ApiRequest("M3/m3api-rest/v2/execute/CRS610MI/ChgBasicData?CUNO=1"), True),
        (ApiRequest("M3/m3api-rest/v2/execute/CRS610MI/AddAddress"), True),
        (ApiRequest("M3/M3API-REST/v2/%65xecute/CRS610MI/Delete"), True),
    ],
)
def test_what_may_change_data_is_told_from_what_reads(request_: ApiRequest, changes: bool) -> None:
    assert request_.changes_data is changes


def test_a_body_is_not_in_its_representation() -> None:
    assert "x1y2" not in repr(ApiRequest("IDM", "POST", body=b"x1y2"))
