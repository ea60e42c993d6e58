"""The page of a place: figures, chart, matrix, files, and the states around them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.places.merging import merge_places
from localaction.platform.publication.queries import published
from tests.platform.accounts.make import place
from tests.platform.web import make


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_figures_carry_full_digits_range_and_the_way_to_their_trail(client: Client, city: make.City) -> None:
    html = page(client, city.address)
    total = published(city.place.code).result["totals"]["BASIC"]
    assert f'<data value="{total["co2e_t"]}"' in html
    assert f'title="{total["low_t"]} – {total["high_t"]}"' in html
    assert f'href="{city.trail("BASIC")}"' in html


def test_emissions_per_person_divide_by_the_people_of_the_document(client: Client, city: make.City) -> None:
    html = page(client, city.address)
    total = published(city.place.code).result["totals"]["BASIC"]["co2e_t"]
    assert f'<data value="{total / 2_000_000}"' in html
    assert "BASIC ÷ 2,000,000 people" in html


def test_without_people_there_is_no_figure_per_person(client: Client, city: make.City) -> None:
    make.city("NO-OSL", "Oslo", population=None)
    assert "Per person" not in page(client, "/places/NO-OSL/")


def test_the_title_of_the_chart_claims_no_more_than_what_is_estimated(
    client: Client, city: make.City
) -> None:
    html = page(client, city.address)
    result = published(city.place.code).result
    gas = next(cell["co2e_t"] for cell in result["cells"] if cell["ref"] == "I.1.1")
    share = round(100 * gas / result["totals"]["BASIC"]["co2e_t"])
    assert f"Largest of what is estimated: Residential buildings, {share}\u202f%" in html


def test_every_cell_that_holds_something_stands_in_the_matrix_once(client: Client, city: make.City) -> None:
    html = page(client, city.address)
    shown = re.findall(r'id="c-([^"]+)"', html)
    filled = [cell["ref"] for cell in published(city.place.code).result["cells"] if cell["state"] != "open"]
    assert sorted(shown) == sorted(filled)


def test_a_key_is_explained_with_its_reason(client: Client, city: make.City) -> None:
    assert 'title="I.5.1: not occurring. There are no farms."' in page(client, city.address)


def test_a_place_shows_its_newest_year_and_leads_to_the_others(client: Client, city: make.City) -> None:
    make.publish(actor=OPERATOR, inventory=make.computed(city.place, 2019))
    html = page(client, f"/places/{city.place.code}/")
    assert "Emissions in 2020" in html
    assert f'href="/places/{city.place.code}/inventory/2019/"' in html
    assert "Emissions in 2019" in page(client, f"/places/{city.place.code}/inventory/2019/")


def test_a_place_without_an_inventory_says_what_would_be_here(client: Client, city: make.City) -> None:
    place("FI-HEL", "Helsinki", country_code="FI")
    html = page(client, "/places/FI-HEL/")
    assert "No inventory is published yet" in html
    assert "Enter an inventory" in html


def test_a_draft_is_not_what_visitors_see(client: Client, city: make.City) -> None:
    where = place("FI-HEL", "Helsinki", country_code="FI")
    make.computed(where)
    assert "No inventory is published yet" in page(client, "/places/FI-HEL/")
    assert client.get("/places/FI-HEL/inventory/2020/").status_code == 404


def test_small_letters_in_a_code_lead_to_the_place(client: Client, city: make.City) -> None:
    answer = client.get("/places/fr-par/inventory/2020/")
    assert (answer.status_code, answer["Location"]) == (302, city.address)


def test_a_merged_place_leads_to_the_one_it_became(client: Client, city: make.City) -> None:
    old = place("FR-LUT", "Lutetia", country_code="FR")
    merge_places(actor=OPERATOR, source=old, target=city.place, reason="the same city")
    for tail in ("", "inventory/2020/", "inventory/2020/cells.csv"):
        answer = client.get(f"/places/FR-LUT/{tail}")
        assert (answer.status_code, answer["Location"]) == (302, f"/places/FR-PAR/{tail}")
    assert client.get("/figures/FR-LUT/2020/BASIC/")["Location"] == city.trail("BASIC")


@pytest.mark.parametrize(
    "address", ["/places/XX-NIX/", "/places/FR-PAR/inventory/1999/", "/places/FR-PAR/x/"]
)
def test_what_is_not_there_is_a_page_with_a_next_step(client: Client, city: make.City, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert 'name="q"' in response.content.decode()


def test_a_place_is_found_by_part_of_its_name_without_accents(client: Client, city: make.City) -> None:
    place("BR-SAO", "São Paulo", country_code="BR")
    html = page(client, "/places/?q=sao")
    assert 'href="/places/BR-SAO/"' in html
    assert "1 place found" in html


def test_a_name_is_shown_as_text(client: Client, city: make.City) -> None:
    place("BR-SAO", "<b>São</b> & Co", country_code="BR")
    html = page(client, "/places/BR-SAO/")
    assert "&lt;b&gt;São&lt;/b&gt; &amp; Co" in html
    assert "<b>São" not in html


def test_the_first_page_adds_up_what_is_published(client: Client, city: make.City) -> None:
    make.city("NO-OSL", "Oslo", population="1000000")
    html = page(client, "/")
    territorial = sum(
        published(code).result["totals"]["territorial"]["co2e_t"] for code in ("FR-PAR", "NO-OSL")
    )
    assert f'<data value="{territorial:.12g}' in html
    assert '<data value="3000000"' in html
    assert "2 places have published" in html


def test_the_first_page_explains_one_figure(client: Client, city: make.City) -> None:
    html = page(client, "/")
    assert "1,000 TJ" in html
    assert f'href="{city.trail("I.1.1")}"' in html
