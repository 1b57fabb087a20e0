"""Secrets are taken out of their wrapping in the modules named here and in no other."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import ionapi_tui

PACKAGE: Final = Path(ionapi_tui.__file__).parent

WHY: Final = {
    "base/secret.py": "compares two of them",
    "domain/credentials.py": "puts the document together and takes it apart",
    "domain/handover/encrypted_file.py": "decrypts with the private key of a file request",
    "usecases/backup.py": "encrypts a bundle and opens one",
    "usecases/lending.py": "computes the digest by which a file on loan is known again",
    "cli/child.py": "hands the token, and on request the secrets, to the program it runs",
    "cli/export.py": "writes the export to standard output, when that was asked for",
    "cli/token.py": "prints the token that was asked for",
    "domain/export/formats/environment.py": "writes an export",
    "domain/export/formats/powershell.py": "writes an export",
    "domain/export/formats/ionapi.py": "writes an export",
    "domain/export/formats/kubernetes.py": "writes an export",
    "domain/export/formats/plain_json.py": "writes an export",
    "domain/export/formats/postman.py": "writes an export",
    "gateway/responses.py": "reads what a server sent, and scrubs known secrets from it",
    "gateway/client.py": "sends the access token",
    "gateway/checks/file.py": "inspects the stored document as if it were a file",
    "gateway/checks/m3.py": "searches an error for the numbers that are known",
    "domain/token.py": "caches tokens beside the secret",
    "domain/token_claims.py": "reads the claims of an access token",
    "gateway/failures.py": "knows what a Basic header looks like, to mask one that a server echoes",
    "gateway/session.py": "sends the token request",
    "domain/inspection/inspector.py": "inspects what was pasted",
    "api/library.py": "hands the token to the program that asks for it",
    "secret_stores/vault/kdbx_file.py": "opens the vault",
    "ui/dialogs/passphrase.py": "shows a generated passphrase, to be written down",
    "secret_stores/vault/passphrases.py": "judges a passphrase",
    "files/private_file.py": "writes the file that the program it runs asked for",
    "profile_store/binding.py": "binds a secret to its addresses, and compares them",
    "profile_store/store.py": "marks a cached token with what it belongs to",
    "secret_stores/keyring_store.py": "writes into the password store, and compares what it reads back",
}
"""What each module needs the plain text for. A new line here is a decision, not a formality."""


def test_only_the_modules_named_take_a_secret_out_of_its_wrapping() -> None:
    revealing = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if _reveals(path)}
    assert revealing == set(WHY)


def test_the_search_finds_every_way_to_reach_the_method(tmp_path: Path) -> None:
    source = tmp_path / "source.py"
    for text in ("secret.reveal()", "map(Secret.reveal, secrets)", "getattr(secret, 'reveal')()"):
        source.write_text(text)
        assert _reveals(source), text
    source.write_text("revealed = 'it does not reveal()'")
    assert not _reveals(source)


def _reveals(path: Path) -> bool:
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "reveal")
        or (isinstance(node, ast.Constant) and node.value == "reveal")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )
