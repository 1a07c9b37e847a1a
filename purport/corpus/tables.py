"""Rows that were asked for, as sequences that can be turned into Arrow tables and pandas frames."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, overload

from purport.export import notebook
from purport.export.tables import actors_table, claims_table, links_table, statements_table
from purport.model.rows import Actor, ActorLink, Claim, Statement
from purport.runtime.extras import pandas

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Row = TypeVar("Row", Statement, Claim, Actor, ActorLink)


class _Rows(Sequence[Row]):
    """Rows in order. Where their `number` is told they are gone through as they come, once, and not kept."""

    def __init__(self, rows: Iterable[Row], number: int | None = None) -> None:
        self._number = number
        self._coming: Iterable[Row] | None = rows if number is not None else None
        self._rows: tuple[Row, ...] = tuple(rows) if number is None else ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of them."""
        if self._coming is not None:
            self._rows, self._coming = tuple(self._coming), None
        return self._rows

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Self: ...
    def __getitem__(self, at: int | slice) -> Row | Self:
        return type(self)(self.rows[at]) if isinstance(at, slice) else self.rows[at]

    def __len__(self) -> int:
        return len(self._rows) if self._number is None else self._number

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows if self._coming is None else self._coming)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.rows == other.rows

    def __hash__(self) -> int:
        return hash(self.rows)

    _shown: ClassVar[tuple[str, ...]] = ()
    """The columns that a notebook shows."""

    def _repr_html_(self) -> str:
        """The first rows as a table, for notebooks."""
        columns = {name: [getattr(row, name) for row in self.rows[: notebook.ROWS]] for name in self._shown}
        return notebook.table(columns, len(self.rows), type(self).__name__.lower())

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.rows):,} rows>"

    @abstractmethod
    def to_arrow(self) -> pa.Table:
        """One row of an Arrow table each; columns as the fields of the rows."""

    def to_pandas(self) -> pd.DataFrame:
        """The same as a pandas frame; days of publication as datetimes, what is missing as missing (NaT, None)."""
        library = pandas()
        frame: pd.DataFrame = self.to_arrow().to_pandas()
        for name in frame.columns:
            own = frame[name]
            if name == "published":
                frame[name] = library.to_datetime(own, errors="coerce", format="ISO8601", utc=True).dt.tz_localize(None)
            elif own.dtype == object:
                frame[name] = own.where(own.map(lambda one: not isinstance(one, str) or one != ""), None)
        return frame


class Statements(_Rows[Statement]):
    """Statements in order, as a sequence, an Arrow table or a pandas frame.

    `unsaid` counts those that fit but were left out, since nobody has said them: the text asks, supposes, plans or
    imputes them. `blocks` counts those that are blocks of the layout, each its speaker's as a whole; `unsure` those
    that are less sure than was asked for. `note` says what was searched for where nobody is called as was asked.
    """

    _shown = ("published", "outlet", "source", "actor", "act", "content", "confidence")

    def __init__(
        self,
        rows: Iterable[Statement],
        unsaid: int = 0,
        blocks: int = 0,
        unsure: int = 0,
        note: str = "",
        number: int | None = None,
    ) -> None:
        super().__init__(rows, number)
        self.unsaid = unsaid
        self.blocks = blocks
        self.unsure = unsure
        self.note = note

    def to_arrow(self) -> pa.Table:
        """One row a statement; columns as the fields of `Statement`."""
        return statements_table(self.rows)


class Claims(_Rows[Claim]):
    """Claims in order, as a sequence, an Arrow table or a pandas frame.

    `negated` counts those that fit but were left out because their words negate the act that was asked for,
    `reporting` those that only tell that somebody says something, `unsure` those that are less sure than was asked for.
    `note` is as that of `Statements`.
    """

    _shown = ("published", "by", "happened", "subject", "predicate", "object", "confidence")

    def __init__(
        self,
        rows: Iterable[Claim],
        negated: int = 0,
        reporting: int = 0,
        unsure: int = 0,
        note: str = "",
        number: int | None = None,
    ) -> None:
        super().__init__(rows, number)
        self.negated = negated
        self.reporting = reporting
        self.unsure = unsure
        self.note = note

    def to_arrow(self) -> pa.Table:
        """One row a claim; columns as the fields of `Claim`."""
        return claims_table(self.rows)


class Actors(_Rows[Actor]):
    """Actors, those named most first, as a sequence, an Arrow table or a pandas frame."""

    _shown = ("name", "type", "mentions", "documents", "statements", "id")

    def to_arrow(self) -> pa.Table:
        """One row an actor; columns as the fields of `Actor`."""
        return actors_table(self.rows)


class Links(_Rows[ActorLink]):
    """What makes up actors, entity by entity, as a sequence, an Arrow table or a pandas frame."""

    _shown = ("actor", "name", "type", "document", "mentions", "reason", "confidence")

    def to_arrow(self) -> pa.Table:
        """One row an entity; columns as the fields of `ActorLink`."""
        return links_table(self.rows)
