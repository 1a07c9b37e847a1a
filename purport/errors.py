"""The errors that purport raises: one family, each message one line that says what, where and what to do."""

from __future__ import annotations


class PurportError(Exception):
    """Base of every error that purport raises on purpose; its message is fit to be shown as it is.

    `argument` is the name of the argument, in Python, that is at fault ("since", "store"), "" where it is none alone:
    a command line can add its flag to the message, a page the name of the field.
    """

    def __init__(self, message: str, argument: str = "") -> None:
        super().__init__(message)
        self.argument = argument


class ReadError(PurportError):
    """A document could not be read: it is broken, of no known format, empty, or past a limit."""


class StoreError(PurportError):
    """A store could not be opened, trusted or written."""


class ModelError(PurportError):
    """A model that analysis needs is missing or is not the one that was shipped."""


class UsageError(PurportError):
    """What was asked for makes no sense: an unknown option, column, format or document."""
