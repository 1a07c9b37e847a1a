"""The generated pages are up to date, and every command, option and exported name is in the reference."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields

import pytest

import purport
from docs import make_picture, make_reference
from docs.blocks import ROOT
from purport.export.network_rows import EdgeRow, NodeRow
from purport.model.codec import record_out
from purport.model.rows import Actor, ActorLink, Claim, DocumentRow, Evidence, Statement


@pytest.mark.parametrize(
    "module", ["docs.make_reference", "docs.make_lexicons", "docs.figures", "docs.make_picture", "docs.make_network"]
)
def test_what_is_generated_is_up_to_date(module: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, "--check"], cwd=ROOT, check=False)
    assert done.returncode == 0, "run make docs, and read the difference"


def test_every_command_and_option_is_documented() -> None:
    page = make_reference.PAGE.read_text()
    for name, command in make_reference.commands().items():
        section = page.partition(f"### purport {name}\n")[2].partition("\n##")[0]
        assert section, name
        for one in command.params:
            assert one.help, (name, one.name)
            sign = one.opts[0] if one.param_type_name == "option" else one.metavar
            assert f"| `{sign}" in section, (name, one.name)


def test_every_column_has_a_meaning_and_no_other_has() -> None:
    kinds = (Statement, Claim, DocumentRow, Actor, ActorLink, Evidence, EdgeRow, NodeRow)
    assert {one.name for kind in kinds for one in fields(kind)} == set(make_reference.MEANING)


def test_names_of_json_lines_are_those_of_a_record() -> None:
    record = record_out(
        purport.read_text("The minister denied that Velmark had attacked Ardania. Mara Denk praised Tomas Orlo.")
    )
    assert set(record) == set(make_reference.JSONL)
    for name, value in record.items():
        told = make_reference.JSONL[name]
        one = value[0] if isinstance(value, list) else value
        told = told.replace("(", " ").replace(")", " ")
        assert all(key in told.replace(",", " ").replace(":", " ").split() for key in one), name


def test_the_picture_is_small_and_fetches_nothing() -> None:
    svg = make_picture.PICTURE.read_text()
    assert len(svg.encode()) < 60_000
    assert "url(http" not in svg
    assert "@font-face" not in svg
    assert "@import" not in svg
