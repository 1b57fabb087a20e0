"""Talking to Infor: the token request, signed requests, and the live checks."""
