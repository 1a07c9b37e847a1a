"""Document -> Analysis: words, sentences, parse. The only package that knows a model's run-time."""

from purport.analyse.english import parse, parts, sections

__all__ = ["parse", "parts", "sections"]
