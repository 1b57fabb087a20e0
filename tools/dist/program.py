"""What the single-file programs run."""

from ionapi_tui.cli import main

main()
