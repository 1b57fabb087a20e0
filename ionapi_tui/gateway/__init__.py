"""Talking to Infor: the token request, signed requests, and the ladder of live checks."""
