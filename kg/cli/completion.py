"""``kg completion``: what a shell must run to complete commands, saved queries, their parameters and values.

A shell hands over its line up to the cursor and gets back one candidate a line, with its description: quoting a value
that goes in is the shell's own business, reading the quotes that came out is done here. click's own scripts split
values at blanks and commas.
"""

from __future__ import annotations

import os

import click
from click.shell_completion import CompletionItem, ShellComplete, split_arg_string

from kg.errors import KgError

VARIABLE = "_KG_COMPLETE"  # names the shell that asks
_BETWEEN = "\x1f"
_HERE = "\x00"  # stands at the cursor while a line is taken apart

_BASH = r"""_kg_completion() {
    local value help
    COMPREPLY=()
    while IFS=$'\x1f' read -r value help; do
        if [[ -z $value ]]; then
            compopt -o default 2>/dev/null
        else
            COMPREPLY+=("$value")
            # bash quotes what it takes for names of files
            [[ $value == *[!A-Za-z0-9_./:=-]* ]] && compopt -o filenames 2>/dev/null
        fi
    done < <(_KG_COMPLETE=bash KG_BREAKS="$COMP_WORDBREAKS" kg "${COMP_LINE:0:$COMP_POINT}" 2>/dev/null)
}
complete -o nosort -F _kg_completion kg 2>/dev/null || complete -F _kg_completion kg
"""

_ZSH = r"""#compdef kg
_kg_completion() {
    local value help line
    local -a values shown
    line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$PREFIX"
    while IFS=$'\x1f' read -r value help; do
        if [[ -z $value ]]; then
            _files
        else
            values+=("$value")
            shown+=("$value${help:+  -- $help}")
        fi
    done < <(_KG_COMPLETE=zsh kg "$line" 2>/dev/null)
    (( $#values )) && compadd -U -l -V kg -d shown -a values
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _kg_completion "$@"
else
    compdef _kg_completion kg
fi
"""

_FISH = r"""function __kg_completion
    set -l line (commandline -pc | string collect)
    env _KG_COMPLETE=fish kg "$line" 2>/dev/null | while read -l -d \x1f value help
        if test -z "$value"
            __fish_complete_path (commandline -ct)
        else
            printf '%s\t%s\n' $value $help
        end
    end
end
complete --command kg --no-files --keep-order --arguments '(__kg_completion)'
"""

_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_WHERE = {
    "bash": 'eval "$(kg completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(kg completion zsh)" in ~/.zshrc, after compinit',
    "fish": "kg completion fish > ~/.config/fish/completions/kg.fish",
}


@click.command()
@click.argument("shell", type=click.Choice(tuple(_WHERE)))
def completion(shell: str) -> int:
    """Print the completion script of SHELL, to be evaluated in its start-up file."""
    click.echo(_SCRIPTS[shell], nl=False)
    click.echo(f"# to keep it: {_WHERE[shell]}", err=True)
    return 0


def complete(commands: click.Command, shell: str, line: str) -> int:
    """Print what may stand at the end of a shell's line, one candidate a line; what goes wrong completes nothing."""
    *before, incomplete = split_arg_string(line + _HERE)
    incomplete = incomplete.replace(_HERE, "")
    try:
        found = ShellComplete(commands, {}, "kg", VARIABLE).get_completions(before[1:], incomplete)
    except (KgError, click.ClickException):
        return 0
    for item in found:
        click.echo(_told(item, shell, line, incomplete))
    return 0


def _told(item: CompletionItem, shell: str, line: str, incomplete: str) -> str:
    """Return a candidate for a shell: its value, empty where the shell is to complete files, and its description."""
    if item.type != "plain":
        return _BETWEEN
    value, help_ = " ".join(str(item.value).split()), " ".join((item.help or "").split())
    if incomplete.startswith("--") and "=" in incomplete:
        value = incomplete.partition("=")[0] + "=" + value
    return f"{_rest(value, line, incomplete) if shell == 'bash' else value}{_BETWEEN}{help_}"


def _rest(value: str, line: str, incomplete: str) -> str:
    """Return the part of a value that bash replaces: outside quotes a word begins after a colon or an equals sign."""
    if _in_quotes(line):
        return value
    breaks = set(":=") & set(os.environ.get("KG_BREAKS", ""))
    start = max((incomplete.rfind(sign) for sign in breaks), default=-1) + 1
    return value[start:] if value[:start].lower() == incomplete[:start].lower() else value


def _in_quotes(line: str) -> bool:
    quote, escaped = "", False
    for sign in line:
        if escaped:
            escaped = False
        elif sign == "\\" and quote != "'":
            escaped = True
        elif not quote and sign in "\"'":
            quote = sign
        elif sign == quote:
            quote = ""
    return bool(quote)
