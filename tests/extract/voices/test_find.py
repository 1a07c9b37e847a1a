"""Whose words the blocks of a text are, by its layout alone."""

from __future__ import annotations

import pytest

from purport import read_text
from purport.extract.voices.find import voices
from purport.model.document import Document
from purport.model.record import Kind
from purport.pipeline import process
from purport.read.files import read_bytes
from tests.ruled import analysed

Told = list[tuple[str, str]]


def told(text: str) -> Told:
    """Who says what, by the layout."""
    return [
        (" … ".join(s.of(text) for s in one.source), " … ".join(s.of(text) for s in one.content))
        for one in voices(analysed(text))
    ]


TURNS = {
    "colons": (
        "Runa Sel: The mine is closed.\n\nKai Koll: It is open.\n\nRuna Sel: Since when?",
        [("Runa Sel", "The mine is closed."), ("Kai Koll", "It is open."), ("Runa Sel", "Since when?")],
    ),
    "times before": (
        "00:00:05 Runa Sel: The mine is closed.\n00:00:09 Kai Koll: It is open.",
        [("Runa Sel", "The mine is closed."), ("Kai Koll", "It is open.")],
    ),
    "times behind, on a line of their own": (
        "Runa Sel  00:05\nThe mine is closed.\n\nKai Koll  00:09\nIt is open.",
        [("Runa Sel", "The mine is closed."), ("Kai Koll", "It is open.")],
    ),
    "chevrons": (
        ">> RUNA SEL: The mine is closed.\n\n>> It is open.\n\n>> RUNA SEL: Who said that?",
        [("RUNA SEL", "The mine is closed."), ("", "It is open."), ("RUNA SEL", "Who said that?")],
    ),
    "honorifics": (
        "  Ms. SEL. The mine is closed.\n\n  Mr. KOLL. It is open.\n\n  Ms. SEL. Since when?",
        [("Ms. SEL", "The mine is closed."), ("Mr. KOLL", "It is open."), ("Ms. SEL", "Since when?")],
    ),
    "dashes": (
        "Runa Sel (Green). – The mine is closed.\n\nKai Koll, rapporteur. – It is open.",
        [("Runa Sel (Green)", "The mine is closed."), ("Kai Koll, rapporteur", "It is open.")],
    ),
    "a record's own lines": (
        (
            "The CHAIR: Order.\n\nMr KOLL: It is open.\n\n"
            "The House divided: Ayes 3, Noes 2.\n\nThe CHAIR: The Noes have it."
        ),
        [("The CHAIR", "Order."), ("Mr KOLL", "It is open."), ("The CHAIR", "The Noes have it.")],
    ),
    "stage directions": (
        "SEL: It is open. [Applause.] We saw it.\n\n(COMMERCIAL BREAK)\n\nKOLL: Nobody did.\n\nSEL: We did.",
        [("SEL", "It is open. … We saw it."), ("KOLL", "Nobody did."), ("SEL", "We did.")],
    ),
    "initials with a key": (
        (
            "Interviewee: Runa Sel (RS)\nInterviewer: Kai Koll (KK)\n\nKK: Was it open?\n\n"
            "RS: It was.\n\nKK: Who saw it?"
        ),
        [("Kai Koll", "Was it open?"), ("Runa Sel", "It was."), ("Kai Koll", "Who saw it?")],
    ),
    "a court": (
        "RUNA SEL,\ncalled as a witness, was examined as follows:\n\nBY MR. KOLL:\n\nQ. Was it open?\n\nA. It was.",
        [("MR. KOLL", "Was it open?"), ("RUNA SEL", "It was.")],
    ),
    "a chat": (
        (
            "02/03/2031, 21:55 - Kai Koll created group\n02/03/2031, 21:57 - Runa Sel: It is open.\n"
            "02/03/2031, 22:01 - Kai Koll: <Media omitted>\n02/03/2031, 22:03 - Kai Koll: It is shut."
        ),
        [("Runa Sel", "It is open."), ("Kai Koll", "It is shut.")],
    ),
    "a shape that recurs": (
        "Sel ¦ The mine is closed.\nKoll ¦ It is open.\nSel ¦ Since when?\nKoll ¦ Since May.",
        [("Sel", "The mine is closed."), ("Koll", "It is open."), ("Sel", "Since when?"), ("Koll", "Since May.")],
    ),
    "a label that is not understood": (
        "Runa Sel: It is open.\n\nKai Koll: It is shut.\n\n??: It was sold.\n\nRuna Sel: Never.",
        [("Runa Sel", "It is open."), ("Kai Koll", "It is shut."), ("", "It was sold."), ("Runa Sel", "Never.")],
    ),
}
OTHERS = {
    "a quotation that is set in": (
        (
            "In a letter Runa Sel wrote:\n\n    The mine was never closed.\n\n"
            "    Nobody was hurt.\n\nThe union read it out."
        ),
        [("Runa Sel", "The mine was never closed. … Nobody was hurt.")],
    ),
    "a quotation that is signed": (
        (
            "There were two answers.\n\n    The mine was never closed.\n"
            "                - Runa Sel, miner\n\nThe union read it."
        ),
        [("Runa Sel", "The mine was never closed.")],
    ),
    "a mail": (
        (
            "I saw it.\n\nOn Mon, Mar 2, 2031 at 9:12 AM, Kai Koll <k@example.org> wrote:\n"
            "> The gate was shut.\n> I shut it.\n\n"
            "You did not."
        ),
        [("Kai Koll", "The gate was shut. … I shut it.")],
    ),
    "a mail's header, in German": (
        (
            "I saw it.\n\nVon: Kai Koll <k@example.org>\n"
            "Gesendet: Montag, 3. März 2031 18:22\nAn: Runa Sel\nBetreff: Tor\n\n"
            "The gate was shut."
        ),
        [("Kai Koll", "The gate was shut.")],
    ),
    "a statement": (
        (
            "Military communiqué No. 7 of the General Staff of Velmark\n\n"
            "The enemy attacked at night.\n\nThe attack was repelled."
        ),
        [("the General Staff of Velmark", "The enemy attacked at night. … The attack was repelled.")],
    ),
    "a statement in full": (
        (
            "The mine was shut. Nobody knows why.\n\n"
            "The full statement of the Miners' Union follows:\n\nThe owner sold the pumps.\n\n"
            "END OF STATEMENT\n\nThe owner left in May."
        ),
        [("the Miners' Union", "The owner sold the pumps.")],
    ),
    "a fact-check": (
        "CLAIM: The mine was sold at night.\n\nVERDICT: False. The mine was never sold.",
        [("", "The mine was sold at night.")],
    ),
    "names below": (
        (
            "Three people wrote to us.\n\nThe mine was never shut at all, and I was there.\n\nRuna Sel, 34, miner\n\n"
            "The gate was shut on Monday and on Friday.\n\nAda Koll, 61, clerk\n\n"
            "Nobody ever told me that it was sold.\n\n"
            "Ines Brandt, 19, pupil"
        ),
        [
            ("Runa Sel", "The mine was never shut at all, and I was there."),
            ("Ada Koll", "The gate was shut on Monday and on Friday."),
            ("Ines Brandt", "Nobody ever told me that it was sold."),
        ],
    ),
    "fields": (
        (
            "segments:\n  - start: 1\n    speaker: Runa Sel\n    text: The mine was sold.\n"
            "  - start: 2\n    speaker: Kai Koll\n"
            "    text: It was not."
        ),
        [("Runa Sel", "The mine was sold."), ("Kai Koll", "It was not.")],
    ),
    "dialogue without names": (
        "Our reporter met him.\n\n— Was it open?\n\n— It was shut.\n\n— Who shut it?\n\n— My brother did.",
        [("", "Was it open?"), ("", "It was shut."), ("", "Who shut it?"), ("", "My brother did.")],
    ),
}


@pytest.mark.parametrize("name", TURNS)
def test_turns(name: str) -> None:
    text, expected = TURNS[name]
    assert said(text) == expected


@pytest.mark.parametrize("name", OTHERS)
def test_other_layouts(name: str) -> None:
    text, expected = OTHERS[name]
    assert said(text) == expected


def said(text: str) -> Told:
    """Who says what, white space and the marks of quotations apart."""
    return [(who, " ".join(words.replace("\n> ", " … ").split())) for who, words in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Background: The mine was closed.\n\nFindings: It is flooded.",
        "The mine was closed in May. Nobody was hurt, the owner said.\n\nThe union rejected the report.",
        "First: The mine must open. Second: The owner must pay.",
        "RADIO ORRIN\n\nThe mine was closed in May.\n\nBy Runa Sel\n\nThe gate is shut.",
        "Minister: the mine is closed\n\nThe mine was closed on Monday.",
        "1. The mine\n\n2. The gate\n\n3. The pump",
        "Q.\n\nA.",
    ],
)
def test_what_is_the_texts_own(text: str) -> None:
    assert told(text) == []


def test_a_block_is_an_attribution_that_holds_what_is_said_in_it() -> None:
    record = read_text("Runa Sel: The union says the mine is shut.\n\nKai Koll: Is it?\n\nRuna Sel: No.", language="en")
    first, inner, second, third = record.attributions
    assert [one.kind for one in (first, second, third)] == [Kind.BLOCK] * 3
    assert [one.act for one in (first, second, third)] == ["assert", "ask", "assert"]
    assert (inner.inside, record.text(inner.source)) == (first.id, "The union")
    assert inner.id in {one.voucher for one in record.propositions}


@pytest.mark.parametrize(
    "words, name",
    [("We shut the gate.", "Runa Sel"), ("You shut the gate.", "Kai Koll"), ("I shut the gate.", "Runa Sel")],
)
def test_in_a_turn_pronouns_are_who_speaks_and_who_is_spoken_to(words: str, name: str) -> None:
    record = read_text(f"Runa Sel: {words}\n\nKai Koll: Did it rain?\n\nRuna Sel: It did.", language="en")
    pronoun = words.split()[0]
    [mention] = [one for one in record.mentions if record.text((one.span,)) == pronoun]
    [entity] = [one for one in record.entities if one.id == mention.entity]
    assert entity.name == name


def test_statements_one_behind_the_other_are_each_their_own() -> None:
    text = (
        "BUNDLE C\n\nFirst witness statement of Runa Sel\n\n1.  I saw the mine.\n\n2.  It was closed in May.\n\n"
        "First witness statement of Kai Koll\n\n1.  I was not there.\n"
    )
    assert told(text) == [
        ("Runa Sel", "I saw the mine. … It was closed in May."),
        ("Kai Koll", "I was not there."),
    ]


def test_a_diary_is_whose_its_title_says_and_remarks_in_it_are_the_editors() -> None:
    text = (
        "FROM THE DIARY OF RUNA SEL\nSmith of Orrin, edited by Kai Koll\n\n4 May\n\nI saw the mine. It is shut.\n\n"
        "[The mine was shut in June. K.K.]\n\n5 May\n\nNobody asked me.\n\n[She was asked twice. K.K.]\n"
    )
    assert ("Kai Koll", "The mine was shut in June.") in told(text)
    assert ("RUNA SEL", "I saw the mine. It is shut. … Nobody asked me.") in told(text)


def test_a_table_of_parties_names_those_on_its_sides() -> None:
    text = (
        "| Runa Sel | Applicant |\n|---|---|\n| Orrin Estates | Respondent |\n\n# Items\n\n"
        "| No. | Applicant | Respondent |\n|---|---|---|\n| 1 | The mine is shut in May. | It was never shut. |\n"
        "| 2 | The gate is old. | The gate is new. |\n"
    )
    document = next(iter(read_bytes(text.encode(), "x.md")))
    assert isinstance(document, Document)
    record = process(document)
    found = {record.text(one.content): record.text(one.source) for one in record.attributions if one.kind is Kind.BLOCK}
    assert found["It was never shut."] == "Orrin Estates"


def test_who_writes_to_whom_says_what_is_set_in_below() -> None:
    record = read_text("Runa Sel to the Warden of Quillan:\n\n> Return the bells by Sunday.\n", language="en")
    (one,) = (one for one in record.attributions if one.kind is Kind.BLOCK)
    assert (record.text(one.source), one.act) == ("Runa Sel", "demand")


def test_the_title_of_a_statement_tells_who_issues_it_and_what_it_does() -> None:
    text = "STATEMENT OF THE LAKE LEAGUE CONDEMNING THE SHELLING OF OSK\n\nThe League will not forget the attack.\n"
    record = read_text(text, language="en")
    (one,) = (one for one in record.attributions if one.kind is Kind.BLOCK)
    assert (record.text(one.source), one.act) == ("THE LAKE LEAGUE", "criticise")


@pytest.mark.parametrize("field", ["Made by: Senator Bryle", "Speaker: Senator Bryle, deputy leader"])
def test_who_made_a_claim_that_is_checked_is_told_by_a_field(field: str) -> None:
    record = read_text(f"Claim: The board burned the bonds.\n{field}\nRating: False\n", language="en")
    (one,) = (one for one in record.attributions if one.kind is Kind.BLOCK)
    assert record.text(one.source) == "Senator Bryle"


@pytest.mark.parametrize(
    "line, source",
    [
        ("According to Runa Sel:", "Runa Sel"),
        ("The Council of Osk to the Warden:", "The Council of Osk"),
        ("Letter to the Editor:", ""),
        ("Next to Quillan:", ""),
    ],
)
def test_only_a_name_before_to_is_who_writes(line: str, source: str) -> None:
    record = read_text(f"{line}\n\n> Return the bells by Sunday.\n", language="en")
    (one,) = (one for one in record.attributions if one.kind is Kind.BLOCK)
    assert record.text(one.source) == source
