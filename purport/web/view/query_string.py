"""What is asked of the list of statements, as it stands in an address: every state has a link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from purport.corpus.review import State, accepted
from purport.errors import UsageError
from purport.model.record import Certainty, Kind
from purport.model.vocabulary import ACTS
from purport.store import Filter
from purport.store.browse import CAP, ORDERS, Wanted
from purport.store.filters import SURE

SIZE = 25
"""Statements of a page."""
UNSURE = SURE
"""Confidence below which a statement is shown as unsure."""
_LONGEST = 300
"""Characters of a value."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The values as they were typed; "" asks for all."""

    search: str = ""
    by: str = ""
    about: str = ""
    act: str = ""
    kind: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""
    certainty: str = ""
    reviewed: str = ""
    unsure: str = ""
    sort: str = ""
    page: str = ""

    @classmethod
    def of(cls, told: Mapping[str, str]) -> Asked:
        """From the parameters of an address. Raises `UsageError` for a value that is none."""
        values = {name: told.get(name, "").replace("\x00", "").strip()[:_LONGEST] for name in NAMES}
        for name, allowed in _ALLOWED.items():
            if values[name] and values[name] not in allowed:
                raise UsageError(f"{name} cannot be {values[name]!r}; there are {', '.join(sorted(allowed))}")
        if values["page"] and not values["page"].isdecimal():
            raise UsageError("page is a number")
        asked = cls(**values)
        asked.filter()
        return asked

    def filter(self) -> Filter:
        """What of it every list of statements knows."""
        return Filter(
            self.by or None, self.about or None, self.outlet or None, self.since or None, self.until or None,
            self.act or None, self.kind or None, self.search or None,
        )  # fmt: skip

    def wanted(self, states: Mapping[str, State]) -> Wanted:
        """With what was judged until now."""
        judged = tuple(sorted(name for name, one in states.items() if one.standing is not None))
        # Who looks for what is unsure, or at what people have judged, gets the unsure too.
        whole = bool(self.unsure) or self.sort == "unsure" or self.reviewed not in ("", "found")
        chosen = {"accept": "accept", "reject": "reject", "amend": "amend"}.get(self.reviewed)
        only = tuple(name for name in judged if chosen in (None, _deed(states[name]))) if self.reviewed else None
        rejected = tuple(name for name in judged if _deed(states[name]) == "reject")
        return Wanted(
            self.filter() if whole else replace(self.filter(), least=SURE, accepted=accepted(states)),
            self.certainty or None,
            only if self.reviewed not in ("", "no", "found") else None,
            {"": rejected, "no": judged}.get(self.reviewed, ()),
            self.sort or "newest",
            UNSURE if self.unsure == "yes" else None,
        )

    @property
    def number(self) -> int:
        """The page, from 1 on."""
        return min(max(1, int(self.page or 1)), CAP // SIZE)

    def query(self, **changed: str) -> str:
        """The same as part of an address, with some values changed; the page is the first unless it is told."""
        one = replace(self, **{"page": "", **changed})
        told = {name: value for name in NAMES if (value := getattr(one, name))}
        return f"?{urlencode(told)}" if told else "?"

    def narrowed(self) -> list[tuple[str, str]]:
        """What it is narrowed by, in the order of the form."""
        return [(name, getattr(self, name)) for name in NAMES[:-2] if getattr(self, name)]


def _deed(state: State) -> str:
    return state.standing.deed if state.standing is not None else ""


NAMES = tuple(one.name for one in fields(Asked))
_ALLOWED: dict[str, frozenset[str]] = {
    "act": ACTS,
    "kind": frozenset(Kind),
    "certainty": frozenset(Certainty),
    "reviewed": frozenset(("yes", "no", "accept", "reject", "amend", "found")),
    "sort": frozenset(ORDERS),
    "unsure": frozenset(("yes", "all")),
}
