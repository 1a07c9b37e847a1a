"""The gazetteer: countries, regions and cities by name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, split_cell

SHORT = {
    "US": "US", "U.S.": "US", "USA": "US", "U.S.A.": "US", "United States of America": "US", "America": "US",
    "the States": "US", "UK": "GB", "U.K.": "GB", "Britain": "GB", "Great Britain": "GB", "UAE": "AE", "U.A.E.": "AE",
    "Emirates": "AE", "Holland": "NL", "Burma": "MM", "Czechia": "CZ", "Czech Republic": "CZ", "Ivory Coast": "CI",
    "Turkey": "TR", "Türkiye": "TR", "Swaziland": "SZ", "Macedonia": "MK", "Cape Verde": "CV", "Congo": "CD",
    "DRC": "CD", "Palestine": "PS", "Bosnia": "BA", "Soviet Union": "RU",
}  # fmt: skip
"""Further names of countries in use, by code."""

_ORDER = {"country": 0, "region": 1, "city": 2}
"""Kinds of places, with their rank among those of one name."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place: degrees north and east, and how many people live there (0 where it is not known)."""

    name: str
    kind: str
    code: str
    region: str
    latitude: float
    longitude: float
    people: int


def _row(
    name: str, others: str, kind: str, code: str, region: str, north: str, east: str, people: str
) -> tuple[PlaceRow, tuple[str, ...]] | None:
    """A place and its other names; None of one whose place is not known."""
    if not north:
        return None
    place = PlaceRow(name, kind, code, region, float(north), float(east), int(people))
    return place, split_cell(others, ";")


PLACES = Table(
    "places.tsv.gz",
    (
        Column("name"),
        Column("others", optional=True),
        Column("kind", tuple(_ORDER)),
        Column("country", optional=True),
        Column("region", optional=True),
        Column("north", optional=True),
        Column("east", optional=True),
        Column("people"),
    ),
    _row,
    order=tuple,
)


@cache
def places() -> dict[str, tuple[PlaceRow, ...]]:
    """All places by each of their names, countries first, then the most populous."""
    found: dict[str, list[PlaceRow]] = {}
    countries: dict[str, PlaceRow] = {}
    for told in PLACES.load():
        if told is None:
            continue
        place, others = told
        if place.kind == "country":
            countries[place.code] = place
        for name in dict.fromkeys((place.name, *others)):
            found.setdefault(name, []).append(place)
    for name, code in SHORT.items():
        if code in countries:
            found.setdefault(name, []).append(countries[code])
    return {name: _ranked(rows) for name, rows in found.items()}


def _ranked(rows: list[PlaceRow]) -> tuple[PlaceRow, ...]:
    if len(rows) == 1:  # as nearly always
        return (rows[0],)
    return tuple(sorted(rows, key=lambda row: (_ORDER[row.kind], -row.people, row.code, row.latitude)))
