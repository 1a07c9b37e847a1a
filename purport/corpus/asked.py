"""What is asked for, checked against what there is: an unknown name is refused with those that are nearly so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Protocol

from purport.errors import UsageError
from purport.model.vocabulary import ACTS
from purport.resolve.corpus.nearly import nearly
from purport.store.conditions import Bearers, nobody
from purport.store.filters import ClaimFilter, Filter

Period = str | int | date
"""A year, a day, or either as text: "2031", "2031-04", "2031-04-02"."""
Acts = str | Iterable[str]
_SURE = 80
"""Likeness (0..100) from which on a name is offered where its words were searched for all the same."""


def offered(names: Iterable[str]) -> str:
    """The end of a message that offers names: "; did you mean A, B or C?", "" for none."""
    own = [repr(name) for name in names]
    if not own:
        return ""
    told = own[0] if len(own) == 1 else f"{', '.join(own[:-1])} or {own[-1]}"
    return f"; did you mean {told}?"


def acts_of(asked: Acts | None) -> tuple[str, ...]:
    """The speech acts that are asked for, in whatever form of the verb ("denies", "denied"); none for all.

    Raises `UsageError` for one that there is not, with those there are.
    """
    words = [asked] if isinstance(asked, str) else list(asked or ())
    found: dict[str, None] = {}
    for word in words:
        act = _FORMS.get(" ".join(str(word).lower().split()))
        if act is None:
            near = offered(dict.fromkeys(_FORMS[form] for form in nearly(str(word).lower(), sorted(_FORMS))))
            raise UsageError(f"no speech act is called {word!r}; there are {', '.join(sorted(ACTS))}{near}", "act")
        found[act] = None
    return tuple(found)


def _forms(verb: str) -> list[str]:
    """A verb with its endings: "deny", "denies", "denied", "denying"."""
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    doubled = [f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"]
    es = [f"{verb}es"] if verb.endswith(("s", "x", "ch", "sh")) else []
    return [verb, f"{verb}s", *es, f"{stem}ed", f"{stem}ing", *doubled]


_OTHER_FORMS = {
    "denial": "deny", "denials": "deny", "withheld": "withhold", "learnt": "learn", "accusation": "accuse",
    "accusations": "accuse", "promises": "promise", "criticize": "criticise", "criticizes": "criticise",
    "criticized": "criticise", "criticizing": "criticise", "say": "assert", "says": "assert", "said": "assert",
}  # fmt: skip
_FORMS = {
    **{form: act for form, act in _OTHER_FORMS.items() if act in ACTS},
    **{form: act for act in sorted(ACTS) for form in _forms(act)},
}


def outlet_of(asked: str, known: Collection[str]) -> str:
    """The outlet that is called so, whatever the case. Raises `UsageError` for another, with those nearly so."""
    for name in known:
        if name.casefold() == asked.strip().casefold():
            return name
    near = offered(nearly(asked, known))
    told = near or (f"; there are {', '.join(sorted(known)[:8])}" if known else "; no document has an outlet")
    raise UsageError(f"no outlet is called {asked!r}{told}", "outlet")


def period_of(asked: Period | None, name: str) -> str | None:
    """A year, date or time as text, as filters take it. Raises `UsageError` for anything else."""
    if asked is None or isinstance(asked, str):
        return asked
    if isinstance(asked, datetime):
        return asked.date().isoformat()
    if isinstance(asked, date):
        return asked.isoformat()
    if type(asked) is int:
        return f"{asked:04d}"
    raise UsageError(f"{asked!r} is no date; write 2031, '2031-04', '2031-04-02' or a date", name)


class Counting(Protocol):
    """What tells how many statements, and claims, fit."""

    def count(self, wanted: Filter, bearers: Bearers) -> int:
        """How many statements fit."""

    def count_claims(self, wanted: ClaimFilter, bearers: Bearers) -> int:
        """How many claims fit."""


def speaks(
    rows: Counting,
    outlets: Iterable[str],
    name: str | None,
    bearers: Bearers,
    names: Callable[[], Iterable[str]],
) -> None:
    """Raises `UsageError` where nobody speaks by that name anywhere, with those who are nearly called so; `bearers`
    gives the entities of a name, `names` the names there are."""
    if name is None or bearers(name) or _folded(name) in map(_folded, outlets):
        return
    said = rows.count(Filter(by=name, unsaid=True), nobody)
    if not said and not rows.count_claims(ClaimFilter(by=name, with_reporting=True), nobody):
        raise UsageError(f"nobody who says something is called {name!r}{offered(nearly(name, names()))}", "by")


def told_of(rows: Counting, name: str | None, bearers: Bearers, names: Callable[[], Iterable[str]]) -> str:
    """What is to be said where nobody is called so, and words are searched for; "" where somebody is. Raises
    `UsageError` where neither is there. The rest is as for `speaks`."""
    if name is None or bearers(name):
        return ""
    wanted = (Filter(about=name, unsaid=True), Filter(search=name, unsaid=True))
    there = any(rows.count(one, nobody) for one in wanted)
    if there or rows.count_claims(ClaimFilter(about=name, with_reporting=True), nobody):
        return f"nobody is called {name!r}: these words were searched for{offered(nearly(name, names(), _SURE))}"
    raise UsageError(f"nobody is called {name!r}, and no text has these words{offered(nearly(name, names()))}", "about")


def _folded(name: str) -> str:
    return name.strip().casefold()
