"""Where the vault's backend was once; people's settings may name it there still."""
