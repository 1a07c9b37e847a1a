"""Fields that name who speaks, beside fields that hold what is said."""

from __future__ import annotations

from purport.extract.voices.records import records
from purport.read.layout import blocks_of


def told(text: str) -> list[tuple[str, str]]:
    found = records(text, blocks_of(text))
    return [("".join(s.of(text) for s in one.source), one.content[0].of(text)) for one in found]


def test_a_record_is_of_whom_its_field_names() -> None:
    text = (
        "id: 1\nentry: The mine was closed in May.\nsigned_as: Runa Sel\n\n"
        "id: 2\nentry: It was open in June.\nsigned_as: quayside_dot\n"
    )
    assert told(text) == [("Runa Sel", "The mine was closed in May."), ("quayside_dot", "It was open in June.")]


def test_what_a_device_sent_is_its_owners() -> None:
    text = (
        "Device owner: Kai Koll\n\n#1\nDirection  Incoming\nParty      0771 Runa Sel\nBody       The mine is shut.\n\n"
        "#2\nDirection  Outgoing\nParty      0771 Runa Sel\nBody       It was open in June.\n\n"
        "#3\nDirection  Incoming\nParty      number withheld\nBody       The gate is new.\n"
    )
    assert told(text) == [
        ("Runa Sel", "The mine is shut."),
        ("Kai Koll", "It was open in June."),
        ("", "The gate is new."),
    ]


def test_fields_that_hold_no_words_are_no_records() -> None:
    assert told("Witness: Runa Sel\nStatement: first\n\nWitness: Kai Koll\nStatement: second\n") == []
