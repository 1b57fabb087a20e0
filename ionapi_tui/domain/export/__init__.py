"""Credentials in the forms that other programs read. One file a format."""
