"""Marked text: expected spans are written into the text itself, never counted by hand.

    [S1:The minister] [C1/deny:denied] [X1:that the bridge had been hit].

A mark is `[`, a role, the numbers of the attributions it serves, an act (on a cue), `:`, words, `]`. Roles are
S (source), C (cue) and X (content). Numbers may be left out where there is one attribution only (it is then
number 1), and one mark may serve several: `[S1,2:Denk]`. The same role and number may stand several times: a
content broken by its cue is two spans. Marks nest. Square brackets do not otherwise occur in such a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

Spans = tuple[tuple[int, int], ...]
"""Half-open ranges of code points of the plain text, in order."""

_HEAD = re.compile(r"\[(?P<role>[SCX])(?P<numbers>\d+(?:,\d+)*)?(?:/(?P<act>[a-z_]+))?:")


@dataclass(frozen=True, slots=True)
class MarkedAttribution:
    """One attribution as it was marked by hand; `source` or `cue` may be empty, `act` is "" where none was given."""

    number: int
    source: Spans
    cue: Spans
    content: Spans
    act: str = ""


def parse(marked: str) -> tuple[str, list[MarkedAttribution]]:
    """The plain text of `marked`, and its attributions by number.

    Raises `ValueError`, which names the position in `marked`, on a bracket that is no mark, a mark that is not
    closed or holds no words, two acts for one attribution, an act on anything but a cue; and, naming the
    attribution, on one without content or with two overlapping spans of one role.
    """
    text: list[str] = []
    length = position = 0
    pending: list[tuple[re.Match[str], int]] = []
    spans: dict[tuple[int, str], list[tuple[int, int]]] = {}
    acts: dict[int, str] = {}
    while position < len(marked):
        if marked[position] == "[":
            head = _HEAD.match(marked, position)
            if head is None:
                raise ValueError(f"position {position}: {marked[position : position + 12]!r} does not begin a mark")
            _note_act(head, acts)
            pending.append((head, length))
            position = head.end()
            continue
        if marked[position] == "]":
            if not pending:
                raise ValueError(f"position {position}: ']' closes no mark")
            head, start = pending.pop()
            if start == length:
                raise ValueError(f"position {head.start()}: the mark {head.group()!r} holds no words")
            for number in _numbers(head):
                spans.setdefault((number, head["role"]), []).append((start, length))
        else:
            text.append(marked[position])
            length += 1
        position += 1
    if pending:
        head = pending[-1][0]
        raise ValueError(f"position {head.start()}: the mark {head.group()!r} is not closed")
    return "".join(text), [_attribution(n, spans, acts) for n in sorted({number for number, _ in spans})]


def _numbers(head: re.Match[str]) -> list[int]:
    return [int(number) for number in (head["numbers"] or "1").split(",")]


def _note_act(head: re.Match[str], acts: dict[int, str]) -> None:
    act = head["act"]
    if act is None:
        return
    if head["role"] != "C":
        raise ValueError(f"position {head.start()}: the act {act!r} stands on a mark that is not a cue")
    for number in _numbers(head):
        if acts.setdefault(number, act) != act:
            raise ValueError(f"position {head.start()}: attribution {number} is both {acts[number]!r} and {act!r}")


def _attribution(
    number: int, spans: dict[tuple[int, str], list[tuple[int, int]]], acts: dict[int, str]
) -> MarkedAttribution:
    roles: dict[str, Spans] = {}
    for role in "SCX":
        found = sorted(spans.get((number, role), ()))
        if any(end > start for (_, end), (start, _) in pairwise(found)):
            raise ValueError(f"attribution {number}: two spans of its role {role} overlap")
        roles[role] = tuple(found)
    if not roles["X"]:
        raise ValueError(f"attribution {number} has no content")
    return MarkedAttribution(number, roles["S"], roles["C"], roles["X"], acts.get(number, ""))
