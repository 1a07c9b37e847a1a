"""What people's judgements of items come to: the state of each item, a pure function of what was judged in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from purport.model import codec
from purport.model.document import Span, Spans
from purport.model.record import Attribution, Kind
from purport.model.rows import Review

ACCEPT, REJECT, AMEND, ADD, UNDO = "accept", "reject", "amend", "add", "undo"


@dataclass(frozen=True, slots=True)
class State:
    """What stands of an item: the last judgement that was not taken back, and the last of each reviewer; `last` is the
    number of the last judgement of it, of any deed, from which a form is made."""

    item: str
    standing: Review | None
    by: Mapping[str, Review]
    last: int


def undone(judged: Iterable[Review]) -> set[int]:
    """The numbers of judgements that are taken back by a later one which itself stands."""
    gone: set[int] = set()
    for one in sorted(judged, key=lambda one: -one.number):
        if one.deed == UNDO and one.number not in gone:
            gone.add(one.undoes)
    return gone


def states(judged: Sequence[Review]) -> dict[str, State]:
    """The state of every item that was ever judged."""
    gone = undone(judged)
    found: dict[str, State] = {}
    for one in judged:
        before = found.get(one.item) or State(one.item, None, {}, 0)
        if one.deed == UNDO or one.number in gone:
            found[one.item] = replace(before, last=one.number)
        else:
            found[one.item] = State(one.item, one, {**before.by, one.who: one}, one.number)
    return found


def amended(one: Attribution, by: Review) -> Attribution:
    """An attribution with what an amendment says of it; its id stays."""
    told = {name: json.loads(value) for name, value in by.told}
    parts = (
        codec.spans_in(told[name]) if name in told else getattr(one, name) for name in ("source", "cue", "content")
    )
    source, cue, content = parts
    # A source that is another may no longer be whom the old one stood for.
    holder = one.holder if source == one.source else None
    return replace(one, holder=holder, act=told.get("act", one.act), source=source, cue=cue, content=content)


def effective(one: Attribution, state: State | None) -> Attribution:
    """An attribution as people's judgements have it."""
    by = state.standing if state is not None else None
    return amended(one, by) if by is not None and by.deed == AMEND else one


def accepted(states: Mapping[str, State]) -> tuple[str, ...]:
    """The ids of what people accept or amend: whatever its confidence, it is not unsure."""
    return tuple(
        sorted(
            name for name, one in states.items() if one.standing is not None and one.standing.deed in (ACCEPT, AMEND)
        )
    )


def rejected(state: State | None) -> bool:
    """Whether people say that it is none."""
    return state is not None and state.standing is not None and state.standing.deed == REJECT


def added(by: Review) -> Attribution:
    """The attribution that an addition says was missed."""
    told = {name: json.loads(value) for name, value in by.told}
    source, cue, content = (codec.spans_in(told.get(name, ())) for name in ("source", "cue", "content"))
    return Attribution(by.item, source, cue, content, Kind(told.get("kind", "indirect")), told.get("act", ""))


def nearest(text: str, words: str, place: int, reach: int = 20_000) -> Spans | None:
    """Where the words that a person wrote stand in the text, nearest to a place; " … " is between parts that stand
    apart. White space is any white space. () for no words; None where they do not stand within `reach` of it."""
    found: list[Span] = []
    place = min(place, len(text))
    start = max(0, place - reach)
    for piece in (part.split() for part in re.split(r"\s*…\s+|\s+…\s*", words.strip())):
        if not piece:
            continue
        pattern = re.compile(r"\s+".join(map(re.escape, piece)))
        met = [Span(*match.span()) for match in pattern.finditer(text, start, min(len(text), place + reach))]
        if not met:
            return None
        found.append(min(met, key=lambda span: (abs(span.start - place), span.start)))
    found.sort()
    return tuple(found) if all(a.end <= b.start for a, b in pairwise(found)) else None
