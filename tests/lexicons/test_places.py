"""The gazetteer, whose places are made when they are asked for."""

from __future__ import annotations

from purport.lexicons.places import PLACES, SHORT, places


def test_each_place_of_the_table_is_found_by_each_of_its_names_and_nothing_else_is() -> None:
    wanted: dict[str, list[object]] = {}
    for told in PLACES.load():
        if told is not None:
            place, others = told
            for name in {place.name, *others}:
                wanted.setdefault(name, []).append(place)
    found = places()
    assert set(wanted) | set(SHORT) == set(found)
    assert all(set(found[name]) == set(rows) for name, rows in wanted.items() if name not in SHORT)


def test_of_one_name_the_country_comes_first_then_the_most_populous() -> None:
    assert [row.kind for row in places()["Georgia"]][:2] == ["country", "region"]
    people = [row.people for row in places()["Alexandria"] if row.kind == "city"]
    assert len(people) > 1
    assert people == sorted(people, reverse=True)


def test_short_names_of_countries_are_theirs_and_what_is_no_place_is_none() -> None:
    assert places()["U.K."][0].code == "GB"
    assert places().get("Velmark") is None
    assert "Velmark" not in places()
