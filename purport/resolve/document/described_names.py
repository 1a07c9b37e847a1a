"""What is known of a name, from which its type is told: its words, how it is written, what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from purport.lexicons.given import given
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.resolve.document.names import Name
from purport.syntax import relations as rel

OWN = "="
"""With this begin features that hold a word of the name: what is learned of the others holds of any name."""
_POPULOUS = 300_000
_LEFT = frozenset({rel.AMOD, rel.COMPOUND, rel.NMOD})


def described_name(analysis: Analysis, first: int, head: int, name: Name) -> Iterator[str]:
    """What is so of a name whose mention begins with the token `first`, as names of features."""
    core = name.core or (analysis.word(head),)
    low = [word.lower().rstrip(".") for word in core]
    yield from _of_words(analysis, core, low)
    yield f"title {next((titles()[one].kind for one in name.titles if one in titles()), '') if name.titles else '-'}"
    yield f"gender {name.gender or '-'} {len(core) > 1}"
    yield from _around(analysis, first, head, len(core))


def _of_words(analysis: Analysis, core: tuple[str, ...], low: list[str]) -> Iterator[str]:
    for word in dict.fromkeys(low):
        yield f"{OWN}word {word}"
    yield f"{OWN}last {low[-1]}"
    yield f"{OWN}first {low[0]} {len(low) > 1}"
    yield f"{OWN}end {low[-1][-3:]}"
    yield f"{OWN}end2 {low[-1][-2:]}"
    of = next((at for at, word in enumerate(low) if at and word in ("of", "for", "on", "and")), 0)
    if of:
        yield f"{OWN}head {low[of - 1]}"
        yield "of within"
    last = core[-1]
    shape = "letters" if last.isupper() and len(last) > 1 else "mixed" if any(map(str.isupper, last[1:])) else "plain"
    yield f"shape {shape} {min(len(core), 4)}"
    yield f"digits {any(char.isdigit() for word in core for char in word)}"
    yield f"small {sum(word.islower() for word in core)}"
    yield f"initial {any(len(word.rstrip('.')) == 1 for word in core[:-1])}"
    yield f"given {low[0] in given()} {len(core) > 1} {low[-1] in given()}"
    lexicon = analysis.lexicon
    yield f"adjective {last in lexicon.adjectives} {len(core)}"
    rows = lexicon.named.get(last, ()) or lexicon.named.get(core[0], ())
    yield f"knows {rows[0].type if rows else ''} {len(core) > 1}"
    row = places().get(" ".join(core), (None,))[0]
    size = "" if row is None else f"{row.kind} {row.people > _POPULOUS}"
    yield f"place {size} {len(core) > 1}"
    if len(core) > 1:
        ends = places().get(core[-1], (None,))[0]
        yield f"ends with place {ends.kind if ends is not None else ''}"


def _around(analysis: Analysis, first: int, head: int, size: int) -> Iterator[str]:
    tokens = analysis.tokens
    token = tokens[head]
    above = tokens[token.head]
    yield f"dep {token.dep}"
    yield f"tag {token.tag}"
    yield f"article {analysis.word(first).lower() if first < head - size + 1 else ''}"
    if token.dep == rel.POBJ:
        governor = tokens[above.head]
        yield f"in {above.lemma}"
        yield f"in {above.lemma} {governor.lemma}"
        yield f"in {above.lemma} {governor.pos}"
    elif token.dep in _LEFT:
        yield f"before {above.lemma}"
    elif token.dep == rel.POSS:
        yield f"owns {above.lemma}"
        yield "owns"
    else:
        yield f"{token.dep} {above.lemma}"
    for index in analysis.children[head]:
        child = tokens[index]
        if child.dep in (rel.APPOS, rel.NMOD, rel.COMPOUND, rel.AMOD):
            yield f"with {child.dep} {child.lemma}"
        elif child.dep == rel.RELCL:
            words = (analysis.lower(i) for i in analysis.children[index] if tokens[i].tag in ("WP", "WDT", "WRB"))
            yield f"relative {next(words, '')}"
    if token.dep == rel.APPOS or above.dep == rel.ATTR:
        yield f"is {above.lemma}"
    if token.dep in (rel.NSUBJ, rel.NSUBJ_PASS):
        for index in analysis.children[token.head]:
            if tokens[index].dep == rel.ATTR:
                yield f"is {tokens[index].lemma}"
            elif tokens[index].dep == rel.OBJ and tokens[index].pos == "NOUN":
                yield f"does to {tokens[index].lemma}"
    begin = head - size + 1
    if begin - 1 >= 0 and tokens[max(0, begin - 1)].sentence == token.sentence:
        yield f"word before {analysis.lower(begin - 1)}"
    if head + 1 < len(tokens) and tokens[head + 1].sentence == token.sentence:
        yield f"word behind {analysis.lower(head + 1)}"
