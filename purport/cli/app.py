"""The command line: arguments and printing only; what is printed comes from the Python API."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from io import TextIOWrapper
from typing import Annotated

import typer

from purport.cli.actors import app as actors_app
from purport.cli.lists import claims, documents, problems, show, statements
from purport.cli.network import network
from purport.cli.reading import demo, read
from purport.cli.stores import diff, evaluate, export, forget, info, serve, verify
from purport.errors import PurportError
from purport.version import __version__

app = typer.Typer(
    name="purport",
    help="Who said what about whom, in which words, and who vouches for it.\n\n"
    "Nothing leaves this machine, and nothing is fetched from elsewhere.",
    no_args_is_help=True,
    add_completion=False,
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
        status = app(standalone_mode=False)
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
    read, statements, claims, network, show, documents, export, serve, verify, problems, info, diff, forget, evaluate,
    demo,
)  # fmt: skip
"""In the order of the help."""
for _command in _COMMANDS:
    app.command()(_command)
app.add_typer(actors_app, name="actors", rich_help_panel=None)
