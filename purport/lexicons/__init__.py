"""Lexicons: tables of words, each with a header that says what it is, where it comes from and its licence."""

from purport.lexicons.cues import ACTS, FRAMES, PARTS_OF_SPEECH, Act, CueRow, cues
from purport.lexicons.lexicon import Lexicon

__all__ = ["ACTS", "FRAMES", "PARTS_OF_SPEECH", "Act", "CueRow", "Lexicon", "cues"]
