"""The list of places with its map, the page of a country, and what is said where nothing is."""

from __future__ import annotations

import gzip
import re

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.geography import Entry, load
from localaction.platform.places.services import add_identifier
from localaction.platform.web import worldmap
from tests.platform.accounts.make import place
from tests.platform.web import make

ON_THE_WIRE = 200_000 - 80_000  # bytes of the page without the typefaces
FRANCE = Entry(
    3017382, "FR", "country", "France", "France", "fr", "FR", "", None, None, 66_987_244, ("france",)
)
PERU = Entry(3932488, "PE", "country", "Perú", "Peru", "es", "PE", "", None, None, 31_989_256, ("peru",))


def town(number: int, name: str, country: str = "FR", population: int = 20_000) -> Entry:
    where = {"FR": (48.85, 2.35, "11"), "PE": (-12.04, -77.03, "15")}[country]
    code = f"{country}-G{number}"
    return Entry(
        number, code, "city", name, "", "", country, where[2], where[0], where[1], population, (name.lower(),)
    )


@pytest.fixture
def world(city: make.City) -> make.City:
    """Paris with an inventory, sixty French towns and Lima without one."""
    towns = [town(number, f"Town {number}", population=20_000 + number) for number in range(1, 61)]
    paris = town(2988507, "Paris", population=2_138_551)._replace(code="FR-PAR")
    lima = town(3936456, "Lima", "PE", 7_737_002)
    load(actor=OPERATOR, places=[FRANCE, PERU, paris, lima, *towns], edition="e" * 64)
    return city


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def rows(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a class="strong"[^>]*><bdi>([^<]+)', html)


def test_places_with_data_come_first_then_the_largest(client: Client, world: make.City) -> None:
    html = page(client, "/places/")
    assert rows(html)[:3] == ["Paris", "Lima", "Town 60"]
    assert "1 to 50 of 62" in html
    assert 'href="/places/?page=2"' in html
    second = rows(page(client, "/places/?page=2"))
    assert second == [f"Town {number}" for number in range(12, 0, -1)]
    assert rows(page(client, "/places/?page=99")) == second


def test_the_list_is_narrowed_to_an_area_and_to_places_with_data(client: Client, world: make.City) -> None:
    assert rows(page(client, "/places/?where=PE")) == ["Lima"]
    assert rows(page(client, "/places/?where=south-america")) == ["Lima"]
    assert rows(page(client, "/places/?where=europe&data=1")) == ["Paris"]
    none = page(client, "/places/?where=PE&data=1")
    assert "No place here has published an inventory yet" in none
    assert 'href="/places/?data=1"' in none
    assert rows(page(client, "/places/?where=nonsense&data=1&page=-1")) == ["Paris"]


def test_the_map_shows_what_the_list_names_and_says_so(client: Client, world: make.City) -> None:
    html = page(client, "/places/")
    svg = html[html.index("<svg viewBox=", html.index("<figure")) :].split("</svg>")[0]
    assert "1 place with a published inventory; beside them the 61 largest cities" in svg
    assert re.findall(r"<circle[^>]*><title>([^<]+)", svg) == ["Paris"]
    assert sum(path.count("h0") for path in re.findall(r'<path stroke-width[^>]+d="([^"]+)"', svg)) == 61
    assert "style=" not in svg


def test_people_are_said_to_be_those_of_geonames_of_no_known_year(client: Client, world: make.City) -> None:
    assert "People (GeoNames, year not stated)" in page(client, "/places/")
    lima = page(client, "/places/PE-G3936456/")
    assert "7,737,002 people (GeoNames, year not stated)" in lima
    assert "CC BY 4.0: GeoNames" in lima
    assert "12.04° S, 77.03° W" in lima


def test_a_place_without_an_inventory_says_what_would_be_here_and_offers_a_step(
    client: Client, world: make.City
) -> None:
    html = page(client, "/places/PE-G3936456/")
    assert "No inventory is published yet" in html
    assert 'href="/desk/"' in html
    assert 'href="/places/?where=PE"' in html


def test_a_country_lists_its_cities_those_with_data_first(client: Client, world: make.City) -> None:
    assert client.get("/places/fr/")["Location"] == "/places/FR/"
    assert rows(page(client, "/places/FR/"))[:2] == ["Paris", "Town 60"]
    peru = page(client, "/places/PE/")
    assert "<h1>Peru</h1>" in peru
    assert "Perú" in peru
    assert "No city of this country has published an inventory here yet" in peru
    assert (
        "<h1>秘鲁</h1>" in client.get("/places/PE/", headers={"accept-language": "zh-hans"}).content.decode()
    )


@pytest.mark.parametrize(
    "address", ["/places/frpar/", "/places/2988507/", "/places/FR-PRS/", "/places/frprs/"]
)
def test_other_codes_lead_to_the_place(client: Client, world: make.City, address: str) -> None:
    for code in ("FRPAR", "FRPRS"):
        add_identifier(actor=OPERATOR, place=world.place, scheme="un/locode", text=code)
    assert client.get(address)["Location"] == "/places/FR-PAR/"


def test_a_code_that_means_several_places_leads_nowhere(client: Client, world: make.City) -> None:
    for where in (world.place, place("FR-X", "Elsewhere")):
        add_identifier(actor=OPERATOR, place=where, scheme="un/locode", text="FRXXX")
    assert client.get("/places/FRXXX/").status_code == 404
    found = page(client, "/places/?q=FRXXX")
    assert {"FR-PAR", "FR-X"} <= set(re.findall(r'href="/places/([^/"]+)/"', found))


def test_a_misspelt_name_is_answered_with_names_like_it(client: Client, world: make.City) -> None:
    html = page(client, "/places/?q=pariz")
    assert 'href="/places/FR-PAR/"' in html
    nothing = page(client, "/places/?q=qzxwv")
    assert "No place by that name" in nothing
    assert "Look through all places" in nothing


def test_the_page_is_light_on_a_slow_line(client: Client, world: make.City) -> None:
    assert len(gzip.compress(page(client, "/places/").encode())) < ON_THE_WIRE


def test_the_projection_keeps_the_middle_and_mirrors_the_halves() -> None:
    middle = worldmap.project(0.0, 0.0)
    assert middle[0] == worldmap.WIDTH / 2
    assert worldmap.project(-180.0, 0.0)[0] == pytest.approx(0.0)
    assert worldmap.project(180.0, 0.0)[0] == pytest.approx(worldmap.WIDTH)
    north, south = worldmap.project(30.0, 50.0), worldmap.project(30.0, -50.0)
    assert north[0] == south[0]
    assert north[1] - middle[1] == pytest.approx(middle[1] - south[1])
    # Savric et al. 2018: the pole is a line 0.59247 as long as the equator
    pole = worldmap.project(180.0, 90.0)[0] - worldmap.project(-180.0, 90.0)[0]
    assert pole / worldmap.WIDTH == pytest.approx(0.59247, abs=2e-3)


def test_a_part_of_the_map_keeps_the_proportions_and_stays_inside() -> None:
    from localaction.platform.places.browsing import Dot

    full = worldmap.whole()
    for dots in ([Dot(64.1, -21.9, 1, "IS", "Reykjavík")], [Dot(-36.8, 174.7, 1, "NZ", "Auckland")]):
        part = worldmap.around(dots)
        assert part.width / part.height == pytest.approx(full.width / full.height)
        assert part.left >= 0
        assert part.left + part.width <= full.width + 1e-6
        assert part.top + part.height <= full.height + 1e-6
    assert worldmap.around([]) == full
