"""A sequence held in little memory, for what one long document yields by the hundred thousand."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Generic, TypeVar, overload

Item = TypeVar("Item")

CHUNK = 2000
"""Items that are kept, and unpacked, together: some 3 MB of propositions, packed 0.2 MB."""


class Packed(Sequence[Item], Generic[Item]):
    """Items as compressed pieces, each unpacked when it is asked for: about a tenth of the memory of a tuple.

    It equals any other sequence of equal items, and is never written to: it lives in one program, and goes from a
    worker to the writer.
    """

    __slots__ = ("_length", "_pieces")

    def __init__(self, items: Iterable[Item]) -> None:
        pieces: list[bytes] = []
        length = 0
        ahead = iter(items)
        while piece := tuple(islice(ahead, CHUNK)):
            length += len(piece)
            pieces.append(zlib.compress(pickle.dumps(piece, pickle.HIGHEST_PROTOCOL), 1))
        self._pieces = tuple(pieces)
        self._length = length

    def _piece(self, number: int) -> tuple[Item, ...]:
        found: tuple[Item, ...] = pickle.loads(zlib.decompress(self._pieces[number]))
        return found

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Item]:
        for number in range(len(self._pieces)):
            yield from self._piece(number)

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(self._length)))
        number = index + self._length if index < 0 else index
        if not 0 <= number < self._length:
            raise IndexError(f"there is no item {index} of {self._length}")
        return self._piece(number // CHUNK)[number % CHUNK]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Packed | tuple | list):
            return NotImplemented
        return self._length == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Packed({self._length} items)"


def packed(items: Iterable[Item]) -> Sequence[Item]:
    """The items as a tuple where they are few, as nearly always, else packed."""
    ahead = iter(items)
    few = tuple(islice(ahead, CHUNK + 1))
    if len(few) <= CHUNK:
        return few
    return Packed(item for part in (few, ahead) for item in part)
