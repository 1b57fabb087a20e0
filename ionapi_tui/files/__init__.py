"""Files on this machine: written whole or not at all, locked among processes, and never more readable than needed."""
