"""Towns find their municipality and region, or honestly none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mama_desktop.domain.regions import REGIONS
from mama_desktop.i18n import language
from mama_desktop.services import places
from mama_desktop.services.countries import country_of
from mama_desktop.services.places import municipality_of, region_of, suggest_towns, town_of


@pytest.mark.parametrize(
    ("postal_code", "town", "country", "region"),
    [
        ("8270", "Krško", "SI", "SI036"),
        ("", "krsko", "", "SI036"),
        ("1000", "Ljubljana", "SI", "SI041"),
        ("", "1000 Ljubljana", "", "SI041"),
        ("SI-9240", "LJUTOMER", "si", "SI031"),
        ("", "SI-9240 Ljutomer", "", "SI031"),
        ("", "Koper/Capodistria", "SI", "SI044"),
        ("", "Ljubljana-Črnuče", "SI", "SI041"),
        ("3210", "", "SI", "SI034"),
        # A misspelt town is decided by its post, but only when it is certainly in Slovenia.
        ("4000", "Krnaj", "SI", "SI042"),
        ("4000", "Krnaj", "", ""),
        ("51000", "Rijeka", "HR", ""),
        # Slovene names abroad stay abroad.
        ("1000", "Ljubljana", "HR", ""),
        ("", "Brezje", "SI", ""),
        ("4243", "Brezje", "SI", "SI042"),
        ("", "", "", ""),
    ],
)
def test_region(postal_code: str, town: str, country: str, region: str) -> None:
    assert region_of(postal_code, town, country) == region


def test_an_ambiguous_town_is_decided_by_its_post_or_not_at_all() -> None:
    ambiguous = {n: s for n, s in places._by_name().items() if len({x.municipality for x in s}) > 1}
    assert len(ambiguous) == 487
    for name, settlements in ambiguous.items():
        assert municipality_of("", name, "SI") == ""
        assert region_of("", name, "SI") == ""
        municipalities = {s.municipality for s in settlements}
        for code, post in places.slovene_posts().items():
            if post.municipality in municipalities:
                assert municipality_of(code, name, "SI") == post.municipality


def test_there_are_twelve_regions_with_a_name_in_both_languages() -> None:
    assert set(places._regions().values()) == set(REGIONS)
    assert language("sl").say(places.region_label("SI041")) == "Osrednjeslovenska"
    assert language("en").say(places.region_label("SI037")) == "Jugovzhodna Slovenija"
    assert language("sl").say(places.region_label("")) == "ni podatka"


@given(st.text(max_size=12), st.text(max_size=20), st.sampled_from(["", "SI", "HR"]))
def test_whatever_is_typed_is_a_region_or_nothing(postal_code: str, town: str, country: str) -> None:
    assert region_of(postal_code, town, country) in ("", *REGIONS)


def test_towns_to_complete() -> None:
    assert suggest_towns("ljub")[0].name == "Ljubljana"
    assert suggest_towns("CRNO", 1) == (places.Town("Črnomelj", "8340", "Črnomelj", "SI037"),)
    assert [t.name for t in suggest_towns("8270")] == ["Krško"]
    assert len(suggest_towns("s", 7)) == 7
    assert suggest_towns("") == suggest_towns("qqq") == ()
    assert [t.name for t in suggest_towns("Dunaj", country="AT")] == ["Vienna", "Wiener Neustadt"]
    assert suggest_towns("göteb", country="SE")[0].name == "Gothenburg"
    assert {t.country for t in suggest_towns("za", country="HR")} == {"HR"}


def test_posts() -> None:
    assert town_of("8270") == town_of("SI-8270 ") == "Krško"
    assert town_of("7000") == town_of("") == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [("Slovenija", "SI"), ("SLO", "SI"), ("si", "SI"), ("Hrvatska", "HR"), ("ŠVEDSKA", "SE"), ("Sverige", "SE"),
     ("Eesti", "EE"), ("Bosna in Hercegovina", "BA"), ("Deutschland", "DE"), ("xx", ""), ("", ""), ("doma", "")],
)  # fmt: skip
def test_countries(words: str, code: str) -> None:
    assert country_of(words) == code
