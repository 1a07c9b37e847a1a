"""What decided an outlook, noted while it is worked out: rows of lexicons, modal verbs, adverbs, negation."""

from __future__ import annotations

from collections.abc import Callable

from purport.extract.factuality.value import Outlook
from purport.model.analysis import Analysis
from purport.syntax.clause_words import Wording


class Reasons(Wording):
    """A parse whose outlooks are worked out once, each with its reasons."""

    def __init__(self, analysis: Analysis) -> None:
        super().__init__(analysis)
        self._known: dict[int, Outlook] = {}
        self._reasons: dict[int, tuple[str, ...]] = {}
        self._trace: list[list[str]] = []

    def because(self, reason: str) -> None:
        """Notes what decides the outlook that is being worked out."""
        if self._trace:
            self._trace[-1].append(reason)

    def noted(self, index: int, work_out: Callable[[int], Outlook]) -> Outlook:
        """The outlook of the word, worked out where it is not known yet; its reasons are also of what asked for it."""
        if index not in self._known:
            self._trace.append([])
            found = work_out(index)
            self._reasons[index] = tuple(dict.fromkeys(self._trace.pop()))
            self._known[index] = found
        for reason in self._reasons[index]:
            self.because(reason)
        return self._known[index]

    def reasons(self, index: int) -> tuple[str, ...]:
        """The reasons of an outlook that was worked out."""
        return self._reasons.get(index, ())
