"""Who submits for a place publishes its inventory, without the right to enter figures."""

from __future__ import annotations

import pytest

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.inventories.models import Inventory
from localaction.platform.places.models import Place
from localaction.platform.publication.services import publish
from tests.platform.accounts.make import with_role

pytestmark = pytest.mark.django_db


def test_a_submitter_publishes_and_an_editor_does_not(ready: Inventory, london: Place) -> None:
    with pytest.raises(NotAllowed):
        publish(actor=with_role("editor", london), inventory=ready)
    assert publish(actor=with_role("submitter", london), inventory=ready).digest
