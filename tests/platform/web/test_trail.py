"""The way back from a figure: what it shows is what was computed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.services import compute, save_row
from localaction.platform.publication.queries import published
from localaction.platform.web import trail
from localaction.platform.web.figure_page import figure_page
from localaction.platform.web.reading import published_record
from localaction.platform.web.records import Record
from tests.platform.accounts.make import with_role
from tests.platform.web import make


@pytest.fixture
def record(city: make.City) -> Record:
    found = published_record(city.place.code, 2020)
    assert found is not None
    return found


def test_every_formula_multiplies_to_its_row_and_rows_add_to_the_figure(record: Record) -> None:
    page = figure_page(record, "I.1.1")
    assert page is not None
    for line in page.lines:
        by_sign = {term.sign: float(term.exact) for term in line.terms}
        amount = by_sign.get("→", by_sign[""])
        assert amount * by_sign["×"] == pytest.approx(by_sign["="], rel=1e-12)
    assert sum(line.co2e for line in page.lines) == pytest.approx(page.value, rel=1e-12)


def test_gases_times_potentials_add_to_the_figure(record: Record) -> None:
    for ref in ("I.1.1", "II.1.1", "III.1.2", "BASIC"):
        page = figure_page(record, ref)
        assert page is not None
        assert sum(gas.co2e or 0 for gas in page.gases) == pytest.approx(page.value, rel=1e-12)


def test_cells_of_a_total_add_to_it_and_open_to_their_own_trail(record: Record) -> None:
    page = figure_page(record, "BASIC")
    assert page is not None
    assert sum(cell.value for cell in page.addends) == pytest.approx(page.value, rel=1e-12)
    assert {cell.address for cell in page.addends} >= {"/figures/FR-PAR/2020/I.1.1/"}


def test_a_cell_says_where_it_counts(record: Record) -> None:
    page = figure_page(record, "I.1.1")
    assert page is not None
    assert [place.label for place in page.counts] == [
        "Stationary energy, BASIC",
        "BASIC total",
        "BASIC+ total",
        "Territorial total",
    ]


def test_the_factor_leads_to_its_source_and_says_why(client: Client, city: make.City) -> None:
    html = client.get(city.trail("I.1.1")).content.decode()
    line = next(line for line in published("FR-PAR").result["lines"] if line["factor"])
    factor = published("FR-PAR").result["factors"][line["factor"]]
    assert f'href="/factors/{line["factor"]}/"' in html
    assert f'href="/sources/{factor["source_ref"]}/"' in html
    assert factor["locator"] in html
    assert line["why"] in html


def test_emissions_entered_directly_have_no_factor(client: Client, city: make.City) -> None:
    html = client.get(city.trail("III.1.2")).content.decode()
    assert "entered directly, not computed from an activity" in html
    assert "× 28" in html


def test_a_key_shows_its_meaning_and_reason(client: Client, city: make.City) -> None:
    html = client.get(city.trail("I.5.1")).content.decode()
    assert "There are no farms." in html
    assert "not the same as zero" in html


def test_full_digits_are_on_the_page(client: Client, city: make.City) -> None:
    value = next(c["co2e_t"] for c in published("FR-PAR").result["cells"] if c["ref"] == "I.1.1")
    assert f">{value}</strong> t" in client.get(city.trail("I.1.1")).content.decode()


def test_the_digest_of_the_document_is_on_the_page(client: Client, city: make.City) -> None:
    assert city.publication.digest in client.get(city.trail("BASIC")).content.decode()


@pytest.mark.parametrize("ref", ["I.9.9", "basic", "I.1", "%3Cb%3E"])
def test_what_is_no_cell_is_not_found(client: Client, city: make.City, ref: str) -> None:
    response = client.get(f"/figures/FR-PAR/2020/{ref}/")
    assert response.status_code == 404
    assert "<b>" not in response.content.decode().split("<main", 1)[1].split("<h1>", 1)[0]


def test_a_correction_says_what_it_replaces_and_why(client: Client, city: make.City) -> None:
    save_row(
        actor=OPERATOR,
        inventory=city.inventory,
        values={"ref": "I.1.1", "gas": "CO2", "amount": "5", "unit": "t"},
    )
    compute(actor=OPERATOR, inventory=city.inventory)
    make.publish(actor=OPERATOR, inventory=city.inventory, reason="A forgotten boiler.")
    html = client.get(city.trail("BASIC")).content.decode()
    assert "A forgotten boiler." in html
    assert f'href="/documents/{city.publication.digest}.json"' in html
    assert re.search(r'title="5">\+5</span>', html)  # by how much the figure changed


def test_a_draft_is_seen_by_people_with_the_right_only(
    officer: Client, client: Client, city: make.City
) -> None:
    make.computed(city.place, 2021)
    address = "/figures/FR-PAR/2021/I.1.1/?draft=1"
    stranger = Client()
    stranger.force_login(with_role("officer", make.place("NO-OSL", "Oslo")))
    assert officer.get(address).status_code == 200
    assert client.get(address).status_code == 403
    assert stranger.get(address).status_code == 404
    assert officer.get("/figures/FR-PAR/2021/I.1.1/").status_code == 404


def test_a_draft_says_so_and_its_links_stay_in_the_draft(officer: Client, city: make.City) -> None:
    make.computed(city.place, 2021)
    html = officer.get("/figures/FR-PAR/2021/BASIC/?draft=1").content.decode()
    assert "This is a draft." in html
    assert "Not yet. Computed on" in html
    links = set(re.findall(r'href="(/figures/[^"]+)"', html))
    assert all(link.startswith("/figures/FR-PAR/2021/") and link.endswith("?draft=1") for link in links)
    assert {"BASIC", "BASIC:I", "I.1.1", "II.1.1", "III.1.2"} <= {link.split("/")[4] for link in links}


def test_many_rows_are_counted_beyond_those_shown(record: Record) -> None:
    line = next(line for line in record.result["lines"] if line["ref"] == "I.1.1")
    crowded = dict(record.result) | {"lines": [line] * (trail.SHOWN + 7)}
    page = figure_page(Record(**(vars(record) | {"result": crowded})), "I.1.1")
    assert page is not None
    assert (len(page.lines), page.more) == (trail.SHOWN, 7)
