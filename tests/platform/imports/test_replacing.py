"""A file that replaces all rows takes only those away that its report named."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.models import User
from localaction.platform.imports.errors import RowsChanged
from localaction.platform.imports.services import request_apply
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import save_row
from tests.platform.inventories.make import GAS, csv_of, hand_in

pytestmark = pytest.mark.django_db


def test_rows_entered_after_the_check_are_not_replaced_unseen(officer: User, inventory: Inventory) -> None:
    upload = hand_in(officer, inventory, csv_of(GAS))
    entered = save_row(actor=officer, inventory=inventory, values={**GAS, "ref": "I.2.1"})
    with pytest.raises(RowsChanged, match=r"changed since it was checked.*Hand the file in again"):
        request_apply(actor=officer, record=upload, inline=True)
    assert [row.row_key for row in rows_of(inventory)] == [entered.row_key]
