"""Spans that can be asked which of them meet a place, without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from purport.model.document import Span

Named = TypeVar("Named")


class Intervals(Generic[Named]):
    """Spans, each with what it belongs to, in the order of their beginnings."""

    def __init__(self, spans: Iterable[tuple[Span, Named]]) -> None:
        """Sort them once; of equal spans the one given first comes first."""
        self._all = sorted(spans, key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._all]
        self._reach = list(accumulate((span.end for span, _ in self._all), max))

    def meeting(self, place: Span) -> Iterator[tuple[Span, Named]]:
        """Those that share a position with `place`, in order of their beginnings."""
        last = bisect_left(self._starts, place.end)
        # Ends so far never fall, so the first that reaches into the place is found by bisection as well.
        first = bisect_left(self._reach, place.start + 1)
        for span, named in self._all[first:last]:
            if span.end > place.start:
                yield span, named

    def holding(self, place: Span) -> Iterator[tuple[Span, Named]]:
        """Those that contain all of `place`, in order of their beginnings."""
        return ((span, named) for span, named in self.meeting(place) if span.contains(place))
