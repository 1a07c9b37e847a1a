from __future__ import annotations

from pathlib import Path

import pytest

from purport.cli import printing_reading
from purport.cli.printing_reading import print_summary, progress_shown
from purport.corpus.reading import Progress, Summary


def shown(summary: Summary, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of a summary after the first, which counts what was read."""
    print_summary(summary, Path("s.db"))
    return [line.strip() for line in capsys.readouterr().out.splitlines()[1:]]


def test_a_reading_without_a_remark_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(Summary(new=3), capsys) == []


@pytest.mark.parametrize(
    "ignored, lines",
    [
        (((".jpg", 3),), ["3 files of the kind .jpg passed over"]),
        (((".jpg", 1),), ["1 file of the kind .jpg passed over"]),
        (((".jpg", 3), (".png", 1)), ["3 files of the kind .jpg and 1 of .png passed over"]),
        ((("link to a folder", 2),), ["2 links to a folder passed over"]),
        (
            ((".a", 9), *((f".{n}", 2) for n in range(7)), (".y", 1), (".z", 1)),
            [f"9 files of the kind .a, {', '.join(f'2 of .{n}' for n in range(7))} and 2 of other kinds passed over"],
        ),
    ],
)
def test_what_was_passed_over_is_told_by_kind(
    ignored: tuple[tuple[str, int], ...], lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(Summary(ignored=ignored), capsys) == lines


def test_what_was_told_in_vain_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary(
        undated=[("01.02.2020", "in/a.txt")],
        table="part.csv",
        unlisted=[f"in/{name}.txt" for name in "bcd"],
        extra_columns=("section", "desk"),
        unused=tuple(f"{n}.txt" for n in range(7)),
    )
    assert shown(summary, capsys) == [
        "1 date not understood, for example '01.02.2020' (a.txt); write it as 2031-03-04",
        "3 documents have no row in part.csv, for example b.txt",
        "columns section, desk of part.csv kept: --where and --count-by take them",
        *(f"the metadata table has a row for {n}.txt, which was not among the files" for n in range(5)),
        "and 2 more rows for what was not among the files",
    ]
    one = Summary(table="part.csv", unlisted=["b.txt"], extra_columns=("desk",))
    assert shown(one, capsys) == [
        "1 document has no row in part.csv, for example b.txt",
        "column desk of part.csv kept: --where and --count-by take it",
    ]


@pytest.mark.parametrize(
    "now, line",
    [
        (Progress(1, 1, 90, 100, 1, 20), "read 1 of 1 file, 1 document, 2 words a second, about 1 second left"),
        (Progress(7, 57, 50, 100, 8, 10), "read 7 of 57 files, 8 documents, 1 word a second, about 10 seconds left"),
        (Progress(0, 57, 1, 100, 0, 0), "read 0 of 57 files, 0 documents, 0 words a second"),
        (Progress(57, 57, 100, 100, 57, 0), "read 57 of 57 files, 57 documents, 0 words a second"),
    ],
)
def test_progress_is_a_line_now_and_then(
    now: Progress, line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter((0.0, 5.0, 10.0, 11.0))
    monkeypatch.setattr(printing_reading, "monotonic", lambda: next(clock))
    with progress_shown() as told:
        for _ in range(3):
            told(now)
    assert capsys.readouterr().err.splitlines() == [line]
