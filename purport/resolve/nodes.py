"""Mentions of a document with what their words tell of them: a name, a type, whether they are a label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from purport.analysis import Analysis
from purport.document import Span
from purport.lexicons.places import places
from purport.lexicons.titles import titles
from purport.record import Naming
from purport.resolve.candidates import Candidate
from purport.resolve.coreference import Named
from purport.resolve.features import kind_of
from purport.resolve.names import Name, bare, read_name

SURE = 0.98
"""Confidence of what a name tells by itself."""
_LEARNED = {
    "person": "person", "place": "place", "organization": "organisation", "object": "other", "event": "other",
    "time": "other", "substance": "other", "animal": "other", "plant": "other", "abstract": "other",
}  # fmt: skip
_ACTING = frozenset({"person", "organisation", "place"})
KINDS = {
    "person": "person", "state": "state", "place": "place", "people": "people", "movement": "body",
    "armed group": "body", "organisation": "body", "government": "body", "outlet": "body",
}  # fmt: skip
HEADS = {
    **dict.fromkeys("country nation republic kingdom".split(), ("state", "place")),
    **dict.fromkeys("city town village island province district river sea valley".split(), ("place",)),
    **dict.fromkeys(
        "group organisation organization movement militia army party faction network agency ministry company bank "
        "committee council court commission newspaper broadcaster station channel university".split(),
        ("body",),
    ),
    **dict.fromkeys(
        "man woman boy girl minister president general commander leader senator governor spokesman spokeswoman mayor "
        "ambassador father mother son daughter brother sister wife husband king queen prince princess lawyer doctor "
        "teacher author writer actor actress singer professor judge officer official candidate".split(),
        ("person",),
    ),
}
"""What a noun says that somebody or something is."""


@dataclass(slots=True)
class Node:
    """A mention while entities are made of them."""

    number: int
    span: Span
    words: str
    naming: Naming
    name: Name | None
    weights: Weights
    head: int
    type: str = "other"
    reason: str = ""
    confidence: float = 1.0
    label: bool = False


def settle(nodes: Sequence[Node]) -> None:
    """Give each mention its type, all of one name the same, and the name's initials too."""
    whole: dict[str, str] = {}
    for node in nodes:
        if node.name is not None and (letters := initials(node.name)):
            whole.setdefault(letters, node.name.words.lower())
    alike: dict[str, list[Node]] = {}
    for node in nodes:
        key = f"#{node.number}"
        if node.name is not None and node.name.core:
            letters = acronym(node.name)
            key = whole.get(letters, "") if letters else ""
            key = key or node.name.words.lower()
        alike.setdefault(key, []).append(node)
    for own in alike.values():
        # What a whole name tells, its letters do not gainsay.
        spoken = [node for node in own if node.name is None or not acronym(node.name)] or own
        type_ = type_of(node.weights for node in spoken)
        for node in own:
            node.type = type_


def initials(name: Name) -> str:
    """The capitals with which the words of a name of several words begin."""
    return "".join(word[0] for word in name.core if word[0].isupper()) if len(name.core) > 1 else ""


def acronym(name: Name) -> str:
    """The letters of a name that is an acronym, else nothing."""
    letters = name.core[0].replace(".", "") if len(name.core) == 1 else ""
    return letters if len(letters) > 1 and letters.isupper() else ""


def beside(analysis: Analysis, one: int, other: int) -> bool:
    """Whether two words name the same side by side ("her rival Hollan Reth")."""
    first, second = analysis.tokens[one], analysis.tokens[other]
    return (second.dep == "appos" and second.head == one) or (first.dep == "appos" and first.head == other)


def node_of(analysis: Analysis, number: int, one: Named) -> Node:
    """A mention with what its words tell."""
    candidate = one.candidate
    span = analysis.span(candidate.first, candidate.last)
    kind = kind_of(analysis, candidate)
    naming = {"pronoun": Naming.PRONOUN, "name": Naming.NAME}.get(kind, Naming.DESCRIPTION)
    if candidate.group:
        naming = Naming.DESCRIPTION
    name = None
    text = analysis.document.text
    words = span.of(text).split()
    if kind == "name" and not candidate.group:
        # "Hollan Reth, the commander": the name ends with its head.
        own = analysis.span(candidate.first, _of_names(analysis, candidate)).of(text).split()
        name = read_name(own)
        if words[0].lower() in _SOME:
            name, naming = None, Naming.DESCRIPTION  # "some Republicans" are not the party
        elif _no_office(name) and _learned(analysis, one, "organization") > _learned(analysis, one, "person"):
            name = replace(name, core=tuple(own), titles=(), gender="")  # "General Electric" is no general
        if name is not None and name.row is None and len(words) <= 6:
            whole = read_name(words)
            name = whole if whole.row is not None or whole.tone else name
    elif kind == "noun" and len(words) <= 5:
        whole = read_name(words)
        # Nothing before it may be left out: "the prime minister of Velmark" is not Velmark.
        if (whole.row is not None or (whole.tone and whole.neutral)) and whole.core == bare(words):
            name, naming = whole, Naming.NAME
    weights = _weights(analysis, one, name)
    label = _label(analysis, candidate)
    return Node(number, span, span.of(text), naming, name, weights, candidate.head, label=label)


def _no_office(name: Name) -> bool:
    """Whether what stands before a name as a title may be a part of it: "Minister Denk" is never a body."""
    return bool(name.titles) and all(titles()[title].kind != "office" for title in name.titles if title in titles())


def _of_names(analysis: Analysis, one: Candidate) -> int:
    """The last word of a name: its head, or what "of" and names behind it add ("Leader of the Blue Revolution")."""
    end = one.head
    if len(read_name(analysis.span(one.first, end).of(analysis.document.text).split()).core) > 1:
        return end  # "Mara Denk of Velmark" is Mara Denk
    of = end + 1
    if of + 1 > one.last or analysis.word(of).lower() not in ("of", "for"):
        return end
    while of < one.last:
        of += 1
        word = analysis.word(of)
        if not (word[:1].isupper() or word.lower() in ("the", "of", "and", "for", "-")):
            break
        if word[:1].isupper():
            end = of
    return end


_SOME = frozenset("some many most several few both two three four five other another any no every each".split())


def _learned(analysis: Analysis, one: Named, type_: str) -> float:
    assert analysis.ranker is not None
    return one.types[analysis.ranker.types.index(type_)]


def _weights(analysis: Analysis, one: Named, name: Name | None) -> Weights:
    """How much speaks for each of the types that are told apart: what was learned, mended by what words tell."""
    ranker = analysis.ranker
    assert ranker is not None
    found = dict.fromkeys((*_LEARNED.values(), "other"), 0.0)
    for type_, share in zip(ranker.types, one.types, strict=True):
        found[_LEARNED.get(type_, "other")] += share
    head = analysis.tokens[one.candidate.head]
    if name is None:
        told = HEADS.get(head.lemma, ())
        for type_ in ("person", "place", "organisation"):
            if KINDS.get(type_, type_) in told:
                found[type_] += 2
        return found
    if name.titles or (name.gender and len(name.core) > 1):
        found["person"] += 1
    elif name.core and _head_of(name).lower() in BODIES:
        found["organisation"] += 1
    else:
        told = _told(analysis, one.candidate)
        for type_ in ("person", "place", "organisation"):
            if KINDS.get(type_, type_) in told:
                found[type_] += 1
        above = analysis.tokens[head.head]
        if head.dep == "pobj" and above.lemma in _LOCATIVE:
            found["place"] += 0.5
        article = analysis.word(one.candidate.first).lower() == "the"
        if head.dep == "pobj" and above.lemma == "of" and not article and _of_a_state(analysis, above.head):
            found["place"] += 1
        if acronym(name):
            # Letters stand for bodies, seldom for persons and never with "the" for one.
            found["organisation"] += 0.5
            found["person"] *= 0 if article else 0.5
        if name.words in places() and found["person"] < SURE:
            found["place"] += 0.7
    return found


def _head_of(name: Name) -> str:
    """The word of a name that says what it is: its last, or that before "of" ("Ministry of Defence")."""
    of = name.core.index("of") if "of" in name.core[1:] else len(name.core)
    return name.core[of - 1]


def _told(analysis: Analysis, one: Candidate) -> tuple[str, ...]:
    """What the noun right before a name says that it is ("the newspaper Velmark")."""
    begin = one.head
    while begin > one.first and analysis.tokens[begin - 1].pos == "PROPN":
        begin -= 1
    if not begin or analysis.tokens[begin - 1].pos != "NOUN":
        return ()
    noun, head = analysis.tokens[begin - 1], analysis.tokens[one.head]
    if noun.i != head.head and head.i != noun.head:
        return ()
    return HEADS.get(noun.lemma, ())


def _of_a_state(analysis: Analysis, at: int) -> bool:
    """Whether a word names what a state has: a government, an office ("Prime Minister Mara Denk of Velmark")."""
    near = [at, *(i for i in analysis.children[at] if analysis.tokens[i].dep == "compound")]
    lemmas = {analysis.tokens[i].lemma.lower() for i in near}
    offices = (titles().get(lemma) for lemma in lemmas)
    return not lemmas.isdisjoint(_STATELY) or any(row is not None and row.kind == "office" for row in offices)


def type_of(weights: Iterable[Weights]) -> str:
    """The type for which most speaks; "other" where little does."""
    total: dict[str, float] = {}
    count = 0
    for one in weights:
        count += 1
        for type_, share in one.items():
            total[type_] = total.get(type_, 0.0) + share
    best = max(total, key=lambda type_: (total[type_], type_))
    return best if total[best] >= _ENOUGH * count else "other"


_STATELY = frozenset(
    "government army parliament people capital border regime republic kingdom territory citizen population south "
    "north east west coast".split()
)
"""Nouns for what a state has."""
Weights = Mapping[str, float]
_ENOUGH = 0.45
"""Share of the weight that the best type must have."""
_LOCATIVE = frozenset("in at near from to toward towards outside inside around across into".split())
BODIES = frozenset(
    "ministry party company university council committee court commission agency department bank union association "
    "organisation organization institute parliament congress senate army guard police force forces government group "
    "movement front brigade brigades corporation inc ltd llc foundation club league network times post journal news "
    "tribune herald gazette press radio television tv broadcasting authority bureau board office society federation "
    "alliance coalition fund trust charity church school college hospital".split()
)


def _label(analysis: Analysis, one: Candidate) -> bool:
    """Whether it is a letter with a colon, which says whose turn it is ("Q:", "A:")."""
    after = one.last + 1
    letter = one.first == one.last and len(analysis.word(one.first)) == 1 and analysis.word(one.first).isupper()
    return letter and after < len(analysis.tokens) and analysis.word(after) == ":"
