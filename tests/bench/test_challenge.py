"""Rounds of the challenge: how claims and acts are judged, and which rows are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import purport
from bench import challenge
from bench.challenge import TEXT_ITSELF, UNNAMED, act_cases, claim_cases, fits, holders, judge_holders, statements_by
from bench.floors import Better

RIGHT, WRONG, UNFORGIVABLE = (True, False), (False, False), (False, True)


@pytest.mark.parametrize(
    "found, wanted, judged",
    [
        ([], "nobody", RIGHT),
        ([TEXT_ITSELF], "nobody", UNFORGIVABLE),
        (["Denk"], "nobody", UNFORGIVABLE),
        ([TEXT_ITSELF], "outlet", RIGHT),
        ([TEXT_ITSELF, "Denk"], "outlet", RIGHT),
        ([], "outlet", WRONG),
        (["Denk"], "outlet", UNFORGIVABLE),
        ([], "unnamed", RIGHT),
        ([UNNAMED], "unnamed", RIGHT),
        ([TEXT_ITSELF], "unnamed", UNFORGIVABLE),
        (["the duke"], "unnamed-duke", UNFORGIVABLE),
        (["the duke > a groom"], "unnamed-duke", RIGHT),
        (["a groom posing as the duke"], "unnamed-duke", RIGHT),
        (["Mara Denk"], "denk", RIGHT),
        (["the court > Mara Denk"], "court/orlo", RIGHT),
        ([], "denk", WRONG),
        (["Orlo"], "denk", UNFORGIVABLE),
        ([TEXT_ITSELF, "Denk"], "denk", UNFORGIVABLE),
        ([TEXT_ITSELF, "Denk"], "~denk", RIGHT),
        ([TEXT_ITSELF], "~denk", WRONG),
        ([TEXT_ITSELF, "Orlo"], "outlet/denk", RIGHT),
        (["Denk"], "outlet/denk", RIGHT),
        (["Orlo"], "outlet/denk", UNFORGIVABLE),
    ],
)
def test_holders_of_a_claim_are_judged(found: list[str], wanted: str, judged: tuple[bool, bool]) -> None:
    assert judge_holders(found, wanted) == judged


def table(path: Path, *cells: str) -> Path:
    path.write_text("# A comment\n\n" + "\t".join(cells) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "relation, claim, does",
    [
        ("had been shelling", "guns/army|shell|bridge", True),
        ("dared to shell", "guns|shell|bridge", True),
        ("kept shelling", "guns|shell|*", True),
        ("succeeded in shelling", "*|shell|bridge", True),
        ("plans to shell", "guns|shell|bridge", False),
        ("shelled", "crews|shell|bridge", False),
        ("shelled", "guns|shell|brid", False),
        ("were", "guns|is|*", True),
    ],
)
def test_only_what_is_done_is_the_claim(relation: str, claim: str, does: bool, tmp_path: Path) -> None:
    [case] = claim_cases(table(tmp_path / "round-9-claims.tsv", "Any text.", claim, "outlet", "implicative"))
    assert fits(("The guns", relation, "the old bridge"), case) is does


def test_claims_and_acts_are_found_in_records(tmp_path: Path) -> None:
    text = "The guns shelled the bridge. Mara Denk said that the crews had left the depot."
    record = purport.read_text(text, language="en")
    [own] = claim_cases(table(tmp_path / "a.tsv", text, "guns|shell|bridge", "outlet", "plain"))
    [reported] = claim_cases(table(tmp_path / "b.tsv", text, "crews|left|depot", "outlet", "plain"))
    assert holders(record, own) == (TEXT_ITSELF,)
    assert holders(record, reported) == ("Mara Denk",)
    assert own.outcome(record).right
    assert reported.outcome(record).unforgivable
    assert [one.act for one in statements_by(record, "denk")] == ["assert"]
    assert statements_by(record, "crews") == []


@pytest.mark.parametrize(
    "source, act, judged",
    [
        ("Denk", "deny/reject", RIGHT), ("Denk", "admit", WRONG), ("Denk", "!admit", RIGHT),
        ("Denk", "!deny", UNFORGIVABLE), ("Denk", "-", UNFORGIVABLE), ("guns", "-", RIGHT),
    ],
)  # fmt: skip
def test_acts_are_judged(source: str, act: str, judged: tuple[bool, bool], tmp_path: Path) -> None:
    text = "Mara Denk denied that the guns had moved."
    [case] = act_cases(table(tmp_path / "round-9-acts.tsv", text, source, act, "?"))
    outcome = case.outcome(purport.read_text(text, language="en"))
    assert (outcome.right, outcome.unforgivable) == judged


@pytest.mark.parametrize(
    "cells, reason",
    [
        (("A text.", "a|b|c", "outlet"), "four cells"),
        (("A text.", "a|b|c", "", "plain"), "none of them empty"),
        (("A text.", "a|b", "outlet", "plain"), "'a|b' is no claim"),
        (("A text.", "a|*|c", "outlet", "plain"), "is no claim"),
        (("A text.", "a|b|c", "the duke", "plain"), "'the duke' is nobody who can hold a claim"),
    ],
)
def test_a_malformed_claim_is_refused_with_file_and_line(cells: tuple[str, ...], reason: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"round-9-claims\.tsv, line 3: ") as refused:
        list(claim_cases(table(tmp_path / "round-9-claims.tsv", *cells)))
    assert reason in str(refused.value)


@pytest.mark.parametrize("act", ["mumble", "!mumble", "deny/", "!"])
def test_a_malformed_act_is_refused_with_file_and_line(act: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"round-9-acts\.tsv, line 3: .* is no act"):
        list(act_cases(table(tmp_path / "round-9-acts.tsv", "A text.", "Denk", act, "?")))


def test_a_round_is_scored_and_its_totals_are_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(challenge, "FOLDER", tmp_path)
    table(tmp_path / "round-9-claims.tsv", "The guns shelled\\nthe bridge.", "guns|shell|bridge", "nobody", "plain")
    table(tmp_path / "round-9-acts.tsv", "Mara Denk denied the charge.", "Denk", "deny", "?")
    assert challenge.main(["--wrong"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "UNFORGIVABLE: The guns shelled / the bridge.",
        "    guns|shell|bridge: wanted nobody, found [the text]",
        "  plain: 0 of 1",
        "round 9, claims: 0 of 1 right, 1 unforgivable",
        "  an act that is done: 1 of 1",
        "round 9, acts: 1 of 1 right, 0 told that were not done",
    ]
    assert {name: (one.value, one.better) for name, one in challenge.measured().items()} == {
        "challenge round 9, claims right": (0, Better.HIGHER),
        "challenge round 9, claims unforgivable": (1, Better.LOWER),
        "challenge round 9, acts right": (1, Better.HIGHER),
        "challenge round 9, acts told that were not done": (0, Better.LOWER),
    }
    assert challenge.main(["8"]) == 2
    assert "round-8-claims.tsv" in capsys.readouterr().err
