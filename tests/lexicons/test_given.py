from __future__ import annotations

from pathlib import Path

from purport.lexicons.given import given
from training.given import EITHER, MEN, WOMEN, rows


def test_there_are_many_names_of_many_lands() -> None:
    assert len(given()) >= 5000
    assert all(given()[name] > 0.9 for name in ("mary", "maryam", "oksana", "golda", "zeynep", "ngozi", "mette"))
    assert all(given()[name] < 0.1 for name in ("john", "hassan", "volodymyr", "jinping", "narendra", "kwame"))
    assert 0.2 < given()["jean"] < 0.8


def test_no_name_is_written_twice_in_a_line_of_its_list() -> None:
    for names in (MEN, WOMEN, EITHER):
        assert all(len(set(line.split())) == len(line.split()) for line in names.splitlines())
    assert {name.lower() for name in (MEN + WOMEN + EITHER).split()} <= given().keys()


def test_the_table_is_made_of_the_census_and_the_names_by_hand(tmp_path: Path) -> None:
    (tmp_path / "dist.male.first").write_text("JEAN 0.1 0.1 1\nORLO 0.3 0.4 2\n")
    (tmp_path / "dist.female.first").write_text("JEAN 0.3 0.3 1\nVESPA 0.2 0.5 2\n")
    made = dict(rows(tmp_path))
    assert (made["orlo"], made["vespa"], made["jean"]) == (0.0, 1.0, 0.375)
    assert list(made) == sorted(made)
