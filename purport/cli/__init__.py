"""The command line: arguments and messages only; everything else is done by `purport.corpus` and below."""

from purport.cli.app import main

__all__ = ["main"]
