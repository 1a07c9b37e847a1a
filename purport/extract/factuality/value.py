"""Outlooks: what the words around an act make of it."""

from __future__ import annotations

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


def weaker(value: int, other: int) -> int:
    """`other`'s sign with the lesser of the two levels."""
    level = min(abs(value), abs(other))
    return level if other > 0 else -level


def either(frame: Frame, other: Frame) -> Frame:
    """The first frame, or the other where the first is plain."""
    return frame if frame is not Frame.PLAIN else other


def unplanned(frame: Frame) -> Frame:
    """The frame of an act that what puts it so is denied of: what is not planned, tried or ordered is no plan."""
    return Frame.PLAIN if frame in (Frame.INTENDED, Frame.ATTEMPTED, Frame.ORDERED, Frame.PREDICTED) else frame
