"""Lexicons: tables of words, each with a header that says what it is, where it comes from and its licence."""

from purport.lexicons.cues import FRAMES, PARTS_OF_SPEECH, CueRow, cues
from purport.lexicons.lexicon import lexicon_with, shipped_lexicon

__all__ = ["FRAMES", "PARTS_OF_SPEECH", "CueRow", "cues", "lexicon_with", "shipped_lexicon"]
