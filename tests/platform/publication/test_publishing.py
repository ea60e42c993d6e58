"""Publishing: only what is complete and computed, frozen once, corrected only with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.audit.appendonly import guarded_tables
from localaction.platform.audit.queries import events_of
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.queries import latest_run, rows_of
from localaction.platform.inventories.services import compute, create_inventory, save_row, undo_newest
from localaction.platform.places.models import Place
from localaction.platform.publication.document import digest
from localaction.platform.publication.errors import (
    CorrectionNeedsReason,
    NotComputed,
    NothingNew,
    NotReady,
)
from localaction.platform.publication.models import Publication
from localaction.platform.publication.queries import published
from localaction.platform.publication.services import publish
from localaction.platform.values.queries import value_of, values_of_place
from tests.platform.accounts.make import person, with_role
from tests.platform.inventories.make import GAS, REASON, fill, save
from tests.platform.values.test_two_at_once import at_once

pytestmark = pytest.mark.django_db


def change(officer: User, inventory: Inventory, amount: str) -> None:
    """Change the one amount and compute."""
    row = rows_of(inventory, "I.1.1")[0]
    values = {**GAS, "amount": amount}
    save_row(actor=officer, inventory=inventory, values=values, row_key=row.row_key, seen=row.number)
    compute(actor=officer, inventory=inventory)


def test_an_inventory_that_was_not_computed_as_it_stands_is_refused(
    officer: User, inventory: Inventory
) -> None:
    fill(officer, inventory)
    with pytest.raises(NotComputed, match="Compute it, look at the totals, then publish"):
        publish(actor=officer, inventory=inventory)
    compute(actor=officer, inventory=inventory)
    save(officer, inventory, amount="6")
    with pytest.raises(NotComputed, match="changed since it was computed"):
        publish(actor=officer, inventory=inventory)
    assert not Publication.objects.exists()


def test_everything_that_stands_in_the_way_is_listed(officer: User, inventory: Inventory) -> None:
    save(officer, inventory)
    for values in (
        {"ref": "I.1.2", "notation_key": "NE"},
        {"ref": "I.2.1", "notation_key": "IE", "reason": "One meter."},
        {"ref": "I.2.2", "notation_key": "IE", "included_in": "I.5.1", "reason": "One meter."},
    ):
        save_row(actor=officer, inventory=inventory, values=values)
    compute(actor=officer, inventory=inventory)
    with pytest.raises(NotReady, match=r"cannot be published yet: 31 things are left") as refusal:
        publish(actor=officer, inventory=inventory)
    found = {finding.ref: finding.code for finding in refusal.value.findings}
    assert (found["I.1.2"], found["I.2.1"], found["I.2.2"], found["I.3.1"]) == (
        "inventory.key_without_reason",
        "inventory.key_without_reference",
        "inventory.reference_to_nothing",
        "inventory.open_cell",
    )
    assert all(finding.message and finding.remedy for finding in refusal.value.findings)
    assert inventory.status == "draft"
    assert not Publication.objects.exists()


def test_figures_of_a_published_source_are_published_with_the_gaps_of_their_keys(
    officer: User, london: Place
) -> None:
    inventory = create_inventory(
        actor=officer,
        place=london,
        label_year=2018,
        origin=Inventory.Origin.PUBLISHED_SOURCE,
        citation="Statistical yearbook, 2020.",
    )
    save_row(actor=officer, inventory=inventory, values={"ref": "I.2.1", "notation_key": "IE"})
    save(officer, inventory)
    compute(actor=officer, inventory=inventory)
    with pytest.raises(NotReady) as refusal:
        publish(actor=officer, inventory=inventory)
    assert {finding.code for finding in refusal.value.findings} == {"inventory.open_cell"}
    fill(officer, inventory, amount="7")
    compute(actor=officer, inventory=inventory)
    publish(actor=officer, inventory=inventory)
    shown = published("GB-LON", 2018)
    assert (shown.doc["citation"], shown.doc["publisher"]) == ("Statistical yearbook, 2020.", None)
    said = {finding["code"] for finding in shown.result["findings"]}
    assert {"inventory.key_without_reason", "inventory.key_without_reference"} <= said


def test_publishing_freezes_one_document(officer: User, ready: Inventory) -> None:
    publication = publish(actor=officer, inventory=ready)
    assert digest(publication.document) == publication.digest
    assert (ready.status, Inventory.objects.get().status) == ("published", "published")
    assert publication.territorial_t == latest_run(ready).result["totals"]["territorial"]["co2e_t"]  # type: ignore[union-attr]
    event = events_of(ready)[0]
    assert (event.verb, event.actor) == ("publication.inventory.published", officer)
    assert event.after == {"digest": publication.digest, "run": 1}
    assert "Grace" not in publication.document  # the place publishes, not a person


def test_the_document_stays_when_the_inventory_moves_on(officer: User, ready: Inventory) -> None:
    publication = publish(actor=officer, inventory=ready)
    text = publication.document
    change(officer, ready, "600")
    publication.refresh_from_db()
    assert publication.document == text
    shown = published("GB-LON")
    assert (shown.text, shown.digest) == (text, digest(text))
    line = shown.result["lines"][0]
    assert line["amount"] == 5.0


def test_the_same_is_not_published_twice(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    with pytest.raises(NothingNew, match="Nothing changed since"):
        publish(actor=officer, inventory=ready, reason="Once more.")
    assert Publication.objects.count() == 1


def test_a_correction_supersedes_with_its_reason(officer: User, ready: Inventory) -> None:
    first = publish(actor=officer, inventory=ready)
    change(officer, ready, "6")
    with pytest.raises(CorrectionNeedsReason, match="what was corrected and why"):
        publish(actor=officer, inventory=ready, reason="  ")
    second = publish(actor=officer, inventory=ready, reason="The gas meter was read twice.")
    first.refresh_from_db()
    assert (first.is_current, second.is_current, second.supersedes) == (False, True, first)
    shown = published("GB-LON")
    assert (shown.reason, shown.superseded_digest) == ("The gas meter was read twice.", first.digest)
    assert shown.doc["supersedes"] == first.digest
    assert published("GB-LON").result["lines"][0]["amount"] == 6.0


def test_a_change_that_was_undone_leaves_nothing_to_publish(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    row = rows_of(ready, "I.1.1")[0]
    save_row(actor=officer, inventory=ready, values={**GAS, "amount": "6"}, row_key=row.row_key)
    undo_newest(actor=officer, inventory=ready)
    compute(actor=officer, inventory=ready)
    with pytest.raises(NothingNew):
        publish(actor=officer, inventory=ready, reason="None.")


def test_figures_become_public_with_the_document_and_drafts_do_not(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    where = {"actor": None, "place": ready.place, "period": ready.period}
    assert len(values_of_place(**where)) == 57
    total = value_of(**where, item="ghg.inventory.total", dimensions={"total": "BASIC"})
    assert total is not None
    assert total.current is not None
    assert total.current.amount == published("GB-LON").result["totals"]["BASIC"]["co2e_t"]
    change(officer, ready, "600")
    assert values_of_place(**where) == []


def test_a_document_is_never_changed(officer: User, ready: Inventory) -> None:
    from django.db import connection

    publication = publish(actor=officer, inventory=ready)
    assert "publication_publication" in guarded_tables(connection)
    found = Publication.objects.filter(pk=publication.pk)
    acts: list[Callable[[], object]] = [
        lambda: found.update(document="{}"),
        lambda: found.update(digest="0" * 64),
        lambda: found.update(published_by=None),
        found.delete,
    ]
    for act in acts:
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            act()


def test_only_who_may_publish_publishes(officer: User, ready: Inventory) -> None:
    for who in (None, person(), with_role("viewer", ready.place)):
        with pytest.raises(NotAllowed):
            publish(actor=who, inventory=ready)
    assert not Publication.objects.exists()


def test_why_a_cell_is_empty_is_part_of_the_document(officer: User, ready: Inventory) -> None:
    publish(actor=officer, inventory=ready)
    cells = {cell["ref"]: cell for cell in published("GB-LON").result["cells"]}
    assert (cells["I.1.2"]["state"], cells["I.1.2"]["reason"]) == ("key", REASON)
    assert cells["IV.1"]["state"] == "open"


@pytest.mark.django_db(transaction=True)
def test_of_those_who_publish_together_one_does(
    transactional_db: None, officer: User, ready: Inventory
) -> None:
    errors = [f.exception() for f in at_once(*[lambda: publish(actor=officer, inventory=ready)] * 3)]
    assert sorted(type(error).__name__ for error in errors) == ["NoneType", "NothingNew", "NothingNew"]
    assert Publication.objects.count() == 1
