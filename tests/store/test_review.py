from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from purport.model.rows import Review
from purport.store import Overtaken, Store, last_review, review, reviews

ONE = Review(
    0, "i" * 16, "attribution", "d" * 16, "accept", (("act", '"deny"'),), who="Ana", made="2031-04-02T00:00:00"
)


def test_judgements_are_only_ever_added(copied: Path) -> None:
    with Store(copied, write=True) as store:
        assert review(store, [ONE, ONE]) == 2
        assert [one.number for one in reviews(store)] == [1, 2]
        assert reviews(store, 1)[0].told == (("act", '"deny"'),)
        for statement in (
            "UPDATE review SET deed = 'reject'",
            "DELETE FROM review",
            "INSERT OR REPLACE INTO review SELECT * FROM review WHERE number = 1",
        ):
            with pytest.raises(apsw.ConstraintError):
                store.connection.execute(statement).fetchall()


def test_whoever_has_not_seen_the_last_is_told(copied: Path) -> None:
    with Store(copied, write=True) as store:
        assert review(store, [ONE], 0) == 1
        told = review(store, [ONE], 0)
        assert isinstance(told, Overtaken)
        assert [one.number for one in told.since] == [1]
        assert last_review(store) == 1


def test_one_who_judges_waits_for_no_reader(copied: Path) -> None:
    with Store(copied, write=True) as reading, Store(copied, write=True, alone=False) as beside:
        assert review(beside, [ONE]) == 1
        assert last_review(reading) == 1
