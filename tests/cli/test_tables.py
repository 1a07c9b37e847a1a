"""Tables are as wide as they need to be, fold what is too long, lose nothing and come as their rows do."""

import io
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.text import Text

from purport.cli.tables import Cell, Column, cell_len, fold, print_table

WORDS = "the quick brown fox jumps over the lazy dog"


def printed(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], out: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of a table."""
    assert print_table(columns, rows) == len(rows)
    return out.readouterr().out.splitlines()


def test_narrow_tables_are_as_wide_as_their_cells(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(
        [Column("name"), Column("n", right=True), Column("kind")], [("Ana", "7", "x"), ("Bo", "12", "")], capsys
    )
    assert told == ["name   n  kind", "Ana    7  x", "Bo    12"]


def test_the_widest_column_is_folded_first_and_no_line_is_too_wide(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed([Column("id", folds=False), Column("text")], [("0123456789abcdef", f"{WORDS} " * 8)], capsys)
    assert max(map(len, told)) <= 120
    assert len(told) > 3
    assert told[1].startswith("0123456789abcdef  the quick")
    assert told[2].startswith(" " * 18 + "the") or told[2].startswith(" " * 18)
    assert " ".join(" ".join(line[18:] for line in told[1:]).split()) == f"{WORDS} " * 7 + WORDS


def test_styled_cells_are_plain_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed([Column("claim")], [(Text.assemble("did ", ("not", "bold"), " fire"),)], capsys)
    assert told == ["claim", "did not fire"]


def test_most_narrows_a_column(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed([Column("outlet", most=6), Column("x")], [("Halyard Wire", "1")], capsys)
    assert told == ["outlet  x", "Halyar  1", "d Wire"] or told == ["outlet  x", "Halyar  1", "d", "Wire"]


def test_rows_are_printed_before_the_last_one_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    seen = []

    def rows() -> Iterator[tuple[str]]:
        for number in range(2_000):
            if number == 1_999:
                seen.append(out.getvalue().count("\n"))
            yield (str(number),)

    assert print_table([Column("n")], rows()) == 2_000
    assert seen[0] > 1_900


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60), st.integers(2, 30))
@settings(max_examples=300, deadline=None)
def test_folding_loses_no_letter_and_keeps_within_the_width(text: str, width: int) -> None:
    lines = list(fold(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line.strip()) <= width for line in lines)


def test_wide_letters_take_two_places(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed([Column("name"), Column("n")], [("北京", "1"), ("ab", "2")], capsys)
    assert told == ["name  n", "北京  1", "ab    2"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        """It is one."""
        return True


def test_on_a_terminal_columns_have_their_styles_and_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = _Terminal()
    monkeypatch.setattr("sys.stdout", out)
    rows: list[tuple[Cell, Cell]] = [
        ("Denk", f"{WORDS} " * 6),
        ("Valk", Text.assemble("did ", ("not", "bold"), " fire")),
    ]
    print_table([Column("who", style="bold cyan"), Column("words")], rows)
    told = out.getvalue()
    assert "\x1b[1;36mDenk" in told
    assert "\x1b[1mnot\x1b[0m" in told
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
    assert " ".join(plain.split()) == " ".join(f"who words Denk {f'{WORDS} ' * 6}Valk did not fire".split())
