"""Whether two builds write the same: `python -m bench.same OLD_CHECKOUT [--articles 200] [--actors TABLE]`.

The old checkout and this one each read the same bytes (see `bench.inputs`) in processes of their own, with this
interpreter, and export them as JSON Lines. Their lines are compared document by document, without `run`: every value,
and the order of every list. A field that only this build writes, anywhere, is left out of the comparison and named;
one that only the old build writes is a difference. Exit status: 0 the same, 1 different, 2 could not run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import purport
from bench.articles import ROOT
from bench.inputs import POLNEAR_TRAIN, Batch, batches

WORKERS = 2
SHOWN = 60
"""Characters of a value that are printed."""
_RUN = "from purport.cli import main; main()"
_WHERE = "import purport; print(purport.__file__)"
_NOTHING = "(nothing)"

Key = tuple[str, str, str]
"""What a document is told by: the SHA-256 of its bytes, its part and its selector."""


class CannotRunError(Exception):
    """A build that could not be run, with the reason in one line."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place of a document's line where two builds differ, as a JSON path, and what each writes there."""

    path: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two exports have in common and where they differ; documents by name, fields as JSON paths."""

    documents: int
    differing: Mapping[str, Difference]
    only_old: Sequence[str]
    only_new: Sequence[str]
    fields_of_old: Sequence[str]
    fields_of_new: Sequence[str]

    @property
    def same(self) -> bool:
        """Whether nothing differs but fields that only the new build writes."""
        return not (self.differing or self.only_old or self.only_new or self.fields_of_old)


Keys = dict[str, set[str]]
"""By the path of an object, with `[]` for any place of a list, the keys that objects there have."""


def keys_of(value: Any, path: str, found: Keys) -> None:
    """Add the keys of all objects in a value to `found`."""
    if isinstance(value, dict):
        found.setdefault(path, set()).update(value)
        for key, inner in value.items():
            keys_of(inner, f"{path}.{key}", found)
    elif isinstance(value, list):
        for inner in value:
            keys_of(inner, f"{path}[]", found)


def only_in(one: Keys, other: Keys) -> list[str]:
    """The fields of objects that both have, which only `one` writes; those of an object that is new are not listed."""
    return sorted(f"{path}.{key}" for path in one.keys() & other.keys() for key in one[path] - other[path])


def first_difference(
    old: Any, new: Any, left_out: frozenset[str], path: str = "$", kind: str = "$"
) -> Difference | None:
    """Where two values differ first; `left_out` are fields that are not looked at, with `[]` for any place of a list,
    `path` is where the values stand and `kind` the same with `[]`."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() | new.keys()):
            if f"{kind}.{key}" in left_out:
                continue
            if key not in old or key not in new:
                return Difference(f"{path}.{key}", _short(old, key), _short(new, key))
            found = first_difference(old[key], new[key], left_out, f"{path}.{key}", f"{kind}.{key}")
            if found is not None:
                return found
        return None
    if isinstance(old, list) and isinstance(new, list):
        for place, (a, b) in enumerate(zip(old, new, strict=False)):
            found = first_difference(a, b, left_out, f"{path}[{place}]", f"{kind}[]")
            if found is not None:
                return found
        if len(old) == len(new):
            return None
        place = min(len(old), len(new))
        return Difference(f"{path}[{place}]", _short(old, place), _short(new, place))
    if json.dumps(old) == json.dumps(new):
        return None
    return Difference(path, _cut(old), _cut(new))


def _short(value: Any, at: Any) -> str:
    there = at in value if isinstance(value, dict) else at < len(value)
    return _cut(value[at]) if there else _NOTHING


def _cut(value: Any) -> str:
    told = json.dumps(value, ensure_ascii=False)
    return told if len(told) <= SHOWN else f"{told[: SHOWN - 1]}…"


def lines_of(path: Path) -> dict[Key, bytes]:
    """The lines of an export by their documents. Raises `CannotRunError` where a line is not one of a record."""
    found: dict[Key, bytes] = {}
    with path.open("rb") as file:
        for line in file:
            try:
                told = json.loads(line)["document"]
                found[told["sha256"], str(told.get("part") or ""), str(told.get("selector") or "")] = line
            except (ValueError, KeyError, TypeError):
                raise CannotRunError(f"{path.name}: a line holds no document with its sha256") from None
    return found


def compare(old: Mapping[Key, bytes], new: Mapping[Key, bytes], names: Mapping[str, str]) -> Comparison:
    """What differs between two exports; `names` are those of inputs by the SHA-256 of their bytes."""
    keys: tuple[Keys, Keys] = ({}, {})
    for lines, found in zip((old, new), keys, strict=True):
        for line in lines.values():
            keys_of(_record(line), "$", found)
    fields_of_old, fields_of_new = only_in(*keys), only_in(keys[1], keys[0])
    left_out = frozenset((*fields_of_old, *fields_of_new))
    differing: dict[str, Difference] = {}
    for key in old.keys() & new.keys():
        difference = first_difference(_record(old[key]), _record(new[key]), left_out)
        if difference is not None:
            differing[_name(key, names)] = difference
    return Comparison(
        len(old.keys() & new.keys()),
        dict(sorted(differing.items())),
        sorted(_name(key, names) for key in old.keys() - new.keys()),
        sorted(_name(key, names) for key in new.keys() - old.keys()),
        fields_of_old,
        fields_of_new,
    )


def _record(line: bytes) -> Any:
    told = json.loads(line)
    told.pop("run", None)
    return told


def _name(key: Key, names: Mapping[str, str]) -> str:
    sha256, part, _ = key
    name = names.get(sha256, f"document with SHA-256 {sha256[:16]}")
    return name if name.endswith(part) else f"{name}, {part}"


def export(checkout: Path, texts: Sequence[Batch], folder: Path, actors: Path | None) -> Path:
    """The JSON Lines that the build in `checkout` makes of the batches, which lie below `folder`/inputs by number.
    Raises `CannotRunError`."""
    work = folder / ("new" if checkout == ROOT else "old")
    work.mkdir()
    where = _run(checkout, work, "-c", _WHERE).stdout.strip()
    if not Path(where).resolve().is_relative_to(checkout.resolve()):
        raise CannotRunError(f"{checkout}: holds no build of purport; {where or 'none'} would be run instead")
    told = ("--actors", str(actors)) if actors else ()
    for number, batch in enumerate(texts):
        home = folder / "inputs" / str(number)
        options = (*batch.options, *(("--metadata", str(home / batch.metadata)) if batch.metadata else ()))
        paths = sorted({str(home.joinpath(*name.split("/")[:2])) for name in batch.files})
        if paths:
            read = ("read", *paths, "--store", "s.db", "--workers", str(WORKERS), *options, *told)
            _run(checkout, work, "-c", _RUN, *read, good=(0, 1))
    _run(checkout, work, "-c", _RUN, "export", "--store", "s.db", "--format", "jsonl", "--out", "out")
    found = sorted((work / "out").rglob("*.jsonl"))
    if len(found) != 1:
        raise CannotRunError(f"{checkout}: the export is {len(found)} files, not one")
    return found[0]


def _run(checkout: Path, folder: Path, *arguments: str, good: Sequence[int] = (0,)) -> subprocess.CompletedProcess[str]:
    """A run of this interpreter in `folder` with the packages of `checkout`, in which nothing is written."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment |= {"PYTHONPATH": str(checkout), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode not in good:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise CannotRunError(f"{checkout}: {' '.join(arguments[2:3]) or 'import'} ended with {done.returncode}: {last}")
    return done


def written(texts: Sequence[Batch], folder: Path) -> dict[str, str]:
    """Writes each batch below `folder` under its number; the names of the files by the SHA-256 of their bytes."""
    names: dict[str, str] = {}
    for number, batch in enumerate(texts):
        for name, data in batch.files.items():
            path = folder / str(number) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            names[hashlib.sha256(data).hexdigest()] = name
        if batch.metadata and batch.files:
            (folder / str(number) / batch.metadata).write_bytes((ROOT / batch.metadata).read_bytes())
    return names


def report(found: Comparison) -> Iterator[str]:
    """What is printed, line by line."""
    for name, one in found.differing.items():
        yield f"differs: {name}: {one.path}\n  old: {one.old}\n  new: {one.new}"
    for which, names in (("old", found.only_old), ("new", found.only_new)):
        yield from (f"differs: {name}: only the {which} build writes it" for name in names)
    yield from (f"differs: {field}: only the old build writes this field" for field in found.fields_of_old)
    yield from (f"left out: {field}: only the new build writes this field" for field in found.fields_of_new)
    count = len(found.differing) + len(found.only_old) + len(found.only_new)
    verdict = "the same" if found.same else f"different: {count} documents, {len(found.fields_of_old)} fields"
    yield f"{found.documents:,} documents compared: {verdict}"


def compared(checkout: Path, texts: Sequence[Batch], actors: Path | None = None) -> Comparison:
    """What differs between the build in `checkout` and this one on the batches. Raises `CannotRunError`."""
    if not checkout.is_dir():
        raise CannotRunError(f"{checkout}: is no folder")
    if checkout.resolve() == ROOT:
        raise CannotRunError(f"{checkout}: is this checkout; name another one")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        names = written(texts, folder / "inputs")
        old, new = (lines_of(export(one, texts, folder, actors)) for one in (checkout.resolve(), ROOT))
        if not old and not new:
            raise CannotRunError("neither build wrote a document")
        return compare(old, new, {**_within(folder), **names})


def _within(folder: Path) -> dict[str, str]:
    """What lies in files that hold others (mail, archives), by the SHA-256 of its bytes: where it was met."""
    with purport.open(folder / "new" / "s.db") as corpus:
        return {
            row.sha256: row.paths[0].removeprefix(f"{folder}/inputs/").partition("/")[2] for row in corpus.documents()
        }


def counts(texts: Iterable[Batch], articles: int) -> Iterator[str]:
    """A line for each batch: what it is and how many files it has."""
    for batch in texts:
        if batch.name == "PolNeAR train" and articles and not batch.files:
            yield f"PolNeAR train: not on this machine ({POLNEAR_TRAIN}), not compared"
        else:
            yield f"{batch.name}: {len(batch.files):,} files"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; 0 the same, 1 different, 2 could not run."""
    parser = argparse.ArgumentParser(prog="python -m bench.same", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("checkout", type=Path, metavar="OLD_CHECKOUT")
    parser.add_argument("--articles", type=int, default=200, help="of PolNeAR's training part (200)")
    parser.add_argument("--actors", type=Path, metavar="TABLE", help="read with these actors, as examples/world.csv")
    told = parser.parse_args(arguments)
    texts = batches(told.articles)
    for line in counts(texts, told.articles):
        print(line)
    try:
        found = compared(told.checkout, texts, told.actors.resolve() if told.actors else None)
    except CannotRunError as error:
        print(f"bench.same: {error}", file=sys.stderr)
        return 2
    for line in report(found):
        print(line)
    return 0 if found.same else 1


if __name__ == "__main__":
    sys.exit(main())
