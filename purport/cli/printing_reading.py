"""What the command line prints of a reading: its progress while it goes on, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from purport.cli.printing import counted, one_line
from purport.cli.shaped import field_of
from purport.cli.tables import console
from purport.corpus.reading import Progress as Reading
from purport.corpus.reading import Summary

_KINDS = 8
"""Kinds of files that were passed over which are named; the others are only counted."""
_ROWS = 5
"""Rows of a metadata table that fit no file which are named; the others are only counted."""


@contextmanager
def progress_shown() -> Iterator[Callable[[Reading], None]]:
    """Progress of a reading: a bar on a terminal, a plain line now and then elsewhere; on standard error."""
    if sys.stderr.isatty():
        yield from _bar()
    else:
        yield _Lines()


@contextmanager
def shards_shown() -> Iterator[Callable[[int, int], None]]:
    """Progress over the shards of a dataset, on standard error: a line every ten seconds."""
    begun = last = monotonic()

    def shown(done: int, of: int) -> None:
        nonlocal last
        if monotonic() - last >= 10:
            last = monotonic()
            print(f"tables of {done:,} of {of:,} shards, {last - begun:.0f} s", file=sys.stderr)  # noqa: T201 - progress

    yield shown


def _bar() -> Iterator[Callable[[Reading], None]]:
    begun = monotonic()
    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        TextColumn("{task.fields[files]}, {task.fields[documents]}, {task.fields[speed]} a second"),
        MofNCompleteColumn(),
        TextColumn("kB"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task: TaskID | None = None

    def shown(now: Reading) -> None:
        nonlocal task
        files, documents = _files(now), counted(now.documents, "document")
        speed = counted(int(now.words / max(0.001, monotonic() - begun)), "word")
        if task is None:
            # Started by the first result, since workers are forked before and threads must not be.
            task = bar.add_task("reading", total=now.of_size // 1024, files=files, documents=documents, speed=speed)
            bar.start()
        bar.update(task, completed=now.size // 1024, files=files, documents=documents, speed=speed)

    try:
        yield shown
    finally:
        bar.stop()


class _Lines:
    """A line every ten seconds, for logs."""

    def __init__(self) -> None:
        self._begun = self._last = monotonic()

    def __call__(self, now: Reading) -> None:
        time = monotonic()
        if time - self._last < 10:
            return
        self._last = time
        speed = counted(round(now.words / max(0.001, time - self._begun)), "word")
        # The first few per cent do not tell how long the rest takes.
        begun = now.size * 50 >= now.of_size > 0
        left = round((time - self._begun) * (now.of_size - now.size) / now.size) if begun else 0
        print(  # noqa: T201 - progress
            f"read {_files(now)}, {counted(now.documents, 'document')}, {speed} a second"
            + (f", about {counted(left, 'second')} left" if left > 0 else ""),
            file=sys.stderr,
            flush=True,
        )


def _files(now: Reading) -> str:
    return f"{now.files:,} of {counted(now.of_files, 'file')}"


def print_summary(summary: Summary, store: Path) -> None:
    """What a reading did: read, there already, passed over, failed and why, and what was told in vain."""
    out = console()
    out.print(
        f"{store}: read {counted(summary.new, 'document')} with {counted(summary.attributions, 'statement')}; "
        f"{summary.seen:,} already there; {len(summary.failed):,} failed",
        markup=False,
    )
    for line in (*_of_documents(summary, store), *_of_files(summary), *_of_table(summary)):
        out.print(f"  {line}", markup=False)
    for reason, number in summary.passed_over:
        out.print(f"  of the table of actors {number:,} were passed over: {one_line(reason)}", markup=False)


def _of_documents(summary: Summary, store: Path) -> Iterator[str]:
    if summary.filled:
        yield f"{counted(summary.filled, 'document')} there already: more is known of them now"
    if summary.again:
        yield f"{counted(summary.again, 'document')} analysed anew; `purport info` names the runs to compare"
    if summary.stopped:
        yield "stopped when it was told to; the same command reads what is left"
    if summary.foreign:
        yield (
            f"{counted(summary.foreign, 'document')} kept but not analysed, being surely in another language than "
            f"English (`purport documents --store {store}` says which)"
        )


def _of_files(summary: Summary) -> Iterator[str]:
    for problem in summary.failed:
        where = f"{problem.path}{', ' + problem.part if problem.part else ''}"
        yield f"failed: {one_line(where)}: {one_line(problem.reason)}"
    kinds = [(kind, number) for kind, number in summary.ignored if kind.startswith(".") or not kind]
    if kinds:
        yield f"{_by_kind(kinds)} passed over"
    for what, number in summary.ignored:
        if (what, number) not in kinds:
            yield f"{counted(number, what, what.replace('link', 'links', 1))} passed over"
    if summary.undated:
        date, path = summary.undated[0]
        example = one_line(f"{date!r} ({Path(path).name})")
        yield f"{counted(len(summary.undated), 'date')} not understood, for example {example}; write it as 2031-03-04"


def _by_kind(kinds: Sequence[tuple[str, int]]) -> str:
    """ "3 files of the kind .jpg, 2 of .png and 7 of other kinds"."""
    (first, number), *others = kinds[:_KINDS]
    told = [f"{counted(number, 'file')} of the kind {one_line(first)}"]
    told += [f"{count:,} of {one_line(kind)}" for kind, count in others]
    rest = sum(count for _, count in kinds[_KINDS:])
    told += [f"{rest:,} of other kinds"] if rest else []
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]


def _them(summary: Summary) -> str:
    return "it" if len(summary.extra_columns) == 1 else "them"


def _of_table(summary: Summary) -> Iterator[str]:
    if summary.unlisted:
        example = one_line(Path(summary.unlisted[0]).name)
        has = "document has" if len(summary.unlisted) == 1 else "documents have"
        yield f"{len(summary.unlisted):,} {has} no row in {one_line(summary.table)}, for example {example}"
    if summary.extra_columns:
        names = ", ".join(one_line(field_of(name)) for name in summary.extra_columns)
        what = "column" if len(summary.extra_columns) == 1 else "columns"
        yield f"{what} {names} of {one_line(summary.table)} kept: --where and --count-by take {_them(summary)}"
    for name in summary.unused[:_ROWS]:
        yield f"the metadata table has a row for {one_line(name)}, which was not among the files"
    if len(summary.unused) > _ROWS:
        yield f"and {len(summary.unused) - _ROWS:,} more rows for what was not among the files"
