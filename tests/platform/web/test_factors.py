"""The catalogue of factors: searched, narrowed, paged, taken away; and what the page of a factor says."""

from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from localaction.engine.packs.factorlines import FACTOR_COLUMNS
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories import services
from localaction.platform.inventories.queries import rows_of
from localaction.platform.publication.services import publish
from tests.platform.accounts.make import place
from tests.platform.inventories.make import REASON
from tests.platform.web import make

GAS = "ipcc@2006:stationary.residential.natural_gas"
OWN = b"id,activity,uses,gas,value,unit,place,year,source\ng,natural_gas,residential,CO2,55000,kg/TJ,,,Us\n"


def page(client: Client, query: str = "", address: str = "/factors/") -> str:
    response = client.get(f"{address}{query}")
    assert response.status_code == 200
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def links(client: Client, query: str) -> list[str]:
    body = client.get(f"/factors/{query}").content.decode()
    return re.findall(r'<th scope="row"><a href="/factors/([^"]+)/"', body)


@pytest.mark.django_db
def test_a_misspelt_search_finds_and_says_how_many(client: Client) -> None:
    assert links(client, "?q=electrisity+germany")[0] == "carbon-footprint@2023:grid.de/2022"
    assert "2 factors found" in page(client, "?q=electrisity+gremany+losses+2022") or links(
        client, "?q=electrisity+gremany+losses"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("?activity=lpg", lambda held: held.activity == "lpg"),
        ("?place=GB", lambda held: held.place == "GB"),
        ("?cell=II.1.1", lambda held: "road" in held.uses),
        ("?source=epa-hub-2021", lambda held: held.source_ref == "epa-hub-2021"),
        ("?confidence=unverified", lambda held: held.confidence == "unverified"),
    ],
)
def test_lists_narrow_what_is_shown(client: Client, query: str, holds: object) -> None:
    known = make.library().factors.all
    found = links(client, query)
    assert found
    assert all(holds(known[name]) for name in found)  # type: ignore[operator]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/factors/all.csv{query}").content.decode())))
    assert {row["id"] for row in rows} == {name for name, held in known.items() if holds(held)}  # type: ignore[operator]


@pytest.mark.django_db
def test_pages_follow_one_another_and_hold_everything_once(client: Client) -> None:
    seen: list[str] = []
    for number in range(1, 20):
        found = links(client, f"?page={number}")
        if seen and found == seen[-len(found) :]:
            break
        seen += found
    assert sorted(seen) == sorted(make.library().factors.all)
    assert links(client, "?page=1") == links(client, "?page=none") == links(client, "?page=-3")


@pytest.mark.django_db
def test_nothing_found_says_what_to_try(client: Client) -> None:
    assert "No factor fits" in page(client, "?q=zzzzqqqq")
    assert "291" in page(client, "?place=nowhere&activity=%00") or "All factors" in page(client, "?place=x")


@pytest.mark.django_db
def test_the_files_hold_every_digit_and_digest(client: Client) -> None:
    response = client.get("/factors/all.csv?activity=natural_gas")
    assert response["Content-Disposition"] == 'attachment; filename="factors.csv"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert tuple(rows[0]) == FACTOR_COLUMNS
    data = json.loads(client.get(f"/factors/all.json?id={GAS}").content)
    (held,) = data["factors"]
    assert held["digest"] == make.library().factors.all[GAS].digest
    assert [source["id"] for source in data["sources"]] == ["ipcc-2006-vol2"]
    assert client.get("/factors/all.csv?id=nothing").status_code == 404


@pytest.mark.django_db
def test_a_factor_says_what_it_is_in_common_units_how_sure_it_is_and_how_to_cite_it(client: Client) -> None:
    said = page(client, f"{GAS}/")
    assert "MWh 202 0.018 0.00036" in said  # 56,100 kg/TJ x 3.6 GJ
    assert "t 2,693 0.24 0.0048 × net calorific value 48 TJ/Gg" in said
    assert "kWh gross 0.1818" in said
    assert "The value was compared with the document itself" in said
    assert "Last compared 21 Nov 2026." in said
    assert "I.1.1 Residential buildings: fuel burnt" in said
    assert "CO2 56100 kg/TJ; CH4_fossil 5 kg/TJ; N2O 0.1 kg/TJ." in said
    assert make.library().factors.all[GAS].digest[:16] in said
    assert "None so far." in said


@pytest.mark.django_db
def test_the_page_names_the_published_inventories_that_use_it_in_the_same_number_of_queries(
    client: Client,
) -> None:
    counts = []
    for number, code in enumerate(("FR-PAR", "FR-LYS", "FR-MRS")):
        _published(code, code.title())
        if number in {0, 2}:
            with CaptureQueriesContext(connection) as asked:
                said = page(client, f"{GAS}/")
            counts.append(len(asked))
    assert "Fr-Lys 2019" in said
    assert "Fr-Par 2019" in said
    assert counts[0] == counts[1] <= 4
    assert "in 3 inventories" in page(client, "?q=natural+gas+residential")


@pytest.mark.django_db
def test_an_own_factor_has_a_page_once_something_that_rests_on_it_is_published(client: Client) -> None:
    paris = place("FR-PAR", "Paris", country_code="FR")
    services.create_factor_set(
        actor=OPERATOR, place=paris, name="City gas", citation="City gas works, 2019", stream=io.BytesIO(OWN)
    )
    address = "/factors/fr-par-city-gas@1:g/"
    assert client.get(address).status_code == 404
    _published("FR-PAR", "Paris", paris)
    said = page(client, address=address)
    assert "Own factor of Paris" in said
    assert "City gas works, 2019" in said
    assert "55,000" in said
    assert "Paris 2019" in said


@pytest.mark.django_db
def test_parameters_and_default_ranges_have_pages(client: Client) -> None:
    said = page(client, address="/factors/parameters/")
    for held in make.library().default_ranges.values():
        assert held.words() in said
    for name, table in make.library().parameters.items():
        shown = page(client, address=reverse("web:parameters", args=[name]))
        assert table.unit in shown
        assert len(re.findall("Compared with|Quoted by|Not compared yet", shown)) >= len(table.values)
    assert client.get("/factors/parameters/nothing/").status_code == 404


def _published(code: str, name: str, city: object = None) -> None:
    held = city or place(code, name, country_code="FR")
    inventory = services.create_inventory(actor=OPERATOR, place=held, label_year=2019)  # type: ignore[arg-type]
    values = {"ref": "I.1.1", "activity": "natural_gas", "amount": "5", "unit": "TJ"}
    services.save_row(actor=OPERATOR, inventory=inventory, values=values)
    services.mark_open_cells(actor=OPERATOR, inventory=inventory, key="NE", reason=REASON)
    services.compute(actor=OPERATOR, inventory=inventory)
    assert rows_of(inventory)
    publish(actor=OPERATOR, inventory=inventory)


@pytest.mark.django_db
def test_the_trail_of_a_published_figure_leads_to_the_places_own_factor(client: Client) -> None:
    paris = place("FR-PAR", "Paris", country_code="FR")
    services.create_factor_set(
        actor=OPERATOR, place=paris, name="City gas", citation="City gas works, 2019", stream=io.BytesIO(OWN)
    )
    _published("FR-PAR", "Paris", paris)
    trail = client.get("/figures/FR-PAR/2019/I.1.1/").content.decode()
    assert 'href="/factors/fr-par-city-gas@1:g/"' in trail
