"""Headings that are run into their paragraphs, and answers to questions of the text's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from purport.extract.attribution.join import Joined
from purport.extract.attribution.roles import Part, Role
from purport.model.analysis import Analysis
from purport.model.document import Span
from purport.syntax.intervals import Intervals

LABEL_WORDS = 6

_WONDERING = re.compile(r"(?:What|Who|Why|How|Where|When|Which)\b[^:.?!\n]{0,60}:(?=\s)")
"""A heading that is run into its paragraph: "What others say: ..."."""


def unheaded(analysis: Analysis, joined: Iterable[Joined]) -> list[Joined]:
    """Attributions without those whose cue stands in a heading that is run into its paragraph."""
    text = analysis.document.text
    headings = Intervals(
        (Span(*match.span()), None)
        for block in analysis.blocks.values()
        if (match := _WONDERING.match(text, block.span.start, block.span.end))
    )
    return [one for one in joined if one.cue is None or next(headings.holding(one.cue.extent), None) is None]


def answered(analysis: Analysis, joined: Iterable[Joined]) -> list[Joined]:
    """Attributions, of which one that answers a question has no more than the answer for its content: "Was the bridge
    hit? [No], says the Guard"; who asks is another."""
    return [replace(one, contents=(answer,)) if (answer := _answer(analysis, one)) else one for one in joined]


def _answer(analysis: Analysis, one: Joined) -> Role | None:
    cue = analysis.tokens_in(one.cue.spans[0]) if one.cue else range(0)
    if not cue:
        return None
    first = analysis.sentences[analysis.tokens[cue[0]].sentence].first
    if first + 1 >= cue[0] or analysis.word(first).lower() not in ("no", "yes", "never"):
        return None
    asked = analysis.tokens[first - 1].lemma == "?" if first else False
    before = all(span.start <= analysis.tokens[first].start for span in one.content)
    if not asked or not before or analysis.word(first + 1) != ",":
        return None
    return Role((analysis.span(first, first),), Part.CONTENT, one.contents[0].confidence)
