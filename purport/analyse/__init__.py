"""Document -> Analysis: words, sentences, parse. The only package that knows a model's run-time."""

from purport.analyse.english import parse, parts

__all__ = ["parse", "parts"]
