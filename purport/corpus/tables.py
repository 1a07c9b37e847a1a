"""Rows that were asked for, as sequences that can be turned into Arrow tables and pandas frames."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Self, TypeVar, overload

from purport.export import actors_table, claims_table, links_table, statements_table
from purport.model.rows import Actor, ActorLink, Claim, Statement

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = TypeVar("Row", Statement, Claim, Actor, ActorLink)


class _Rows(Sequence[Row]):
    """Rows in order."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: tuple[Row, ...] = tuple(rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice) -> Row | Self:
        return type(self)(self.rows[at]) if isinstance(at, slice) else self.rows[at]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.rows == other.rows

    def __hash__(self) -> int:
        return hash(self.rows)

    @abstractmethod
    def to_arrow(self) -> pa.Table:
        """One row of an Arrow table each; columns as the fields of the rows."""

    def to_pandas(self) -> pd.DataFrame:
        """The same as a pandas frame."""
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        return frame


class Statements(_Rows[Statement]):
    """Statements in order, as a sequence, an Arrow table or a pandas frame.

    `unsaid` counts those that fit but were left out, since nobody has said them: the text asks, supposes, plans or
    imputes them. `blocks` counts those that are blocks of the layout, each its speaker's as a whole.
    """

    def __init__(self, rows: Iterable[Statement], unsaid: int = 0, blocks: int = 0) -> None:
        super().__init__(rows)
        self.unsaid = unsaid
        self.blocks = blocks

    def to_arrow(self) -> pa.Table:
        """One row a statement; columns as the fields of `Statement`."""
        return statements_table(self.rows)


class Claims(_Rows[Claim]):
    """Claims in order, as a sequence, an Arrow table or a pandas frame.

    `negated` counts those that fit but were left out because their words negate the act that was asked for,
    `reporting` those that only tell that somebody says something.
    """

    def __init__(self, rows: Iterable[Claim], negated: int = 0, reporting: int = 0) -> None:
        super().__init__(rows)
        self.negated = negated
        self.reporting = reporting

    def to_arrow(self) -> pa.Table:
        """One row a claim; columns as the fields of `Claim`."""
        return claims_table(self.rows)


class Actors(_Rows[Actor]):
    """Actors, those named most first, as a sequence, an Arrow table or a pandas frame."""

    def to_arrow(self) -> pa.Table:
        """One row an actor; columns as the fields of `Actor`."""
        return actors_table(self.rows)


class Links(_Rows[ActorLink]):
    """What makes up actors, entity by entity, as a sequence, an Arrow table or a pandas frame."""

    def to_arrow(self) -> pa.Table:
        """One row an entity; columns as the fields of `ActorLink`."""
        return links_table(self.rows)
