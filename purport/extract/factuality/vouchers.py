"""In whose words each token stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.model.record import Attribution, Kind
from purport.model.vocabulary import Act
from purport.syntax.intervals import Intervals


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a token stands in: an attribution, by its number, its speech act, and whether it is quoted; `unsaid`
    where its cue is only asked, supposed or planned, so that nobody has said it."""

    number: int
    act: Act | Literal[""]
    direct: bool
    unsaid: bool = False


class Voices(Protocol):
    """In whose words each token stands."""

    def of(self, index: int) -> Voice | None:
        """The innermost attribution in whose content the token stands; None for the text's own words."""

    def imputes(self, index: int) -> bool:
        """Whether the token is of a cue by which the text imputes something to somebody."""


class Vouchers:
    """In whose words each token stands."""

    def __init__(self, analysis: Analysis, attributions: Sequence[Attribution]) -> None:
        self.analysis = analysis
        self.attributions = attributions
        self._contents = Intervals(
            (span, number) for number, one in enumerate(attributions) if not one.imputed for span in one.content
        )
        self._by_cue = {i: n for n, one in enumerate(attributions) for s in one.cue for i in analysis.tokens_in(s)}
        self._sizes = [sum(map(len, one.content)) for one in attributions]
        self._known: dict[int, Voice | None] = {}

    def of(self, index: int) -> Voice | None:
        """The innermost attribution in whose content the token stands; None for the text's own words."""
        if index not in self._known:
            token = self.analysis.tokens[index]
            place = Span(token.start, token.end)
            found = [number for _, number in self._contents.holding(place)]
            if found:
                number = min(found, key=lambda n: (self._sizes[n], n))
                one = self.attributions[number]
                self._known[index] = Voice(
                    number, one.act, one.kind in (Kind.DIRECT, Kind.BLOCK), bool(one.cue) and not one.act
                )
            else:
                self._known[index] = None
        return self._known[index]

    def imputes(self, index: int) -> bool:
        """Whether the token is of a cue by which the text imputes something to somebody."""
        number = self._by_cue.get(index)
        return number is not None and self.attributions[number].imputed

    def with_cue(self, index: int) -> Attribution | None:
        """The attribution to whose cue the token belongs."""
        number = self._by_cue.get(index)
        return self.attributions[number] if number is not None else None
