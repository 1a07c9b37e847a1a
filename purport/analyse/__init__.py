"""Document -> Analysis: words, sentences, parse. The only package that knows a model's run-time."""

from purport.analyse.models.attitude import Asked, attitudes
from purport.analyse.parser.english import is_word, parse, parts, sections

__all__ = ["Asked", "attitudes", "is_word", "parse", "parts", "sections"]
