"""Records as lines of a shard, and back: nothing is lost on the way, so that a store can be made of them."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from purport.corpus.reading import Found
from purport.datasets.places import bytes_at, far
from purport.errors import StoreError
from purport.model import codec
from purport.model.document import Document
from purport.model.record import Attribution, Mention, Proposition, Record, Run, Stance
from purport.runtime.packed import packed
from purport.store import Problem, Sighting

_GZIP = 31
"""zlib's sign for a gzip member: it has no name in it, and no time."""
NOTHING = zlib.compress(b"", 6, _GZIP)
"""A gzip file of no lines."""


def squeezed(value: object) -> bytes:
    """A value as a line of JSON in a gzip member of its own: the same value always gives the same bytes, and members
    one after another are a gzip file."""
    return zlib.compress(f"{codec.dumps(value)}\n".encode(), 6, _GZIP)


def lines_of(path: Path) -> Iterator[Any]:
    """The values in a gzip file of JSON Lines, one by one. Raises `StoreError` where it cannot be read."""
    try:
        with path.open("rb") as squeezed_file, gzip.open(squeezed_file) as file:
            yield from map(json.loads, file)
    except EOFError:
        raise StoreError(f"{path}: is cut short") from None
    except (OSError, zlib.error, ValueError) as error:
        raise StoreError(f"{path}: is damaged ({error})") from None
    except Exception as error:
        raise _of_place(path, error) from None


def _of_place(path: Path, error: Exception) -> Exception:
    """What an error means: where the file is far, errors of its own file system are its own."""
    told = (str(error).splitlines() or [""])[0]
    return StoreError(f"{path}: cannot be read ({type(error).__name__}: {told})") if far(path) else error


@dataclass(frozen=True, slots=True)
class Member:
    """A line of a shard: where its gzip member stands in the file, in bytes, and the value."""

    offset: int
    length: int
    value: Any


def members_of(path: Path) -> Iterator[Member]:
    """The values in a file of such members, one by one, with their places. Raises `StoreError` where it cannot be
    read."""
    try:
        with path.open("rb") as file:
            offset, ahead = 0, b""
            while ahead or (ahead := file.read(_BLOCK)):
                member, pieces, length = zlib.decompressobj(_GZIP), list[bytes](), 0
                while not member.eof:
                    if not ahead and not (ahead := file.read(_BLOCK)):
                        raise EOFError
                    pieces.append(member.decompress(ahead))
                    length += len(ahead) - len(member.unused_data)
                    ahead = member.unused_data
                line = b"".join(pieces)
                if line:
                    yield Member(offset, length, json.loads(line))
                offset += length
    except EOFError:
        raise StoreError(f"{path}: is cut short") from None
    except (OSError, zlib.error, ValueError) as error:
        raise StoreError(f"{path}: is damaged ({error})") from None
    except Exception as error:
        raise _of_place(path, error) from None


def member_at(path: Path, offset: int, length: int) -> Any:
    """The value of the member at that place. Raises `StoreError` where it cannot be read."""
    try:
        return json.loads(zlib.decompress(bytes_at(path, offset, length), _GZIP))
    except (OSError, zlib.error, ValueError) as error:
        raise StoreError(f"{path}: is damaged ({error})") from None
    except Exception as error:
        raise _of_place(path, error) from None


_BLOCK = 2**18
"""Bytes that are read of a file at a time."""


def found_out(found: Found) -> dict[str, Any]:
    """A document with all that was found in it, and where it was met, as plain values."""
    record, document = found.record, found.record.document
    return {
        "id": document.id,
        "run": record.run.id,
        "digest": codec.digest(record),
        "sighting": {
            "path": found.sighting.path,
            "part": found.sighting.part,
            "told": codec.metadata_out(found.sighting.told),
        },
        "document": {
            "text": document.text,
            "blocks": codec.blocks_out(document.blocks),
            "map": codec.map_out(document.source_map),
            "format": document.format,
            "sha256": document.sha256,
            "source": base64.b64encode(document.source).decode("ascii"),
            "metadata": codec.metadata_out(document.metadata),
            "selector": document.selector,
            "part": document.part,
            "notes": list(document.notes),
        },
        "analysed": record.analysed,
        "notes": list(record.notes),
        "attributions": [_attribution_out(one) for one in record.attributions],
        "propositions": [_proposition_out(one) for one in record.propositions],
        "mentions": [codec.mention_out(one) for one in record.mentions],
        "entities": [codec.entity_out(one) for one in record.entities],
        "stances": [codec.stance_out(one) for one in record.stances],
    }


def found_in(told: dict[str, Any], run: Run) -> Found:
    """The reverse of `found_out`, for a line that this run made. Raises `StoreError` for what it did not write."""
    try:
        if told["run"] != run.id:
            raise StoreError(f"document {told['id']} was made by run {told['run']}, not {run.id}")
        return Found(_record_in(told, run), _sighting_in(told["sighting"]))
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise StoreError(f"a line of it is none that was written ({type(error).__name__}: {error})") from None


def _record_in(told: dict[str, Any], run: Run) -> Record:
    kept = told["document"]
    document = Document(
        kept["text"],
        codec.blocks_in(kept["blocks"]),
        codec.map_in(kept["map"]),
        kept["format"],
        base64.b64decode(kept["source"]),
        codec.metadata_in(kept["metadata"]),
        kept["selector"],
        kept["part"],
        tuple(kept["notes"]),
    )
    return Record(
        document,
        run,
        tuple(map(_attribution_in, told["attributions"])),
        packed(map(_proposition_in, told["propositions"])),
        packed(map(_mention_in, told["mentions"])),
        packed(
            codec.entity_in(
                (one["id"], one["name"], one["type"], codec.dumps(one["names"]), one["known"], one["of"], one["held"])
            )
            for one in told["entities"]
        ),
        packed(map(_stance_in, told["stances"])),
        told["analysed"],
        tuple(told["notes"]),
    )


def _sighting_in(told: dict[str, Any]) -> Sighting:
    return Sighting(told["path"], told["part"], codec.metadata_in(told["told"]))


def problem_out(problem: Problem) -> dict[str, str]:
    """What could not be read, as plain values."""
    return {"path": problem.path, "part": problem.part, "reason": problem.reason}


def problem_in(told: dict[str, Any]) -> Problem:
    """The reverse of `problem_out`. Raises `StoreError` for what it did not write."""
    try:
        return Problem(told["path"], told["part"], told["reason"])
    except (TypeError, LookupError) as error:
        raise StoreError(f"a line of it is none that was written ({type(error).__name__}: {error})") from None


def _attribution_out(one: Attribution) -> dict[str, Any]:
    return {
        "id": one.id,
        "source": codec.spans_out(one.source),
        "cue": codec.spans_out(one.cue),
        "content": codec.spans_out(one.content),
        "kind": one.kind.value,
        "act": one.act,
        "inside": one.inside,
        "holder": one.holder,
        "confidence": one.confidence,
        "imputed": one.imputed,
        "reason": one.reason,
    }


def _attribution_in(told: dict[str, Any]) -> Attribution:
    places = (codec.dumps(told[name]) for name in ("source", "cue", "content"))
    rest = (told[name] for name in ("kind", "act", "inside", "holder", "confidence", "imputed", "reason"))
    return codec.attribution_in((told["id"], *places, *rest))


def _proposition_out(one: Proposition) -> dict[str, Any]:
    return {
        "id": one.id,
        "predicate": codec.spans_out(one.predicate),
        "subject": codec.spans_out(one.subject),
        "object": codec.spans_out(one.object),
        "certainty": one.certainty.value,
        "frame": one.frame.value,
        "voucher": one.voucher,
        "confidence": one.confidence,
        "rest": codec.proposition_rest(one),
    }


def _proposition_in(told: dict[str, Any]) -> Proposition:
    places = (codec.dumps(told[name]) for name in ("predicate", "subject", "object"))
    rest = (told[name] for name in ("certainty", "frame", "voucher", "confidence"))
    return codec.proposition_in((told["id"], *places, *rest, codec.dumps(told["rest"])))


def _mention_in(told: dict[str, Any]) -> Mention:
    rest = (told[name] for name in ("entity", "naming", "reason", "confidence", "tone"))
    return codec.mention_in((*told["span"], *rest))


def _stance_in(told: dict[str, Any]) -> Stance:
    head = (told[name] for name in ("id", "holder", "target", "sign", "basis"))
    places = codec.dumps([told["holder_spans"], told["target_spans"]])
    rest = (told[name] for name in ("voucher", "certainty", "deed", "proposition", "confidence"))
    return codec.stance_in((*head, *told["evidence"], places, *rest))
