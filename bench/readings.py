"""What people judged by eye, beside what this build answers: `python -m bench.readings [NAME...] [--texts FOLDER...]`.

    python -m bench.readings sheet QUESTION --draw N --seed TEXT --out FILE [--texts FOLDER...] [--unread]
    python -m bench.readings take FILE NAME --reader WHO

Readings are `bench/readings/NAME.tsv`; `bench.verdicts` says what stands in them, `bench.questions` what is asked. Exit
status: 0 done; 2 where a file is malformed or cannot be read, with its line.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import sheets, verdicts
from bench.questions import CANNOT_TELL, QUESTIONS, Item, items
from bench.texts import FOLDERS, INVENTED, Text, found, record_of
from bench.verdicts import Key, MalformedError, Verdict
from purport.model.document import Span

SHOWN = 10
"""Items that are listed one by one, without `--all`."""


@dataclass(slots=True)
class Tally:
    """One question of one reading beside this build: verdicts that it agrees with, goes against, has no answer to any
    more, that tell nothing, whose text is not here; and its items that nobody judged yet, with the place of a verdict
    that they overlap, where they are a moved one."""

    agrees: list[Verdict] = field(default_factory=list)
    against: list[tuple[Verdict, str]] = field(default_factory=list)
    gone: list[Verdict] = field(default_factory=list)
    untold: list[Verdict] = field(default_factory=list)
    elsewhere: list[Verdict] = field(default_factory=list)
    unread: list[tuple[Key, Span | None]] = field(default_factory=list)


def compared(judged: Sequence[Verdict], texts: Mapping[str, Text]) -> dict[str, Tally]:
    """For each question of a reading what this build makes of it; `texts` are those at hand, by their digests."""
    by_text: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for one in sorted(judged):
        by_text[one.key.sha256, one.key.question].append(one)
    tallies: dict[str, Tally] = defaultdict(Tally)
    for (sha256, code), own in by_text.items():
        record = record_of(texts[sha256]) if sha256 in texts else None
        if record is None:
            tallies[code].elsewhere += own
            continue
        _tally(tallies[code], own, items(code, record))
    return dict(sorted(tallies.items()))


def _tally(tally: Tally, judged: Sequence[Verdict], here: Mapping[Span, Item]) -> None:
    """Adds the verdicts on one text, and what nobody judged in it."""
    lost = set[Span]()
    for one in judged:
        question, item = QUESTIONS[one.key.question], here.get(one.key.span)
        if item is None:
            lost.add(one.key.span)
        if one.verdict == CANNOT_TELL:
            tally.untold.append(one)
        elif item is None and question.absent is None:
            tally.gone.append(one)
        elif item is None:
            (tally.agrees.append(one) if one.verdict == question.absent else tally.against.append((one, "not there")))
        elif question.agrees(one.verdict, item):
            tally.agrees.append(one)
        else:
            tally.against.append((one, item.answer))
    read = {one.key.span for one in judged}
    for span in here.keys() - read:
        moved = min((other for other in lost if other.overlaps(span)), default=None)
        tally.unread.append((Key(judged[0].key.sha256, span, judged[0].key.question), moved))
    tally.unread.sort(key=lambda one: one[0])


def report(name: str, tallies: Mapping[str, Tally], texts: Mapping[str, Text], most: int) -> Iterator[str]:
    """What is printed of one reading; of each list `most` items at most, by file and place, without words of texts."""
    for code, one in tallies.items():
        counts = [f"agrees with {len(one.agrees)}", f"goes against {len(one.against)}"]
        counts += [
            f"{what} {len(some)}" for what, some in (("no longer there", one.gone), ("cannot tell", one.untold)) if some
        ]
        counts += [f"text not here {len(one.elsewhere)}"] if one.elsewhere else []
        yield f"{name}, {code}: {', '.join(counts)}; no verdict yet on {len(one.unread)}"
        lines = [
            f"against: {_place(v.key, texts)}: {v.reader} says {v.verdict}, this build {a}" for v, a in one.against
        ]
        yield from _some(lines, most)
        yield from _some([f"no longer there: {_place(v.key, texts)}: {v.verdict}" for v in one.gone], most)
        yield from _some(
            [
                f"no verdict: {_place(key, texts)}" + (f", moved from {at.start}-{at.end}" if at else "")
                for key, at in one.unread
            ],
            most,
        )


def _place(key: Key, texts: Mapping[str, Text]) -> str:
    return f"{texts[key.sha256].path.name} {key.sha256[:12]} {key.span.start}-{key.span.end}"


def _some(lines: Sequence[str], most: int) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:most])
    if len(lines) > most:
        yield f"  ... {len(lines) - most} more; --all lists them"


def _texts(named: Sequence[Path] | None, usual: Sequence[Path]) -> list[Text]:
    """The texts in the folders that are named, else in the usual ones. Raises `MalformedError` for one that is none."""
    missing = [folder for folder in named or () if not folder.is_dir()]
    if missing:
        raise MalformedError(f"{missing[0]}: is no folder")
    return found(usual if named is None else named)


def _check(told: argparse.Namespace) -> int:
    names = told.names or sorted(path.stem for path in verdicts.FOLDER.glob("*.tsv"))
    judged = {name: verdicts.load(verdicts.path_of(name)) for name in names}
    if not judged:
        print(f"no readings in {verdicts.FOLDER}")
        return 0
    texts = {one.sha256: one for one in _texts(told.texts, FOLDERS)}
    for name, own in judged.items():
        for line in report(name, compared(own, texts), texts, sys.maxsize if told.all else SHOWN):
            print(line)
    return 0


def _sheet(told: argparse.Namespace) -> int:
    if told.question not in QUESTIONS:
        raise MalformedError(f"no question is called {told.question!r}; there are {', '.join(QUESTIONS)}")
    read: frozenset[Key] = frozenset()
    if told.unread:
        read = frozenset(one.key for path in verdicts.FOLDER.glob("*.tsv") for one in verdicts.load(path))
    chosen = sheets.drawn(told.question, _texts(told.texts, INVENTED), told.draw, told.seed, read)
    sheets.write(told.out, told.question, chosen)
    print(f"{told.out}: {len(chosen)} items to judge: {QUESTIONS[told.question].asked}")
    return 0


def _take(told: argparse.Namespace) -> int:
    new, left = sheets.take(told.file, told.name, told.reader)
    print(f"{verdicts.path_of(told.name)}: {new} verdicts of {told.reader}; {left} items of the sheet are not yet read")
    return 0


def _parser(command: str) -> argparse.ArgumentParser:
    """The options of one of the three commands; "" for the one that compares."""
    parser = argparse.ArgumentParser(prog=f"python -m bench.readings {command}".strip())
    if command != "take":
        parser.add_argument("--texts", type=Path, nargs="+", metavar="FOLDER", help="where texts are")
    if command == "sheet":
        parser.add_argument(
            "question", metavar="QUESTION", help="; ".join(f"{k}: {q.asked}" for k, q in QUESTIONS.items())
        )
        parser.add_argument("--draw", type=int, required=True, metavar="N", help="how many items")
        parser.add_argument("--seed", required=True, metavar="TEXT", help="the same text draws the same items")
        parser.add_argument(
            "--out", type=Path, required=True, metavar="FILE", help="outside the project, or in bench/out"
        )
        parser.add_argument("--unread", action="store_true", help="only items on which there is no verdict yet")
        parser.set_defaults(run=_sheet)
    elif command == "take":
        parser.add_argument("file", type=Path, metavar="FILE", help="a sheet that is filled in")
        parser.add_argument("name", metavar="NAME", help="the reading that takes its verdicts")
        parser.add_argument("--reader", required=True, metavar="WHO", help="a short name or number")
        parser.set_defaults(run=_take)
    else:
        parser.add_argument("names", nargs="*", metavar="NAME", help="readings; all by default")
        parser.add_argument("--all", action="store_true", help="list every item")
        parser.set_defaults(run=_check)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; see above."""
    told = list(sys.argv[1:] if arguments is None else arguments)
    command = told[0] if told[:1] in (["sheet"], ["take"]) else ""
    chosen = _parser(command).parse_args(told[1:] if command else told)
    try:
        status: int = chosen.run(chosen)
    except (MalformedError, OSError) as error:
        print(f"bench.readings: {error}", file=sys.stderr)
        return 2
    return status


if __name__ == "__main__":
    sys.exit(main())
