"""The demo network is never loaded into a real site, nor unasked, nor by halves."""

from __future__ import annotations

import pytest
from django.test import override_settings

from localaction.platform.accounts.queries import user_by_email
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.cli import demo_places
from localaction.platform.cli.demo_load import load
from localaction.platform.cli.errors import NotADemo, PeopleWorkHere
from localaction.platform.inventories.errors import InventoryNotFound
from localaction.platform.inventories.queries import inventory_for
from localaction.platform.places.models import Place
from localaction.platform.publication.queries import published_years
from localaction.platform.publication.services import publish
from tests.platform.accounts.make import person


@pytest.mark.django_db
@override_settings(LOCALACTION_DEMO=True)
def test_a_real_site_never_becomes_a_demo():
    person("Ada")
    with pytest.raises(PeopleWorkHere, match="LOCALACTION_DEMO=0"):
        load(print)
    assert user_by_email("admin@demo.example") is None


@pytest.mark.django_db
@override_settings(LOCALACTION_DEMO=False)
def test_without_the_setting_nothing_is_loaded():
    with pytest.raises(NotADemo, match="LOCALACTION_DEMO=1"):
        load(print)
    assert not Place.objects.exists()


class PowerCut(Exception):
    pass


@pytest.mark.django_db
@override_settings(LOCALACTION_DEMO=True)
def test_a_load_that_was_interrupted_is_finished_by_the_next(monkeypatch):
    def cut(*, actor, inventory):
        if inventory.place.code == "NL-AMS":
            raise PowerCut
        return publish(actor=actor, inventory=inventory)

    monkeypatch.setattr(demo_places, "publish", cut)
    with pytest.raises(PowerCut):
        load(print)
    assert published_years("GH-ACC") == [2015]
    with pytest.raises(InventoryNotFound):  # nothing half-written
        inventory_for(OPERATOR, "NL-AMS", 2020)
    monkeypatch.undo()
    said: list[str] = []
    load(said.append)
    assert said[:4] == [
        "Amsterdam 2019: 54 rows, published",
        "Amsterdam 2020: 54 rows, published",
        "Minneapolis: 1 fact, 1 figure",
        "Minneapolis 2018: 35 rows, published",
    ]
    assert said[-1] == "4 sign-ins opened"
