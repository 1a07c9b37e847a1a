"""Messages within a mail, each its writer's: by the lines that name the writer, and by how deep they are quoted."""

from __future__ import annotations

from collections.abc import Sequence

from purport.extract.voices.voice import Voice
from purport.model.document import Block, BlockKind, Span
from purport.syntax.labels import Label, read_label


def mails(text: str, blocks: Sequence[Block]) -> list[Voice]:
    """The messages that a mail quotes or hands on; what stands in none is its own writer's."""
    labels = {n: read_label(text, b.span) for n, b in enumerate(blocks) if b.kind is BlockKind.LABEL}
    if not any(label.dress == "mail" for label in labels.values()):
        return []
    owners: dict[int, Label | None] = {}
    words: dict[int, tuple[Label | None, list[Span]]] = {}
    pending: tuple[Label, int] | None = None
    for number, block in enumerate(blocks):
        label = labels.get(number)
        if label is not None and label.dress == "mail":
            pending = (label, block.depth)
            continue
        if pending is not None:
            own = block.depth if block.depth > pending[1] or pending[0].cue is None else pending[1]
            owners = {depth: one for depth, one in owners.items() if depth < own}
            owners[own] = pending[0]
            pending = None
        flat = max((depth for depth in owners if depth <= block.depth), default=None)
        if flat is None and not block.depth:
            continue
        if block.depth not in owners and block.depth and (flat is None or flat < block.depth):
            owners[block.depth] = None
            flat = block.depth
        owner = owners[flat] if flat is not None else None
        key = owner.start if owner is not None else -1 - block.depth
        words.setdefault(key, (owner, []))[1].append(block.span)
    found = []
    for owner, said in words.values():
        source = (owner.name,) if owner is not None and owner.name is not None else ()
        cue = (owner.cue,) if owner is not None and owner.cue is not None else ()
        found.append(Voice(source, cue, tuple(said), "mail"))
    return found
