"""What stands behind the figures: by kind of attribution, by publisher, how well confidence is calibrated, nesting.

python -m bench.report [--gold DIR]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.accuracy import GOLD
from bench.articles import ROOT
from purport.corpus.reading import process_texts
from purport.evaluate import Gold, Pair, Places, places_of, read_gold, right, score
from purport.extract.attribution.find import kind_of
from purport.extract.attribution.quotations import quotations
from purport.model.document import Document, Span
from purport.model.record import Attribution, Kind, Record
from purport.read.files import read_bytes
from purport.syntax.intervals import Intervals
from tests.marked import MarkedAttribution, parse

NESTED = ROOT / "examples" / "nested.txt"
BINS = 10


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    good: float
    of: float

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 of nothing."""
        return self.good / max(1, self.of)

    def __str__(self) -> str:
        return f"{self.share:.3f} ({self.good:,.0f} of {self.of:,.0f})"


def flat(found: Sequence[Attribution]) -> list[Attribution]:
    """Those that are not inside another, which are what flat gold can judge."""
    return [one for one in found if one.inside is None]


def kinds(gold: Gold) -> list[Kind]:
    """Direct, indirect or mixed for each of the first annotator's attributions, by the quotation marks in them."""
    document = next(iter(read_bytes(gold.text.encode(), f"{gold.name}.txt")))
    assert isinstance(document, Document)
    marks = Intervals((piece, None) for one in quotations(gold.text, document.blocks) for piece in one.spans)
    found = []
    for one in gold.annotated[0]:
        spans = tuple(Span(s, e) for s, e in one.get("content", ()))
        whole = Attribution("", (), (), spans or (Span(0, 1),), Kind.INDIRECT, "assert")
        found.append(kind_of(gold.text, whole, (), marks))
    return found


def by_kind(gold: Sequence[Gold], records: Sequence[Record]) -> dict[str, tuple[Share, Share]]:
    """For each kind the precision of what was found of that kind, and the recall of what was annotated of it."""
    good, said, hit, known = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one, record in zip(gold, records, strict=True):
        found, annotated = flat(record.attributions), one.annotated[0]
        for own, is_right in zip(found, right(one.text, places_of(found), annotated), strict=True):
            said[own.kind] += 1
            good[own.kind] += is_right
        for kind, is_hit in zip(kinds(one), right(one.text, annotated, places_of(found)), strict=True):
            known[kind] += 1
            hit[kind] += is_hit
    return {kind: (Share(good[kind], said[kind]), Share(hit[kind], known[kind])) for kind in Kind}


def by_publisher(gold: Sequence[Gold], records: Sequence[Record]) -> dict[str, dict[str, float]]:
    """F1 of exact spans and relations, by what stands before the first underscore of a text's name."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for one, record in zip(gold, records, strict=True):
        for annotated in one.annotated:
            pair = Pair(one.text, places_of(record.attributions), annotated, 1 / len(one.annotated))
            pairs[one.name.split("_")[0]].append(pair)
    return {name: {figure: s.f1 for figure, s in score(own).items()} for name, own in sorted(pairs.items())}


def calibration(gold: Sequence[Gold], records: Sequence[Record]) -> tuple[float, list[tuple[float, float, int]]]:
    """The expected calibration error over ten bins of equal width (Naeini, Cooper and Hauskrecht 2015), and for each
    bin that holds any: mean confidence, share that is right, how many."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for one, record in zip(gold, records, strict=True):
        found = flat(record.attributions)
        for own, is_right in zip(found, right(one.text, places_of(found), one.annotated[0]), strict=True):
            bins[min(BINS - 1, int(own.confidence * BINS))].append((own.confidence, is_right))
    rows = [
        (sum(sure for sure, _ in own) / len(own), sum(good for _, good in own) / len(own), len(own))
        for own in bins
        if own
    ]
    total = sum(count for *_, count in rows)
    return sum(abs(sure - good) * count for sure, good, count in rows) / max(1, total), rows


def nested_cases() -> list[tuple[str, list[MarkedAttribution]]]:
    """The texts of `examples/nested.txt` with what is marked in them."""
    lines = NESTED.read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if line and not line.startswith("#")]


def marked_places(one: MarkedAttribution) -> Places:
    """What is marked, in the form that is scored."""
    parts = {"source": one.source, "cue": one.cue, "content": one.content}
    return {role: list(spans) for role, spans in parts.items() if spans}


def nested(records: Sequence[Record]) -> dict[str, Share]:
    """Of the outer attributions, of the inner ones, and of the inner ones with the right chain of `inside`, how many
    are found; and how many of all that is found are right."""
    found = Counter[str]()
    for (text, marked), record in zip(nested_cases(), records, strict=True):
        gold = [marked_places(one) for one in marked]
        own = record.attributions
        hit = right(text, gold, places_of(own))
        found["right"] += sum(right(text, places_of(own), gold))
        found["found"] += len(own)
        by_id = {one.id: one for one in own}
        for number, (places, is_hit) in enumerate(zip(gold, hit, strict=True)):
            where = "inner" if number else "outer"
            found[f"{where} gold"] += 1
            found[where] += is_hit
            if number:
                chains = [_chain(by_id, one) for one in own if right(text, [places], places_of([one]))[0]]
                found["chain"] += any(len(chain) == number and _sources(text, chain, gold[:number]) for chain in chains)
    inner = found["inner gold"]
    return {
        "outer found": Share(found["outer"], found["outer gold"]),
        "inner found": Share(found["inner"], inner),
        "inner found with its chain": Share(found["chain"], inner),
        "right of all found": Share(found["right"], found["found"]),
    }


def _chain(by_id: dict[str, Attribution], one: Attribution) -> list[Attribution]:
    chain: list[Attribution] = []
    while one.inside is not None:
        one = by_id[one.inside]
        chain.append(one)
    return chain[::-1]


def _sources(text: str, chain: Sequence[Attribution], gold: Sequence[Places]) -> bool:
    """Whether each of the chain, outermost first, has the source that is marked."""
    for one, places in zip(chain, gold, strict=True):
        own = [span.of(text) for span in one.source]
        known = [text[start:end] for start, end in places.get("source", ())]
        if not any(a in b or b in a for a in own for b in known) and (own or known):
            return False
    return True


def errors(gold: Sequence[Gold], records: Sequence[Record]) -> dict[str, int]:
    """What is wrong with what is found and not annotated, and with what is annotated and not found: how often each."""
    found = Counter[str]()
    for one, record in zip(gold, records, strict=True):
        own, annotated = places_of(flat(record.attributions)), list(one.annotated[0])
        extra = [p for p, is_right in zip(own, right(one.text, own, annotated), strict=True) if not is_right]
        missed = [p for p, is_hit in zip(annotated, right(one.text, annotated, own), strict=True) if not is_hit]
        found.update(f"found: {_wrong(one.text, p, annotated, 'annotated')}" for p in extra)
        found.update(f"annotated: {_wrong(one.text, p, own, 'found')}" for p in missed)
    return dict(found.most_common())


def _wrong(text: str, mine: Places, others: Sequence[Places], word: str) -> str:
    """What stands in the way of one attribution being like any of the others."""
    own = _letters(text, mine.get("content", ()))
    shares = [(len(own & _letters(text, one.get("content", ()))), one) for one in others]
    best = max(shares, key=lambda pair: pair[0], default=(0, {}))
    theirs = _letters(text, best[1].get("content", ()))
    if not best[0]:
        cue = _letters(text, mine.get("cue", ()))
        within = any(cue & _letters(text, one.get("content", ())) for one in others)
        return f"nothing {word} at its content" + (", but its cue is in another content" if within else "")
    if best[0] < 0.5 * len(own | theirs):
        return f"its content is {'part of a longer' if len(theirs) > len(own) else 'longer than the'} one {word}"
    if not mine.get("source"):
        return f"it has no source, the one {word} has"
    if not best[1].get("source"):
        return f"it has a source, the one {word} has none"
    same = _letters(text, mine["source"]) & _letters(text, best[1]["source"])
    return f"the same, but another is nearer to what is {word}" if same else f"another source is {word}"


def _letters(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if not text[i].isspace()}


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--gold", type=Path, default=GOLD["PolNeAR dev"])
    parser.add_argument("--errors", action="store_true", help="also what is wrong, by kind")
    told = parser.parse_args()
    gold = read_gold(told.gold)
    records = process_texts([one.text for one in gold])
    for kind, (precision, recall) in by_kind(gold, records).items():
        print(f"{kind}: precision {precision}, recall {recall}")
    for name, figures in by_publisher(gold, records).items():
        print(f"{name}: relation F1 {figures['relation']:.3f}, exact span F1 {figures['exact span']:.3f}")
    for what, count in errors(gold, records).items() if told.errors else ():
        print(f"{count:5} {what}")
    error, rows = calibration(gold, records)
    print(f"expected calibration error: {error:.3f}")
    for sure, good, count in rows:
        print(f"  confidence {sure:.2f}: {good:.2f} right, {count} attributions")
    for what, share in nested(process_texts([text for text, _ in nested_cases()])).items():
        print(f"nested cases, {what}: {share}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
