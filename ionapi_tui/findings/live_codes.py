from ionapi_tui.findings.codes import Code, Entry

LIVE_CODES: dict[Code, Entry] = {}
