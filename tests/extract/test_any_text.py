"""Whatever words and marks stand in a text, what is found in it is whole."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

import purport
from purport.model.document import Spans

WORDS = (
    "Denk Velmark said denied that the dam had not burst burst and or if would who whom which he his It was is are to "
    "of by in “ ” \" ` `` '' ' ’ ( ) [ ] , . ; : -- - — ? ! $ % 1 2030 reportedly allegedly according accused report "
    "claims guard's soldiers shelling being been be the a no never nobody plan plans Mosul Monday"
).split()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", "", "\n\n"])), min_size=1, max_size=40)
)
def test_what_is_found_lies_in_the_text(words: list[tuple[str, str]]) -> None:
    text = "A " + "".join(word + gap for word, gap in words)
    record = purport.read_text(text, language="en", published="2031-03-12")
    size = len(record.document.text)

    def whole(spans: Spans) -> bool:
        return all(0 <= s.start < s.end <= size for s in spans) and list(spans) == sorted(spans)

    for one in record.attributions:
        assert whole(one.source)
        assert whole(one.cue)
        assert one.content
        assert whole(one.content)
    for claim in record.propositions:
        assert claim.predicate or (claim.subject and claim.object)
        assert all(map(whole, (claim.predicate, claim.subject, claim.object, claim.negation, claim.refers)))
        assert all(one.spans and whole(one.spans) and whole(one.by) for one in claim.arguments)
        assert all(whole(one.subject) and whole(one.relation) and whole(one.object) for one in claim.triples)


def test_an_argument_of_marks_alone_is_none() -> None:
    purport.read_text(
        "He became the main ``voice'' of the channel and wrote a book about the cup, entitled Road to Skerrin (``We're "
        "going to Skerrin''), a phrase that Orlo shouted at the end of the match Velmark vs. Ardania 0-2 a.e.t., just "
        "a few seconds after the goal."
    )
