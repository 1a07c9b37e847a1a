"""What belongs together: documents that tell one event (stories), and words that they share (passages)."""

from purport.stories.cluster import Member, Story, stories
from purport.stories.passages import Passage, passages
from purport.stories.texts import StoryText

__all__ = ["Member", "Passage", "Story", "StoryText", "passages", "stories"]
