"""GUM (Zeldes 2017): plain texts with entities and coreference, read from the CoNLL-U of its documents.

Brackets in `Entity=` of the last column open and close mentions; what stands in them is named by the document's
`# global.Entity`. Offsets are code points of a text put together from the tokens: a blank line between paragraphs, a
space between sentences. A contraction (`1-2`) stands as it is written, and its words lie inside it, each on the whole
of it where their forms do not add up to it. Empty nodes (`8.1`) are left out. A mention in several parts (`7[1/2]`) is
taken as one from the first word of the first to the last word of the last.

A mention's link is its relation to the mention before it in its cluster; `cata` is a first mention that points ahead.
Other first mentions have coref, ana or disc, as have parts of split antecedents, which are alone in their clusters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import unquote

from bench.articles import SHARED

TRAIN = SHARED / "gum" / "train"
DEV = SHARED / "gum" / "dev"
LINKS = ("ana", "appos", "cata", "coref", "disc", "pred", "sgl")
FIELDS = "GRP-etype-infstat-salience-centering-minspan-link-identity"
BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")
PART = re.compile(r"(.+)\[(\d+)/(\d+)\]")
CLOSING = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", '"': '"'}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Word:
    """A syntactic word and where it stands."""

    start: int
    end: int
    form: str
    lemma: str
    pos: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its words by their numbers in the document, and who says it, where that is told."""

    start: int
    end: int
    words: range
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention; `heads` are the spans of the words of `minspan`, neighbours joined."""

    start: int
    end: int
    cluster: str
    kind: str
    link: str
    heads: tuple[Span, ...]
    words: range
    identity: str = ""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def head(self) -> Span:
        """From the first of the heads to the last."""
        return self.heads[0][0], self.heads[-1][1]


@dataclass(frozen=True, slots=True)
class Gold:
    """A document: mentions in the order in which they start, the outer one first."""

    name: str
    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    words: tuple[Word, ...]
    mentions: tuple[Mention, ...]

    def pronominal(self, mention: Mention) -> bool:
        """Whether a mention is one word and that a pronoun."""
        return len(mention.words) == 1 and self.words[mention.words[0]].pos == "PRON"


@dataclass(slots=True)
class _Draft:
    """A mention being read: its fields, the numbers of its words so far, and how many of its parts are read."""

    told: dict[str, str]
    words: list[int] = field(default_factory=list)
    parts: int = 1
    of: str = "1"


class _Reader:
    """One document being read."""

    def __init__(self) -> None:
        self.name = ""
        self.fields = FIELDS.split("-")
        self.text: list[str] = []
        self.length = 0
        self.paragraphs: list[Span] = []
        self.sentences: list[Sentence] = []
        self.words: list[Word] = []
        self.drafts: list[_Draft] = []
        self.open: dict[str, list[tuple[_Draft, int]]] = defaultdict(list)

    def sentence(self, lines: Sequence[str]) -> None:
        """Reads the lines of one sentence, comments and all."""
        told = dict(_comment(line) for line in lines if line.startswith("#"))
        self.name = told.get("newdoc id", self.name)
        if "global.Entity" in told:
            self.fields = told["global.Entity"].split("-")
            if "GRP" not in self.fields:
                raise ValueError(f"{self.name}: global.Entity names no GRP")
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        rows = [row for row in rows if "." not in row[0]]
        if not rows:
            return
        if any(len(row) != 10 for row in rows):
            raise ValueError(f"{self.name}: a line has not ten columns")
        fresh = not self.sentences or "newpar" in told or "newpar id" in told
        self._put("" if not self.sentences else "\n\n" if fresh else " ")
        start, first = self.length, len(self.words)
        self._rows(rows)
        self.sentences.append(Sentence(start, self.length, range(first, len(self.words)), told.get("speaker", "")))
        if fresh:
            self.paragraphs.append((start, self.length))
        else:
            self.paragraphs[-1] = self.paragraphs[-1][0], self.length

    def _put(self, form: str) -> None:
        self.text.append(form)
        self.length += len(form)

    def _rows(self, rows: Sequence[Sequence[str]]) -> None:
        forms = {int(row[0]): row[1] for row in rows if row[0].isdigit()}
        places: dict[int, Span] = {}
        space = ""
        for row in rows:
            misc = row[9].split("|")
            first, *last = map(int, row[0].split("-"))
            if first not in places:
                self._put(space)
                places |= _inside(self.length, row[1], range(first, (last or [first])[0] + 1), forms)
                self._put(row[1])
                space = "" if "SpaceAfter=No" in misc else " "
            if not last:
                self.words.append(Word(*places[first], row[1], row[2], row[3]))
                for one in misc:
                    if one.startswith("Entity="):
                        self._brackets(one.removeprefix("Entity="))

    def _brackets(self, entities: str) -> None:
        """Opens and closes mentions at the last word."""
        found = BRACKET.findall(entities)
        if "".join(found) != entities:
            raise ValueError(f"{self.name}: Entity={entities} cannot be read")
        here = len(self.words) - 1
        for bracket in found:
            group = bracket.removesuffix(")")
            if bracket.startswith("("):
                told = dict(zip(self.fields, group[1:].split("-", len(self.fields) - 1), strict=False))
                group = told["GRP"]
                self.open[group].append((self._draft(group, told), here))
            if bracket.endswith(")"):
                if not self.open[group]:
                    raise ValueError(f"{self.name}: {group}) closes what is not open")
                draft, first = self.open[group].pop()
                draft.words += range(first, here + 1)

    def _draft(self, group: str, told: dict[str, str]) -> _Draft:
        """A new mention, or, at its second part and each further one, the one that waits for it."""
        part = PART.fullmatch(group)
        if part is not None:
            told["GRP"] = part[1]
            for draft in reversed(self.drafts) if part[2] != "1" else ():
                if draft.told["GRP"] == part[1] and (draft.parts, draft.of) == (int(part[2]) - 1, part[3]):
                    draft.parts += 1
                    return draft
        self.drafts.append(_Draft(told, of=part[3] if part is not None else "1"))
        return self.drafts[-1]

    def finished(self) -> Gold:
        """The document."""
        if left := [group for group, waiting in self.open.items() if waiting]:
            raise ValueError(f"{self.name}: ({', ('.join(left)} is not closed")
        mentions = sorted(map(self._mention, self.drafts), key=_order)
        return Gold(
            self.name,
            "".join(self.text),
            tuple(self.paragraphs),
            tuple(self.sentences),
            tuple(self.words),
            tuple(mentions),
        )

    def _mention(self, draft: _Draft) -> Mention:
        told, own = draft.told, draft.words
        places = [int(place) for place in re.findall(r"\d+", told.get("minspan", ""))]
        least = [own[place - 1] for place in places if 0 < place <= len(own)] or own
        runs: list[Span] = []
        last = -2
        for number in sorted(least):
            word = self.words[number]
            runs[-1:] = [(runs[-1][0], word.end)] if number == last + 1 else [*runs[-1:], (word.start, word.end)]
            last = number
        return Mention(
            self.words[own[0]].start,
            self.words[own[-1]].end,
            told["GRP"],
            told.get("etype", ""),
            told.get("link", ""),
            tuple(runs),
            range(own[0], own[-1] + 1),
            unquote(told.get("identity", "")),
        )


def _comment(line: str) -> tuple[str, str]:
    name, _, value = line[1:].partition("=")
    return name.strip(), value.strip()


def _inside(start: int, form: str, numbers: range, forms: dict[int, str]) -> dict[int, Span]:
    """Where a word or the words of a contraction stand."""
    if "".join(forms[number] for number in numbers) != form:
        return dict.fromkeys(numbers, (start, start + len(form)))
    places: dict[int, Span] = {}
    for number in numbers:
        places[number] = start, start + len(forms[number])
        start += len(forms[number])
    return places


def _order(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def documents(folder: Path) -> Iterator[Gold]:
    """All documents of a folder of *.conllu, in the order of their names."""
    for path in sorted(folder.glob("*.conllu")):
        yield from read(path.read_text("utf-8"))


def read(conllu: str) -> Iterator[Gold]:
    """All documents of a text in CoNLL-U; ValueError where it cannot be read or brackets do not balance."""
    reader = _Reader()
    for block in re.split(r"\n[ \t]*\n", conllu.replace("\r\n", "\n")):
        lines = [line for line in block.split("\n") if line.strip()]
        if any(_comment(line)[0] in ("newdoc", "newdoc id") for line in lines if line.startswith("#")):
            if reader.sentences:
                yield reader.finished()
            reader = _Reader()
        reader.sentence(lines)
    if reader.sentences:
        yield reader.finished()


def clusters(mentions: Iterable[Mention]) -> list[frozenset[Span]]:
    """The spans of each cluster, singletons as well, in the order of the first mentions."""
    found: dict[str, set[Span]] = defaultdict(set)
    for mention in mentions:
        found[mention.cluster].add(mention.span)
    return [frozenset(one) for one in found.values()]


def identical(gold: Gold) -> list[frozenset[Span]]:
    """The clusters of `narrowed`, singletons as well."""
    return clusters(narrowed(gold))


def narrowed(gold: Gold) -> tuple[Mention, ...]:
    """The mentions as OntoNotes would have them in two respects, after OntoGUM (Zhu, Pradhan and Zeldes 2021).

    Apposition: a mention linked by `appos` that lies in another of its cluster is dropped, and so is what it stands in
    apposition to if the two begin that other mention together. Else it is joined with the nearest mention of its
    cluster that ends before it in its sentence: one mention from the start of that to its own end, and to the brackets
    and quotation marks that close there what opens inside; it keeps the first one's link and heads. What has no such
    mention before it in its sentence stays as it is.

    Predication: what is then linked by `pred` is dropped.

    What is joined may stand where a mention of another cluster stands. Nothing else of OntoGUM's conversion is done
    (verbs, cataphora, compound modifiers, coordination).
    """
    own: dict[str, list[Mention]] = defaultdict(list)
    for mention in gold.mentions:
        own[mention.cluster].append(mention)
    sentences = {number: sentence for sentence in gold.sentences for number in sentence.words}
    for mentions in own.values():
        for apposed in [one for one in mentions if one.link == "appos"]:
            _join(gold, mentions, apposed, sentences[apposed.words[0]])
    kept = (one for mentions in own.values() for one in mentions if one.link != "pred")
    return tuple(sorted(kept, key=_order))


def _join(gold: Gold, mentions: list[Mention], apposed: Mention, sentence: Sentence) -> None:
    """Joins a mention with what it stands in apposition to, in the list of its cluster."""
    before = [one for one in mentions if sentence.start <= one.start and one.end <= apposed.start]
    nearest = max(before, key=lambda one: (one.end, -one.start), default=None)
    around = [one for one in mentions if one is not apposed and one.start <= apposed.start and apposed.end <= one.end]
    if around:
        mentions.remove(apposed)
        if nearest is not None and any(one.start == nearest.start for one in around):
            mentions.remove(nearest)
    elif nearest is not None:
        beyond = _closed(gold, range(nearest.words[0], apposed.words[-1] + 1), sentence)
        joined = replace(nearest, end=gold.words[beyond - 1].end, words=range(nearest.words[0], beyond))
        mentions.remove(apposed)
        mentions[mentions.index(nearest)] = joined


def _closed(gold: Gold, words: range, sentence: Sentence) -> int:
    """The number of the word after some, and after the marks that follow and close what opens in them."""
    waiting: list[str] = []
    for number in words:
        form = gold.words[number].form
        if waiting and form == waiting[-1]:
            waiting.pop()
        elif form in CLOSING:
            waiting.append(CLOSING[form])
    beyond = words.stop
    while waiting and beyond < sentence.words.stop and gold.words[beyond].form == waiting.pop():
        beyond += 1
    return beyond


def numbers(golds: Iterable[Gold]) -> dict[str, Counter[str]]:
    """How many documents, mentions, and clusters there are, mentions by link, kind, number of words and whether they
    are pronouns, each over all mentions (`link`) and over those in clusters of two and more (`link, linked`)."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in golds:
        sizes = Counter(mention.cluster for mention in gold.mentions)
        linked = sum(size > 1 for size in sizes.values())
        found["all"].update(
            {"documents": 1, "sentences": len(gold.sentences), "words": len(gold.words), "clusters": len(sizes)}
        )
        found["all"].update({"mentions": len(gold.mentions), "clusters of two and more": linked})
        for mention in gold.mentions:
            length = len(mention.words)
            said = {
                "link": mention.link,
                "kind": mention.kind,
                "length": next((f"up to {most}" for most in (1, 2, 3, 5, 10, 20) if length <= most), "more"),
                "pronoun": "yes" if gold.pronominal(mention) else "no",
            }
            for part, value in said.items():
                found[part][value] += 1
                if sizes[mention.cluster] > 1:
                    found[f"{part}, linked"][value] += 1
            found["all"]["mentions in clusters of two and more"] += sizes[mention.cluster] > 1
    return dict(found)
