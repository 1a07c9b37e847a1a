"""Ties -> signed network, its coalitions and how balanced it is. Pure functions of what they are given."""
