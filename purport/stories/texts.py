"""What stories and passages are made of: a document's text with its title, date and who published it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

UNDATED = 1 << 40
"""The day of what has no date: after all others."""


def day_of(published: str | None) -> int:
    """A date of publication in ISO 8601 as a number of days (`date.toordinal`), `UNDATED` for what is no whole date."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return UNDATED


@dataclass(frozen=True, slots=True)
class StoryText:
    """A document as it is compared with others. `published` is the date in ISO 8601, "" where it is not known.

    `title` may stand in the text as well; `outlet` and `author` tell whose words it may have taken over.
    """

    id: str
    text: str
    title: str = ""
    published: str = ""
    outlet: str = ""
    author: str = ""

    @property
    def day(self) -> int | None:
        """The day of publication as a number of days (`date.toordinal`), None where no whole date is known."""
        found = day_of(self.published)
        return found if found != UNDATED else None
