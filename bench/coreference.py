"""How well the chain from raw text tells which mentions name the same: GUM and GAP.

    python -m bench.coreference

GUM's news, interviews, speeches, court and lives: the CoNLL average of MUC, B-cubed and CEAFe over exact spans, without
singletons (Pradhan et al. 2014), also without apposition and predicates as OntoGUM counts. GAP: F1 over both names of
each row, and that of feminine pronouns over that of masculine ones (Webster et al. 2018).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from bench import clusters, gap, gum
from purport.analyse import parse
from purport.extract.attribution.find import attributions
from purport.model.document import Document
from purport.read.files import read_bytes
from purport.resolve.document.entities import chained as resolved

Span = tuple[int, int]


def chained(text: str) -> list[list[tuple[Span, Span]]]:
    """The chains of a raw text: for each mention its span and that of its head. Raises `ValueError` where reading
    changes the text."""
    document = next(iter(read_bytes(text.encode(), "text.txt")))
    if not isinstance(document, Document) or document.text != text:
        raise ValueError(f"the reader's text is not the gold's: {text[:60]}")
    analysis = parse(document)
    tokens = analysis.tokens
    return [
        [
            (
                (tokens[one.candidate.first].start, tokens[one.candidate.last].end),
                (tokens[one.candidate.head].start, tokens[one.candidate.head].end),
            )
            for one in chain
        ]
        for chain in resolved(analysis, attributions(analysis))
    ]


def of_gum(golds: Iterable[gum.Gold]) -> tuple[dict[str, clusters.Figures], dict[str, clusters.Figures]]:
    """Figures by metric over documents of GUM: of all links, and without apposition and predicates."""
    totals = [clusters.Counts(), clusters.Counts()]
    for gold in golds:
        said = clusters.without_singletons([[span for span, _ in chain] for chain in chained(gold.text)])
        for number, wanted in enumerate((gum.clusters(gold.mentions), gum.identical(gold))):
            totals[number] += clusters.counts(clusters.without_singletons(wanted), said)
    return clusters.scores(totals[0]), clusters.scores(totals[1])


def of_gap(rows: Iterable[gap.Row]) -> gap.Result:
    """The figures over rows of GAP: a name is right where a mention whose head lies in it is in the pronoun's chain."""
    rows = list(rows)
    said: dict[str, tuple[bool, bool]] = {}
    for row in rows:
        own = next((chain for chain in chained(row.text) if any(span == row.pronoun for span, _ in chain)), [])
        a, b = (any(name.span[0] <= head[0] and head[1] <= name.span[1] for _, head in own) for name in (row.a, row.b))
        said[row.id] = (a, b)
    return gap.scores(rows, said)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gum", type=Path, default=gum.DEV)
    parser.add_argument("--gap", type=Path, default=gap.VALIDATION)
    told = parser.parse_args()
    for path in (told.gum, told.gap):
        if not path.exists():
            print(f"bench.coreference: {path} is not on this machine")
            return 0
    golds = list(gum.documents(told.gum))
    names = ("GUM, all links", "GUM without apposition and predicates")
    for name, found in zip(names, of_gum(golds), strict=True):
        print(f"{name}: {len(golds)} documents\n{'':8} precision recall     F1")
        for metric, figures in found.items():
            print(f"{metric:8} {figures.precision:9.3f} {figures.recall:6.3f} {figures.f1:6.3f}")
    result = of_gap(gap.rows(told.gap))
    print(f"GAP: F1 {result.overall.f1:.3f}, masculine {result.masculine.f1:.3f}, ", end="")
    print(f"feminine {result.feminine.f1:.3f}, feminine over masculine {result.bias:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
