"""The gazetteer: countries, regions and cities by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from purport.lexicons.tables import Column, Table, content_lines, split_cell

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


class Gazetteer(Mapping[str, tuple[PlaceRow, ...]]):
    """All places by each of their names, countries first, then the most populous.

    A place is made of its line when it is first asked for: a document asks for a few of a hundred thousand names. That
    each line is as `PLACES` says is looked at before it ships.
    """

    def __init__(self, text: str) -> None:
        """The table given as text."""
        self._lines = [line for _, line in content_lines(text)][1:]
        self._made: dict[str, tuple[PlaceRow, ...]] = {}
        self._at: dict[str, tuple[int, ...]] = {}
        countries: dict[str, int] = {}
        for number, line in enumerate(self._lines):
            name, others, kind, code, _, north, *_ = line.split("\t")
            if not north:
                continue
            if kind == "country":
                countries[code] = number
            self._add(name, number)
            if others:
                for other in set(others.split(";")) - {name}:
                    self._add(other, number)
        for name, code in SHORT.items():
            if code in countries:
                self._add(name, countries[code])

    def _add(self, name: str, number: int) -> None:
        before = self._at.get(name)
        self._at[name] = (number,) if before is None else (*before, number)

    def __contains__(self, name: object) -> bool:
        return name in self._at

    def __getitem__(self, name: str) -> tuple[PlaceRow, ...]:
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = tuple(sorted(map(self._place, self._at[name]), key=_rank))
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._at)

    def __len__(self) -> int:
        return len(self._at)

    def _place(self, number: int) -> PlaceRow:
        told = _row(*self._lines[number].split("\t"))
        assert told is not None  # those without a place have no entry
        return told[0]


@cache
def places() -> Gazetteer:
    """The gazetteer that ships."""
    return Gazetteer(PLACES.text())


def _rank(row: PlaceRow) -> tuple[int, int, str, float]:
    return _ORDER[row.kind], -row.people, row.code, row.latitude
