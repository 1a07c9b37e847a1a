from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import purport
from purport.errors import UsageError

FRAME = pd.DataFrame(
    {
        "body": ["Mara Denk denied that the dam had failed.", "Hollan Reth said that the gate was shut."],
        "paper": ["The Lantern", None],
        "date": pd.Series([pd.Timestamp("2031-03-04"), pd.NaT]),
        "desk": ["foreign", "home"],
    }
)


def test_the_rows_of_a_frame_are_documents(tmp_path: Path) -> None:
    with purport.open(tmp_path / "own.db") as corpus:
        summary = corpus.add(FRAME, text="body", outlet="paper", published="date", workers=1)
        assert summary.new == 2
        assert [(row.outlet, row.published) for row in corpus.documents()] == [
            ("The Lantern", "2031-03-04"),
            (None, None),
        ]
        assert {row.act for row in corpus.statements()} == {"deny", "assert"}
        assert corpus.add(FRAME, text="body", outlet="paper", published="date", workers=1).seen == 2
        assert not corpus.verify()


def test_columns_are_found_by_their_usual_names(tmp_path: Path) -> None:
    with purport.open(tmp_path / "own.db") as corpus:
        assert corpus.add(FRAME, workers=1).new == 2
        assert {row.published for row in corpus.documents()} == {"2031-03-04", None}


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with purport.open(tmp_path / "own.db") as corpus:
        with pytest.raises(UsageError, match="no column 'bdoy'; there are body"):
            corpus.add(FRAME, text="bdoy")
        with pytest.raises(UsageError, match="no column of the frame holds texts"):
            corpus.add(FRAME[["paper"]])
        with pytest.raises(UsageError, match="columns of a frame"):
            corpus.add([tmp_path], text="body")


def test_frames_have_days_as_datetimes_and_one_kind_of_missing(tmp_path: Path) -> None:
    with purport.open(tmp_path / "own.db") as corpus:
        corpus.add(FRAME, text="body", outlet="paper", published="date", workers=1)
        frame = corpus.statements(all=True).to_pandas()
    assert str(frame["published"].dtype).startswith("datetime64")
    assert frame["published"].isna().sum() == 1
    assert frame["outlet"].isna().sum() == 1
    assert not [
        name for name in frame.columns if (frame[name].map(lambda one: isinstance(one, str) and one == "")).any()
    ]
