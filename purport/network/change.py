"""Networks side by side: how coalitions change from one window to the next, and where two outlets differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from purport.errors import UsageError
from purport.model.networks import Balance, Edge, Network


@dataclass(frozen=True, slots=True)
class Change:
    """What became of coalitions: `camps` are those of the later window by the identities of the earlier. Ids of actors,
    in order: `stayed` in their camp, `moved` to the other, `came`, `went`. `turned` is whether 0 and 1 had to be
    exchanged for it."""

    camps: Mapping[str, int]
    stayed: tuple[str, ...]
    moved: tuple[str, ...]
    came: tuple[str, ...]
    went: tuple[str, ...]
    turned: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two networks side by side; edges by holder and target, pairs as (of the one, of the other).

    `agreed` have the same sign in both, `contrary` are positive in one and negative in the other, `unsure` have a sign
    in one of them only; `only_one` and `only_other` are edges that the other network lacks.
    """

    agreed: tuple[tuple[Edge, Edge], ...]
    contrary: tuple[tuple[Edge, Edge], ...]
    unsure: tuple[tuple[Edge, Edge], ...]
    only_one: tuple[Edge, ...]
    only_other: tuple[Edge, ...]


def matched(before: Balance, after: Balance) -> Change:
    """The coalitions `after` with the identities of those `before`: camps are exchanged where more of the actors of
    both are then in the camp they were in, so that a name given to a coalition can be kept from window to window.

    Which camp is called 0 says nothing by itself. An actor that is in a component of its own may seem to move since
    nothing ties it to either camp.
    """
    both = sorted(before.camps.keys() & after.camps.keys())
    same = sum(before.camps[one] == after.camps[one] for one in both)
    turned = 2 * same < len(both)
    camps = {one: camp ^ turned for one, camp in after.camps.items()}
    return Change(
        camps=camps,
        stayed=tuple(one for one in both if camps[one] == before.camps[one]),
        moved=tuple(one for one in both if camps[one] != before.camps[one]),
        came=tuple(sorted(after.camps.keys() - before.camps.keys())),
        went=tuple(sorted(before.camps.keys() - after.camps.keys())),
        turned=turned,
    )


def compared(one: Network, other: Network) -> Comparison:
    """Where two networks agree and differ, such as those of two outlets; both directed or neither (`UsageError`)."""
    if one.directed != other.directed:
        raise UsageError("a directed network cannot be compared with one that is not; fold both or neither")
    ours = {(edge.holder, edge.target): edge for edge in one.edges}
    theirs = {(edge.holder, edge.target): edge for edge in other.edges}
    pairs = [(ours[ends], theirs[ends]) for ends in sorted(ours.keys() & theirs.keys())]
    return Comparison(
        agreed=tuple(pair for pair in pairs if pair[0].sign == pair[1].sign),
        contrary=tuple(pair for pair in pairs if pair[0].sign * pair[1].sign < 0),
        unsure=tuple(pair for pair in pairs if pair[0].sign != pair[1].sign and not pair[0].sign * pair[1].sign),
        only_one=tuple(ours[ends] for ends in sorted(ours.keys() - theirs.keys())),
        only_other=tuple(theirs[ends] for ends in sorted(theirs.keys() - ours.keys())),
    )
