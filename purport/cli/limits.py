"""`--limit NAME=VALUE` -> limits of files and of worker processes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, replace

from purport.corpus.limits import WorkerLimits
from purport.errors import UsageError
from purport.read.limits import COUNTS, Limits

_SIZES = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}
_SETTING = re.compile(r"\s*(\w+)\s*=\s*(\d{1,15}(?:\.\d{1,6})?)\s*([kmg]?)b?\s*", re.I)
_LEAST = {"seconds": 1.0, "memory": 2.0**30}


def parse_limits(settings: Sequence[str]) -> tuple[Limits, WorkerLimits]:
    """The limits with those changed that the settings name: "entries=1000", "text=100MB", "seconds=600".

    Raises `UsageError` for a name that is none, or a value that is no number or too small.
    """
    files, workers = Limits(), WorkerLimits()
    for setting in settings:
        name, value = _parsed(setting)
        if name in _LEAST:
            if value < _LEAST[name]:
                raise UsageError(f"{setting!r} is less than the {_LEAST[name]:g} that {name} needs", "limit")
            seconds, memory = (value, workers.memory) if name == "seconds" else (workers.seconds, int(value))
            workers = WorkerLimits(seconds, memory)
        else:
            files = replace(files, **{name: int(value)})
    return files, workers


def _parsed(setting: str) -> tuple[str, float]:
    """The name and the value, in bytes where it is a size."""
    names = [*(field.name for field in fields(Limits)), *_LEAST]
    found = _SETTING.fullmatch(setting)
    if (
        found is None
        or found[1] not in names
        or (found[3] and found[1] in _PLAIN)
        or ("." in found[2] and found[1] not in _LEAST)
    ):
        raise UsageError(f"{setting!r} sets no limit; write NAME=NUMBER (or 64MB), for {', '.join(names)}", "limit")
    return found[1], (float if "." in found[2] else int)(found[2]) * _SIZES[found[3].lower()]


_PLAIN = (*COUNTS, "seconds")
"""Limits that are no sizes in bytes."""
