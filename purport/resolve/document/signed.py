"""Who "I" is in a text that somebody signs: whoever wrote it, where the words are nobody else's.

A ranker takes the person talked about last, which in a speech, a letter or an opinion is the one that it's against.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from purport.lexicons.given import given
from purport.model.analysis import Analysis
from purport.model.document import Document
from purport.model.record import Naming
from purport.resolve.document.candidates import person_of
from purport.resolve.document.clusters import Sets
from purport.resolve.document.names import read_name
from purport.resolve.document.nodes import SURE, Node

REASON = "first person: who signs the text"
_ASKED = "first person: who answers in the interview"
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
    asked = None if author else _interviewee(analysis, nodes, sets)
    if not author and asked is None:
        return frozenset()
    own = [
        node
        for node in nodes
        if node.naming is Naming.PRONOUN
        and person_of(node.words) == "i"
        and node.number not in speakers
        and not _set_in(analysis.document.text, node.span.start)
        and not (asked is not None and _asking(analysis, node))
    ]
    if not own:
        return frozenset()
    core = read_name(author.split(), analysis.lexicon).core
    named = asked or next(
        (node for node in nodes if core and node.name is not None and _same(node.name.core, core)), None
    )
    first = named if named is not None and sets.join(own[0].number, named.number) else own[0]
    for node in own:
        if node is own[0] or sets.join(node.number, first.number):
            node.reason, node.confidence = (_ASKED if asked else REASON), SURE - 0.03
    return frozenset(node.number for node in own)


def _interviewee(analysis: Analysis, nodes: Sequence[Node], sets: Sets) -> Node | None:
    """Who answers in an interview: the one person whom the line at its head names that says that it is one."""
    text = analysis.document.text
    for found in _INTERVIEW.finditer(text, 0, _HEAD):
        begin, end = text.rfind("\n", 0, found.start()) + 1, text.find("\n", found.end())
        end = len(text) if end < 0 else end
        persons = [
            node
            for node in nodes
            if begin <= node.span.start < end
            and node.type == "person"
            and node.name is not None
            and len(node.name.core) > 1
            and (node.sure or node.name.core[0].lower() in given())
        ]
        if persons:
            one = len({sets.key(node.number) for node in persons}) == 1
            return persons[0] if one and _JOINED.search(text, begin, end) is None else None
    return None


def _asking(analysis: Analysis, node: Node) -> bool:
    """Whether a mention stands in a paragraph that is a question, or in quotation marks."""
    tokens = analysis.by_block.get(analysis.block_of(node.head), range(0))
    words = [analysis.word(i) for i in tokens]
    before = [word for i, word in zip(tokens, words, strict=True) if i < node.head]
    return (bool(words) and words[-1] == "?") or sum(word in _MARKS for word in before) % 2 == 1


_MARKS = frozenset('"“”')
_JOINED = re.compile(r"[A-Z][\w.’'-]+ and [A-Z]")
"""Two who are asked together."""
_INTERVIEW = re.compile(r"\binterview(?:s|ed)?\b", re.IGNORECASE)


def _set_in(text: str, at: int) -> bool:
    """Whether it stands in a line that a letter quotes of the one it answers ("> I don't believe it")."""
    low = max(0, at - _LINE)
    line = text.rfind("\n", low, at)
    return (line >= 0 or low == 0) and text[line + 1 : at].lstrip().startswith(">")


def _same(one: Sequence[str], author: Sequence[str]) -> bool:
    """Whether a name in the text is the author's: its last word is, and it has no other word that isn't."""
    mine, other = ([word.lower() for word in name] for name in (one, author))
    return bool(mine) and mine[-1] == other[-1] and (set(mine) <= set(other) or set(other) <= set(mine))
