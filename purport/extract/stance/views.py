"""Asking about one sentence: how one actor stands to another, and the tone that words take toward one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from purport.errors import ModelError, UsageError
from purport.model.document import Span

if TYPE_CHECKING:
    from purport.analyse import Asked


@dataclass(frozen=True, slots=True)
class View:
    """What words say of an attitude: `sign` -1 against, 0 neither, 1 for, `confidence` 0..1 in it, and the three
    `probabilities`, of against, neither and for, which sum to 1."""

    sign: int
    confidence: float
    probabilities: tuple[float, float, float]


def stance(text: str, holder: tuple[int, int], target: tuple[int, int]) -> View:
    """How `holder` stands to `target` by the words of `text`, a sentence or a short passage.

    Both are half-open ranges of code points. Whoever stands in these places, the same words say the same. Raises
    `UsageError` for ranges that are empty, outside of the text or overlap, `ModelError` where no network ships.
    """
    one, other = _place(text, holder, "holder"), _place(text, target, "target")
    if one.start < other.end and other.start < one.end:
        raise UsageError(f"holder {holder} and target {target} overlap; name two places")
    none, favours, favoured, opposes, opposed = map(float, _network(text).between(Span(0, len(text)), one, other))
    return _view(opposes, max(none, favoured, opposed), favours)


def tone(text: str, target: tuple[int, int]) -> View:
    """The tone of `text`, a sentence or a short passage, toward `target`, whoever takes it. Raises as `stance`."""
    one = _place(text, target, "target")
    return _view(*map(float, _network(text).tone(Span(0, len(text)), one)))


def _view(against: float, neither: float, favour: float) -> View:
    total = against + neither + favour
    shares = (against / total, neither / total, favour / total)
    best = max(range(3), key=shares.__getitem__)
    return View(best - 1, shares[best], shares)


def _place(text: str, told: tuple[int, int], what: str) -> Span:
    start, end = told
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise UsageError(f"{what} {told} is no place in a text of {len(text)} characters; give (start, end)")
    return Span(start, end)


def _network(text: str) -> Asked:
    from purport.analyse import attitudes  # here, since `import purport` need not load a model's run-time

    network = attitudes(text)
    if network is None:
        raise ModelError("models/attitude.json is missing: install purport again")
    return network
