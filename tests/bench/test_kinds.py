"""Texts for counting statements by eye: which are chosen depends on their words alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import gum, kinds


def test_the_choice_depends_on_the_words_alone() -> None:
    texts = {"a": "Denk spoke.", "b": "Orlo left.", "c": "Corvath stayed."}
    first = kinds.chosen(texts, 2)
    renamed = kinds.chosen({name.upper(): text for name, text in reversed(texts.items())}, 2)
    assert len(first) == 2
    assert list(first.values()) == list(renamed.values())


def test_a_folder_that_is_not_named_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert kinds.main([]) == 2
    assert "bench.kinds" in capsys.readouterr().err


@pytest.mark.skipif(not gum.TRAIN.is_dir(), reason="GUM and PolNeAR are not on this machine (../shared/data)")
def test_forty_texts_are_written(tmp_path: Path) -> None:
    assert kinds.main([str(tmp_path)]) == 0
    assert len(list((tmp_path / "polnear").glob("*.txt"))) == 20
    assert len(list((tmp_path / "other").glob("*.txt"))) == 20
