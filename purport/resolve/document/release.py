"""Where a release names who issues it: a line of its head that is but a name, or that says whose statement it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from purport.model.document import Document, Span, trimmed

LINES = 6
"""Lines of a document that may be its head."""
WORDS = 14
"""Words of a line at most that is no sentence."""
_SAID = re.compile(
    r"(?:(?:official|joint|press|public|open|media)\s+)?"
    r"(?:statement|declaration|communiqu[eé]|message|letter|release|announcement|appeal|bulletin)\s+"
    r"(?:issued\s+)?(?:by|of|from)\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[\s,:;|–—-]+(?:(?:official|press|public|media)\s+)?"
    r"(?:statement|declaration|communiqu[eé]|message|release|announcement|appeal|bulletin)\s*",
    re.IGNORECASE,
)
_THE = re.compile(r"the\s+", re.IGNORECASE)


def issuers(document: Document) -> Iterator[Span]:
    """The places at the head of a document that may name its issuer, in order: whole lines, and lines without the words
    that say what the document is. The head ends with the first line that is a sentence."""
    text = document.text
    at = 0
    for _ in range(LINES):
        while at < len(text) and text[at].isspace():
            at += 1
        end = text.find("\n", at)
        line = trimmed(text, at, len(text) if end < 0 else end)
        if line is None:
            return
        words = line.of(text)
        if len(words.split()) > WORDS or words[-1] in ".!?…,;":
            return
        said = _SAID.match(words)
        begin = line.start + (said.end() if said else 0)
        label = None if said else next((one for one in _LABEL.finditer(words) if one.end() == len(words)), None)
        named = trimmed(text, begin, line.start + label.start() if label else line.end)
        if named is not None:
            the = _THE.match(text, named.start, named.end)
            yield Span(the.end(), named.end) if the and the.end() < named.end else named
        at = line.end
