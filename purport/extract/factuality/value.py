"""Outlooks, what the words around an act make of it, and the six operations by which they make it.

An outlook is a value of FactBank (Saurí and Pustejovsky 2009): how certain it is that an act is so, and how it is put.
Whatever stands over an act (a verb, a modal, an adverb, a negation) works on its outlook by operations of one closed
list, one after another (`compose`); nothing else changes a value. So the rules of one phrase can be laid on those of
another, as in Nairn, Condoravdi and Karttunen's (2006) relative polarity.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from purport.model.record import Frame


class Outlook(NamedTuple):
    """What is made of an act: how certain it is, in thirds from 3 (certain that it is) to -3, and how it is put.

    `false` where the text itself says that it is not so ("falsely claimed"); `doubtful` where it could be read
    otherwise.
    """

    certainty: int = 3
    frame: Frame = Frame.PLAIN
    false: bool = False
    doubtful: bool = False


PLAIN = Outlook()
UNKNOWN = 0


class Kind(StrEnum):
    """What an operation does."""

    KEEP = "keep"
    NEGATE = "negate"
    WEAKEN = "weaken"
    OPEN = "open"
    FIX = "fix"
    FRAME = "frame"


class Operation(NamedTuple):
    """One of the six operations. `by` is how many thirds WEAKEN takes from full certainty, or the certainty that FIX
    settles on; `frame` is the one that FRAME or FIX puts."""

    kind: Kind
    by: int = 0
    frame: Frame = Frame.PLAIN


KEEP = Operation(Kind.KEEP)
"""Leaves it ("kept shelling")."""
NEGATE = Operation(Kind.NEGATE)
"""Turns it about ("failed to"). Twice is KEEP."""
OPEN = Operation(Kind.OPEN)
"""Takes no view ("wants to")."""


def weaken(by: int) -> Operation:
    """At most probable (1), possible (2) or open (3), on whichever side it was: "probably" has no effect on what is
    only possible."""
    return Operation(Kind.WEAKEN, by)


def fix(certainty: int, frame: Frame = Frame.PLAIN) -> Operation:
    """Settled, whatever was given: what is presupposed, or done whatever else is said."""
    return Operation(Kind.FIX, certainty, frame)


def put(frame: Frame) -> Operation:
    """Puts what is plain so; what is put in a way already, by a word nearer to the top, keeps it."""
    return Operation(Kind.FRAME, frame=frame)


def compose(given: Outlook, *operations: Operation) -> Outlook:
    """What the operations, one after another, make of the outlook that is given."""
    for one in operations:
        given = _applied(one, given)
    return given


def _applied(operation: Operation, given: Outlook) -> Outlook:
    match operation.kind:
        case Kind.NEGATE:
            return given._replace(certainty=-given.certainty)
        case Kind.WEAKEN:
            level = min(abs(given.certainty), 3 - operation.by)
            return given._replace(certainty=level if given.certainty > 0 else -level)
        case Kind.OPEN:
            return given._replace(certainty=UNKNOWN)
        case Kind.FIX:
            return given._replace(certainty=operation.by, frame=operation.frame)
        case Kind.FRAME:
            return given if given.frame is not Frame.PLAIN else given._replace(frame=operation.frame)
    return given


def leaning(certainty: int) -> tuple[Operation, ...]:
    """The operations that make of what is certainly so the certainty given: 3 keeps it, 2 weakens it, 0 takes no view,
    -3 turns it about. This is how a lexicon's value of a word ("failed to": -3) works on what is made of the word."""
    if not certainty:
        return (OPEN,)
    weakened = (weaken(3 - abs(certainty)),) if abs(certainty) < 3 else ()
    return weakened if certainty > 0 else (NEGATE, *weakened)


def toward(given: Outlook, certainty: int) -> tuple[Operation, ...]:
    """The operations that bring what is given to the side of a certainty, and to no more than its level."""
    return leaning(certainty if given.certainty >= 0 else -certainty)


def unplanned(given: Outlook) -> Outlook:
    """What is left where that which puts an act so is itself denied: what is not planned, tried or ordered is no plan,
    whatever else stands over it."""
    planned = given.frame in (Frame.INTENDED, Frame.ATTEMPTED, Frame.ORDERED, Frame.PREDICTED)
    return given._replace(frame=Frame.PLAIN) if planned else given
