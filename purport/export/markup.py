"""Text that may come from anywhere, as XML 1.0 can hold it."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")


def held(text: str) -> str:
    """The text without what XML 1.0 forbids (control characters, lone surrogates)."""
    return _FORBIDDEN.sub("", text)


def shown(text: str) -> str:
    """The text for a picture: on one line, without marks that turn the direction of what follows, escaped also for
    attributes."""
    line = " ".join(_TURNING.sub("", held(text)).split())
    return escape(line, {'"': "&quot;", "'": "&#39;"})
