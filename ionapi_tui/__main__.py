"""``python -m ionapi_tui`` is ``ionapi-tui``."""

from ionapi_tui.cli import main

if __name__ == "__main__":
    main()
