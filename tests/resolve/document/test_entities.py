from __future__ import annotations

import os
import subprocess
import sys

import pytest

import purport
from purport import Record
from purport.model.record import Entity, Mention, Naming
from purport.model.vocabulary import TYPES


def entity(record: Record, words: str, nth: int = 0) -> Entity:
    """Whom the nth mention with these words names."""
    text = record.document.text
    fitting = [one for one in record.mentions if one.span.of(text) == words]
    by_id = {one.id: one for one in record.entities}
    return by_id[fitting[nth].entity]


def mention(record: Record, words: str) -> Mention:
    return next(one for one in record.mentions if one.span.of(record.document.text) == words)


SPEECH = """Prime Minister Mara Denk of Velmark said on Monday that the dam was safe. Denk, who took office in 2029,
said she would publish the logs. Her rival Hollan Reth told the Lantern: "I have seen the logs myself." He denied
that he had opened the gate. “We are not afraid,” Mr. Reth added."""


@pytest.fixture(scope="module")
def record() -> Record:
    return purport.read_text(SPEECH, language="en")


def test_a_person_is_one_whatever_the_name(record: Record) -> None:
    denk = entity(record, "Denk")
    assert denk.type == "person"
    assert denk.name == "Mara Denk"
    assert entity(record, "she") == denk
    assert entity(record, "Her") == denk
    assert entity(record, "Mr. Reth").id == entity(record, "He").id != denk.id


def test_the_first_person_in_a_quotation_is_who_says_it(record: Record) -> None:
    assert entity(record, "I").name == "Hollan Reth"
    assert mention(record, "I").reason.startswith("first person")


def test_sources_lead_to_entities(record: Record) -> None:
    by_id = {one.id: one for one in record.entities}
    held = {record.text(one.source): by_id[one.holder].name for one in record.attributions if one.holder}
    assert held["Denk, who took office in 2029,"] == "Mara Denk"
    assert held["He"] == held["Mr. Reth"] == "Hollan Reth"


def test_every_link_has_a_reason_and_every_entity_a_type(record: Record) -> None:
    ids = {one.id for one in record.entities}
    assert all(one.reason and 0 <= one.confidence <= 1 and one.entity in ids for one in record.mentions)
    assert all(one.type in TYPES for one in record.entities)
    assert {one.naming for one in record.mentions} == set(Naming)


def test_two_of_one_surname_stay_two() -> None:
    record = purport.read_text(
        "Mara Denk spoke in Abelund. Her brother Orlo Denk stayed at home. Mara Denk returned, and Orlo Denk left.",
        language="en",
    )
    assert entity(record, "Mara Denk", 1) == entity(record, "Mara Denk")
    assert entity(record, "Orlo Denk", 1).id != entity(record, "Mara Denk").id


def test_officials_are_apart_from_their_state() -> None:
    record = purport.read_text(
        "Iranian officials rejected the report. Iran said that it would answer. The Islamic Republic waited.",
        language="en",
    )
    state, officials = entity(record, "Iran"), entity(record, "Iranian officials")
    assert (state.type, state.known) == ("state", "Iran")
    assert entity(record, "The Islamic Republic") == state
    assert officials.id != state.id
    assert (officials.name, officials.of) == ("", "Iran")


def test_a_name_that_takes_a_side_is_kept_and_marked() -> None:
    record = purport.read_text("The Zionist regime fired. Israel denied it.", language="en")
    assert entity(record, "The Zionist regime") == entity(record, "Israel")
    assert mention(record, "The Zionist regime").tone == "hostile"
    assert mention(record, "Israel").tone == ""


def test_what_is_coordinated_is_two_and_both() -> None:
    record = purport.read_text(f"{SPEECH}\n\nDenk and Reth met in Skerrin. Denk smiled. Reth left.", language="en")
    text = record.document.text
    both = {one.entity for one in record.mentions if one.span.of(text) == "Denk and Reth"}
    each = {entity(record, name).id for name in ("Denk", "Reth")}
    assert len(each) == 2
    assert both.isdisjoint(each)


def test_a_long_document_has_one_entity_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    from purport.analyse.parser import english

    monkeypatch.setattr(english, "SECTION", 300)
    text = "\n\n".join(f"Hollan Reth said on day {n} that Velmark was at peace. He left." for n in range(20))
    record = purport.read_text(text, language="en")
    assert len({one.entity for one in record.mentions if one.span.of(text) == "Hollan Reth"}) == 1
    ids = {one.id for one in record.entities}
    assert {one.entity for one in record.mentions} == ids
    assert {one.holder for one in record.attributions} - {None} <= ids


def test_nothing_hangs_on_the_order_of_hashes() -> None:
    code = f"import purport; from purport.model import codec; print(codec.digest(purport.read_text({SPEECH!r})))"
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_a_label_of_who_answers_is_nobody_who_is_named_beside_it() -> None:
    record = purport.read_text("Q: Which Denk?\n\nA: Mara Denk. I asked her, and she said that it was so.\n")
    words = {one.id: set[str]() for one in record.entities}
    for mention in record.mentions:
        words[mention.entity].add(mention.span.of(record.document.text))
    for named in words.values():
        assert not (named & {"A", "Q"} and named & {"Mara Denk", "Which Denk", "her", "she"}), named


@pytest.mark.parametrize(
    "who",
    ["The prime minister of Iceland", "An engineer of Iceland", "The government of Iceland", "The people of Iceland",
     "Officers of Iceland", "The farmers of Iceland"],
)  # fmt: skip
def test_who_is_of_a_state_is_not_the_state(who: str) -> None:
    record = purport.read_text(f"{who} said that the bridge was open. Iceland was far away.", language="en")
    assert entity(record, "Iceland", -1).name == "Iceland"
    assert entity(record, who).id != entity(record, "Iceland", -1).id
    assert record.attributions[0].holder == entity(record, who).id


@pytest.mark.parametrize("who, state", [("The Islamic Republic", "Iran"), ("The regime in Kyiv", "Ukraine")])
def test_a_name_in_small_letters_is_one_all_the_same(who: str, state: str) -> None:
    record = purport.read_text(f"{who} said that the bridge was open.", language="en")
    assert entity(record, who).name == state


RELEASE = """Ministry of Defence of Velmark
Press release

We condemn the shelling of Orrin. Our position is known, and we call on Ardania to stop. Minister Mara Denk said: "We
will not leave Orrin." A resident, Hollan Reth, told reporters: "They left us alone."
"""


def test_a_release_speaks_for_whom_it_is_issued_by() -> None:
    record = purport.read_text(RELEASE, language="en")
    assert entity(record, "We").name.startswith("Ministry of Defence")
    assert entity(record, "Our").id == entity(record, "We").id == entity(record, "we").id
    assert mention(record, "We").reason == "first person: who says it"
    assert entity(record, "They").id != entity(record, "We").id
    story = purport.read_text(RELEASE.partition("\n\n")[2], language="en")
    assert all(one.reason != "first person of a release: who issues it" for one in story.mentions)


def test_some_of_a_group_are_not_the_group() -> None:
    record = purport.read_text(
        "The Republicans met on Monday. Some Republicans said that the dam was unsafe.", language="en"
    )
    assert entity(record, "Some Republicans").id != entity(record, "The Republicans").id


def test_when_it_was_said_is_not_who_said_it() -> None:
    record = purport.read_text("The dam is safe. Mara Denk this week said that it would hold.", language="en")
    by_id = {one.id: one.name for one in record.entities}
    assert [by_id[one.holder] for one in record.attributions if one.holder] == ["Mara Denk"]


def test_an_office_before_a_name_makes_it_a_person() -> None:
    record = purport.read_text("Minister Denk left early. Nobody else had seen Minister Denk.", language="en")
    assert entity(record, "Minister Denk").type == "person"


@pytest.mark.parametrize(
    "text, name, type_",
    [
        ("Prime Minister Mara Denk of Velmark spoke.", "Velmark", "place"),
        ("The government of Velmark was silent.", "Velmark", "place"),
        ("The newspaper Velmark has a new owner.", "Velmark", "organisation"),
        ("The Ministry of Defence was silent.", "The Ministry of Defence", "government"),
        ("The Sorrel Relief Fund (SRF) asked for boats. SRF waited.", "SRF", "organisation"),
        ("Nobody saw the SRF on Monday.", "the SRF", "organisation"),
    ],
)
def test_what_stands_with_a_name_tells_what_it_is(text: str, name: str, type_: str) -> None:
    assert entity(purport.read_text(text, language="en"), name).type == type_


def test_we_of_somebody_is_no_body_that_is_merely_named_before() -> None:
    text = SPEECH.replace("We are not afraid", "We keep our gates, and our gates keep us")
    record = purport.read_text(text, language="en")
    lantern = entity(record, "the Lantern")
    assert lantern.type == "organisation"
    assert lantern.id not in {one.entity for one in record.mentions if one.span.of(text) in ("We", "our", "us")}


@pytest.mark.parametrize(
    "text, letters, whole",
    [
        ("The government of South Sorrel fell. The SS burned the mill.", "The SS", "South Sorrel"),
        ("East Harrow closed its border. The EH bombed two mills.", "The EH", "East Harrow"),
        ("Rana Pell left Skerrin. The RP is a party of fishers.", "The RP", "Rana Pell"),
        (
            "The Velmark National Army fought the Valley National Alliance (VNA). The VNA said the bridge was closed.",
            "The VNA",
            "The Velmark National Army",
        ),
    ],
)
def test_letters_stand_for_nobody_who_merely_begins_so(text: str, letters: str, whole: str) -> None:
    record = purport.read_text(text, language="en")
    assert entity(record, letters).id != entity(record, whole).id


def test_letters_in_parentheses_stand_for_the_name_before_them() -> None:
    record = purport.read_text(
        "The Velmark National Army fought the Valley National Alliance (VNA). The VNA said the bridge was closed.",
        language="en",
    )
    assert entity(record, "The VNA").name == "Valley National Alliance"


@pytest.mark.parametrize(
    "text, name, type_",
    [
        ("The regime of Hollan Reth fell on Monday. Hollan Reth fled to Skerrin.", "Hollan Reth", "person"),
        ("Mara Pell met reporters. The MP said that it was late.", "The MP", "person"),
        ("DENK MET RETH IN SKERRIN. RETH SAID THE GATE WAS CLOSED.", "RETH", "person"),
    ],
)
def test_who_is_of_something_is_taken_for_no_place_or_body_by_a_rule(text: str, name: str, type_: str) -> None:
    found = entity(purport.read_text(text, language="en"), name).type
    assert found in (type_, "role", "other")


def test_a_state_in_the_plural_is_named_where_its_minister_is() -> None:
    text = "The Prime Minister of Skerries resigned. Later Skerries joined the pact."
    record = purport.read_text(text, language="en")
    assert len([one for one in record.mentions if one.span.of(text) == "Skerries"]) == 2


def test_the_second_is_somebody() -> None:
    text = (
        "Two witnesses spoke. The first, from the Hill Guard, said the gate was open. The second, from the Sorrel "
        "Relief Fund, said that it was closed."
    )
    record = purport.read_text(text, language="en")
    fund = entity(record, "the Sorrel Relief Fund").id
    assert fund not in {one.holder for one in record.attributions}


@pytest.mark.parametrize(
    "text",
    [
        "Minister Mara Denk spoke. The minister left. Velmark's prime minister, Petra Valk, was counting seed.",
        "Mara Denk spoke. The minister left. Petra Valk, the prime minister of Velmark, claimed to be counting seed.",
    ],
)
def test_an_office_in_apposition_is_who_is_named_beside_it(text: str) -> None:
    record = purport.read_text(text, language="en")
    office = next(one for one in record.mentions if "prime minister" in one.span.of(text))
    assert office.entity == entity(record, "Petra Valk").id != entity(record, "The minister").id


def test_the_other_is_not_the_one() -> None:
    text = "Ilian Denk, the minister of water, spoke. The other Denk was in Halvenna. Another minister left."
    record = purport.read_text(text, language="en")
    ilian = entity(record, "Ilian Denk").id
    assert ilian not in {
        one.entity for one in record.mentions if one.span.of(text) in ("The other Denk", "Another minister")
    }


@pytest.mark.parametrize(
    "text",
    [
        "Mara Denk governs Velmark. I think that the dam is safe, and I said so at the hearing.",
        "The town liked Hollan Reth. We believe that his plan was sound.",
        "Mara Denk won. As I have said before, the count was fair. A guest of the mayor cheered.",
    ],
)
def test_who_speaks_in_nobody_s_told_words_is_not_whoever_was_talked_about(text: str) -> None:
    record = purport.read_text(text, language="en")
    word = "We" if "We" in text else "I"
    assert not entity(record, word).name


def test_they_are_not_one_person_who_has_a_name() -> None:
    record = purport.read_text(
        "Hollan Reth met the drivers at the quay. They said that the gate was shut.", language="en"
    )
    assert entity(record, "They").name != "Hollan Reth"


def test_who_says_something_of_himself_is_who_says_it() -> None:
    text = "Emil Strand runs a show that Hollan Reth once ran. Mr. Reth left in May. He said he knew nothing of it."
    record = purport.read_text(text, language="en")
    assert entity(record, "he") == entity(record, "He")


def test_two_kinds_of_apostrophes_make_one_name() -> None:
    text = "The harbour master, James O’Dell, was there. “It sank,” said O'Dell on Monday."
    record = purport.read_text(text, language="en")
    assert entity(record, "O'Dell").name == "James O’Dell"


def test_a_surname_that_comes_first_is_of_the_whole_name() -> None:
    text = "Ban Do-yun, the envoy, landed in Velmark. Mr. Ban said that he would stay."
    record = purport.read_text(text, language="en")
    assert entity(record, "Mr. Ban").name == "Ban Do-yun"
    assert entity(record, "he").name == "Ban Do-yun"


def test_forms_of_address_and_roles_in_capitals_are_no_names() -> None:
    text = "THE WITNESS: I saw the ferry, Your Honor. My Lords will know that it sank.\n\nTHE WITNESS: I did."
    record = purport.read_text(text, language="en")
    assert not [one.name for one in record.entities if one.name]


def test_what_somebody_wrote_leads_to_who_wrote_it() -> None:
    text = "Mara Denk wrote in May. Denk's letter says that the dam is safe."
    record = purport.read_text(text, language="en")
    by_id = {one.id: one for one in record.entities}
    held = {
        by_id[one.holder].name
        for one in record.attributions
        if one.holder and record.text(one.source) == "Denk's letter"
    }
    assert held == {"Mara Denk"}


@pytest.mark.parametrize(
    "text, words, type_",
    [
        ("The Mara Observer found that one in four homes is empty.", "The Mara Observer", "outlet"),
        ("Aides said that the Kest administration had set the goals for the coast.", "Kest", "person"),
        ("The ORPD arrested two men on the quay.", "The ORPD", "government"),
        (
            "The 1951 Ferry Convention, which most lands signed, binds them.",
            "The 1951 Ferry Convention",
            "document",
        ),
        (
            "Officials fear the Senate Subcommittee on Dams, which meets on Monday.",
            "the Senate Subcommittee",
            "government",
        ),
        (
            "They lost to the Orrin Panthers on Monday, and the Panthers went home.",
            "the Orrin Panthers",
            "organisation",
        ),
    ],
)
def test_words_of_names_tell_what_they_are(text: str, words: str, type_: str) -> None:
    record = purport.read_text(text, language="en")
    by_id = {one.id: one for one in record.entities}
    told = [by_id[m.entity].type for m in record.mentions if m.span.of(text).startswith(words)]
    assert told[:1] == [type_]


def test_words_that_only_a_headline_has_with_capitals_are_no_name() -> None:
    text = (
        "New Poll Shows Narrow Lead For Mara Denk\n\nA new poll shows that Mara Denk leads in the south of the country."
    )
    record = purport.read_text(text, language="en")
    assert "New Poll" not in {one.name for one in record.entities}
