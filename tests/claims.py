"""Texts with the claims that must come of them, as `examples/claims.txt` has them, and how they are judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from purport.model.record import Proposition, Record


@dataclass(frozen=True, slots=True)
class Expected:
    """One claim that is expected; "*" stands for anything."""

    subject: str
    predicate: str
    object: str
    certainty: str
    frame: str
    by: str


@dataclass(frozen=True, slots=True)
class Case:
    """A text, what must come of it, and, where it is known to fail, why."""

    text: str
    expected: tuple[Expected, ...]
    reason: str = ""


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file. Raises `ValueError`, naming the line, where one is malformed."""
    text, reason, found = "", "", list[Expected]()
    for number, line in enumerate([*path.read_text("utf-8").splitlines(), "#"], 1):
        if line.startswith("  "):
            parts = [part.strip() for part in line.split("|")]
            if len(parts) != 6 or not text:
                raise ValueError(f"{path.name}, line {number}: a claim has six parts and stands below its text")
            found.append(Expected(*parts))
            continue
        if text and found:
            yield Case(text, tuple(found), reason)
            text, reason, found = "", "", []
        if line.startswith("~ "):
            reason = line[2:]
        elif line and not line.startswith("#"):
            text = line


def _has(found: str, wanted: str) -> bool:
    words = r"\b" + re.escape(wanted) + r"\b" if wanted[-1:].isalnum() else re.escape(wanted)
    return wanted == "*" or re.search(words, found, re.IGNORECASE) is not None


def fits(record: Record, one: Proposition, wanted: Expected) -> bool:
    """Whether a proposition has the words that are wanted; what is held of it is not looked at."""
    return (
        _has(record.text(one.subject, " "), wanted.subject)
        and any(_has(word, wanted.predicate.split()[0]) for word in _relation(record, one))
        and (wanted.object == "*" or any(_has(part, wanted.object) for part in _rest(record, one)))
    )


def _relation(record: Record, one: Proposition) -> Sequence[str]:
    return (f"{record.text(one.predicate, ' ')} {one.implied}",)


def _rest(record: Record, one: Proposition) -> Iterator[str]:
    yield record.text(one.object, " ")
    for part in one.arguments:
        yield record.text((*part.by, *part.spans), " ")


def voucher(record: Record, one: Proposition) -> str:
    """Who vouches: "-" for the text itself, "?" for a source that is not named, else the words for it."""
    return "-" if one.voucher is None else record.chain(one.voucher)[-1] or "?"


def faults(record: Record, case: Case) -> list[str]:
    """What is wrong with what came of a text, one line each."""
    found = []
    for wanted in case.expected:
        near = [one for one in record.propositions if fits(record, one, wanted)]
        right = [one for one in near if not _differences(record, one, wanted)]
        if not near:
            found.append(f"nothing fits {wanted.subject} | {wanted.predicate} | {wanted.object}")
        elif not right:
            found.append(f"{wanted.predicate}: " + "; ".join(_differences(record, near[0], wanted)))
    return found + asserted(record, case)


def _differences(record: Record, one: Proposition, wanted: Expected) -> list[str]:
    told = (one.certainty.value, one.frame.value, voucher(record, one))
    pairs = zip(told, (wanted.certainty, wanted.frame, wanted.by), strict=True)
    return [f"{a} for {b}" for a, b in pairs if b != "*" and not (a == b or (b not in "-?" and _has(a, b)))]


def asserted(record: Record, case: Case) -> list[str]:
    """Acts that the text does not assert itself and that stand as its own, certain and plain."""
    found = []
    for wanted in case.expected:
        own = wanted.by in ("-", "*") and wanted.certainty == "CT+" and wanted.frame in ("plain", "*")
        if own:
            continue
        for one in record.propositions:
            plainly = one.voucher is None and one.certainty == "CT+" and one.frame == "plain"
            head = any(_has(word, wanted.predicate.split()[0]) for word in _relation(record, one))
            if plainly and head and wanted.predicate.lower() not in ("is", "was", "were"):
                found.append(f"{wanted.predicate!r} stands as the text's own")
    return found
