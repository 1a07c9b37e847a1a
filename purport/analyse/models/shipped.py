"""The files of models that ship in `purport/models`: what is known of each, and its bytes, checked."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from typing import Any

from purport.errors import ModelError


@cache
def facts_of(name: str) -> dict[str, Any] | None:
    """What ships of a model, from its table `NAME.json`: digests of its files and what else it needs; None where it
    does not ship. Raises `ModelError` where the table cannot be read."""
    try:
        told: dict[str, Any] = json.loads((resources.files("purport") / "models" / f"{name}.json").read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise ModelError(f"models/{name}.json cannot be read ({error}): install purport again") from None
    return told


def checked(name: str, digest: str) -> bytes:
    """The bytes of a file in `purport/models`. Raises `ModelError` where it is missing or not the one that shipped."""
    try:
        data = (resources.files("purport") / "models" / name).read_bytes()
    except OSError as error:
        raise ModelError(f"models/{name} is missing ({error}): install purport again") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise ModelError(f"models/{name} is not the file that purport ships: install purport again")
    return data
