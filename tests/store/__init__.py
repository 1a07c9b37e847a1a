"""What tests of the store share."""

from typing import Any

from purport.store import Filter


def wanting(name: str, value: str) -> Filter:
    """A filter of which one field is set."""
    told: dict[str, Any] = {name: value}
    return Filter(**told)
