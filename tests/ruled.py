"""What the rules alone find in a text, as they do where no model ships."""

from __future__ import annotations

from purport.analyse import parse
from purport.document import Document
from purport.extract.attributions import attributions
from purport.pipeline import current_run
from purport.read import read_bytes
from purport.record import Record


def ruled(text: str) -> Record:
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    return Record(document, current_run(), attributions(parse(document, tagger=False)))
