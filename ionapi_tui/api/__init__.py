"""Stored profiles for Python programs: what ``import ionapi_tui`` offers."""
