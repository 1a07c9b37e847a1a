"""Mentions of a document and whom they name: chains that were learned, mended by what names and lexicons tell for sure
(`purport.resolve.document.clusters`), and what is told of each whom they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from purport.lexicons.classes import words_of
from purport.lexicons.titles import titles
from purport.model.analysis import Analysis
from purport.model.lexicon import ActorRow
from purport.model.record import Attribution, Entity, Mention, Naming, hash_id
from purport.resolve.document.candidates import person_of
from purport.resolve.document.clusters import Joined, Sets, set_of, within
from purport.resolve.document.coreference import Named, linked, mentions
from purport.resolve.document.learned import join_learned
from purport.resolve.document.names import acronym, bare, read_name, state_of
from purport.resolve.document.nodes import Node, node_of, settle, type_of, weigh
from purport.resolve.document.release import issuers
from purport.resolve.document.roles import join_roles
from purport.resolve.document.running import Running
from purport.resolve.document.same_name import join_names
from purport.resolve.document.signed import REASON, signatory, written
from purport.resolve.document.speakers import Places, issuer_of, speakers_of, turns_of
from purport.resolve.document.told_types import refined
from purport.resolve.document.trimming import trim
from purport.runtime.packed import packed
from purport.syntax import relations as rel


@dataclass(frozen=True, slots=True)
class Resolved:
    """The mentions and entities of a document, or of a section of a long one; and for each attribution's id the id of
    the entity that is its source."""

    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)


class Whole:
    """The sections of a long document together: what bears the same name in two of them is one."""

    def __init__(self) -> None:
        self._entities: dict[str, Entity] = {}
        self._unnamed: list[Sequence[Entity]] = []
        self._by_name: dict[tuple[str, str], str] = {}

    def take(self, section: Resolved) -> Resolved:
        """The next section, with the ids that its entities have in the whole."""
        now: dict[str, str] = {}
        self._unnamed.append(packed(one for one in section.entities if not one.name))
        for one in section.entities:
            key = (one.type, one.known or one.name.lower())
            first = self._by_name.setdefault(key, one.id) if one.name else one.id
            now[one.id] = first
            if not one.name:
                continue
            before = self._entities.get(first)
            if before is None:
                self._entities[first] = one
            else:
                self._entities[first] = replace(before, names=tuple(dict.fromkeys((*before.names, *one.names))))
        return Resolved(
            tuple(replace(one, entity=now[one.entity]) for one in section.mentions),
            section.entities,
            {name: now[entity] for name, entity in section.holders.items()},
        )

    def entities(self) -> Sequence[Entity]:
        """All entities: those with a name in the order in which they are named first, then the others."""
        return packed((*self._entities.values(), *(one for part in self._unnamed for one in part)))


def resolve(analysis: Analysis, attributions: Sequence[Attribution]) -> Resolved:
    """Whom a document, or a section of one, names where.

    Nothing where no ranker is at hand. A function of its arguments alone.
    """
    found, nodes, sets, holders = _grouped(analysis, attributions)
    text = analysis.document.text
    cues = {one.id: " ".join(span.of(text) for span in one.cue).lower() for one in attributions if one.id in holders}
    reporting = {holders[name] for name, cue in cues.items() if cue in ("report", "reports", "reported")}
    return _made(analysis, found, nodes, sets, holders, reporting)


def chained(analysis: Analysis, attributions: Sequence[Attribution]) -> list[list[Named]]:
    """The mentions that name the same, also those of things that are no actors; for measuring."""
    found, _, sets, _ = _grouped(analysis, attributions)
    return [[found[number] for number in sorted(one.members)] for one in sets.all()]


def _grouped(
    analysis: Analysis, attributions: Sequence[Attribution]
) -> tuple[list[Named], list[Node], Sets, dict[str, int]]:
    found = mentions(analysis)
    links = linked(analysis, found)
    nodes = [node_of(analysis, number, one) for number, one in enumerate(found)]
    asked = [span for one in attributions for span in one.source]
    trim(analysis, nodes, asked, list(issuers(analysis.document)))
    weigh(analysis, nodes, [one.candidate.first for one in found])
    whole = settle(analysis, nodes)
    at_head: dict[int, list[int]] = {}
    for number, mention in enumerate(found):
        if not mention.candidate.group:
            at_head.setdefault(mention.candidate.head, []).append(number)
    inside = within(analysis, nodes)
    sets = Sets([set_of(analysis, node, found[node.number].candidate, at_head, inside[node.number]) for node in nodes])
    places_ = Places(nodes)
    holders = {one.id: place for one in attributions if (place := places_.holder(analysis, one)) is not None}
    join_names(analysis, nodes, sets, whole)
    join_roles(analysis, found, nodes, sets)
    speakers = speakers_of(attributions, places_, holders)
    own = written(analysis, nodes, sets, speakers)
    told = turns_of(attributions, holders, sets)
    running = Running(analysis, nodes, attributions, holders)
    join_learned(analysis, found, links, nodes, sets, speakers, issuer_of(analysis, places_), own, told, running)
    return found, nodes, sets, holders


def _made(
    analysis: Analysis,
    found: Sequence[Named],
    nodes: Sequence[Node],
    sets: Sets,
    sources: Mapping[str, int],
    reporting: Set[int],
) -> Resolved:
    asked = set(sources.values())
    longer = {
        node.name.core[-1]
        for node in nodes
        if node.type == "organisation" and node.name is not None and "of" in node.name.core[1:-1]
    }
    bare = {
        node.number for node in nodes if node.piece or (node.name is not None and _part_of_name(analysis, node, longer))
    }
    kept: list[Mention] = []
    entities: list[Entity] = []
    by_mention: dict[int, str] = {}
    for one in sets.all():
        members = [nodes[number] for number in sorted(one.members) if number not in bare]
        if not members:
            continue
        entity = _entity(analysis, found, members, one, reports=not reporting.isdisjoint(one.members))
        wanted = any(node.number in asked for node in members)
        named = any(node.name is not None for node in members)
        if not (wanted or named or (entity.type != "other") or len(members) > 1):
            continue
        entities.append(entity)
        for node in members:
            by_mention[node.number] = entity.id
            kept.append(
                Mention(
                    node.span,
                    node.naming,
                    entity.id,
                    node.reason or "the first of its kind",
                    round(node.confidence, 4),
                    node.name.tone if node.name is not None else "",
                )
            )
    kept.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    held = {name: by_mention[number] for name, number in sources.items() if number in by_mention}
    return Resolved(tuple(kept), tuple(entities), held)


def _part_of_name(analysis: Analysis, node: Node, longer: Set[str]) -> bool:
    """Whether it is but a part of a name: "Prime Minister" or "Mara" in "Prime Minister Mara Denk", "Nations" in "the
    Concord of Nations", where `longer` has the last words of bodies' names like that."""
    head = analysis.tokens[node.head]
    if head.dep == rel.POBJ and head.tag == "NNPS" and node.words in longer and node.name and node.name.row is None:
        return analysis.tokens[head.head].lemma == "of"
    if head.dep != rel.COMPOUND or node.words in analysis.lexicon.defined.letters.values():
        return False
    part = analysis.tokens[head.head].pos == "PROPN" and node.name is not None and node.name.row is None
    return part or " ".join(node.words.split()).lower() in titles()


def _entity(
    analysis: Analysis, found: Sequence[Named], members: Sequence[Node], own: Joined, *, reports: bool
) -> Entity:
    rows = [node.name.row for node in members if node.name is not None and node.name.row is not None]
    names = tuple(dict.fromkeys(_shown(node) for node in members if node.naming is not Naming.PRONOUN))
    name = entity_id = ""
    row: ActorRow | None = rows[0] if rows else None
    spans = [node.span for node in members]
    entity_id = hash_id("entity", (analysis.document.id, f"{spans[0].start}-{spans[0].end}"))
    neutral = next((node.name.neutral for node in members if node.name is not None and node.name.neutral), "")
    if row is not None:
        return Entity(entity_id, row.name, row.type, names, row.name, "", row.held)
    spoken = [node for node in members if node.naming is not Naming.PRONOUN]
    spoken = [node for node in spoken if node.name is None or not acronym(node.name)] or spoken
    type_ = type_of(node.weights for node in spoken) if spoken else "other"
    # A pronoun tells a person, but of a name that is surely a body's or a place's it was linked by mistake.
    spoken_for = own.genders & {"m", "f"} or any(person_of(node.words) in ("i", "he", "she") for node in members)
    if spoken_for and not (type_ != "other" and any(node.sure and node.name is not None for node in spoken)):
        type_ = "person"
    others = analysis.lexicon.defined.other
    cores = [node.name.core for node in members if node.name is not None and node.name.core]
    cores = [core for core in cores if " ".join(core) not in others] or cores
    if cores:
        name = neutral or " ".join(_fullest(cores))
    elif any(node.reason == REASON for node in members):
        name = signatory(analysis.document)
    elif (body := _of_a_leader(members)) and not spoken_for:
        name, type_ = body, "organisation"
    elif type_ == "person":
        type_ = "role"
    type_ = refined(type_, name, reports=reports)
    of = next((state.name for node in members if (state := _belongs(analysis, found[node.number])) is not None), "")
    return Entity(entity_id, name, type_, names, "", of)


def _fullest(cores: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Of the names of one the one of several words that most of the others end with, of equal ones the longest: what
    stands before it once is rather a description ("nominee Mara Denk")."""
    several = [core for core in dict.fromkeys(cores) if len(core) > 1] or list(dict.fromkeys(cores))
    return max(several, key=lambda core: (sum(one[-len(core) :] == core for one in cores), len(core)))


def _of_a_leader(members: Sequence[Node]) -> str:
    """The name of a body that is called by whom it is of: "Denk campaign" in "the Denk campaign"."""
    for node in members:
        words = [word.removesuffix("'s").removesuffix("’s") for word in bare(node.words.split())]
        named = words[0][:1].isupper() and words[0].lower() not in words_of("small words in names") if words else False
        if named and 1 < len(words) < _FOUR and words[-1] in _OF_LEADERS and words[-2][:1].isupper():
            return " ".join(words)
    return ""


_OF_LEADERS = frozenset({"campaign", "administration"})
_FOUR = 4


def _shown(node: Node) -> str:
    return " ".join(node.words.split())


def _belongs(analysis: Analysis, one: Named) -> ActorRow | None:
    """The state that a description says somebody is of ("Iranian officials", "the US army", "officials in Tehran")."""
    candidate = one.candidate
    for index in range(candidate.first, candidate.head):
        token = analysis.tokens[index]
        if token.head != candidate.head or token.dep not in (rel.AMOD, rel.COMPOUND, rel.POSS, rel.NMOD):
            continue
        word = analysis.word(index)
        row = state_of(word, analysis.lexicon) or read_name([word], analysis.lexicon).row
        if row is not None and row.type in ("state", "place", "people"):
            return row
    return None
