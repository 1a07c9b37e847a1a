"""What stands for a sentence, by which the same words in another document are known again."""

from __future__ import annotations

import re
from hashlib import blake2b

LEAST = 8
"""Words of a sentence that is known again: shorter ones are said by many who have not read each other."""
_WORD = re.compile(r"[^\W_]+")


def said(text: str) -> int:
    """A number (63 bits) for the words of a text, whatever their case and the marks between them; 0 for fewer than
    `LEAST` words."""
    words = _WORD.findall(text.casefold())
    if len(words) < LEAST:
        return 0
    hashed = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(hashed, "little") >> 1 or 1
