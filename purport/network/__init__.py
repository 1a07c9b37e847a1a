"""Ties -> signed network, its coalitions and how balanced it is. Pure functions of what they are given."""

from purport.network.aggregate import aggregated, chosen, folded, windows
from purport.network.copies import copies

__all__ = ["aggregated", "chosen", "copies", "folded", "windows"]
