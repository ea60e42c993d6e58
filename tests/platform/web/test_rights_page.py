"""The help page about rights says what the table says."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from localaction.platform.accounts.roles import ACTIONS, ROLES

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<tr><th scope="row">([^<]+)</th>((?:<td>.*?</td>)+)</tr>', re.DOTALL)


def test_every_role_and_action_stands_on_the_page_as_in_the_table() -> None:
    page = Client().get("/help/rights/").content.decode().replace("&#x27;", "'")
    rows = {label: cells.split("</td>")[:-1] for label, cells in ROW.findall(page)}
    for action, label in ACTIONS.items():
        may = [">yes<" in cell for cell in rows[str(label)]]
        assert may == [action in role.actions for role in ROLES.values()], action
    for role in ROLES.values():
        assert str(role.text).replace("'", "'") in page
