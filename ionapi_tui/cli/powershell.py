"""Completion in PowerShell, on Windows and elsewhere; Click brings that of other shells along."""

from __future__ import annotations

import os
from typing import ClassVar, Final

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

_SOURCE: Final = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $ast, $position)
    $before = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $position } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { "$_" }
    })
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:%(complete_var)s = "powershell_complete"
        $env:COMP_WORDS = $before -join "`n"
        $env:COMP_CWORD = "$word"
        %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if ($value) {
                [System.Management.Automation.CompletionResult]::new($value, $value, "ParameterValue", $help)
            }
        }
    } finally {
        [Console]::OutputEncoding = $encoding
        Remove-Item "Env:%(complete_var)s", "Env:COMP_WORDS", "Env:COMP_CWORD" -ErrorAction SilentlyContinue
    }
}
"""
"""Where this answers nothing, PowerShell completes the names of files by itself."""


class PowerShellComplete(ShellComplete):
    """What PowerShell needs to complete a line."""

    name: ClassVar[str] = "powershell"
    source_template: ClassVar[str] = _SOURCE

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is being typed, and that one, without a quote before it."""
        words = os.environ.get("COMP_WORDS", "").split("\n")
        return words[1:], os.environ.get("COMP_CWORD", "").lstrip("'\"")

    def format_completion(self, item: CompletionItem) -> str:
        """Return a line with a value and its explanation; an empty one for files, which PowerShell knows itself."""
        if item.type != "plain":
            return ""
        # PowerShell insists on an explanation.
        explained = " ".join((item.help or "").split()) or item.value
        return f"{item.value}\t{explained}"


def register() -> None:
    """Let Click know PowerShell."""
    add_completion_class(PowerShellComplete)
