"""Check: the gateway responds, and is a gateway.

Asked without tenant and token, a healthy gateway says 400 in JSON. The status is not looked at beyond that: any JSON
will do, because the one observation behind this rule is no promise.
"""

from __future__ import annotations

from ionapi_tui.base.language import N_, _
from ionapi_tui.domain.findings import Code, Finding, Severity
from ionapi_tui.gateway.checks.check import Check, Outcome, Run, found, passed
from ionapi_tui.gateway.failures import NotReached, known_secrets, transport_failure


async def _run(run: Run) -> Outcome:
    url = f"{run.credentials.gateway_url}/"
    try:
        response = await run.session.get(url, "iu")
    except NotReached as failure:
        return found(failure.finding)
    run.responses.append(response)
    secrets = known_secrets(run.credentials)
    blocked = transport_failure(response, url, "iu", secrets)
    if blocked is not None:
        return found(blocked.finding)
    if response.document() is None:
        finding = Finding(Code.NOT_A_GATEWAY, "iu", {"host": response.host, "said": response.said(secrets)})
        # A page for people is not a gateway; a bare response may be one in front of something unusual.
        return found(finding if response.is_html else finding.with_severity(Severity.WARNING))
    sentence = _("{host} answered in {milliseconds} ms")
    return passed(sentence.format(host=response.host, milliseconds=round(response.seconds * 1000)))


CHECK = Check("reachable", N_("Connection to the gateway"), _run, needs=("file",))
