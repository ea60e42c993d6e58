"""The GPC workbook of C40: all 329 inventories in one import, exceptions by name, undone without a trace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from localaction.engine.packs import Library
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.models import Event
from localaction.platform.imports.models import Import
from localaction.platform.imports.services import receive, request_apply, request_undo
from localaction.platform.inventories.models import Inventory, RowRevision
from localaction.platform.inventories.queries import inventory_for, latest_run, rows_of
from localaction.platform.inventories.services import create_inventory, save_row
from localaction.platform.places.errors import PlaceNotFound
from localaction.platform.places.models import Place
from localaction.platform.places.queries import place_by_code
from localaction.platform.places.search import search_places
from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.gaps import gaps_in
from localaction.platform.publication.models import Publication
from localaction.platform.publication.queries import (
    document,
    network_summary,
    newest_of_each_place,
    published,
    versions,
)
from localaction.platform.values.models import Value
from tests.platform.accounts.make import place
from tests.platform.inventories.make import GAS

pytestmark = pytest.mark.django_db
PAGES = ("/", "/places/", "/places/?q=houston", "/sources/")
FEW_STATEMENTS = 320  # a place and its scope cost two each; nothing else grows with what is in the file


@pytest.fixture(scope="module")
def workbook(real_data: Path) -> Path:
    return real_data / "c40-gpc" / "C40_GPC_Database.xlsx"


def bring(path: Path, *, publish: bool = True) -> Import:
    with path.open("rb") as stream:
        return receive(
            actor=OPERATOR, importer_id="c40", name=path.name, stream=stream, options={"publish": publish},
            inline=True,
        )  # fmt: skip


def seen_by_visitors() -> dict[str, Any]:
    """Return what pages, lists and counts say; tokens that differ from page to page are left out."""
    client = Client()
    pages = {address: client.get(address) for address in PAGES}
    return {
        "status": {address: response.status_code for address, response in pages.items()},
        "places": Place.objects.count(),
        "inventories": Inventory.objects.count(),
        "figures": Value.objects.filter(current__isnull=False).count(),
        "adopted": Value.objects.filter(adopted=True).count(),
        "published": newest_of_each_place(),
        "network": network_summary(),
        "found": search_places("Houston"),
        "lengths": {address: len(response.content) for address, response in pages.items()},
    }


def test_every_inventory_comes_in_computed_and_published_and_goes_without_a_trace(workbook: Path) -> None:
    mine = place("GB-LON", "London")
    inventory = create_inventory(actor=OPERATOR, place=mine, label_year=2019)
    save_row(actor=OPERATOR, inventory=inventory, values=GAS)
    before, events = seen_by_visitors(), Event.objects.count()

    record = bring(workbook)
    assert record.status == "ready", record.findings[:3]
    counts = record.summary["counts"]
    assert counts["places"] == {"created": 78, "changed": 0, "removed": 0, "unchanged": 1}
    assert (counts["inventories"]["created"], counts["inventories"]["unchanged"]) == (328, 1)
    assert record.summary["irregular_count"] == 25
    said = {(held["raw"], held["read_as"]) for held in record.summary["irregular"]}
    assert ("IE (II.1.1)", "IE II.1.1") in said
    exceptions = record.summary["exceptions"]
    assert [held["total"] for held in exceptions if held["name"] == "Houston 2020"][:2] == ["BASIC", "BASIC+"]
    assert {held["name"] for held in exceptions} == {
        *("Houston 2020", "Accra 2015", "Lisbon 2019", "Lisbon 2020", "Medellín 2016", "Medellín 2017"),
        *("Medellín 2018", "Melbourne 2017", "Melbourne 2018", "Melbourne 2019"),
    }
    messages = [finding["message"] for finding in record.findings]
    assert "London 2019 has an inventory that did not come from this source; it is left as it is." in messages
    assert seen_by_visitors() == before, "a check changes nothing"

    with CaptureQueriesContext(connection) as asked:
        record = request_apply(actor=OPERATOR, record=record, inline=True)
    assert len(asked) <= FEW_STATEMENTS
    assert record.status == "applied"
    assert Inventory.objects.count() == 329
    assert RowRevision.objects.count() > 17_000
    assert Publication.objects.filter(is_current=True).count() == len(record.made["publications"]) >= 320
    tokyo = published("JP-TOKYO", 2019)
    assert tokyo.result["totals"]["BASIC"]["co2e_t"] == pytest.approx(53_530_081, abs=1)
    assert tokyo.doc["population"]["value"] > 10e6
    listed = Publication.objects.get(digest=tokyo.digest)
    run = latest_run(inventory_for(OPERATOR, "JP-TOKYO", 2019))
    assert run is not None
    assert listed.published_at > run.created_at, "nothing is newer than what was just published"
    assert listed.territorial_gaps == len(gaps_in(tokyo.result, "territorial", Library.load().protocol))
    assert network_summary().gaps > 0, "what the workbook leaves blank is no nought in the sum of the network"
    assert latest_run(inventory_for(OPERATOR, "US-HOUSTON", 2020)) is not None
    assert [row.amount for row in rows_of(inventory)] == ["5"], "what a place entered itself stays"

    again = bring(workbook)
    assert not any(count["created"] or count["changed"] for count in again.summary["counts"].values())
    assert request_apply(actor=OPERATOR, record=again, inline=True).made == {}

    request_undo(actor=OPERATOR, record=record, inline=True)
    assert seen_by_visitors() == before
    with pytest.raises(NotPublished):
        document(tokyo.digest)
    with pytest.raises(PlaceNotFound, match="no place with the code"):
        place_by_code("JP-TOKYO")
    assert Event.objects.count() > events, "the record stays"

    once_more = request_apply(actor=OPERATOR, record=bring(workbook), inline=True)
    assert once_more.status == "applied"
    assert published("JP-TOKYO", 2019).result["totals"] == tokyo.result["totals"]
    assert len(versions("JP-TOKYO", 2019)) == 1, "what was withdrawn is no version of it"
