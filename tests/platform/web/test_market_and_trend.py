"""The page of a place says how its total changed, and shows grid energy on both bases."""

from __future__ import annotations

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.publication.services import publish
from tests.platform.accounts.make import place
from tests.platform.web.make import computed

pytestmark = pytest.mark.django_db
GAS = {"activity": "natural_gas", "unit": "TJ", "data_quality": "H"}
POWER = {"activity": "electricity", "unit": "MWh"}
ROWS_2023 = (
    ("I.2.2", {**POWER, "amount": "480000", "data_quality": "H"}),
    (
        "I.2.2",
        {
            **POWER, "amount": "120000", "basis": "market", "factor": "gpc@1.1:market.certificate",
            "source": "Certificates",
        },
    ),
    ("I.2.2", {**POWER, "amount": "360000", "basis": "market"}),
)  # fmt: skip


def test_a_market_based_row_stands_beside_on_page_trail_and_file(client: Client) -> None:
    """480 000 MWh at 0.2071 and 360 000 MWh at 0.365 kg/kWh: 99 408 t and 131 400 t."""
    inventory = computed(place("GB-LON", "London"), 2023, ROWS_2023)
    publish(actor=OPERATOR, inventory=inventory)
    page = client.get("/places/GB-LON/inventory/2023/").content.decode()
    assert "Grid energy, two ways" in page
    assert "131,400" in page
    trail = client.get("/figures/GB-LON/2023/I.2.2/").content.decode()
    assert "The same energy by its contracts" in trail
    assert "99,408" in trail
    assert "They cover 100" in trail
    assert "131400" in client.get("/places/GB-LON/inventory/2023/cells.csv").content.decode()


def test_the_change_since_the_inventory_before_is_given_with_its_interval(client: Client) -> None:
    """Gas alone, 1000 to 700 TJ: -30 %, half-width 0.7 x 5 % x sqrt 2 = 4.9 points."""
    where = place("GB-LON", "London")
    for year, amount in ((2022, "1000"), (2023, "700")):
        rows = (("I.1.1", {**GAS, "amount": amount}),)
        publish(actor=OPERATOR, inventory=computed(where, year, rows))
    page = client.get("/places/GB-LON/inventory/2023/").content.decode()
    assert "Since 2022" in page
    assert "changed by -30" in page.replace("\N{MINUS SIGN}", "-")
    assert "it is not sure that anything changed" not in page
    assert "Since 2" not in client.get("/places/GB-LON/inventory/2022/").content.decode()
