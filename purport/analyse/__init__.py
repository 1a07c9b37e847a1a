"""Document -> Analysis: words, sentences, parse. The only package that knows a model's run-time."""

from purport.analyse.attitude import Asked, attitudes
from purport.analyse.english import parse, parts, sections

__all__ = ["Asked", "attitudes", "parse", "parts", "sections"]
