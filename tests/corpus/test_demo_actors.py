"""Who is who in the bundled demo, read without a table of actors: each once, and nothing else."""

from __future__ import annotations

from pathlib import Path

import purport

STATES_AND_PLACES = {
    "Velmark", "Ardania", "Hesperin", "Halvenna", "Abelund", "Skerrin", "Lower Orrin", "Tamsin", "Sorrel", "Greywater",
    "Ridge",
}  # fmt: skip
PERSONS = {
    "Aurel Stavik", "Mara Denk", "Ilian Denk", "Nadia Koll", "Kai Koll", "Émile Corvane", "Bram Tessel", "Hollan Reth",
    "Petra Valk", "Jory Pell", "Fenn Arlo", "Zoé Márkes", "Hanne Brock", "Ister Crole", "Runa Sel",
}  # fmt: skip
BODIES = {
    "Hill Guard", "Concord of Nations", "Third Brigade", "Skerrin Lantern", "Ardinform", "Halyard Wire",
    "Ministry of Defence of Velmark", "Ministry of Information of Ardania", "Ministry of Water of Velmark",
}  # fmt: skip
OPEN = {"Denk", "Guard", "Ministry of Information"}
"""Names that stand in documents that do not say whose they are: two ministers are called Denk, and who only says "the
Guard" or "the Ministry" names nobody beside it. They are left to people ("Same actor?")."""


def test_each_country_person_and_body_is_there_once_and_nothing_else(example_store: Path) -> None:
    with purport.open(example_store) as corpus:
        found = [(row.name, row.type) for row in corpus.actors()]
        offered = {frozenset((pair.one.name, pair.other.name)) for pair in corpus.candidates()}
    names = [name for name, _ in found]
    assert sorted(names) == sorted(STATES_AND_PLACES | PERSONS | BODIES | OPEN)
    types = dict(found)
    assert {types[name] for name in STATES_AND_PLACES} <= {"place", "state"}
    assert {types[name] for name in PERSONS} == {"person"}
    assert {types[name] for name in BODIES} <= {"organisation", "government", "outlet", "armed group"}
    assert {frozenset(("Mara Denk", "Denk")), frozenset(("Guard", "Hill Guard"))} <= offered
