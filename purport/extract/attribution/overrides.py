"""What the grammar of a cue says of an attribution that a tagger found.

A tagger that was taught flat spans of newswire goes wrong where the words stand in another order than it is used to:
where who speaks comes behind "by", where a clause is about a noun, where one cue is what another denies. The rules read
these off the parse; in them, and nowhere else, their word goes before the tagger's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from purport.extract.attribution.acts import act_of
from purport.extract.attribution.join import Joined
from purport.extract.attribution.merge import surely
from purport.extract.attribution.nouns import REFUSING, voices
from purport.extract.attribution.roles import Part, Role
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel
from purport.syntax.cues import row_of
from purport.syntax.intervals import Intervals
from purport.syntax.parse import CLAUSES, SUBJECTS, child, nobody, phrase, root, subject

_GERUNDS = frozenset({"deny", "admit"})
"""Acts whose cue ends before what is denied or admitted: "denied [telling Denk that ...]"."""
_CLOSED = tuple(f".{mark}" for mark in "\"”’'»")
_LISTED = 8
"""Members of a list that are looked at."""
_STARTS = 3
"""Characters by which the beginnings of one content may differ: a quotation mark, an ellipsis."""


def by_verb(analysis: Analysis, ruled: Sequence[Joined]) -> dict[int, Joined]:
    """The rules' attributions by the words that govern their cues."""
    found: dict[int, Joined] = {}
    for one in ruled:
        head = root(analysis, analysis.tokens_in(one.cue.spans[0])) if one.cue else None
        if head is not None and one.source is not None:
            found.setdefault(head, one)
    return found


def agreed(analysis: Analysis, one: Joined, ruled: Mapping[int, Joined]) -> Joined | None:
    """The tagger's attribution as it agrees with its cue's grammar; it may be the rules' of the same cue. None where
    nobody says anything: "Tessel said nothing"."""
    if one.cue is None:
        return one
    tokens = analysis.tokens_in(one.cue.spans[0])
    head = root(analysis, tokens)
    if head is None:
        return one
    refused = ruled.get(_refuser(analysis, one, head))
    if refused is not None:
        return refused
    other = next((ruled[i] for i in (head, *tokens) if i in ruled), None)
    if other is not None and (_goes_before(analysis, one, head, tokens) or _says_whose(analysis, other)):
        return other
    if _nothing(analysis, one.contents[-1], head):
        rest = one.contents[:-1]
        return other if other is not None and not rest else Joined(None, None, rest) if rest else None
    bounded = _what_it_calls_itself(analysis, one, tokens)
    if bounded is None:
        return None
    one = bounded
    giver = _giver(analysis, one, head)
    named = giver or (_source(analysis, one.source, head, tokens) if one.source else None)
    named = named or _by_whom(analysis, one, tokens) or _who_goes_on(analysis, one, head)
    one = replace(one, source=named or _so_wrote(analysis, one, head))
    one = _subordinate(analysis, one, head)
    if other is not None:
        one = _around(analysis, _bounded(analysis, one, other, head), other)
    return replace(one, source=None, cue=None) if _beat(analysis, one, head) else one


def _refuser(analysis: Analysis, one: Joined, head: int) -> int:
    """The verb that refuses what the cue, a noun, brings in, where the tagger takes it for a part of who speaks or
    overlooks it: "Velmark rejects [claims] that ..."; -1 where there is none."""
    token = analysis.tokens[head]
    if token.pos != "NOUN" or token.dep != rel.OBJ or one.source is None:
        return -1
    own = subject(analysis, token.head)
    inside = analysis.tokens_in(one.source.extent)
    return token.head if own in inside and _refuses(analysis, token.head) else -1


def _refuses(analysis: Analysis, verb: int) -> bool:
    row = row_of(analysis, verb, "verb")
    return row is not None and row.act in REFUSING


def _goes_before(analysis: Analysis, one: Joined, head: int, tokens: range) -> bool:
    """Whether the rules' attribution stands for the tagger's as a whole."""
    if _said_by_itself(analysis, one, head):
        return True
    agents = [agent for i in (head, *tokens) if (agent := child(analysis, i, (rel.AGENT,))) is not None]
    if any(child(analysis, agent, (rel.POBJ,)) is not None for agent in agents):
        return True
    row = row_of(analysis, head, "verb")
    if row is None or row.act not in _GERUNDS:
        return False
    gerund = child(analysis, head, (rel.XCOMP,))
    return gerund is not None and gerund in tokens and analysis.tokens[gerund].tag == "VBG"


def _said_by_itself(analysis: Analysis, one: Joined, head: int) -> bool:
    """Whether who says it, or a part of that, was taken for what is said: "the bridge fell, [the command] announced",
    "the ferry sank, said [its captain], [Oren Pell]"."""
    who = subject(analysis, head)
    if who is None:
        return False
    words = [root(analysis, analysis.tokens_in(span)) for span in one.content]
    named = child(analysis, who, (rel.APPOS,))
    return words[-1] == who or (one.source is None and words[0] == who) or (named is not None and words[-1] == named)


def _says_whose(analysis: Analysis, ruled: Joined) -> bool:
    """Whether the cue is a telling that is somebody's: "the monks' [version is] that"."""
    tokens = analysis.tokens_in(ruled.cue.spans[0]) if ruled.cue else range(0)
    return len(tokens) == 2 and analysis.tokens[tokens[0]].lemma in words_of("what a telling is")


def _nothing(analysis: Analysis, content: Role, head: int) -> bool:
    """Whether all that is said is nothing: "Tessel said [nothing]", "said [nothing about the raid]"."""
    first = root(analysis, analysis.tokens_in(content.spans[0]))
    return first is not None and analysis.tokens[first].lemma == "nothing" and analysis.tokens[first].head == head


def _source(analysis: Analysis, role: Role, head: int, tokens: range) -> Role | None:
    """Who speaks, without the relative pronoun before it ("whom Velmark accuses"); nobody where nobody does."""
    inside = analysis.tokens_in(role.extent)
    if not inside:
        return role
    first = analysis.tokens[inside[0]]
    if len(inside) == 1 and first.tag == "DT" and analysis.word(first.i).lower() in ("the", "a", "an"):
        return None
    if len(inside) == 1 and first.lemma == "amid":
        return None
    token = analysis.tokens[head]
    if token.dep == rel.NSUBJ_PASS and _refuses(analysis, token.head):
        agent = child(analysis, token.head, (rel.AGENT,))
        by = child(analysis, agent, (rel.POBJ,)) if agent is not None else None
        return (
            None if by is not None and by in inside else role
        )  # "the claim that ... was denied by Denk" is not Denk's
    if any(_handles(analysis, i, tokens, inside) for i in {head, *tokens}):
        return None
    for verb in (head, *tokens):
        own = subject(analysis, verb) if analysis.tokens[verb].pos in ("VERB", "AUX") else None
        if own is not None and own == root(analysis, inside) and nobody(analysis, verb, own):
            return None
    own = subject(analysis, head)
    if len(inside) > 1 and first.tag in ("WP", "WDT") and own in inside and own != first.i:
        return replace(role, spans=(Span(analysis.tokens[inside[1]].start, role.extent.end),))
    return role


def _what_it_calls_itself(analysis: Analysis, one: Joined, cue: range) -> Joined | None:
    """The content within its clause, where somebody only names himself: "a band calling itself [the Free Oars] sank the
    ferry". None where nothing is left."""
    oneself = next((i for i in cue if analysis.tokens[i].lemma.endswith(("self", "selves"))), None)
    verb = analysis.tokens[oneself].head if oneself is not None else None
    if verb is None or analysis.tokens[verb].dep not in (rel.ACL, rel.RELCL):
        return one
    end = analysis.tokens[analysis.edges[verb][1]].end
    kept = [
        replace(role, spans=spans)
        for role in one.contents
        if (spans := tuple(Span(span.start, min(span.end, end)) for span in role.spans if span.start < end))
    ]
    return replace(one, contents=tuple(kept)) if kept else None


_GIVING = frozenset({"give", "offer", "send", "hand", "write"})


def _giver(analysis: Analysis, one: Joined, head: int) -> Role | None:
    """Who gives somebody word, where the cue's noun was taken for that of whom it is given to: "[Wrayburn] gave the
    islanders his word that", "[the council] gave the mayor warning that"."""
    verb = analysis.tokens[analysis.tokens[head].head]
    if one.source is None or analysis.tokens[head].dep != rel.OBJ or verb.lemma not in _GIVING:
        return None
    taken = root(analysis, analysis.tokens_in(one.source.extent))
    if taken is None or taken == head or analysis.tokens[taken].head != verb.i:
        return None
    who = subject(analysis, verb.i)
    if who is None or analysis.tokens[taken].dep not in (rel.IOBJ, rel.OBJ):
        return None
    return Role((phrase(analysis, who, without=[verb.i]),), Part.SOURCE, one.contents[0].confidence)


def _by_whom(analysis: Analysis, one: Joined, cue: range) -> Role | None:
    """Whose a noun of the cue is by the preposition with which the cue ends: "a study of claims by [the bishops]"."""
    last = analysis.tokens[cue[-1]]
    noun = analysis.tokens[last.head]
    who = child(analysis, last.i, (rel.POBJ,)) if last.lemma in ("by", "from") else None
    if who is None or who in cue or noun.i not in cue or noun.pos != "NOUN" or row_of(analysis, noun.i, "noun") is None:
        return None
    extent = phrase(analysis, who, without=[])
    if any(extent.overlaps(span) for span in one.content):
        return None
    return Role((extent,), Part.SOURCE, one.contents[0].confidence)


def _who_goes_on(analysis: Analysis, one: Joined, verb: int) -> Role | None:
    """Who does what a participle beside the clause tells, where the tagger names nobody: "Having declined the offer,
    [the captain] left"."""
    token = analysis.tokens[verb]
    if one.source is not None or token.dep != rel.ADVCL or token.tag not in ("VBG", "VBN"):
        return None
    who = subject(analysis, verb) if row_of(analysis, verb, "verb", "phrase") is not None else None
    marked = child(analysis, verb, (rel.MARK, rel.AUX_PASS)) is not None
    bare = token.tag == "VBN" and child(analysis, verb, (rel.AUX,)) is None
    if who is None or marked or bare or analysis.tokens[who].pos not in ("NOUN", "PROPN"):
        return None
    extent = phrase(analysis, who, without=[verb])
    if one.cue is None or any(extent.overlaps(span) for span in (*one.content, *one.cue.spans)):
        return None
    return Role((extent,), Part.SOURCE, one.contents[0].confidence)


def _so_wrote(analysis: Analysis, one: Joined, verb: int) -> Role | None:
    """Who stands behind a verb that refers back: "“They bought him.” So wrote [the columnist]"."""
    before = analysis.lower(verb - 1) if verb else ""
    who = next((i for i in analysis.children[verb] if i > verb and analysis.tokens[i].dep in _BEHIND), None)
    if one.source is not None or one.cue is None or before not in ("so", "thus") or who is None:
        return None
    extent = phrase(analysis, who, without=[verb])
    if analysis.tokens[who].pos not in ("NOUN", "PROPN") or any(extent.overlaps(span) for span in one.content):
        return None
    return Role((extent,), Part.SOURCE, one.contents[0].confidence)


_BEHIND = frozenset({rel.OBJ, rel.IOBJ, rel.NSUBJ, rel.ATTR})


def _handles(analysis: Analysis, noun: int, cue: range, source: range) -> bool:
    """Whether the source only deals with what others say, or acts upon it: "Police are investigating [claims] that",
    "the bank closed its doors after [rumours] that". Whose claims they are is not told."""
    token = analysis.tokens[noun]
    if token.pos != "NOUN" or child(analysis, noun, (rel.POSS,)) is not None:
        return False
    verb = token.head
    upon = token.dep == rel.POBJ
    if upon:
        by = any(child(analysis, i, (rel.POBJ,)) in source for i in analysis.children[noun])
        if by or row_of(analysis, noun, "noun") is None:
            return False  # "after warnings from the bank that"
        if analysis.tokens[verb].lemma in words_of("prepositions of what is voiced"):
            return False  # "replied with a warning that"
        while analysis.tokens[verb].pos in ("ADP", "ADV", "SCONJ") or analysis.tokens[verb].dep in (rel.PREP, rel.POBJ):
            verb = analysis.tokens[verb].head
    elif token.dep != rel.OBJ or voices(analysis, verb):
        return False
    if analysis.tokens[verb].pos not in ("VERB", "AUX"):
        return False
    if verb in cue and (not upon or row_of(analysis, verb, "verb", "phrase") is not None):
        return False
    return subject(analysis, verb) in source


def _bounded(analysis: Analysis, one: Joined, other: Joined, head: int) -> Joined:
    """The contents within the clause that they are: to its end where they break off before its verb or amid a list, and
    no further where the cue itself is in a clause about a noun."""
    mine, theirs = one.contents[0], other.contents[0]
    if len(one.contents) > 1 or len(other.contents) > 1 or len(mine.spans) > 1 or len(theirs.spans) > 1:
        return one
    own, whole = mine.extent, theirs.extent
    if abs(own.start - whole.start) > _STARTS or own.end == whole.end:
        return one
    if own.end > whole.end:
        return replace(one, contents=(theirs,)) if _runs_on(analysis, head, Span(whole.end, own.end)) else one
    verb = root(analysis, analysis.tokens_in(whole))
    if verb is None:
        return one
    short = _verbless(analysis, own, verb) or (_refuses(analysis, head) and _breaks_off(analysis, verb, own.end))
    return replace(one, contents=(theirs,)) if short else one


def _around(analysis: Analysis, one: Joined, other: Joined) -> Joined:
    """The content with its rest behind a cue that is put into it, where that is what its verb lacks: "The curfew was
    broken, the governor said, [by the students]", but not "..., hours after the fire"."""
    if one.cue is None or len(one.contents) > 1 or len(other.contents) > 1 or len(one.contents[0].spans) > 1:
        return one
    (mine,), theirs = one.contents[0].spans, other.contents[0].spans
    if len(theirs) != 2 or abs(mine.start - theirs[0].start) > _STARTS or abs(mine.end - theirs[0].end) > _STARTS:
        return one
    between = mine.end <= one.cue.extent.start and one.cue.extent.end <= theirs[1].start
    rest = root(analysis, analysis.tokens_in(theirs[1]))
    if not between or rest is None or analysis.tokens[rest].dep not in _LACKED:
        return one
    return replace(one, contents=(replace(one.contents[0], spans=(mine, theirs[1])),))


_LACKED = frozenset({rel.AGENT, rel.OBJ, rel.ATTR, rel.ACOMP, rel.XCOMP, rel.CCOMP, rel.OPRD})


def _subordinate(analysis: Analysis, one: Joined, head: int) -> Joined:
    """The contents without pieces of the clause that the cue's own clause depends on: "although the ministry says that
    it warned the town, [no siren was heard]" tells that by itself."""
    mark = child(analysis, head, (rel.MARK,)) if analysis.tokens[head].dep == rel.ADVCL else None
    if mark is None or analysis.tokens[mark].lemma in ("as", "that"):
        return one
    first, last = (analysis.tokens[i] for i in analysis.edges[head])
    kept = [
        replace(role, spans=spans)
        for role in one.contents
        if (spans := tuple(span for span in role.spans if first.start <= span.start and span.end <= last.end))
    ]
    return replace(one, contents=tuple(kept)) if kept else one


def _verbless(analysis: Analysis, content: Span, verb: int) -> bool:
    """Whether of the verb's clause the content has the subject alone: "said [the general, who denies it,] had left"."""
    named = child(analysis, verb, (rel.NSUBJ, rel.NSUBJ_PASS))
    return (
        named is not None
        and content.end <= analysis.tokens[verb].start
        and content.start <= analysis.tokens[named].start < content.end
        and not any(analysis.tokens[i].dep in CLAUSES for i in analysis.children[verb] if i < verb)
    )


def _runs_on(analysis: Analysis, cue: int, rest: Span) -> bool:
    """Whether the rest of a content is what is said of the noun that the cue's clause is about: "the spy whom Denk says
    Sel protected [has fled]". The parser may take it for one more clause of the cue, but then one without a subject."""
    token = analysis.tokens[cue]
    if token.dep != rel.RELCL and not (token.dep == rel.ACL and token.tag == "VBG"):
        return False
    inside = analysis.tokens_in(rest)
    if analysis.tokens[token.head].head in inside:
        return True
    return any(
        i in inside and analysis.tokens[i].dep == rel.CCOMP and child(analysis, i, SUBJECTS) is None
        for i in analysis.children[cue]
    )


def _breaks_off(analysis: Analysis, verb: int, end: int) -> bool:
    """Whether a content that ends there breaks off before or amid what goes with its verb, without a subject of its
    own: "denied hiding the logs, [or burning them]"."""
    for _ in range(_LISTED):
        later = child(analysis, verb, (rel.CONJ,))
        if later is None or child(analysis, later, SUBJECTS) is not None:
            return False
        if analysis.tokens[analysis.edges[later][1]].end > end and analysis.tokens[later].pos in ("VERB", "AUX"):
            return row_of(analysis, later, "verb") is None
        verb = later
    return False


def _beat(analysis: Analysis, one: Joined, head: int) -> bool:
    """Whether what the tagger takes for a cue only happens beside a quotation: "“The dam is safe.” A dog barked." """
    if row_of(analysis, head, "verb", "phrase") is not None or one.cue is None:
        return False
    text = analysis.document.text
    before = one.contents[-1].extent
    inside = analysis.tokens_in(before)
    if not inside or before.end > one.cue.extent.start or not text[: before.end].endswith(_CLOSED):
        return False
    return analysis.tokens[head].sentence != analysis.tokens[inside[-1]].sentence


def in_passing(analysis: Analysis, tagged: Sequence[Joined], ruled: Sequence[Joined]) -> list[Joined]:
    """The rules' attributions in clauses about the tagger's sources: "the army, [which denies having been there],
    said". What somebody asks for there is mostly not to be named."""
    sources = Intervals((span, None) for one in tagged if one.source for span in one.source.spans)
    found = []
    for one in ruled:
        if one.cue is None or one.source is None or not surely(one):
            continue
        within = all(next(sources.holding(span), None) for span in (*one.cue.spans, *one.content))
        if within and act_of(analysis, one.cue.spans, one.content) not in ("ask", "request", "demand"):
            found.append(one)
    return found
