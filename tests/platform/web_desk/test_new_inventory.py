"""A new inventory: sensible defaults, and each wrong input at its field."""

from __future__ import annotations

import pytest
from django.utils import timezone

from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import create_inventory
from tests.platform.web_desk.make import Desk, text_of

ADDRESS = "/desk/places/FR-PAR/inventories/new/"
FISCAL = {
    "period_kind": "fiscal",
    "year": "2020",
    "gwp_set": "ar5",
    "start": "2020-04-01",
    "end": "2021-03-31",
}


def test_the_form_starts_with_what_fits_most(desk: Desk) -> None:
    body = desk.client.get(ADDRESS).content.decode()
    assert f'name="year" value="{timezone.localdate().year - 1}"' in body
    assert 'value="ar5" class="" required id' in body or 'value="ar5"' in body
    assert text_of(desk.client.get(ADDRESS)).count("Over 100 years") == 6


def test_the_year_that_is_taken_is_not_offered(desk: Desk) -> None:
    last = timezone.localdate().year - 1
    create_inventory(actor=desk.user, place=desk.inventory.place, label_year=last, gwp_set="ar4")
    body = desk.client.get(ADDRESS).content.decode()
    assert f'name="year" value="{last - 1}"' in body
    checked = body[: body.index(" checked", body.index('name="gwp_set"'))]
    assert checked.rstrip().endswith('id="id_gwp_set_3"') or 'value="ar4"' in checked[-120:]


def test_a_calendar_year(desk: Desk) -> None:
    response = desk.client.post(
        ADDRESS, {"period_kind": "calendar", "year": "2018", "gwp_set": "ar6", "start": "x"}
    )
    made = Inventory.objects.get(label_year=2018)
    assert response["Location"] == "/desk/places/FR-PAR/inventory/2018/"
    assert (str(made.period_start), str(made.period_end), made.gwp_set) == ("2018-01-01", "2018-12-31", "ar6")


def test_a_fiscal_year(desk: Desk) -> None:
    desk.client.post(ADDRESS, FISCAL)
    made = Inventory.objects.get(label_year=2020)
    assert (str(made.period_start), str(made.period_end)) == ("2020-04-01", "2021-03-31")
    assert "2020-04-01 – 2021-03-31" in text_of(desk.client.get("/desk/places/FR-PAR/inventory/2020/"))


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"period_kind": "calendar", "year": "2019"}, "year", "has an inventory of 2019 already"),
        ({"period_kind": "calendar", "year": ""}, "year", "Say which year"),
        ({"period_kind": "calendar", "year": "twenty"}, "year", "This is not a year"),
        ({"period_kind": "calendar", "year": "12"}, "year", "the year is not from 1900 on"),
        ({"start": "2021-04-01", "end": "2020-03-31"}, "end", "it ends before it starts"),
        ({"start": "2020-04-01", "end": "2022-03-31"}, "end", "it has 730 days"),
        ({"start": "2020-04-01", "end": "2020-09-30"}, "end", "it has 183 days"),
        ({"start": "2030-04-01", "end": "2031-03-31"}, "end", "does not touch the year 2020"),
        ({"start": "2020-02-30"}, "start", "This is not a day"),
        ({"start": ""}, "start", "Give the first day."),
        ({"end": ""}, "end", "Give the last day."),
        ({"gwp_set": "ar9"}, "gwp_set", "There is no such set"),
        ({"gwp_set": ""}, "gwp_set", "Choose a set"),
    ],
)
def test_wrong_input_is_said_at_its_field_and_kept(
    desk: Desk, change: dict[str, str], field: str, words: str
) -> None:
    data = FISCAL | change
    response = desk.client.post(ADDRESS, data)
    body = response.content.decode()
    assert response.status_code == 422
    assert words in text_of(response)
    assert f'id="id_{field}_error"' in body
    assert "data-focus" in body
    assert data["year"] == "" or f'value="{data["year"]}"' in body
    assert Inventory.objects.count() == 1


def test_a_year_that_is_taken_leads_to_its_inventory(desk: Desk) -> None:
    response = desk.client.post(ADDRESS, {"period_kind": "calendar", "year": "2019", "gwp_set": "ar5"})
    assert f'href="{desk.at()}"' in response.content.decode()
