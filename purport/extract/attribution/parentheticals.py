"""Words between two marks that say on whose word the clause is that they break: "The dam, said the ministry, was safe".

The tagger reads words in their order and takes the nearest name for the source, or one half of the clause for all of
it. Where the parse shows whose clause is broken, its word is taken on what belongs to whom; where both agree on that,
the tagger's spans stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from purport.extract.attribution.join import Joined
from purport.extract.attribution.roles import Part, Role
from purport.extract.attribution.source_adverbials import Told, told
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax import relations as rel
from purport.syntax.cues import cue_span, row_of
from purport.syntax.parse import child, phrase, trim

SURE = 0.9
_BEYOND = 3
"""Words beyond its clause up to which the tagger's content is one with it."""
_OPENS = frozenset({",", "(", "--", "—", "–", "-"})
_CLOSES = frozenset({",", ")", "--", "—", "–", "-"})
_HANGING = frozenset({rel.PARATAXIS, rel.ADVCL, rel.PREP, rel.NPADVMOD, rel.ADVMOD, rel.ACOMP, rel.AMOD})
_LEADS = frozenset({rel.MARK, rel.CC})
_SUBJECTS = (rel.NSUBJ, rel.NSUBJ_PASS, rel.CSUBJ)


@dataclass(frozen=True, slots=True)
class Aside:
    """An aside between its marks, the head of the clause it is about, whether it stands between that and what it needs,
    and what it attributes: None where the clause says the contrary of what its source does ("Velmark did not, as
    Ardinform claims, bomb the school")."""

    extent: Span
    head: int
    breaks: bool
    joined: Joined | None


def asides(analysis: Analysis) -> list[Aside]:
    """All asides, in order."""
    found = []
    for token in analysis.tokens:
        if token.dep in _HANGING and token.head != token.i:
            one = _aside(analysis, token.i)
            if one is not None:
                found.append(one)
    return found


def _aside(analysis: Analysis, index: int) -> Aside | None:
    head = _clausal(analysis, index)
    if head is None:
        return None
    found = _told(analysis, index) if (place := _between(analysis, index)) else None
    anywhere = found is None
    if found is None:
        found, place = told(analysis, index), _place(analysis, index, head)
    if found is None or place is None:
        return None
    first, last = place
    if anywhere and first > head and _doubtful(analysis, index):
        return None
    if not anywhere and _amid_marks(analysis, first, last):
        return None
    passed = head < first
    while head < first and analysis.tokens[head].dep != rel.ROOT:
        head = analysis.tokens[head].head  # what ends before it is not broken by it
    low, high = _clause(analysis, head, first, last)
    whole = analysis.span(first, last)
    if found.source is None or (not anywhere and _denied(analysis, index, first, last)):
        return Aside(whole, head, False, None)
    # Nothing stands before it in "If, as Denk says, it rained" and in "In his view, it rained".
    before = trim(analysis, low, first - 1) if low < first else None
    after = trim(analysis, last + 1, high) if last < high else None
    content = tuple(span for span in (before, after) if span is not None)
    if not content or (not anywhere and after is None):
        return None
    parts = (Role((found.source,), Part.SOURCE, SURE), Role(found.cue, Part.CUE, SURE))
    return Aside(whole, head, not passed, Joined(*parts, (Role(content, Part.CONTENT, SURE),)))


def _clausal(analysis: Analysis, index: int) -> int | None:
    """The head of the clause on which it hangs; of a view between two marks also where the parse hangs it on a noun."""
    token = analysis.tokens[index]
    head = analysis.tokens[token.head]
    if token.dep == rel.PREP and head.pos in ("NOUN", "PROPN") and head.dep in _SUBJECTS and told(analysis, index):
        head = analysis.tokens[head.head]
    return head.i if head.pos in ("VERB", "AUX") or head.dep == rel.ROOT else None


def _amid_marks(analysis: Analysis, first: int, last: int) -> bool:
    """Whether quotation marks stand at an aside's ends: then they tell what is content."""
    text = analysis.document.text
    around = (analysis.tokens[first].start, analysis.tokens[last].end)
    return any(mark in text[max(0, at - 2) : at + 3] for at in around for mark in '"“”«»') or any(
        analysis.word(i) in ("'", "''", "‘", "’")
        for i in (first - 1, first + 1, last - 1, min(last + 1, len(analysis.tokens) - 1))
    )


def _between(analysis: Analysis, index: int) -> tuple[int, int] | None:
    """The first and last token between two marks, these included, within the clause on which they hang."""
    first, last = analysis.edges[index]
    low, high = analysis.edges[analysis.tokens[index].head]
    if not (_opens(analysis, first) and _closes(analysis, last)):
        first, last = first - 1, last + 1
        if first <= 0 or last >= len(analysis.tokens) or not (_opens(analysis, first) and _closes(analysis, last)):
            return None
    return (first, last) if low < first and last < high else None


def _place(analysis: Analysis, index: int, head: int) -> tuple[int, int] | None:
    """The same of what may also stand at either end of its clause, which needs one mark."""
    first, last = analysis.edges[index]
    low, high = analysis.edges[head]
    begins = first == low or all(analysis.tokens[i].dep in _LEADS for i in range(low, first))
    ends = last + 1 >= high
    marked_before = first > 0 and _opens(analysis, first - 1)
    marked_after = last + 1 < len(analysis.tokens) and _closes(analysis, last + 1)
    if (begins and (marked_after or analysis.tokens[index].dep == rel.PREP)) or (
        marked_before and (marked_after or ends)
    ):
        return first - marked_before, last + marked_after
    return None


def _opens(analysis: Analysis, index: int) -> bool:
    return analysis.word(index) in _OPENS


def _closes(analysis: Analysis, index: int) -> bool:
    return analysis.word(index) in _CLOSES


def _denied(analysis: Analysis, index: int, first: int, last: int) -> bool:
    """Whether "as X claims" stands between a negation and its verb: what X claims is the contrary."""
    head = analysis.tokens[index].head
    neg = any(analysis.tokens[i].dep == rel.NEG and i < first for i in analysis.children[head])
    return neg and head > last and analysis.tokens[index].dep == rel.ADVCL


def _doubtful(analysis: Analysis, index: int) -> bool:
    """Whether "as X claims" stands behind a denial, which may be the contrary of the claim or the claim itself."""
    head = analysis.tokens[analysis.tokens[index].head]
    neg = child(analysis, head.i, (rel.NEG,)) is not None
    return analysis.tokens[index].dep == rel.ADVCL and (neg or head.dep != rel.ROOT)


def _told(analysis: Analysis, index: int) -> Told | None:
    """The cue and the source of an aside that only stands between two marks."""
    token = analysis.tokens[index]
    if token.dep == rel.PREP and token.lemma in ("accord", "according"):
        to = index + 1
        named = child(analysis, to, (rel.POBJ,)) if analysis.tokens[to].lemma == "to" else None
        return None if named is None else Told((analysis.span(index, to),), phrase(analysis, named))
    if token.dep == rel.NPADVMOD:
        so = next((i for i in analysis.children[index] if analysis.tokens[i].lemma == "so" and i < index), None)
        return None if so is None else Told((analysis.span(so, so),), trim(analysis, so + 1, analysis.edges[index][1]))
    if token.dep == rel.ADVCL:
        return (
            told(analysis, index) if any(analysis.tokens[i].lemma == "as" for i in analysis.children[index]) else None
        )
    row = row_of(analysis, index, "verb")
    source = child(analysis, index, (rel.NSUBJ,))
    if token.dep != rel.PARATAXIS or row is None or source is None or not row.frames & {"quote", "that"}:
        return None
    if analysis.word(source).lower() in ("i", "you"):
        return None  # "I think", "you know"
    cue = cue_span(analysis, index, row)
    if source < index:
        return Told((cue,), phrase(analysis, source, without=[index]))
    # "said Mara Denk, the minister, on Monday": all behind the verb but for when and where it was said.
    last = analysis.edges[index][1]
    beside = (i for i in analysis.children[index] if i > source and analysis.tokens[i].dep in (rel.PREP, rel.NPADVMOD))
    last = min([last - _closes(analysis, last), *(analysis.edges[i][0] - 1 for i in beside)])
    return Told((cue,), trim(analysis, analysis.edges[source][0], max(source, last)))


def _clause(analysis: Analysis, head: int, first: int, last: int) -> tuple[int, int]:
    """The first and the last token of the clause that is broken, without the word that joins it to another, and between
    the semicolons about it."""
    low, high = analysis.edges[head]
    if analysis.tokens[head].dep != rel.ROOT:
        while low < first and analysis.tokens[low].dep in _LEADS:
            low += 1
    for i in range(low, high + 1):
        if analysis.word(i) == ";" and not first <= i <= last:
            low, high = (i + 1, high) if i < first else (low, min(high, i - 1))
    return low, high


def ruled_with(ruled: Iterable[Joined], found: Sequence[Aside]) -> list[Joined]:
    """What the rules found elsewhere, and what asides attribute."""
    kept = [one for one in ruled if (aside := _about(one, found)) is None or _inner(one, aside)]
    return [*kept, *(one.joined for one in found if one.joined)]


def agrees(analysis: Analysis, one: Joined, found: Sequence[Aside]) -> bool:
    """Whether an attribution has nothing to do with an aside, or has its parts where the aside has them: the source
    between the marks, the content in the clause, with its subject and its verb."""
    aside = _about(one, found)
    if aside is None or _inner(one, aside):
        return True
    if aside.joined is None or one.source is None:
        return False
    low, high = analysis.edges[aside.head]
    own = [i for span in one.content for i in analysis.tokens_in(span)]
    beyond = sum(not low <= i <= high for i in own)
    subject = child(analysis, aside.head, _SUBJECTS)
    if subject is not None and analysis.tokens[subject].tag in ("WDT", "WP"):
        subject = None
    needed = [analysis.tokens[i].start for i in (aside.head, subject) if i is not None and aside.breaks]
    return (
        aside.extent.contains(one.source.extent)
        and all(any(span.start <= at < span.end for span in one.content) for at in needed)
        and not any(span.overlaps(aside.extent) for span in one.content)
        and beyond <= _BEYOND
    )


def missed(kept: Iterable[Joined], found: Sequence[Aside]) -> list[Joined]:
    """What those asides attribute that none of these attributions is about."""
    seen = {aside.extent for one in kept if (aside := _about(one, found)) is not None}
    return [aside.joined for aside in found if aside.joined and aside.extent not in seen]


def _inner(one: Joined, aside: Aside) -> bool:
    """Whether all of it stands within the aside ("contrary to the claim that the bridge was hit")."""
    return aside.joined is None and all(aside.extent.contains(span) for span in one.content)


def _about(one: Joined, found: Sequence[Aside]) -> Aside | None:
    """The aside in which the cue stands."""
    if one.cue is None:
        return None
    spans = one.cue.spans
    return next((aside for aside in found if any(aside.extent.overlaps(span) for span in spans)), None)
