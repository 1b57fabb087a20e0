"""Where secrets are kept: the keyrings of the operating system, and vaults."""
