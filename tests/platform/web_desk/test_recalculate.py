"""An administrator looks ahead over the whole network, then accepts all of it or a part."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Inventory, Recalculation
from localaction.platform.inventories.services import begin_recalculation, compute, save_row, work_on
from tests.platform.accounts.make import with_role
from tests.platform.web_desk.conftest import signed_in_as

AT = "/desk/network/recalculate/"


@pytest.fixture
def administrator(db: None) -> Client:
    return signed_in_as(with_role("administrator", name="Noor"))


@pytest.fixture
def ready(inventory: Inventory) -> Recalculation:
    """10 t of methane, computed with AR5 and looked at with AR6."""
    row = {"ref": "III.1.1", "gas": "CH4", "amount": "10", "unit": "t"}
    save_row(actor=OPERATOR, inventory=inventory, values=row)
    compute(actor=OPERATOR, inventory=inventory)
    return work_on(begin_recalculation(actor=OPERATOR, gwp_set="ar6").pk)


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_first_page_says_what_would_be_here(administrator: Client) -> None:
    shown = page(administrator, AT)
    assert "None yet. A preview stands here with what it would move, most first." in shown
    assert "Recalculate the network" in page(administrator, "/desk/")


def test_a_preview_is_begun_and_found_again(administrator: Client, inventory: Inventory) -> None:
    response = administrator.post(AT, {"gwp_set": "ar6"})
    begun = Recalculation.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"{AT}{begun.public_id}/"
    assert str(begun.public_id) in page(administrator, AT)
    assert begun.gwp_set == "ar6"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"gwp_set": "ar9"}, "There is no such set. Choose one of those listed."),
        ({"factor_from": "nothing", "factor_to": "x"}, "There is no factor &quot;nothing&quot;."),
    ],
)
def test_wrong_input_is_answered_in_place(administrator: Client, sent: dict[str, str], said: str) -> None:
    response = administrator.post(AT, sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Recalculation.objects.exists()


def test_the_report_shows_now_then_and_by_how_much(administrator: Client, ready: Recalculation) -> None:
    shown = page(administrator, f"{AT}{ready.public_id}/")
    assert "1 of 1 inventory moves" in shown
    assert "280" in shown
    assert "279" in shown
    assert "-1" in shown.replace("\N{MINUS SIGN}", "-")
    assert "No inventory is like this." in page(administrator, f"{AT}{ready.public_id}/?words=Lima")


def test_it_is_accepted_with_a_reason_only(
    administrator: Client, ready: Recalculation, inventory: Inventory
) -> None:
    address = f"{AT}{ready.public_id}/accept/"
    refused = administrator.post(address, {"which": "all", "reason": " "})
    assert refused.status_code == 422
    assert "A reason is needed" in refused.content.decode()
    nothing = administrator.post(address, {"which": "chosen", "reason": "Adopted"})
    assert "No inventory was chosen that would change." in nothing.content.decode()
    sent = {"which": "chosen", "inventory": str(inventory.public_id), "reason": "Adopted"}
    assert administrator.post(address, sent).status_code == 302
    work_on(ready.pk)
    inventory.refresh_from_db()
    assert inventory.gwp_set == "ar6"
    assert "1 inventory has a new run." in page(administrator, f"{AT}{ready.public_id}/")


def test_a_preview_can_be_left_unused(administrator: Client, ready: Recalculation) -> None:
    administrator.post(f"{AT}{ready.public_id}/stop/")
    shown = page(administrator, f"{AT}{ready.public_id}/")
    assert "Stopped. What stands below was not accepted." in shown
    assert "Recalculate all that move" not in shown


def test_the_file_has_every_total(administrator: Client, ready: Recalculation) -> None:
    text = administrator.get(f"{AT}{ready.public_id}/report.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["total"] for line in lines] == ["BASIC", "BASIC+", "territorial"]
    assert (lines[0]["before_t"], lines[0]["change_t"]) == ("280.0", "-1.0")
