"""The demo network is never loaded into a real site, nor without being asked for."""

from __future__ import annotations

import pytest
from django.test import override_settings

from localaction.platform.accounts.queries import user_by_email
from localaction.platform.cli.demo_load import load
from localaction.platform.cli.errors import NotADemo, PeopleWorkHere
from localaction.platform.places.models import Place
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
