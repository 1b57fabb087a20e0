"""The live checks, one file each; their order is the tuple in ``order``."""
