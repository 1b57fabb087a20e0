"""Pure values and rules: bytes in, values out. Nothing here knows a screen, a command, a network or a keyring."""
