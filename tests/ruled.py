"""What the rules alone find in a text, as they do where no model ships."""

from __future__ import annotations

from purport.analyse import parse
from purport.extract.attribution.find import attributions
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.model.record import Record
from purport.pipeline import current_run
from purport.read.files import read_bytes


def analysed(text: str) -> Analysis:
    """The parse of a text, without the tagger."""
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    assert isinstance(document, Document)
    return parse(document, tagger=False)


def ruled(text: str) -> Record:
    analysis = analysed(text)
    return Record(analysis.document, current_run(), attributions(analysis))
