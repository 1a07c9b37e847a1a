"""Who said what: sources, cues, contents, and what the cue does."""

from purport.extract.attribution.find import attributions

__all__ = ["attributions"]
