"""Ties -> signed network, its coalitions and how balanced it is. Pure functions of what they are given."""

from purport.network.aggregate import aggregated, chosen, folded, windows
from purport.network.balance import balance
from purport.network.change import Change, Comparison, compared, matched
from purport.network.copies import copies

__all__ = [
    "Change",
    "Comparison",
    "aggregated",
    "balance",
    "chosen",
    "compared",
    "copies",
    "folded",
    "matched",
    "windows",
]
