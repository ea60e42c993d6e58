"""Editors who are limited to sectors of the inventory enter those, and change no other."""

from __future__ import annotations

import pytest
from django.test import Client

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.accounts.services import grant_role
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.sectors import section_of, sectors_of
from localaction.platform.inventories.services import (
    compute,
    create_inventory,
    mark_open_cells,
    remove_row,
    save_row,
    undo,
    undo_newest,
)
from localaction.platform.places.models import Place
from tests.platform.accounts.make import person

pytestmark = pytest.mark.django_db
HOMES = {"ref": "I.1.1", "activity": "natural_gas", "amount": "10", "unit": "TJ", "source": "bills"}
ROADS = {"ref": "II.1.1", "notation_key": "NE", "reason": "not counted yet"}


@pytest.fixture
def editor(london: Place) -> User:
    user = person("Emil")
    grant_role(actor=OPERATOR, user=user, role="editor", scope=london.scope, sections=["inventory.I"])
    return user


@pytest.fixture
def at(inventory: Inventory) -> str:
    return f"/desk/places/{inventory.place.code}/inventory/{inventory.label_year}/"


def test_a_cell_lies_in_the_section_of_its_sector() -> None:
    assert [section_of(ref) for ref in ("I.1.1", "II.1.1", "nonsense")] == [
        "inventory.I", "inventory.II", "inventory",
    ]  # fmt: skip


def test_rows_of_the_own_sector_are_saved_computed_removed_and_undone(
    editor: User, inventory: Inventory
) -> None:
    row = save_row(actor=editor, inventory=inventory, values=HOMES)
    assert compute(actor=editor, inventory=inventory).number == 1
    save_row(actor=editor, inventory=inventory, values={**HOMES, "amount": "11"}, row_key=row.row_key)
    undo_newest(actor=editor, inventory=inventory)
    remove_row(actor=editor, inventory=inventory, row_key=row.row_key)
    assert not rows_of(inventory)


def test_rows_of_another_sector_stay_as_they_are(editor: User, inventory: Inventory) -> None:
    roads = save_row(actor=OPERATOR, inventory=inventory, values=ROADS)
    homes = save_row(actor=editor, inventory=inventory, values=HOMES)
    moved = {"inventory": inventory, "row_key": roads.row_key}
    with pytest.raises(NotAllowed):
        save_row(actor=editor, inventory=inventory, values=ROADS)
    with pytest.raises(NotAllowed):
        save_row(actor=editor, values={**ROADS, "reason": "other"}, **moved)
    with pytest.raises(NotAllowed):  # not by moving it into the own sector either
        save_row(actor=editor, values=HOMES, **moved)
    with pytest.raises(NotAllowed):
        save_row(actor=editor, inventory=inventory, values=ROADS, row_key=homes.row_key)
    with pytest.raises(NotAllowed):
        remove_row(actor=editor, **moved)
    with pytest.raises(NotAllowed):
        undo(actor=editor, inventory=inventory, batch_id=roads.batch.public_id)
    assert {row.ref for row in rows_of(inventory)} == {"I.1.1", "II.1.1"}


def test_what_concerns_the_whole_inventory_takes_the_whole_right(
    editor: User, inventory: Inventory, london: Place
) -> None:
    with pytest.raises(NotAllowed):
        mark_open_cells(actor=editor, inventory=inventory, key="NE", reason="none")
    with pytest.raises(NotAllowed):
        create_inventory(actor=editor, place=london, label_year=1999)


def test_the_pages_offer_the_own_sector_alone(editor: User, inventory: Inventory, at: str) -> None:
    save_row(actor=OPERATOR, inventory=inventory, values=ROADS)
    client = Client()
    client.force_login(editor)
    assert sectors_of(editor, inventory) == {"I"}
    assert "rows/new" in client.get(f"{at}cell/I.1.1/").content.decode()
    other = client.get(f"{at}cell/II.1.1/").content.decode()
    assert "rows/new" not in other
    assert "/remove/" not in other
    assert client.get(f"{at}cell/I.1.1/rows/new/").status_code == 200
    assert client.get(f"{at}cell/II.1.1/rows/new/").status_code == 403
    assert client.post(f"{at}cell/II.1.1/rows/new/", {"mode": "direct"}).status_code == 403
    assert client.get(f"{at}upload/").status_code == 403
    assert "/upload/" not in client.get(at).content.decode()


def test_an_editor_of_the_inventory_alone_computes_it(inventory: Inventory, london: Place) -> None:
    user = person("Ines")
    grant_role(actor=OPERATOR, user=user, role="editor", scope=london.scope, sections=["inventory"])
    save_row(actor=user, inventory=inventory, values=HOMES)
    assert compute(actor=user, inventory=inventory).number == 1
