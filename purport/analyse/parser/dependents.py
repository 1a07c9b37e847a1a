"""What hangs on each word of a parse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from purport.model.analysis import Token

Dependents = Mapping[int, Sequence[Token]]
"""By the index of a token those that hang on it, in order; none for a token on which nothing does."""


def dependents(tokens: Sequence[Token]) -> Dependents:
    """The dependents of each token that has any, by its index."""
    found: dict[int, list[Token]] = {}
    for token in tokens:
        if token.head != token.i:
            found.setdefault(token.head, []).append(token)
    return found
