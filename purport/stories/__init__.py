"""What belongs together: documents that tell one event (stories), words that they share (passages), and words of
somebody that travel from one to another (quotations)."""

from purport.stories.cluster import Member, Story, stories
from purport.stories.passages import Passage, passages
from purport.stories.quotations import Quoted, Telling, Travelling, quotations
from purport.stories.texts import StoryText

__all__ = [
    "Member", "Passage", "Quoted", "Story", "StoryText", "Telling", "Travelling", "passages", "quotations", "stories",
]  # fmt: skip
