"""Every format is read back by those who read it: shells, dotenv, Postman, Kubernetes, and our own inspection."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values

import ionapi_tui.domain.export.formats
from ionapi_tui.base.errors import UsageError
from ionapi_tui.domain.credentials import Credentials
from ionapi_tui.domain.export import variables
from ionapi_tui.domain.export.formats import FORMATS
from ionapi_tui.domain.inspection import inspect
from tests.fixtures.powershell import errors_in, literals_in
from tests.samples import client_credentials, cloud11, on_premises, random_secret, sample

DOCUMENTS = [
    sample(),
    cloud11(),
    on_premises(),
    client_credentials(),
    sample(cn="Bob's “app” 東京", note=random_secret()),
]

# What Postman's own exports have; https://schema.postman.com describes collections only.
POSTMAN_VALUE = {"key": str, "value": str, "type": str, "enabled": bool}


def exported(format_name: str, document: dict[str, Any], name: str = "acme-tst") -> str:
    """Return ``document`` in a format."""
    return FORMATS[format_name].render(Credentials.from_document(document), name).reveal()


def expected(document: dict[str, Any]) -> dict[str, str]:
    """Return the variables of ``document`` in plain text."""
    return {name: value.reveal() for name, value in variables(Credentials.from_document(document)).items()}


def test_the_formats_are_offered_in_their_order_each_with_a_title_and_a_file_name() -> None:
    assert [(one.name, one.file_name("x")) for one in FORMATS.values()] == [
        ("ionapi", "x.ionapi"),
        ("env", "x.env"),
        ("powershell", "x.ps1"),
        ("json", "x.json"),
        ("postman", "x.postman_environment.json"),
        ("kubernetes", "x.yaml"),
    ]
    assert all(one.title for one in FORMATS.values())


def test_the_documentation_has_a_row_for_each_format() -> None:
    text = (Path(__file__).parents[3] / "docs" / "scripts.md").read_text("utf-8")
    assert all(f"\n| `{name}` |" in text for name in FORMATS)


def test_a_new_format_is_one_file_in_a_program_that_is_one_archive_too(tmp_path: Path) -> None:
    formats = Path(ionapi_tui.domain.export.formats.__file__).parent
    archive = tmp_path / "program.zip"
    new = (formats / "plain_json.py").read_text("utf-8").replace('"json"', '"tidy"').replace("rank=30", "rank=15")
    with zipfile.ZipFile(archive, "w") as program:
        for path in formats.parents[2].rglob("*.py"):
            program.write(path, path.relative_to(formats.parents[3]))
        program.writestr("ionapi_tui/domain/export/formats/tidy.py", new)
    script = "from ionapi_tui.cli.export import command; print(*command.params[1].type.choices)"
    env = {**os.environ, "PYTHONPATH": str(archive)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=env, cwd=tmp_path)
    assert done.stdout.split() == ["ionapi", "tidy", "env", "powershell", "json", "postman", "kubernetes"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_ionapi_equals_what_was_imported(document: dict[str, Any]) -> None:
    content = exported("ionapi", document)
    assert json.loads(content) == document
    assert list(json.loads(content))[:4] == ["ti", "cn", "dt", "ci"]


def test_ionapi_is_imported_again() -> None:
    assert inspect(exported("ionapi", sample()).encode()).ok


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh"])
@pytest.mark.parametrize("document", DOCUMENTS)
@pytest.mark.posix("its programs and paths are POSIX")
def test_shells_read_env_as_it_was_written(shell: str, document: dict[str, Any], tmp_path: Path) -> None:
    program = shutil.which(shell)
    if program is None and os.environ.get("CI") != "true":
        pytest.skip(f"not installed: {shell}")
    file = tmp_path / "downloads" / ".env"
    file.parent.mkdir()
    file.write_text(exported("env", document))
    dump = f"exec '{sys.executable}' -c 'import json, os; print(json.dumps(dict(os.environ)))'"
    done = subprocess.run(
        [str(program), "-c", f"set -eua; . '{file}'; {dump}"], capture_output=True, text=True, check=True
    )
    seen = {name: value for name, value in json.loads(done.stdout).items() if name in expected(document)}
    assert seen == expected(document)


@pytest.mark.parametrize("nasty", ["a'b", 'a`$b"c', "it‘s ‛ ’ ‚", "a\nb", "$(x)", "日本"])
def test_powershell_takes_nothing_in_a_value_for_its_own(nasty: str) -> None:
    script = exported("powershell", sample(cs=nasty))
    assert script.startswith("\ufeff$env:IONAPI_TENANT = 'ACME_TST'\n")
    assert errors_in(script) == []
    assert literals_in(script)[-3] == nasty


@pytest.mark.parametrize("document", DOCUMENTS)
def test_powershell_reads_what_was_written(document: dict[str, Any]) -> None:
    assert literals_in(exported("powershell", document)) == list(expected(document).values())


@pytest.mark.parametrize("document", DOCUMENTS)
def test_dotenv_reads_env_as_it_was_written(document: dict[str, Any]) -> None:
    assert dotenv_values(stream=io.StringIO(exported("env", document)), interpolate=True) == expected(document)


@pytest.mark.parametrize("nasty", ["a$(id)`id`#b", 'a"b c'])
@pytest.mark.posix("its programs and paths are POSIX")
def test_env_leaves_nothing_for_a_shell_to_expand(nasty: str) -> None:
    content = exported("env", sample(cs=nasty))
    script = '. /dev/stdin; printf %s "$IONAPI_CLIENT_SECRET"'
    done = subprocess.run(["sh", "-c", script], input=content, capture_output=True, text=True, check=True)
    assert done.stdout == nasty
    assert dotenv_values(stream=io.StringIO(content))["IONAPI_CLIENT_SECRET"] == nasty


@pytest.mark.parametrize("nasty", ["a'b", "a\\b", "a\nb", "a\x1bb", "a${HOME}b"])
def test_env_refuses_what_its_readers_disagree_on(nasty: str) -> None:
    with pytest.raises(UsageError, match="IONAPI_CLIENT_SECRET") as refused:
        exported("env", sample(cs=nasty))
    assert nasty not in str(refused.value)


def test_json_says_what_is_what() -> None:
    document = cloud11()
    told = json.loads(exported("json", document))
    assert (told["profile"], told["tenant"], told["environment"]) == ("acme-tst", "ACME_TST", "TST")
    assert (told["client_id"], told["client_secret"]) == (document["ci"], document["cs"])
    assert (told["access_key"], told["secret_key"]) == (document["saak"], document["sask"])
    assert told["scopes"] == document["sc"]
    assert told["token_url"] == document["pu"] + document["ot"]
    assert told["base_url"] == f"{document['iu']}/ACME_TST"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_postman_gets_an_environment_with_masked_secrets(document: dict[str, Any]) -> None:
    environment = json.loads(exported("postman", document))
    assert set(environment) == {"id", "name", "values", "_postman_variable_scope"}
    assert environment["_postman_variable_scope"] == "environment"
    assert environment["name"] == "ION API acme-tst"
    for value in environment["values"]:
        assert {name: type(part) for name, part in value.items()} == POSTMAN_VALUE
    masked = {value["value"] for value in environment["values"] if value["type"] == "secret"}
    assert masked == {document[key] for key in ("cs", "saak", "sask") if key in document}
    assert {value["type"] for value in environment["values"]} == {"secret", "default"}


def test_postman_replaces_an_environment_that_is_exported_again() -> None:
    document = sample()
    first, second = (json.loads(exported("postman", document, name)) for name in ("one", "two"))
    assert first["id"] == second["id"]
    assert first["id"] != json.loads(exported("postman", sample()))["id"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_kubernetes_gets_a_secret(document: dict[str, Any]) -> None:
    manifest = yaml.safe_load(exported("kubernetes", document))
    assert (manifest["apiVersion"], manifest["kind"], manifest["type"]) == ("v1", "Secret", "Opaque")
    assert manifest["metadata"]["name"] == "ionapi-acme-tst"
    values = manifest["stringData"]
    assert json.loads(values.pop("credentials.ionapi")) == document
    assert values == expected(document)


@pytest.mark.parametrize(
    ("name", "wanted"), [("a.b-c", "ionapi-a.b-c"), ("a.-b", "ionapi-a.b"), ("a..b", "ionapi-a.b")]
)
def test_kubernetes_accepts_the_name(name: str, wanted: str) -> None:
    assert yaml.safe_load(exported("kubernetes", sample(), name))["metadata"]["name"] == wanted
