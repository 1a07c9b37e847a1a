"""What lists of statements and claims are asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from purport.errors import UsageError
from purport.model.document import PERIOD_FORMS, is_period
from purport.model.record import Polarity

SURE = 0.5
"""Confidence (0..1) below which statements and claims are unsure: lists only count them, unless they are asked for."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What statements are asked for; None asks for all. Words are matched whole, whatever their case and accents.

    `by` and `about` are names: of the source and in the content, or of whom the source, or a pronoun or another name in
    the content, stands for; `search` are words of any part. `since` and `until` are dates of
    publication, both included; documents without a date are then left out, and those of which only the month or
    the year is known are in where they may fit. With `unsaid` what nobody has said is in too: what the
    text only asks, supposes or plans ("did Denk deny it"), or imputes ("the militia planned to burn it"). `act` is one
    speech act or several, any of which may be it; `least` a confidence that none is below; `without` are ids of
    documents that are left out; `accepted` ids of statements that are never less sure than `least`.
    Raises `UsageError` for a date that is none.
    """

    by: str | None = None
    about: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    act: str | tuple[str, ...] | None = None
    kind: str | None = None
    search: str | None = None
    document: str | None = None
    unsaid: bool = False
    least: float = 0.0
    without: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("since", "until"):
            value = getattr(self, name)
            if value is not None and not is_period(value):
                raise UsageError(f"{value!r} is not a date; write {PERIOD_FORMS}", name)
        for name in _FILTERS:
            value = getattr(self, name)
            if isinstance(value, str) and any("\ud800" <= char <= "\udfff" for char in value):
                raise UsageError(f"{value!r} is no text: it holds bytes of another encoding than the terminal's", name)


_FILTERS = tuple(f.name for f in fields(Filter) if f.name not in ("unsaid", "least", "without", "accepted"))


@dataclass(frozen=True, slots=True)
class Within:
    """Dates of publication (YYYY, YYYY-MM or YYYY-MM-DD, both included) and outlets, whatever their case; None for
    all."""

    since: str | None = None
    until: str | None = None
    outlets: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """What claims are asked for; None asks for all. Words are matched whole, whatever their case and accents.

    `by` is a name of the innermost source, or of the author or outlet where the text speaks in its own voice;
    `predicate` begins a word of the predicate ("shell" finds "shelled"); `about` is a name of who takes part, whatever
    the claim calls it, or words of any other part.
    `certainty` and `frame` are values of those. `polarity` is "positive", "negative" or "any": None is "any", but
    "positive" where a predicate is asked for, unless the certainty asked for says that it did not happen: who asks
    for acts does not get their negations. `with_reporting` takes in what only tells, in the text's own words, that
    somebody says something, which is listed as a statement. The rest is as for `Filter`. Raises `UsageError` as
    that does.
    """

    by: str | None = None
    about: str | None = None
    predicate: str | None = None
    certainty: str | None = None
    frame: str | None = None
    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    document: str | None = None
    polarity: str | None = None
    with_reporting: bool = False
    least: float = 0.0
    without: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.shared()
        Filter(by=self.predicate)
        if self.polarity not in (None, "any", *Polarity):
            raise UsageError(f"no polarity is called {self.polarity!r}; there are {', '.join(Polarity)}, any")

    @property
    def wanted_polarity(self) -> str:
        """The polarity that is asked for, "any" for both."""
        asked = self.predicate is not None and not (self.certainty or "").endswith("-")
        return self.polarity or (Polarity.POSITIVE if asked else "any")

    def shared(self) -> Filter:
        """What of it is asked of documents alone."""
        checked = Filter(
            self.by, self.about, self.outlet, self.since, self.until, document=self.document, unsaid=True,
            least=self.least, without=self.without, accepted=self.accepted,
        )  # fmt: skip
        return replace(checked, by=None, about=None)
