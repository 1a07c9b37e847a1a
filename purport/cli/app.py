"""The command line: arguments and printing only; what is printed comes from the Python API."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from purport.cli.actors import app as actors_app
from purport.cli.datasets import gather, link, verify
from purport.cli.lists import claims, documents, problems, show, statements
from purport.cli.network import network
from purport.cli.reading import demo, read
from purport.cli.stores import diff, evaluate, export, forget, info, serve
from purport.cli.stories import app as stories_app
from purport.cli.stories import passages, quotations
from purport.errors import PurportError
from purport.version import __version__

_GROUPS = {
    "Read": ("read", "gather", "link", "demo"),
    "Ask": (
        "statements",
        "claims",
        "network",
        "actors",
        "stories",
        "passages",
        "quotations",
        "documents",
        "show",
        "serve",
    ),
    "Correct": (
        "actors merge",
        "actors apart",
        "actors split",
        "actors rename",
        "actors undo",
        "stories merge",
        "stories split",
        "stories move",
        "stories undo",
    ),
    "Export": ("export", "actors export"),
    "Care": ("info", "problems", "verify", "diff", "forget", "evaluate"),
}
"""Commands by what they are for, in the order of the help."""
_EXAMPLES = {
    "read": "purport read articles/ --metadata articles.csv --store corpus.db",
    "gather": "purport gather dataset/ --store corpus.db",
    "link": "purport link dataset/",
    "demo": "purport demo",
    "statements": "purport statements --store corpus.db --by Denk --act deny --since 2031-04",
    "claims": "purport claims --store corpus.db --about Orrin --predicate shell",
    "network": "purport network --store corpus.db --min-documents 2 --between Velmark Ardania",
    "stories": "purport stories --store corpus.db --about Denk --min-outlets 2",
    "passages": "purport passages --store corpus.db --format jsonl",
    "quotations": "purport quotations --store corpus.db --by Denk --altered",
    "show": "purport show --store corpus.db council.txt",
    "documents": "purport documents --store corpus.db",
    "export": "purport export --store corpus.db --format csv --out tables",
    "serve": "purport serve --store corpus.db",
    "verify": "purport verify --store corpus.db",
    "problems": "purport problems --store corpus.db",
    "info": "purport info --store corpus.db",
    "diff": "purport diff --store corpus.db OLD_RUN NEW_RUN",
    "forget": "purport forget --store corpus.db council.txt",
    "evaluate": "purport evaluate --gold annotated/",
    "actors": "purport actors --store corpus.db --search Denk",
}


class Grouped(TyperGroup):
    """Commands that the help lists by what they are for; `purport help` is `purport --help`."""

    # Versions of typer bring a click of their own or take the one that is installed, so that its classes have no name.
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Writes the commands by group, each with what it does."""
        for title, names in _GROUPS.items():
            rows = [(name, _short(self, ctx, name)) for name in names]
            with formatter.section(title):
                formatter.write_dl(rows, col_spacing=2)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that is meant; of `purport help NAME` that one, to be asked for its help."""
        if args[:1] == ["help"]:
            if len(args) == 1:
                typer.echo(ctx.get_help())
                ctx.exit(0)
            args = [*args[1:], "--help"]
        return super().resolve_command(ctx, args)


def _short(group: Any, ctx: Any, name: str) -> str:
    """What a command does, in a line; of "actors merge" what that of the group does."""
    command = group
    for part in name.split():
        command = command.get_command(ctx, part)
    told: str = command.get_short_help_str(limit=_SHORT)
    return told


_SHORT = 160
"""Characters of what a command does, in the list of commands."""


app = typer.Typer(
    name="purport",
    help="Who said what about whom, in which words, and who vouches for it.\n\n"
    "Nothing leaves this machine, and nothing is fetched from elsewhere.",
    no_args_is_help=True,
    cls=Grouped,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

FLAGS = {"store": "--store", "type_": "--type", "vouched_by": "--vouched-by"}
"""The flag of an argument of the Python API, where it is not the argument's name with two dashes."""


def main() -> None:
    """Run the command line. Exit status: 0 all done; 1 some documents failed; 2 the command could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show "é" is no reason to stop
    status: object = 0
    try:
        status = app(standalone_mode=False, prog_name="purport")
        sys.stdout.flush()
    except PurportError as error:
        flag = FLAGS.get(error.argument, f"--{error.argument}") if error.argument else ""
        status = _refuse(f"{error} ({flag})" if flag else str(error))
    except BrokenPipeError:
        _forget_output()
        status = 0
    except SystemExit as stop:
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        _forget_output()
        status = 0
    except Exception as error:
        # What was typed cannot be understood; versions of typer agree on no common class for it.
        if not hasattr(error, "format_message"):
            raise
        message: str = error.format_message()
        if not message.startswith("Usage:"):
            sys.exit(_refuse(f"{message.rstrip('.')}; --help tells what there is"))
        print(message, file=sys.stderr)  # noqa: T201 - nothing was typed: the help itself
        status = 2
    if status == 130:
        print("purport: stopped; what was read before is kept, the same command goes on", file=sys.stderr)  # noqa: T201
    sys.exit(status if isinstance(status, int) else 0)


def _refuse(reason: str) -> int:
    from purport.cli.printing import one_line

    print(f"purport: {one_line(reason)}", file=sys.stderr)  # noqa: T201 - the command line's own voice
    return 2


def _forget_output() -> None:
    """Nobody reads any more (`purport statements | head`), so that what is left goes nowhere, without a word."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"purport {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


_COMMANDS: tuple[Callable[..., None], ...] = (
    read, gather, link, statements, claims, network, passages, quotations, show, documents, export, serve,
    verify, problems, info, diff, forget, evaluate, demo,
)  # fmt: skip
"""In the order of the help."""
for _command in _COMMANDS:
    app.command(epilog=f"Example: {_EXAMPLES[_command.__name__]}")(_command)
app.add_typer(actors_app, name="actors", rich_help_panel=None, epilog=f"Example: {_EXAMPLES['actors']}")
app.add_typer(stories_app, name="stories", rich_help_panel=None, epilog=f"Example: {_EXAMPLES['stories']}")
