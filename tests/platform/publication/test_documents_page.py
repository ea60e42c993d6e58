"""A published document stays readable under its digest, also after a correction."""

from __future__ import annotations

import hashlib

import pytest
from django.test import Client

from localaction.platform.accounts.models import User
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import rows_of
from localaction.platform.inventories.services import compute, save_row
from localaction.platform.publication.services import publish

pytestmark = pytest.mark.django_db


def test_unknown_digest_is_not_found(client: Client) -> None:
    assert client.get(f"/documents/{'0' * 64}.json").status_code == 404


def test_superseded_document_is_still_found_by_its_digest(
    client: Client, officer: User, ready: Inventory
) -> None:
    first = publish(actor=officer, inventory=ready)
    row = next(row for row in rows_of(ready) if row.amount)
    save_row(
        actor=officer, inventory=ready, values=row.values() | {"note": "checked again"}, row_key=row.row_key
    )
    compute(actor=officer, inventory=ready)
    second = publish(actor=officer, inventory=ready, reason="A note was added")
    for digest in (first.digest, second.digest):
        answer = client.get(f"/documents/{digest}.json")
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == digest
    page = client.get(f"/figures/{ready.place.code}/{ready.label_year}/BASIC/")
    assert f"/documents/{first.digest}.json" in page.content.decode()
