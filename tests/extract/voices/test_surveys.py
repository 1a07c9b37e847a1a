"""Answers that are printed without names."""

from __future__ import annotations

from purport.extract.voices.surveys import surveys
from purport.model.document import Document
from purport.read.files import read_bytes


def told(text: str) -> list[str]:
    found = next(iter(read_bytes(text.encode(), "x.md")))
    assert isinstance(found, Document)
    return [one.content[0].of(found.text) for one in surveys(found.text, found.blocks)]


LIST = "- The lift is broken.\n- Overtime is thrown away.\n- More plants please.\n"


def test_items_under_a_question_of_a_survey_are_somebodys() -> None:
    text = f"# Staff survey: free-text answers\n\n## Question 4. Anything else?\n\n{LIST}"
    assert told(text) == ["The lift is broken.", "Overtime is thrown away.", "More plants please."]


def test_paragraphs_under_a_line_on_who_answered_are_somebodys() -> None:
    rows = "".join(f"**{n}** | woman | 45 to 54 | Orrin\n\nThe meter {n} is broken.\n\n" for n in (411, 733, 912))
    text = f"# Household survey\n\n## Q17. Anything else?\n\nA selection follows.\n\n{rows}"
    assert told(text) == [f"The meter {n} is broken." for n in (411, 733, 912)]


def test_a_list_under_a_question_of_a_report_is_the_reports_own() -> None:
    assert told(f"# Report on the lift\n\n## What did we find?\n\n{LIST}") == []
