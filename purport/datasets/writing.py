"""One shard as it is being written: lines in the order of its inputs, whatever the order in which they come."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from purport.datasets.dataset import Counts, DataFile, Dataset, Marker, marker_out
from purport.datasets.files import PartFile, write_whole
from purport.datasets.lines import NOTHING, problem_out, squeezed
from purport.errors import StoreError
from purport.model.record import Record
from purport.store import Problem


@dataclass(frozen=True, slots=True)
class Line:
    """A document with all that was found in it, as bytes of a shard (`squeezed`); its id, how it counts, the path it
    was met at, its outlet, and its dates that were not understood."""

    data: bytes
    id: str
    counts: Counts
    path: str
    outlet: str | None = None
    undated: tuple[str, ...] = ()


@dataclass(slots=True)
class _Held:
    """What came of one input: lines wait for those of the inputs before it."""

    lines: list[bytes] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    done: bool = False


class ShardWriter:
    """Writes the files of one shard beside their places; `finish` gives them their names, its marker last."""

    def __init__(self, dataset: Dataset, name: str, inputs: int) -> None:
        """Begin the shard with that name, of so many inputs. Raises `StoreError`."""
        self._dataset, self._name = dataset, name
        self._held = [_Held() for _ in range(inputs)]
        self._next = 0
        self._ids: set[str] = set()
        self._lines = 0
        self._counts = Counts()
        self._records = PartFile(dataset.folder, f"{name}.records")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.discard()

    def add(self, number: int, item: Line | Problem) -> bool:
        """Add what came of the input with that number, from 0; False for a document that is in the shard already.
        Raises `StoreError`."""
        held = self._held[number]
        if isinstance(item, Problem):
            held.problems.append(item)
            return True
        held.lines.append(item.data)
        self._lines += 1
        self._write_out()
        if item.id in self._ids:
            return False
        self._ids.add(item.id)
        self._counts = total(self._counts, item.counts)
        return True

    def end(self, number: int) -> bool:
        """Nothing more comes of that input; whether nothing more comes of any. Raises `StoreError`."""
        self._held[number].done = True
        self._write_out()
        return self._next == len(self._held)

    def _write_out(self) -> None:
        while self._next < len(self._held):
            held = self._held[self._next]
            for line in held.lines:
                self._records.write(line)
            held.lines.clear()
            if not held.done:
                return
            self._next += 1

    def finish(self, inputs: str, options: dict[str, Any], limits: dict[str, float]) -> Marker:
        """Put the shard in its place: all of it is on the disk before its marker is. Raises `StoreError`."""
        if not self._lines:
            self._records.write(NOTHING)
        folder = self._dataset.folder
        before = self._earlier()
        records = self._placed(self._records, "records", self._lines)
        problems = None
        told = [problem for held in self._held for problem in held.problems]
        if told:
            with PartFile(folder, f"{self._name}.problems") as part:
                for problem in told:
                    part.write(squeezed(problem_out(problem)))
                problems = self._placed(part, "problems", len(told))
        run = self._dataset.run.id
        marker = Marker(self._name, run, inputs, options, limits, self._counts, records, problems)
        write_whole(self._dataset.marker_path(self._name), marker_out(marker))
        for name in {one.name for one in before} - {one.name for one in marker.files}:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
        return marker

    def _earlier(self) -> tuple[DataFile, ...]:
        """The files that the shard's marker names now."""
        path = self._dataset.marker_path(self._name)
        try:
            return self._dataset.marker(path).files if path.exists() else ()
        except StoreError:
            return ()

    def _placed(self, part: PartFile, kind: str, lines: int) -> DataFile:
        sha256 = part.sha256
        name = f"{self._name}.{sha256[:12]}.{kind}.jsonl.gz"
        part.finish(self._dataset.folder / name)
        return DataFile(name, part.size, sha256, lines)

    def discard(self) -> None:
        """Let go of what is not finished."""
        self._records.discard()


def counts_of(record: Record) -> Counts:
    """How one document counts."""
    return Counts(
        1,
        int(not record.analysed),
        len(record.document.text.split()),
        len(record.attributions),
        len(record.propositions),
    )


def total(one: Counts, other: Counts) -> Counts:
    """Both together."""
    return Counts(
        one.documents + other.documents,
        one.foreign + other.foreign,
        one.words + other.words,
        one.attributions + other.attributions,
        one.propositions + other.propositions,
    )
