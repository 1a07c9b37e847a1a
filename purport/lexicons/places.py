"""The gazetteer: countries, regions and cities by name."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SHORT = {
    "US": "US", "U.S.": "US", "USA": "US", "U.S.A.": "US", "United States of America": "US", "America": "US",
    "the States": "US", "UK": "GB", "U.K.": "GB", "Britain": "GB", "Great Britain": "GB", "UAE": "AE", "U.A.E.": "AE",
    "Emirates": "AE", "Holland": "NL", "Burma": "MM", "Czechia": "CZ", "Czech Republic": "CZ", "Ivory Coast": "CI",
    "Turkey": "TR", "Türkiye": "TR", "Swaziland": "SZ", "Macedonia": "MK", "Cape Verde": "CV", "Congo": "CD",
    "DRC": "CD", "Palestine": "PS", "Bosnia": "BA", "Soviet Union": "RU",
}  # fmt: skip
"""Further names of countries in use, by code."""


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


@cache
def places() -> dict[str, tuple[PlaceRow, ...]]:
    """All places by each of their names, the most populous first, countries before all."""
    found: dict[str, list[PlaceRow]] = {}
    countries: dict[str, PlaceRow] = {}
    packed = (files(__package__) / "places.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, others, kind, code, region, north, east, people = line.split("\t")
        if not north:
            continue
        row = PlaceRow(name, kind, code, region, float(north), float(east), int(people))
        if kind == "country":
            countries[code] = row
        for one in {name, *others.split(";")} - {""}:
            found.setdefault(one, []).append(row)
    for name, code in SHORT.items():
        if code in countries:
            found.setdefault(name, []).append(countries[code])
    order = {"country": 0, "region": 1, "city": 2}
    return {
        name: tuple(sorted(rows, key=lambda r: (order[r.kind], -r.people, r.code, r.latitude)))
        for name, rows in found.items()
    }
