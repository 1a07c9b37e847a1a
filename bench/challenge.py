"""Claims and acts in sentences that this build was not made for: `python -m bench.challenge [ROUND...] [--wrong]`.

A round is two tables in `bench/challenge/`, each with four columns set apart by tabs; lines that begin with "#" are
comments, and "\\n" in a text is a line break.

`round-N-claims.tsv`: text, claim, who holds it, kind of case.
    The claim is "subject|verb|object": a word of the subject ("a/b": one of the two), how the verb begins, a word of
    the object; "*" is anything, or nothing. Only auxiliaries may stand before the verb, so "plans to shell" is no
    shelling; "dared to", "kept" and their like are passed over, since who dared to do it did it.
    Who holds it, as certain and plain:
      outlet         the text itself, also where it only presupposes it
      nobody         neither the text nor any source
      unnamed        not the text; a source without a name may. "unnamed-duke": nor may the duke, but
                     "a caller impersonating the duke" may
      word           a source with that word, or of that name where it is a pronoun, and not the text; "a/b": one of two
      ~word          the same, and the text may too
      outlet/word    the text or that source
    Unforgivable: the claim is the text's own and should not be, or is on a word though nobody holds it, or on the
    wrong one.
`round-N-acts.tsv`: text, a word of the source, act, whom it is aimed at.
    The act is one that the source does ("a/b": one of the two); "!deny" is one that it does not do, "-" stands where
    the source says nothing at all. An attribution with a cue that tells no act, or that is imputed, is no statement.
    Unforgivable: an act is told that was not done. Whom it is aimed at is not judged, as records do not have it.

Exit status: 0 scored, 2 where a round is malformed (with file and line) or missing.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.articles import ROOT
from bench.floors import Better, Measured
from purport.corpus.reading import process_texts
from purport.model.codec import triple_words
from purport.model.record import Attribution, Certainty, Frame, Record
from purport.model.vocabulary import ACTS

FOLDER = ROOT / "bench" / "challenge"
TEXT_ITSELF, UNNAMED = "[the text]", "[unnamed]"
"""As holders of a claim, beside the words of sources."""

AUXILIARIES = frozenset(
    "be is are was were been being am 's 're has have had having 've do does did will would may might can could shall "
    "should must to manage manages managed".split()
)
"""What may stand before the verb of a claim: "managed to", too, as who managed to do a thing did it."""
_DONE_TO = (
    "dare", "dares", "dared", "contrive", "contrived", "saw fit", "happen", "happens", "happened", "bother", "bothers",
    "bothered", "continue", "continues", "continued", "go on", "goes on", "went on", "did not fail", "did not hesitate",
    "do not hesitate",
)  # fmt: skip
_DONE_ING = (
    "keep", "keeps", "kept", "continue", "continues", "continued", "went on", "finished", "resumed", "began", "started",
)  # fmt: skip
_DONE = re.compile(
    rf"\b(?:(?:{'|'.join(_DONE_TO)}) to\b|succeed(?:s|ed)? in\b|(?:{'|'.join(_DONE_ING)}) (?=\w+ing\b)) ?"
)
_ROUND = re.compile(r"round-(\d+)-(?:claims|acts)\.tsv")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a case came out. `kind` is what it tests, `asked` and `wanted` are as its row has them, and `found` is who
    was found to hold the claim, or the acts that were found."""

    kind: str
    text: str
    asked: str
    wanted: str
    found: tuple[str, ...]
    right: bool
    unforgivable: bool


@dataclass(frozen=True, slots=True)
class ClaimCase:
    """A row of claims. An empty `subjects` or `object` is anything."""

    text: str
    asked: str
    subjects: tuple[str, ...]
    verb: str
    object: str
    holder: str
    kind: str

    def outcome(self, record: Record) -> Outcome:
        """How the case comes out in what was read of its text."""
        found = holders(record, self)
        right, unforgivable = judge_holders(found, self.holder)
        return Outcome(self.kind, self.text, self.asked, self.holder, found, right, unforgivable)


@dataclass(frozen=True, slots=True)
class ActCase:
    """A row of acts. `acts` are empty where the source must say nothing, and not to be found where not `done`."""

    text: str
    source: str
    wanted: str
    acts: frozenset[str]
    done: bool

    def outcome(self, record: Record) -> Outcome:
        """How the case comes out in what was read of its text."""
        found = tuple(one.act for one in statements_by(record, self.source))
        if self.done:
            right, kind = not self.acts.isdisjoint(found), "an act that is done"
        elif self.acts:
            right, kind = self.acts.isdisjoint(found), "an act that is not done"
        else:
            right, kind = not found, "no statement"
        return Outcome(kind, self.text, self.source, self.wanted, found, right, not (right or self.done))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Each row's place ("round-1-acts.tsv, line 7") and four cells. Raises `ValueError` where it has others."""
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        place, cells = f"{path.name}, line {number}", [cell.strip() for cell in line.split("\t")]
        if len(cells) != 4 or not all(cells):
            raise ValueError(f"{place}: there must be four cells set apart by tabs, none of them empty")
        yield place, [cells[0].replace("\\n", "\n"), *cells[1:]]


def claim_cases(path: Path) -> Iterator[ClaimCase]:
    """The cases of a table of claims. Raises `ValueError`, naming file and line, where a row is malformed."""
    for place, (text, asked, holder, kind) in rows(path):
        parts = [part.strip() for part in asked.lower().split("|")]
        if len(parts) != 3 or not all(parts) or parts[1] == "*":
            raise ValueError(
                f"{place}: {asked!r} is no claim; it must be subject|verb|object, * for any subject or object"
            )
        if not re.fullmatch(r"nobody|unnamed(-\w+)?|~?\w+(/\w+)*", holder):
            raise ValueError(f"{place}: {holder!r} is nobody who can hold a claim; see bench/challenge.py")
        subject, verb, object_ = ("" if part == "*" else part for part in parts)
        yield ClaimCase(text, asked, tuple(subject.split("/")) if subject else (), verb, object_, holder.lower(), kind)


def act_cases(path: Path) -> Iterator[ActCase]:
    """The cases of a table of acts. Raises `ValueError`, naming file and line, where a row is malformed."""
    for place, (text, source, wanted, _) in rows(path):
        acts = frozenset[str]() if wanted == "-" else frozenset(wanted.removeprefix("!").split("/"))
        if acts - ACTS:
            raise ValueError(f"{place}: {wanted!r} is no act; it must be -, or of {', '.join(sorted(ACTS))}")
        yield ActCase(text, source.lower(), wanted, acts, done=bool(acts) and not wanted.startswith("!"))


def fits(triple: Sequence[str], case: ClaimCase) -> bool:
    """Whether the words for subject, relation and object are those of the case's claim."""
    subject, relation, object_ = triple
    said = re.findall(r"'?\w+", _DONE.sub("", relation.lower()))
    begins = [i for i, word in enumerate(said) if word.startswith(case.verb) or (case.verb == "is" and _is(word))]
    if not begins or not AUXILIARIES.issuperset(said[: begins[0]]):
        return False
    after = _words(f"{' '.join(said[begins[0] + 1 :])} {object_}")
    return (not case.subjects or not set(_words(subject)).isdisjoint(case.subjects)) and (
        not case.object or case.object in after
    )


def _is(word: str) -> bool:
    return word in ("'s", "are", "was", "were")


def holders(record: Record, case: ClaimCase) -> tuple[str, ...]:
    """Who holds the case's claim as certain and plain: `TEXT_ITSELF`, or a chain of sources, the outermost first."""
    found: list[str] = []
    chain = record.chains()
    stands_for = _stand_for(record)
    for one in record.propositions:
        if one.frame is not Frame.PLAIN:
            continue
        if not any(fits(triple_words(record.document.text, triple), case) for triple in one.triples):
            continue
        if one.certainty is Certainty.CT_PLUS and one.voucher is not None:
            words, name = " > ".join(words or UNNAMED for words in chain(one.voucher)), stands_for[one.voucher]
            found.append(f"{words} ({name})" if name and name not in words else words)
        presupposed = any(held.by is None and held.certainty is Certainty.CT_PLUS for held in one.held)
        if presupposed or (one.certainty is Certainty.CT_PLUS and one.voucher is None):
            found.append(TEXT_ITSELF)
    return tuple(dict.fromkeys(found))


def _stand_for(record: Record) -> dict[str, str]:
    """Whom the source of each attribution stands for: by name, or in the first words for one that has none."""
    names = {one.id: one.name for one in record.entities}
    for mention in record.mentions:
        if not names.get(mention.entity):
            names[mention.entity] = _bare(record.document.text[mention.span.start : mention.span.end])
    return {one.id: names.get(one.holder or "", "") for one in record.attributions}


def _who(source: str) -> str:
    """The words for who it is, without what is said of them ("A caller", of "A caller impersonating the duke"), and the
    name that a pronoun stands for."""
    words, _, name = source.partition(" (")
    return f"{_bare(words)} {name}"


def _bare(words: str) -> str:
    return re.split(r"\b(?:in|of|from|by|\w+ing)\b", words, maxsplit=1)[0]


def judge_holders(found: Sequence[str], wanted: str) -> tuple[bool, bool]:
    """Whether those who were found to hold a claim are right, and whether they are unforgivably wrong."""
    own, sources = TEXT_ITSELF in found, [one for one in found if one != TEXT_ITSELF]
    if wanted == "nobody":
        return not found, bool(found)
    if wanted == "outlet":
        return own, bool(sources) and not own
    if wanted.split("-")[0] == "unnamed":
        barred = wanted.partition("-")[2]
        wrong = own or any(barred in _words(_who(one.split(" > ")[-1])) for one in sources)
        return not wrong, wrong
    either, too = wanted.startswith("outlet/"), wanted.startswith("~")
    if own and either:
        return True, False
    named = set(wanted.removeprefix("outlet/").removeprefix("~").split("/"))
    right = any(not named.isdisjoint(_words(one)) for one in sources)
    wrongly_own = own and not too
    return right and not wrongly_own, wrongly_own or (bool(sources) and not right)


def statements_by(record: Record, source: str) -> list[Attribution]:
    """The attributions to a source with that word, in lower case, in its own words or in the name of whom they stand
    for; without those whose cue tells no act, as nobody has said anything there."""
    names = {one.id: one.name for one in record.entities}
    return [
        one
        for one in record.attributions
        if one.listed and source in _words(f"{record.text(one.source, ' ')} {names.get(one.holder or '', '')}")
    ]


CASES: Mapping[str, Callable[[Path], Iterator[ClaimCase | ActCase]]] = {"claims": claim_cases, "acts": act_cases}
"""The tables of a round, and how each is read."""
UNFORGIVABLE = {"claims": "unforgivable", "acts": "told that were not done"}


def rounds() -> list[int]:
    """The numbers of the rounds that there are."""
    found = (_ROUND.fullmatch(path.name) for path in FOLDER.glob("round-*.tsv"))
    return sorted({int(one[1]) for one in found if one})


def scored(number: int) -> dict[str, list[Outcome]]:
    """How the cases of a round come out, by table. Raises `ValueError` where one is malformed, `OSError` where it is
    missing."""
    cases = {table: list(read(FOLDER / f"round-{number}-{table}.tsv")) for table, read in CASES.items()}
    texts = list(dict.fromkeys(case.text for own in cases.values() for case in own))
    records = dict(zip(texts, process_texts(texts), strict=True))
    return {table: [case.outcome(records[case.text]) for case in own] for table, own in cases.items()}


def totals(outcomes: Sequence[Outcome]) -> tuple[int, int]:
    """How many are right, how many unforgivable."""
    return sum(one.right for one in outcomes), sum(one.unforgivable for one in outcomes)


def measured() -> dict[str, Measured]:
    """The totals of all rounds, as figures."""
    figures = {}
    for number in rounds():
        for table, outcomes in scored(number).items():
            (right, unforgivable), also = totals(outcomes), {"of": len(outcomes)}
            name = f"challenge round {number}, {table}"
            figures[f"{name} right"] = Measured(right, also, epsilon=0)
            figures[f"{name} {UNFORGIVABLE[table]}"] = Measured(unforgivable, also, Better.LOWER, 0)
    return figures


def report(number: int, table: str, outcomes: Sequence[Outcome], *, wrong: bool) -> Iterator[str]:
    """What is printed of a table: the cases that are wrong, where they are wanted, a line for each kind, the totals."""
    for one in outcomes if wrong else ():
        if not one.right:
            yield f"{'UNFORGIVABLE' if one.unforgivable else 'wrong'}: {one.text}".replace("\n", " / ")
            yield f"    {one.asked}: wanted {one.wanted}, found {', '.join(one.found) or 'nothing'}"
    by_kind: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_kind[one.kind].append(one)
    for kind, own in by_kind.items():
        yield f"  {kind}: {totals(own)[0]} of {len(own)}"
    right, unforgivable = totals(outcomes)
    yield f"round {number}, {table}: {right} of {len(outcomes)} right, {unforgivable} {UNFORGIVABLE[table]}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see above."""
    parser = argparse.ArgumentParser(prog="python -m bench.challenge", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("rounds", type=int, nargs="*", metavar="ROUND", help="numbers of rounds; all by default")
    parser.add_argument("--wrong", action="store_true", help="list the cases that are wrong, with what was found")
    chosen = parser.parse_args(arguments)
    try:
        for number in chosen.rounds or rounds():
            for table, outcomes in scored(number).items():
                print(*report(number, table, outcomes, wrong=chosen.wrong), sep="\n")
    except (ValueError, OSError) as error:
        print(f"bench.challenge: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
