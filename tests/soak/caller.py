"""A program that calls an API with a stored profile, again and again, until its standard input is closed.

It prints how many calls there were and what went wrong, as JSON.
"""

from __future__ import annotations

import json
import select
import sys
from collections import Counter

import httpx

import ionapi_tui

PATH = "ifsservice/usermgt/v2/users/me"


def main(name: str) -> None:
    """Call with the profile ``name``."""
    outcomes: Counter[str] = Counter()
    with ionapi_tui.client(name) as infor:
        while not select.select([sys.stdin], [], [], 0.5)[0]:
            try:
                outcomes[str(infor.get(PATH).status_code)] += 1
            except (ionapi_tui.IonApiError, httpx.HTTPError) as error:
                outcomes[f"{type(error).__name__}: {error}"] += 1
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(sys.argv[1])
