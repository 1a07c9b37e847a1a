"""Who "I" is in a text that somebody signs: whoever wrote it, where the words are nobody else's.

A ranker takes the person talked about last, which in a speech, a letter or an opinion is the one that it's against.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.model.record import Naming
from purport.resolve.document.candidates import person_of
from purport.resolve.document.clusters import Sets
from purport.resolve.document.names import read_name
from purport.resolve.document.nodes import SURE, Node

REASON = "first person: who signs the text"
_HEAD = 400
"""Characters at the beginning of a text that may say who wrote it."""
_LINE = 2000
"""Characters of a line at most whose beginning is looked for."""
_BYLINE = re.compile(
    r"^[ \t*_]*(?:(?:[A-Z][a-z]+ )?(?:opinion|comment|analysis|speech|address|remarks|letter|column) )?by[ \t]+"
    r"(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,5})",
    re.IGNORECASE | re.MULTILINE,
)


def signatory(document: Document) -> str:
    """The name of the one who signs a text, by what is told of it or by its byline; "" for none or several."""
    author = document.metadata.author or ""
    if author:
        return "" if re.search(r"[;&]|, | and ", author) else author
    found = _BYLINE.search(document.text, 0, _HEAD)
    return found["name"] if found and found["name"][0].isupper() else ""


def written(analysis: Analysis, nodes: Sequence[Node], sets: Sets, speakers: Mapping[int, int]) -> frozenset[int]:
    """The mentions by which the one who signs a text speaks of himself, joined to one another and to his name."""
    author = signatory(analysis.document)
    if not author:
        return frozenset()
    own = [
        node
        for node in nodes
        if node.naming is Naming.PRONOUN
        and person_of(node.words) == "i"
        and node.number not in speakers
        and not _set_in(analysis.document.text, node.span.start)
    ]
    if not own:
        return frozenset()
    core = read_name(author.split(), analysis.lexicon).core
    named = next((node for node in nodes if core and node.name is not None and _same(node.name.core, core)), None)
    first = named if named is not None and sets.join(own[0].number, named.number) else own[0]
    for node in own:
        if node is own[0] or sets.join(node.number, first.number):
            node.reason, node.confidence = REASON, SURE - 0.03
    return frozenset(node.number for node in own)


def _set_in(text: str, at: int) -> bool:
    """Whether it stands in a line that a letter quotes of the one it answers ("> I don't believe it")."""
    low = max(0, at - _LINE)
    line = text.rfind("\n", low, at)
    return (line >= 0 or low == 0) and text[line + 1 : at].lstrip().startswith(">")


def _same(one: Sequence[str], author: Sequence[str]) -> bool:
    """Whether a name in the text is the author's: its last word is, and it has no other word that isn't."""
    mine, other = ([word.lower() for word in name] for name in (one, author))
    return bool(mine) and mine[-1] == other[-1] and (set(mine) <= set(other) or set(other) <= set(mine))
