"""The main job on real articles: PolNeAR's development set and one state agency's article, where they are."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import purport
from bench import accuracy
from purport.evaluate import read_gold
from purport.model.document import Metadata
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared"
DEV = SHARED / "data" / "polnear" / "dev"
ARTICLES = 12
"""Every twelfth article is read: what all of them score has floors of its own (`tests/bench/test_figures.py`)."""

pytestmark = pytest.mark.skipif(not DEV.is_dir(), reason="PolNeAR is not on this machine (../shared/data)")


def test_real_articles_are_read_proved_exported_and_scored(tmp_path: Path) -> None:
    with purport.open(tmp_path / "s.db") as corpus:
        summary = corpus.add(sorted((DEV / "text").glob("*.txt"))[::ARTICLES])
        article = SHARED / "data" / "examples" / "state-media-article.txt"
        told = Metadata(outlet="State news agency", published="2024-12-30")
        assert corpus.add([article], told=told).new == 1
        assert (summary.new, summary.failed) == (7, [])
        assert corpus.verify() == []
        corpus.export("brat", tmp_path / "brat")
        names = {Path(row.paths[0]).stem: row.id for row in corpus.documents()}
        gold = [one for one in read_gold(DEV) if one.name in names]
        records = [corpus.record(names[one.name]) for one in gold]
    marks = 0
    for path in (tmp_path / "brat").glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes().decode()
        for line in path.read_bytes().decode().split("\n"):
            match = re.fullmatch(r"T\d+\t\w+ ([\d ;]+)\t(.*)", line)
            if match:
                marks += 1
                pieces = [pair.split() for pair in match[1].split(";")]
                assert " ".join(text[int(start) : int(end)] for start, end in pieces) == match[2]
    assert marks > 400
    texts = tmp_path / "text"
    texts.mkdir()
    for one in gold:
        shutil.copy(DEV / "text" / f"{one.name}.txt", texts)
    scorer = SHARED / "tools" / "score_attributions.py"
    command = [sys.executable, *map(str, (scorer, texts, tmp_path / "brat", DEV / "attributions"))]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"relation P [\d.]+ R [\d.]+ F ([\d.]+)", said)
    assert found is not None
    own = accuracy.scored(gold, [one.attributions for one in records])["relation"].f1
    assert abs(float(found[1]) - own) < 0.002  # the two scorers agree, through the export
