"""Every figure that has a floor, measured: `python -m bench.figures [NAME...]`, which checks floors.json.

Nothing is written but with one of these: `--raise` moves floors up to just below what is measured; `--lower` moves
those down that are not reached, `--gold` takes a gold that is another one; both want `--reason TEXT`, which is kept.
Exit status: 0 all figures as they must be, 1 one is not, 2 nothing could be measured or written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import purport
from bench import (
    accuracy,
    blocks,
    challenge,
    coreference,
    factuality,
    floors,
    gap,
    gum,
    openie,
    report,
    robust,
    stance,
    stories,
    swap,
)
from bench.articles import EXAMPLES_GOLD, POLNEAR_DEV, ROOT, SHARED
from bench.clusters import Figures
from bench.floors import Better, Measured
from purport.corpus.reading import process_texts
from purport.evaluate import Gold, Score, read_gold
from purport.model.record import Record
from tests.claims import cases, faults

DSE = SHARED / "stance" / "dse"
NEWSMTSC = SHARED / "stance" / "newsmtsc"
CLAIMS = ROOT / "examples" / "claims.txt"
FOURTH = 4
"""Of GAP every fourth row is measured where all of it would take too long."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Figures that are measured together: the gold (files below `home`, as patterns), the command that prints them.

    `slow` is one that takes half a minute or more and of which a part is measured too; no test makes it.
    """

    home: Path
    files: tuple[str, ...]
    command: str
    measure: Callable[[], Mapping[str, Measured]]
    slow: bool = False

    def gold(self) -> list[Path]:
        """The files; none where they are not on this machine."""
        return sorted(path for pattern in self.files for path in self.home.glob(pattern))

    def digest(self) -> str:
        """The gold's digest."""
        return floors.digest(self.gold(), self.home)


def _both(one: Score | Figures | openie.Figures) -> dict[str, float]:
    return {"precision": one.precision, "recall": one.recall}


def _scores(name: str, found: Mapping[str, Score]) -> dict[str, Measured]:
    return {f"{name} {figure} F1": Measured(one.f1, _both(one)) for figure, one in found.items()}


def _records(gold: Sequence[Gold]) -> list[Record]:
    return process_texts([one.text for one in gold])


def _examples() -> Mapping[str, Measured]:
    gold = read_gold(EXAMPLES_GOLD)
    return _scores("examples", accuracy.scored(gold, [one.attributions for one in _records(gold)]))


def _rules() -> Mapping[str, Measured]:
    gold = read_gold(EXAMPLES_GOLD)
    return _scores(accuracy.RULES, accuracy.scored(gold, [accuracy.ruled(one.text) for one in gold]))


def _polnear() -> Mapping[str, Measured]:
    gold = read_gold(POLNEAR_DEV)
    records = _records(gold)
    found = _scores("PolNeAR dev", accuracy.scored(gold, [one.attributions for one in records]))
    more: dict[str, float] = {}
    for kind, (precision, recall) in report.by_kind(gold, records).items():
        more |= {f"{kind} precision": precision.share, f"{kind} recall": recall.share}
    more |= {publisher: one["relation"] for publisher, one in report.by_publisher(gold, records).items()}
    relation = found["PolNeAR dev relation F1"]
    error, _ = report.calibration(gold, records)
    return {
        **found,
        "PolNeAR dev relation F1": Measured(relation.value, {**relation.also, **more}),
        "PolNeAR dev calibration error": Measured(error, better=Better.LOWER, epsilon=0.015),
    }


def _dress() -> Mapping[str, Measured]:
    found = robust.measured(EXAMPLES_GOLD)
    lost = max(found["as they are"] - f1 for f1 in found.values())
    return {"examples in other dress, relation F1 lost": Measured(lost, better=Better.LOWER)}


def _nested() -> Mapping[str, Measured]:
    found = report.nested(process_texts([text for text, _ in report.nested_cases()]))
    return {
        f"examples/nested.txt, {what}": Measured(one.share, {"count": one.good, "of": one.of}, epsilon=0.02)
        for what, one in found.items()
    }


def _claims() -> Mapping[str, Measured]:
    every = list(cases(CLAIMS))
    right = sum(not faults(purport.read_text(case.text, language="en"), case) for case in every)
    return {"examples/claims.txt, cases right": Measured(right, {"of": len(every)}, epsilon=0)}


def _openie(name: str, figures: Callable[[], openie.Figures]) -> Callable[[], Mapping[str, Measured]]:
    def measured() -> Mapping[str, Measured]:
        found = figures()
        return {f"{name} F1": Measured(found.f1, _both(found))}

    return measured


def _gum() -> Mapping[str, Measured]:
    names = ("GUM dev CoNLL F1", "GUM dev, without apposition and predicates, CoNLL F1")
    found = coreference.of_gum(gum.documents(gum.DEV))
    return {name: Measured(one["CoNLL"].f1, _both(one["CoNLL"])) for name, one in zip(names, found, strict=True)}


def _gap() -> Mapping[str, Measured]:
    found = coreference.of_gap(gap.rows(gap.VALIDATION)[::FOURTH])
    return {"GAP validation, every fourth row, F1": Measured(found.overall.f1, _both(found.overall), epsilon=0.015)}


def _gap_in_full() -> Mapping[str, Measured]:
    found = coreference.of_gap(gap.rows(gap.VALIDATION))
    return {
        "GAP validation F1": Measured(found.overall.f1, _both(found.overall), epsilon=0.01),
        "GAP validation, feminine over masculine": Measured(
            found.bias, {"feminine": found.feminine.f1, "masculine": found.masculine.f1}, Better.WITHIN, 0.0,
            (0.95, 1.05),
        ),
    }  # fmt: skip


def _uds() -> Mapping[str, Measured]:
    every = list(factuality.judged(factuality.DEV))
    error, constant = factuality.off(every)
    also = {"acts": len(every), "error": error, "error of a constant": constant}
    return {"UDS-IH2 dev Pearson r": Measured(factuality.correlated(every), also, epsilon=0.01)}


def _dse() -> Mapping[str, Measured]:
    found = stance.of_dse(DSE)
    also = {"pairs": sum(1 for _ in stance.dse(DSE / "valid.txt")), "fresh pairs": len(stance.fresh_of(DSE))}
    return {f"{name} macro F1": Measured(value, also, epsilon=0.01) for name, value in found.items()}


def _newsmtsc() -> Mapping[str, Measured]:
    return {"NewsMTSC, a tenth macro F1": Measured(stance.of_newsmtsc(NEWSMTSC / "train.jsonl"), epsilon=0.01)}


def _swapped(sentences: int, *, signs: bool, claims: bool) -> Callable[[], Mapping[str, Measured]]:
    """The shares of signs and of claims that names alone change, in so many sentences."""

    def measured() -> Mapping[str, Measured]:
        found = swap.changes(swap.sentences(sentences), claimed=claims)
        made = {}
        if signs:
            also = {"count": found.signs, "of": found.readings}
            name = f"names exchanged in {sentences} sentences, signs changed"
            made[name] = Measured(found.signs / max(1, found.readings), also, Better.LOWER, 0.0005 if claims else 0)
        if claims:
            also = {"count": found.claims, "of": found.compared}
            name = f"names exchanged in {sentences} sentences, claims changed"
            made[name] = Measured(found.claims / max(1, found.compared), also, Better.LOWER, 0.002)
        return made

    return measured


def _stories(name: str, told: Callable[[], list[stories.Told]]) -> Callable[[], Mapping[str, Measured]]:
    def measured() -> Mapping[str, Measured]:
        found = stories.scored(told())
        return {f"{name} stories B3 F1": Measured(found.f1, _both(found))}

    return measured


_STANDOFF = ("text/*.txt", "attributions/*.ann")
_BY_ACCURACY = "python -m bench --accuracy"
MEASUREMENTS: Mapping[str, Measurement] = {
    "examples": Measurement(EXAMPLES_GOLD, _STANDOFF, _BY_ACCURACY, _examples),
    accuracy.RULES: Measurement(EXAMPLES_GOLD, _STANDOFF, _BY_ACCURACY, _rules),
    "examples in other dress": Measurement(
        EXAMPLES_GOLD, _STANDOFF, "python -m bench.robust --gold examples/gold", _dress
    ),
    "examples/claims.txt": Measurement(
        ROOT / "examples", ("claims.txt",), "python -m bench.figures examples/claims.txt", _claims
    ),
    "voices": Measurement(blocks.FOLDER, ("*/*",), "python -m bench.blocks", blocks.measured),
    "challenge": Measurement(challenge.FOLDER, ("round-*.tsv",), "python -m bench.challenge", challenge.measured),
    "examples/nested.txt": Measurement(ROOT / "examples", ("nested.txt",), "python -m bench.report", _nested),
    "PolNeAR dev": Measurement(POLNEAR_DEV, _STANDOFF, f"{_BY_ACCURACY}; python -m bench.report", _polnear),
    "CaRB dev": Measurement(
        openie.CARB.parent, (openie.CARB.name,), "python -m bench.openie", _openie("CaRB dev", openie.of_carb)
    ),
    "WiRe57": Measurement(
        openie.WIRE.parent, (openie.WIRE.name,), "python -m bench.openie", _openie("WiRe57", openie.of_wire)
    ),
    "GUM dev": Measurement(gum.DEV, ("*.conllu",), "python -m bench.coreference", _gum),
    "GAP validation": Measurement(
        gap.VALIDATION.parent, (gap.VALIDATION.name,), 'python -m bench.figures "GAP validation"', _gap
    ),
    "GAP validation, in full": Measurement(
        gap.VALIDATION.parent, (gap.VALIDATION.name,), 'python -m bench.figures "GAP validation, in full"',
        _gap_in_full, slow=True,
    ),
    "UDS-IH2 dev": Measurement(
        factuality.DEV.parent, (factuality.DEV.name,), "python -m bench.factuality", _uds
    ),
    "DSE": Measurement(DSE, ("valid.txt", "train.txt"), "python -m bench.stance", _dse),
    "NewsMTSC": Measurement(NEWSMTSC, ("train.jsonl",), "python -m bench.stance", _newsmtsc),
    "NeuS val stories": Measurement(
        stories.NEUS.parent, (stories.NEUS.name,), "python -m bench.stories", _stories("NeuS val", stories.of_neus)
    ),
    "ECB+ dev stories": Measurement(
        stories.ECB, ("*/*.xml",), "python -m bench.stories", _stories("ECB+ dev", stories.of_ecb)
    ),
    "names exchanged, signs": Measurement(
        DSE, ("valid.txt",), "python -m bench.swap --sentences 50 --signs", _swapped(50, signs=True, claims=False)
    ),
    "names exchanged, claims": Measurement(
        DSE, ("valid.txt",), "python -m bench.swap --sentences 8", _swapped(8, signs=False, claims=True)
    ),
    "names exchanged, in full": Measurement(
        DSE, ("valid.txt",), "python -m bench.swap --sentences 500", _swapped(500, signs=True, claims=True), slow=True
    ),
}  # fmt: skip
"""What is measured, a row for what is measured together."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see above."""
    parser = argparse.ArgumentParser(prog="python -m bench.figures", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(MEASUREMENTS)}")
    parser.add_argument("--raise", dest="higher", action="store_true", help="move floors up to what is measured")
    parser.add_argument("--lower", action="store_true", help="move floors down that are not reached; wants --reason")
    parser.add_argument("--gold", action="store_true", help="take a gold that is another one; wants --reason")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, which is kept in floors.json")
    parser.add_argument("--slow", action="store_true", help="also what takes many minutes, where no name is given")
    told = parser.parse_args(arguments)
    unknown = [name for name in told.names if name not in MEASUREMENTS]
    if unknown or ((told.lower or told.gold) and not (told.reason.strip() and told.names)):
        wrong = f"nothing is called {unknown[0]!r}" if unknown else "--lower and --gold want names and --reason TEXT"
        print(f"bench.figures: {wrong}", file=sys.stderr)
        return 2
    below = False
    for name in told.names or [name for name, one in MEASUREMENTS.items() if told.slow or not one.slow]:
        below |= not _one(name, told)
    return int(below)


def _one(name: str, told: argparse.Namespace) -> bool:
    """Measures, prints and writes one row; whether all is as it must be."""
    row = MEASUREMENTS[name]
    if not row.gold():
        print(f"{name}: not on this machine ({row.home}), not measured")
        return True
    found, gold, kept = row.measure(), row.digest(), floors.load()
    if told.gold:
        kept = floors.regolded(list(found), gold, told.reason, kept)
    if told.lower:
        kept = floors.lowered(found, told.reason, kept)
    wrong = floors.faults(found, gold, kept)
    if told.higher and not any("another one" in line for line in wrong):
        kept = floors.raised(found, gold, row.command, kept)
        wrong = floors.faults(found, gold, kept)
    if told.higher or told.lower or told.gold:
        floors.save(kept)
    for figure, one in found.items():
        shown = kept[figure].shown() if figure in kept else "no floor"
        print(f"{figure}: {one.value:.4f} ({shown})", flush=True)
    for line in wrong:
        print(f"FAILED: {line}")
    return not wrong


if __name__ == "__main__":
    sys.exit(main())
