"""KeePass files with a passphrase, for machines without a keyring of their own."""
