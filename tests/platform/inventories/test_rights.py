"""Must-nevers: who has no right on a place neither changes its inventory nor learns of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR, Actor
from localaction.platform.imports.errors import ImportNotFound
from localaction.platform.imports.models import Import
from localaction.platform.imports.queries import import_for
from localaction.platform.imports.services import request_apply, stop
from localaction.platform.inventories.errors import InventoryNotFound
from localaction.platform.inventories.models import Inventory, RowRevision
from localaction.platform.inventories.queries import inventories_for, inventory_for
from localaction.platform.inventories.services import (
    change_warming_potentials,
    compute,
    create_inventory,
    mark_open_cells,
    mark_published,
    preview_warming_potentials,
    remove_row,
    save_row,
    undo_newest,
)
from tests.platform.accounts.make import person, place, with_role
from tests.platform.inventories.make import GAS, csv_of, hand_in, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def strangers(inventory: Inventory) -> list[Actor]:
    """People without the right to edit this inventory: nobody, a person, an officer elsewhere, a viewer."""
    lima = place("PE-LIM", "Lima")
    return [
        None,
        person(),
        with_role("officer", lima, name="Olga"),
        with_role("viewer", inventory.place, name="Vera"),
    ]


def acts(inventory: Inventory, row: RowRevision, upload: Import) -> list[Callable[[Actor], object]]:
    """Return every service that writes, each ready to be called by somebody."""
    return [
        lambda who: create_inventory(actor=who, place=inventory.place, label_year=2020),
        lambda who: save_row(actor=who, inventory=inventory, values=GAS),
        lambda who: remove_row(actor=who, inventory=inventory, row_key=row.row_key),
        lambda who: undo_newest(actor=who, inventory=inventory),
        lambda who: mark_open_cells(actor=who, inventory=inventory, key="NE", reason="Why not."),
        lambda who: hand_in(who, inventory, csv_of(GAS)),  # type: ignore[arg-type]
        lambda who: request_apply(actor=who, record=upload),
        lambda who: request_apply(actor=who, record=upload, inline=True),
        lambda who: stop(actor=who, record=upload),
        lambda who: compute(actor=who, inventory=inventory),
        lambda who: change_warming_potentials(actor=who, inventory=inventory, gwp_set="ar6", reason="Newer."),
        lambda who: mark_published(actor=who, inventory=inventory),
    ]


def test_nobody_without_the_right_changes_anything(
    officer: User, inventory: Inventory, strangers: list[Actor]
) -> None:
    row, upload = save(officer, inventory), hand_in(officer, inventory, csv_of(GAS))
    for who in strangers:
        for act in acts(inventory, row, upload):
            with pytest.raises(NotAllowed):
                act(who)
    inventory.refresh_from_db()
    upload.refresh_from_db()
    assert (Inventory.objects.count(), RowRevision.objects.count(), Import.objects.count()) == (1, 1, 1)
    assert (inventory.status, inventory.gwp_set, upload.status) == ("draft", "ar5", "ready")


def test_who_may_not_see_it_is_told_that_it_is_not_there(
    officer: User, inventory: Inventory, strangers: list[Actor]
) -> None:
    upload = hand_in(officer, inventory, csv_of(GAS))
    *others, viewer = strangers
    for who in others:
        assert list(inventories_for(who)) == []
        with pytest.raises(InventoryNotFound):
            inventory_for(who, "GB-LON", 2019, "inventory.view")
        with pytest.raises(ImportNotFound):
            import_for(who, upload.public_id)
        with pytest.raises(NotAllowed):
            preview_warming_potentials(actor=who, inventory=inventory, gwp_set="ar6")
    assert list(inventories_for(viewer)) == [inventory]
    assert list(inventories_for(viewer, "inventory.edit")) == []
    assert inventory_for(viewer, "gb-lon", 2019, "inventory.view") == inventory
    with pytest.raises(NotAllowed):
        inventory_for(viewer, "GB-LON", 2019)


def test_an_officer_and_the_operator_may(officer: User, inventory: Inventory) -> None:
    assert inventory_for(officer, "GB-LON", 2019) == inventory
    row = save_row(actor=OPERATOR, inventory=inventory, values=GAS)
    assert row.batch.actor is None
    with pytest.raises(InventoryNotFound, match="no inventory of 2031 for GB-LON that you can see"):
        inventory_for(officer, "GB-LON", 2031)
