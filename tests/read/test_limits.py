from __future__ import annotations

import pickle

import pytest

from purport.errors import UsageError
from purport.read.limits import Limits
from purport.read.options import Options


def test_options_with_limits_go_to_workers() -> None:
    limits = Limits(entries=7)
    assert pickle.loads(pickle.dumps(Options(limits=limits))).limits == limits


@pytest.mark.parametrize("name", Limits.__dataclass_fields__)
def test_a_limit_is_one_or_more(name: str) -> None:
    with pytest.raises(UsageError, match=f"the limit {name} must be 1 or more, not 0"):
        Limits(**{name: 0})
