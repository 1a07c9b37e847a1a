"""Finding sources, cues and contents by rules: the cue lexicon, the parse, quotation marks and a text's form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from purport.extract.attribution.extents import begins, clause
from purport.extract.attribution.forms import form_roles
from purport.extract.attribution.nouns import REFUSING, going_round, noun_roles
from purport.extract.attribution.parentheticals import Aside
from purport.extract.attribution.quotations import Quotation
from purport.extract.attribution.quoted import quoted_roles
from purport.extract.attribution.roles import Part, Role
from purport.lexicons import CueRow
from purport.lexicons.classes import words_of
from purport.model.analysis import Analysis
from purport.model.document import Span, Spans
from purport.syntax import relations as rel
from purport.syntax.cues import cue_span, following, row_of
from purport.syntax.parse import child, nobody, phrase, subject, trim

_VERBS = frozenset({"VERB", "AUX"})


def find_roles(analysis: Analysis, quotations: Sequence[Quotation], broken: Sequence[Aside] = ()) -> list[Role]:
    """All roles that the rules find in a document outside its asides, in the order of their places, each once."""
    found: set[Role] = set()
    asides = {i for aside in broken for i in analysis.tokens_in(aside.extent)}
    for token in analysis.tokens:
        if token.i in asides:
            continue
        if token.lemma in ("accord", "according"):
            found.update(_according(analysis, token.i))
        elif token.pos in _VERBS:
            found.update(_verb(analysis, token.i))
        elif token.pos == "NOUN":
            found.update(noun_roles(analysis, token.i))
        elif token.pos == "PROPN":
            found.update(going_round(analysis, token.i))
        elif token.pos == "ADJ":
            found.update(_adjective(analysis, token.i))
    marked = set(quoted_roles(analysis, quotations))
    found = {role for role in found if not _overruns(role, marked)} | marked
    found.update(form_roles(analysis, quotations))
    return sorted(found)


def _overruns(role: Role, marked: Collection[Role]) -> bool:
    """Whether a clause goes on beyond the quotation with which it begins: of "he said, 'Go,' and left" the parse makes
    one clause, the marks do not."""
    first = role.spans[0]
    return role.part is Part.CONTENT and any(
        one.part is Part.CONTENT and 0 <= first.start - one.spans[0].start < 3 and one.spans[-1].end < role.extent.end
        for one in marked
    )


def _as_saying(analysis: Analysis, verb: int) -> int | None:
    """The "saying" of "quoted X as saying that ..."."""
    for said in range(verb + 2, min(verb + 12, len(analysis.tokens))):
        token = analysis.tokens[said]
        if token.sentence != analysis.tokens[verb].sentence:
            return None
        if token.tag == "VBG" and analysis.word(said - 1).lower() == "as":
            return said
    return None


def _quoted_as_saying(analysis: Analysis, verb: int, said: int) -> Iterator[Role]:
    """ "X was quoted (by Y) as saying that ...", "Y quoted X as saying that ...": the words are X's, and where Y is
    named, Y is who passes them on."""
    passive = child(analysis, verb, (rel.NSUBJ_PASS,)) is not None
    named = child(analysis, verb, (rel.NSUBJ_PASS,) if passive else (rel.OBJ,))
    content = child(analysis, said, (rel.CCOMP,))
    if named is None:
        return
    cue = cue_span(analysis, verb, None)
    inner = analysis.span(said - 1, said)
    source = phrase(analysis, named, without=[verb, said])
    agent = _verb_source(analysis, verb)
    yield Role((source,), Part.SOURCE, 0.8)
    if passive and agent is None:
        beside = said - verb == 2
        yield Role((Span(cue.start, inner.end),) if beside else (cue, inner), Part.CUE, 0.9)
    else:
        yield Role((inner,), Part.CUE, 0.9)
        yield Role((cue,), Part.CUE, 0.9)
    if content is None:
        return
    told = clause(analysis, content, said)
    yield Role((told,), Part.CONTENT, 0.8)
    if agent is not None:
        place = phrase(analysis, agent, without=[verb, said])
        yield Role((place,), Part.SOURCE, 0.8)
        whole = Span(inner.start, told.end)
        yield Role((source, whole) if passive else (Span(source.start, told.end),), Part.CONTENT, 0.8)


def _verb(analysis: Analysis, verb: int) -> Iterator[Role]:
    if analysis.tokens[verb].lemma in ("quote", "cite"):
        said = _as_saying(analysis, verb)
        if said is not None:
            yield from _quoted_as_saying(analysis, verb, said)
        if said is not None or child(analysis, verb, (rel.NSUBJ_PASS,)) is not None:
            return
    if analysis.tokens[verb].tag == "VBG" and analysis.tokens[verb].dep == rel.PCOMP:
        before = analysis.word(verb - 1).lower()
        if before == "as":
            return  # the second half of "was quoted as saying"
        if before == "without" and child(analysis, verb, (rel.CCOMP,)) is None:
            return  # "annexed the valley without declaring war" declares nothing
    row = row_of(analysis, verb, "verb", "phrase")
    if row is None or analysis.tokens[verb].dep in (rel.AMOD, rel.COMPOUND):
        return
    content = _verb_content(analysis, verb, row)
    named = _accused(analysis, verb, row, content)
    if content is None and named is None:
        return
    cue = cue_span(analysis, verb, row)
    spans = without(analysis, content, cue) if content is not None else ()
    spans = (named, *spans) if named is not None else spans
    source = _verb_source(analysis, verb)
    place = phrase(analysis, source, without=[verb, *_said_of(analysis, source, row)]) if source is not None else None
    if place is not None:
        spans = tuple(piece for span in spans for piece in without(analysis, span, place))
    if not spans:
        return
    yield Role((cue,), Part.CUE, 0.9 if row.strong else 0.6)
    yield Role(spans, Part.CONTENT, 0.8)
    if place is not None and not place.overlaps(cue):
        yield Role((place,), Part.SOURCE, 0.8)


_NAMED = REFUSING | {"accuse", "praise", "threaten"}
_DONE_TO = frozenset({"admit", "agree", "announce", "confirm", "demand", "predict", "promise", "request", "warn"})
"""Acts that are done to what a noun names: "a wet summer is foreseen by the office"."""


def _accused(analysis: Analysis, verb: int, row: CueRow, content: Span | None) -> Span | None:
    """What somebody denounces: "[Reth] was accused by Denk [of lying]", "[the claim that ...] was denied by Denk"."""
    named = child(analysis, verb, (rel.NSUBJ_PASS,))
    done = row.act in _NAMED or (row.act in _DONE_TO and "np" in row.frames)
    if named is None or not row.strong or not done or child(analysis, verb, (rel.AGENT,)) is None:
        return None
    span = phrase(analysis, named, without=[verb])
    return None if content is not None and content.overlaps(span) else span


def _said_of(analysis: Analysis, agent: int, row: CueRow) -> list[int]:
    """What the parse hangs on the one who accuses and the accusation is: "was accused by the envoy [of lying]"."""
    if analysis.tokens[analysis.tokens[agent].head].dep != rel.AGENT:
        return []
    return [i for i in analysis.children[agent] if analysis.tokens[i].dep == rel.PREP and _opens(analysis, i, row)]


def _opens(analysis: Analysis, preposition: int, row: CueRow) -> bool:
    """Whether the preposition brings in what the cue says, as none in a name does: "of lying", "as absurd"."""
    lemma, under = analysis.tokens[preposition].lemma, analysis.children[preposition]
    if lemma == "as":
        return row.act in _NAMED
    # of "of shielding torturers" the parser may make a kind of torturers
    acts = (
        i for i in under if analysis.tokens[i].dep == rel.PCOMP or analysis.lower(analysis.edges[i][0]).endswith("ing")
    )
    return lemma in row.frames and next(acts, None) is not None


def _verb_source(analysis: Analysis, verb: int) -> int | None:
    helpers = [analysis.tokens[c] for c in analysis.children[verb]]
    passive = any(c.dep in (rel.AUX_PASS, rel.NSUBJ_PASS) for c in helpers)
    bare = analysis.tokens[verb].tag == "VBN" and not any(c.dep == rel.AUX for c in helpers)
    if passive or (bare and analysis.tokens[verb].dep in (rel.ACL, rel.AMOD, rel.ADVCL)):
        agent = child(analysis, verb, (rel.AGENT,))
        return child(analysis, agent, (rel.POBJ,)) if agent is not None else None
    found = subject(analysis, verb)
    if found is None or nobody(analysis, verb, found):
        return None
    if analysis.word(found).lower() in words_of("empty subjects"):
        # "It said", but not "it appears", "there are", "which says".
        spoken = analysis.word(found).lower() == "it" and analysis.tokens[verb].lemma not in _EMPTY
        return found if spoken else None
    return found


_EMPTY = frozenset({"appear", "seem", "mean", "be"})


def _verb_content(analysis: Analysis, verb: int, row: CueRow) -> Span | None:
    """What the verb reports by its own grammar; quotations are found elsewhere."""
    frames = row.frames
    for one in analysis.children[verb]:
        token = analysis.tokens[one]
        if token.dep == rel.CCOMP and token.i > verb and ("that" in frames or "wh" in frames):
            return clause(analysis, one, verb)
        if token.dep == rel.CCOMP and token.i < verb and ("that" in frames or "quote" in frames):
            return clause(analysis, one, verb)
    head = analysis.tokens[verb].head
    if analysis.tokens[verb].dep == rel.PARATAXIS and ("quote" in frames or "that" in frames):
        return _around(analysis, head, verb)
    for one in analysis.children[verb]:
        token = analysis.tokens[one]
        if token.dep == rel.XCOMP and one > verb and "to" in frames and token.pos in _VERBS:
            return _with_addressee(analysis, verb, row, clause(analysis, one, verb))
        if token.dep == rel.XCOMP and one > verb and frames & {"np", "that"} and _gerund(analysis, one):
            return clause(analysis, one, verb)
        if token.dep == rel.ADVCL and one > verb and "wh" in frames and begins(analysis, one, ("if", "whether")):
            return clause(analysis, one, verb)
        if token.dep == rel.PREP and one > verb and "wh" in frames and _asking(analysis, one):
            return clause(analysis, one, verb)
    # "defended the valley", "attacked the column": with a mere object such verbs are deeds as often as words.
    naming = child(analysis, verb, (rel.OPRD,)) is not None and analysis.tokens[verb].tag != "VBN"
    return _phrasal_content(analysis, verb, row) if row.strong or naming else None


def _asking(analysis: Analysis, preposition: int) -> bool:
    """Whether a question is cut down to it: "would not say [for whom]", "did not say [since when]"."""
    asked = child(analysis, preposition, (rel.POBJ, rel.PCOMP))
    word = asked if asked is not None else preposition
    return analysis.tokens[word].tag in ("WP", "WDT", "WRB") and analysis.edges[preposition][1] == word


def _with_addressee(analysis: Analysis, verb: int, row: CueRow, whole: Span) -> Span:
    """For a demand the clause with the one who is to act: "urged [the envoys to return]", but "told them [to go]"."""
    addressee = child(analysis, verb, (rel.OBJ,))
    for one in following(analysis, verb, row.lemma.split()[1:]):  # "called on [the envoys to return]"
        addressee = child(analysis, one, (rel.POBJ,)) or addressee
    if addressee is None or row.act not in ("demand", "request", "accuse") or row.lemma in ("ask", "tell", "order"):
        return whole
    start = analysis.tokens[analysis.edges[addressee][0]].start
    return Span(start, whole.end) if analysis.tokens[verb].end <= start < whole.start else whole


def _after_comma(analysis: Analysis, index: int) -> bool:
    return analysis.word(max(0, analysis.edges[index][0] - 1)) == ","


def _gerund(analysis: Analysis, index: int) -> bool:
    """ "Denied firing", "denied having fired"."""
    first = analysis.edges[index][0]
    return analysis.tokens[index].tag == "VBG" or (first < index and analysis.tokens[first].tag == "VBG")


def _phrasal_content(analysis: Analysis, verb: int, row: CueRow) -> Span | None:
    """The object and what is said of it: "accused X of ...", "called for ...", "described X as ...", "denied it"."""
    frames = row.frames
    particles = set(following(analysis, verb, row.lemma.split()[1:]))
    first: int | None = None
    last = verb
    agent = child(analysis, verb, (rel.AGENT,))
    by = child(analysis, agent, (rel.POBJ,)) if agent is not None else None
    hung = _said_of(analysis, by, row) if by is not None else []
    for one in (*analysis.children[verb], *hung):
        token = analysis.tokens[one]
        if one < verb or (one in particles and not analysis.children[one]):
            continue
        objects = token.dep in (rel.OBJ, rel.IOBJ, rel.OPRD, rel.ATTR) and bool(frames & _NOMINAL)
        opens = token.lemma in frames or one in particles or one in hung
        prepositions = token.dep in (rel.PREP, rel.AGENT) and opens
        further = first is not None and (
            token.dep in (rel.XCOMP, rel.OPRD, rel.CCOMP, rel.ACL)
            # An apposition at the end of the object is often parsed as an adverbial clause without a verb.
            or (
                token.dep in (rel.ADVCL, rel.APPOS, rel.NPADVMOD)
                and token.pos in ("NOUN", "PROPN")
                and _after_comma(analysis, one)
            )
        )
        if not (objects or prepositions or further):
            continue
        left, right = analysis.edges[one]
        if one in particles:
            left = min((i for i in analysis.subtree(one) if i not in particles), default=right + 1)
            if left > right:
                continue
        first = left if first is None else min(first, left)
        last = max(last, right)
    if first is not None and analysis.word(first).lower() in _NOBODY:
        return None  # "threatened nobody" threatens nobody
    if (
        first is None
        or first <= verb
        or (not hung and "np" not in frames and not _has_frame(analysis, verb, frames, particles))
    ):
        return None
    return trim(analysis, first, last)


_NOMINAL = frozenset({"np", "of", "as", "for"})


def _has_frame(analysis: Analysis, verb: int, frames: Collection[str], particles: set[int]) -> bool:
    ahead = [i for i in analysis.subtree(verb) if i > verb and analysis.tokens[i].dep in (rel.PREP, rel.AGENT)]
    return any(analysis.tokens[i].lemma in frames or i in particles for i in ahead)


def _around(analysis: Analysis, head: int, verb: int) -> Span:
    """The clause that "X said" is put into or behind: "The dam, X said, is empty"."""
    first, last = analysis.edges[head]
    if analysis.edges[verb][1] == last:
        last = analysis.edges[verb][0] - 1
    return trim(analysis, first, max(first, last))


def without(analysis: Analysis, span: Span, hole: Span) -> Spans:
    """The one or two pieces of `span` that lie outside `hole`, without marks at their inner ends."""
    if not span.overlaps(hole):
        return (span,)
    pieces: list[Span] = []
    for start, end in ((span.start, hole.start), (hole.end, span.end)):
        if start >= end:
            continue
        tokens = [i for i in analysis.tokens_in(Span(start, end)) if analysis.tokens[i].end <= end]
        while tokens and analysis.word(tokens[0]) in _MARKS:
            tokens.pop(0)
        while tokens and analysis.word(tokens[-1]) in _MARKS:
            tokens.pop()
        if tokens:
            pieces.append(analysis.span(tokens[0], tokens[-1]))
    return tuple(pieces)


_NOBODY = words_of("nobody")
_MARKS = frozenset({",", ";", ":", "--", "—", "–", "-", "."})


def _adjective(analysis: Analysis, index: int) -> Iterator[Role]:
    """ "is confident that ...", "were unsure whether ..."."""
    row = row_of(analysis, index, "adj")
    verb = analysis.tokens[index].head
    if (
        row is None
        or analysis.tokens[index].dep not in (rel.ACOMP, rel.OPRD)
        or analysis.tokens[verb].pos not in _VERBS
    ):
        return
    one = child(analysis, index, (rel.CCOMP, rel.XCOMP)) or child(analysis, verb, (rel.CCOMP,))
    source = subject(analysis, verb)
    if one is None or one < index or source is None or analysis.word(source).lower() == "it":
        return
    first = min(
        [verb, *(c for c in analysis.children[verb] if analysis.tokens[c].dep in (rel.AUX, rel.NEG) and c < index)]
    )
    yield Role((analysis.span(first, index),), Part.CUE, 0.6)
    yield Role((clause(analysis, one, index),), Part.CONTENT, 0.7)
    yield Role((phrase(analysis, source, without=[verb]),), Part.SOURCE, 0.7)


def _according(analysis: Analysis, index: int) -> Iterator[Role]:
    """ "According to X, ..." and "..., according to X": the rest of the sentence is the content."""
    to = index + 1
    if to >= len(analysis.tokens) or analysis.tokens[to].lemma != "to":
        return
    named = child(analysis, to, (rel.POBJ,)) or child(analysis, index, (rel.POBJ,))
    if named is None:
        return
    source = phrase(analysis, named)
    cue = analysis.span(index, to)
    sentence = analysis.sentences[analysis.tokens[index].sentence]
    whole = trim(analysis, sentence.first, sentence.last - 1)
    hole = Span(cue.start, max(cue.end, source.end))
    spans = without(analysis, whole, hole)
    if len(spans) == 2:
        spans = _main_piece(analysis, index, spans)
    if spans:
        yield Role((cue,), Part.CUE, 0.95)
        yield Role((source,), Part.SOURCE, 0.9)
        yield Role(spans, Part.CONTENT, 0.8)


def _main_piece(analysis: Analysis, index: int, spans: Spans) -> Spans:
    """Of two pieces about an "according to" keep both where it breaks one clause in two, else the one it leans on."""
    head = analysis.tokens[index].head
    left, right = analysis.edges[head]
    holds = [s for s in spans if any(left <= i <= right and i != index for i in analysis.tokens_in(s))]
    return tuple(holds) or spans
