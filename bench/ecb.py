"""Actors across documents: ECB+'s participants and places, from raw text, with the topics given.

    python -m bench.ecb [FOLDER]

Only sentences that carry an annotated mention count, and no singletons. Two figures, each the CoNLL average: of this
build's actors, and of its own mentions joined by the lemma of their head within a topic (the usual baseline). A mention
of the build is the annotators' where both begin or end alike, articles, titles and endings aside; of several that are,
the shortest. Annotated: Cybulska and Vossen (2014).
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import clusters
from bench.articles import SHARED
from purport.analyse import parse
from purport.model.analysis import Analysis
from purport.model.document import Document, Span
from purport.model.record import Naming, Record
from purport.model.rows import EntityRow
from purport.pipeline import process
from purport.read.files import read_bytes
from purport.resolve.corpus.link import clusters as actors

LEAST = 4.0
"""Points of CoNLL F1 by which the build must be above the baseline."""
_SPACED = frozenset(".,;:!?)]}'’”%")
_PREPOSITIONS = frozenset("in at on from near of to outside inside off In At On Near Outside the".split())
Mention = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """A document of a topic: its text, its annotated mentions with the name of the cluster that each is of, and the
    sentences that carry one."""

    name: str
    text: str
    mentions: Mapping[tuple[int, int], str]
    sentences: tuple[tuple[int, int], ...]


def topics(folder: Path) -> Iterator[tuple[str, list[Gold]]]:
    """The documents by topic. Raises `OSError` or `ElementTree.ParseError` where they cannot be read."""
    for topic in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield topic.name, [read(path) for path in sorted(topic.glob("*.xml"))]


def read(path: Path) -> Gold:
    """A document of ECB+, one sentence a line."""
    tree = ElementTree.parse(path).getroot()
    text, number = "", "0"
    places: dict[str, tuple[int, int, str]] = {}
    begins = {"0": 0}
    for token in tree.iter("token"):
        word, sentence = token.text or "", token.get("sentence") or ""
        if sentence != number:
            text, number = text + "\n", sentence
            begins[sentence] = len(text)
        elif text and not text.endswith(("\n", "(", "[", "$", "#")) and word[:1] not in _SPACED:
            text += " "
        places[token.get("t_id") or ""] = (len(text), len(text) + len(word), sentence)
        text += word
    text += "\n"
    found, used = _marked(tree, places)
    ends = dict(zip(begins, [*list(begins.values())[1:], len(text)], strict=True))
    return Gold(path.name, text, found, tuple((begins[one], ends[one]) for one in begins if one in used))


def _marked(
    tree: ElementTree.Element, places: Mapping[str, tuple[int, int, str]]
) -> tuple[dict[tuple[int, int], str], set[str]]:
    """The mentions of participants and places by their places, each with its cluster; the sentences that have any."""
    spans: dict[str, tuple[int, int]] = {}
    used: set[str] = set()
    for mark in tree.find("Markables") or ():
        anchors = [places[one.get("t_id") or ""] for one in mark.iter("token_anchor")]
        if anchors and mark.tag.startswith(("HUMAN_PART", "LOC_", "NON_HUMAN_PART")):
            spans[mark.get("m_id") or ""] = (anchors[0][0], anchors[-1][1])
            used.add(anchors[0][2])
    found: dict[tuple[int, int], str] = {}
    for relation in tree.find("Relations") or ():
        name = relation.get("note") or f"{tree.get('doc_name')} {relation.get('r_id')}"
        for source in relation.iter("source"):
            span = spans.get(source.get("m_id") or "")
            if span is not None:
                found[span] = name
    for number, span in spans.items():
        found.setdefault(span, f"{tree.get('doc_name')} alone {number}")
    return found, used


def scored(folder: Path) -> tuple[float, float]:
    """CoNLL F1 of the build and of the baseline, over all topics."""
    totals = [clusters.Counts(), clusters.Counts()]
    for topic, golds in topics(folder):
        wanted: dict[str, set[Mention]] = defaultdict(set)
        by_actor: dict[str, set[Mention]] = defaultdict(set)
        by_lemma: dict[str, set[Mention]] = defaultdict(set)
        own: list[tuple[str, str, Mention]] = []
        rows: list[EntityRow] = []
        for gold in golds:
            for span, name in gold.mentions.items():
                wanted[name].add((gold.name, *span))
            document = next(iter(read_bytes(gold.text.encode(), gold.name.replace(".xml", ".txt"))))
            if not isinstance(document, Document) or document.text != gold.text:
                raise ValueError(f"{topic}/{gold.name}: the reader's text is not the gold's")
            record = process(document, "en")
            rows += _rows(record, gold.name)
            own += _mentions(record, gold, parse(document, tagger=False))
        owner = {link.entity: one.id for one in actors(rows) for link in one.links}
        for entity, lemma, mention in own:
            by_actor[owner[entity]].add(mention)
            by_lemma[lemma].add(mention)
        kept = clusters.without_singletons(wanted.values())
        for at, said in enumerate((by_actor, by_lemma)):
            totals[at] += clusters.counts(kept, clusters.without_singletons(said.values()))
    build, baseline = (clusters.scores(one)["CoNLL"].f1 for one in totals)
    return build, baseline


def _rows(record: Record, name: str) -> list[EntityRow]:
    return [EntityRow(f"{one.id}-{name}", name, one.name, one.type, one.names, one.known) for one in record.entities]


def _mentions(record: Record, gold: Gold, analysis: Analysis) -> Iterator[tuple[str, str, Mention]]:
    """The build's mentions in the sentences that count: entity, lemma of the head, the place as it is scored."""
    taken: set[tuple[int, int]] = set()
    for one in sorted(record.mentions, key=lambda mention: mention.span.end - mention.span.start):
        span = one.span
        if not any(start <= span.start and span.end <= end for start, end in gold.sentences):
            continue
        place = next((g for g in gold.mentions if g not in taken and _alike(gold.text, g, span)), None)
        if place is not None:
            taken.add(place)
        lemma = _head(analysis, span) if one.naming is not Naming.PRONOUN else f"{one.entity} {gold.name}"
        yield f"{one.entity}-{gold.name}", lemma, (gold.name, *(place or (span.start, span.end)))


def _alike(text: str, gold: tuple[int, int], span: Span) -> bool:
    own = text[span.start : span.end]
    bare = own.removeprefix("the ").removeprefix("The ").removeprefix("a ").removesuffix("'s").removesuffix("’s")
    start = span.start + own.find(bare)
    if (start, start + len(bare)) == gold or (gold[0] in (span.start, start) and gold[1] <= span.end):
        return True
    before = text[gold[0] : span.start].split()  # "in Orrin" is annotated with its preposition
    return gold[1] == start + len(bare) and (gold[0] >= span.start or set(before) <= _PREPOSITIONS)


def _head(analysis: Analysis, span: Span) -> str:
    inside = analysis.tokens_in(span)
    tops = [i for i in inside if analysis.tokens[i].head not in inside or analysis.tokens[i].head == i]
    return analysis.tokens[tops[0]].lemma.lower() if tops else ""


def main() -> int:
    """Print both figures; exit status 1 where the build is not far enough above the baseline."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "ecbplus" / "dev"
    if not folder.is_dir():
        print(f"{folder}: is not there; name a folder of ECB+'s topics", file=sys.stderr)
        return 2
    build, baseline = scored(folder)
    print(f"actors across documents: CoNLL F1 {build:.4f}; by the lemma of the head {baseline:.4f}")
    print(f"above it by {100 * (build - baseline):.1f} points (at least {LEAST:.0f})")
    return int(100 * (build - baseline) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
