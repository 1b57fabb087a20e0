from ionapi_tui.findings.codes import Code, Entry

FILE_CODES: dict[Code, Entry] = {}
