"""Where the grammar of a cue goes before the tagger: these are read with the model that ships."""

from __future__ import annotations

import pytest

from purport import read_text
from tests.extract.attribution.test_find import parts_found, parts_marked
from tests.extract.cases import CASES
from tests.marked import parse

AS_BY_RULES = (
    "accused by somebody",
    "accused by somebody who leads on",
    "told by somebody",
    "a claim denied by somebody",
    "relayed",
    "relayed word for word",
    "a list is denied",
    "nothing is said",
    "without declaring",
)
"""Cases of the rules that hold with the tagger too."""
FURTHER = {
    "denied, and a cue itself": "[S1:Karsk] [C1/deny:denied] [X1:arming the rebels].",
    "a cue that is denied": "[S1:Denk] [C1/deny:denied] [X1:[C2:promising] [X2:Karsk a port]].",
    "claims that the tagger gives to who rejects them": (
        "[S1:The mayor] [C1/doubt:questions] [X1:[C2/assert:claims] [X2:that the dam is safe]]."
    ),
    "in passing": (
        "[S1:[S2:The Guard], which [C2/deny:denies] [X2:having been in Marrow],] [C1/assert:said] "
        "[X1:the mill had been burned by bandits]."
    ),
    "a clause about a noun": "The letter that [S1:Reth] [C1/assert:says] [X1:Denk wrote] was burned.",
    "whom somebody accuses": "The envoy whom [S1:Karsk] [C1/accuse:accuses] [X1:of lying] has left Abelund.",
    "a clause about who it is said of": (
        "[S1:The Lantern] [C1/assert:said] [X1:the envoy, [S2:who] [C2/deny:denies] [X2:writing the letter], "
        "had left the valley]."
    ),
    "a beat": "[X1:“The gate is open.”] A horse neighed. Denk closed the window.",
}


@pytest.mark.parametrize("case", [*(CASES[name] for name in AS_BY_RULES), *FURTHER.values()])
def test_the_grammar_of_a_cue_goes_before_the_tagger(case: str) -> None:
    text, expected = parse(case)
    record = read_text(text, language="en")
    assert sorted(parts_found(record, one) for one in record.attributions) == sorted(
        parts_marked(text, one) for one in expected
    )


@pytest.mark.parametrize(
    "text",
    [
        "It is absurd to suggest that the keepers cut the cable.",
        "There is no reason to believe that the keepers cut the cable.",
        "Nothing suggests that the keepers cut the cable.",
    ],
)
def test_what_is_nobody_is_no_source(text: str) -> None:
    assert [one.source for one in read_text(text, language="en").attributions] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry rejected the charge on Monday, after claims that its agents had poisoned the well.",
        "The union walked out over allegations that the owners had beaten a guard.",
        "Police searched the depot in response to reports that rifles were hidden there.",
        "The army denied having bombed the hamlet, following reports that a dozen people were killed there.",
    ],
)
def test_what_happens_upon_a_claim_is_no_claim_of_whoever_does_it(text: str) -> None:
    record = read_text(text, language="en")
    claimed = [one for one in record.attributions if record.text(one.content).startswith("that")]
    assert [one.source for one in claimed] == [()]


def test_who_replies_with_a_warning_warns() -> None:
    record = read_text("The ministry replied with a warning that the dam would burst.", language="en")
    assert [record.text(one.source) for one in record.attributions] == ["The ministry"]


@pytest.mark.parametrize(
    "text, content",
    [
        ("The curfew was broken, the governor said, by the students.", "The curfew was broken by the students"),
        ("The gate was open, the governor said, hours after the fire.", "The gate was open"),
    ],
)
def test_what_the_verb_lacks_is_said_behind_the_cue_too(text: str, content: str) -> None:
    record = read_text(text, language="en")
    (one,) = (one for one in record.attributions if record.text(one.source) == "the governor")
    assert record.text(one.content, " ").replace(" ,", ",").startswith(content)
    assert record.text(one.content, " ") == content or not content.endswith("open")
