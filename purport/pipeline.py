"""Document -> record: a pure function of the document, the user's actors and the build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from purport.analyse import parts, sections
from purport.extract.attribution.find import attributions
from purport.extract.claims.propositions import propositions
from purport.extract.stance.find import stances
from purport.lexicons import shipped_lexicon
from purport.model.document import Document
from purport.model.lexicon import Lexicon
from purport.model.record import Attribution, Mention, Proposition, Record, Run, Stance
from purport.read.language import surely_not_english
from purport.resolve.document.entities import Whole, resolve
from purport.resolve.document.own_lexicon import own_lexicon
from purport.runtime.packed import packed
from purport.syntax.timex import dated_record
from purport.version import __version__


def current_run(lexicon: Lexicon | None = None) -> Run:
    """The run that this build makes records under, marked with the user's table of actors where the `lexicon` has one.
    Nothing of the machine or the clock is in it."""
    own = lexicon.digest if lexicon is not None else ""
    return Run(__version__, _parts(), (("actors", own),) if own else ())


@cache
def _parts() -> tuple[tuple[str, str], ...]:
    return parts()


def process(document: Document, language: str | None = None, lexicon: Lexicon | None = None) -> Record:
    """The record of a document, a function of it and of the `lexicon` of actors, by default the one that ships.

    A text that is surely not English is kept and not analysed; `language`, where the user gave it, decides instead.
    """
    for step in steps(document, language, lexicon):
        if step is not None:
            return step
    raise AssertionError("the last step is the record")


def steps(document: Document, language: str | None = None, lexicon: Lexicon | None = None) -> Iterator[Record | None]:
    """The same step by step: None after each section of a long document, and the record last."""
    run = current_run(lexicon)
    foreign = language if language is not None else surely_not_english(document.text)
    if foreign is not None and foreign != "en":
        note = f"not analysed: the text is in another language than English ({foreign})"
        if language is None:
            note += "; if it is English, say so: language en"
        yield Record(document, run, analysed=False, notes=(note,))
        return
    found: list[Attribution] = []
    claimed: list[Sequence[Proposition]] = []
    named: list[Sequence[Mention]] = []
    stood: list[Sequence[Stance]] = []
    whole = Whole()
    for section in sections(document, own_lexicon(document.text, lexicon or shipped_lexicon())):
        own = attributions(section)
        claims = list(propositions(section, own))
        here = resolve(section, own)
        stands = stances(section, own, claims, here.mentions, here.entities, here.holders)
        claimed.append(packed(claims))
        resolved = whole.take(here)
        named.append(packed(resolved.mentions))
        now = {old.entity: new.entity for old, new in zip(here.mentions, resolved.mentions, strict=True)}
        stood.append(
            packed(
                replace(one, holder=now[one.holder] if one.holder else None, target=now[one.target]) for one in stands
            )
        )
        found.extend(replace(one, holder=resolved.holders.get(one.id)) for one in own)
        yield None
    yield dated_record(
        Record(
            document,
            run,
            tuple(found),
            packed(one for part in claimed for one in part),
            packed(one for part in named for one in part),
            whole.entities(),
            packed(one for part in stood for one in part),
        )
    )
