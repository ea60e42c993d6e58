"""A place's own factors: checked, kept, replaced, withdrawn; used by its inventories and by no other's."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from localaction.engine.errors import Refused
from localaction.engine.packs import Library
from localaction.engine.references.ownset import factor_from
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.models import Event
from localaction.platform.inventories import queries, services
from localaction.platform.inventories.errors import (
    FactorSetEnded,
    FactorSetInUse,
    FactorSetNameTaken,
    FactorSetNotFound,
    NothingChanged,
    ReasonNeeded,
    SetNeeds,
)
from localaction.platform.inventories.models import FactorSet, Inventory
from localaction.platform.inventories.overview import overviews
from localaction.platform.places.models import Place
from localaction.platform.publication.queries import published
from localaction.platform.publication.services import publish
from tests.platform.accounts.make import place, with_role
from tests.platform.inventories.make import fill, save

pytestmark = pytest.mark.django_db
HEAD = "id,activity,uses,gas,value,unit,place,year,tier,quality,source,locator\n"
GRID = "grid,electricity,grid_generation,CO2,{},kg/kWh,,2018,,H,City Energy,page 14\n"
POWER = {"ref": "I.1.2", "activity": "electricity", "amount": "1000", "unit": "MWh"}


def table(value: str = "0.4", *more: str) -> io.BytesIO:
    return io.BytesIO((HEAD + GRID.format(value) + "".join(more)).encode())


def made(officer: User, london: Place, value: str = "0.4", name: str = "City Energy") -> FactorSet:
    return services.create_factor_set(
        actor=officer, place=london, name=name, citation="City Energy, annual report 2018",
        stream=table(value), file_name="own.csv", licence="CC BY 4.0",
    )  # fmt: skip


def tonnes(officer: User, inventory: Inventory) -> tuple[float, str]:
    run = services.compute(actor=officer, inventory=inventory)
    (line,) = [line for line in run.result["lines"] if line["ref"] == "I.1.2"]
    return line["co2e_t"], line["factor"]


def test_a_set_is_kept_with_its_file_its_source_and_the_ids_of_its_factors(
    officer: User, london: Place
) -> None:
    held = made(officer, london)
    assert (str(held), held.status, held.factor_count) == ("gb-lon-city-energy@1", "current", 1)
    assert bytes(held.content) == table().getvalue()
    (factor,) = queries.factors_of(FactorSet.objects.get(pk=held.pk))
    assert factor.id == "gb-lon-city-energy@1:grid/2018"
    assert (factor.place, factor.edition, factor.tier, factor.locator) == ("GB-LON", "1", 2, "page 14")
    event = Event.objects.get(verb="inventories.factor_set.created")
    assert event.after["set"] == "gb-lon-city-energy@1"
    assert event.after["sha256"] == held.sha256


def test_factors_come_back_from_their_records_as_they_were() -> None:
    for factor in Library.load().factors.all.values():
        assert factor_from(factor.record()) == factor
        assert factor_from(factor.record()).digest == factor.digest


def test_the_places_own_factor_is_taken_and_the_inventory_is_stale_until_it_is(
    officer: User, london: Place, inventory: Inventory
) -> None:
    save(officer, inventory)
    services.compute(actor=officer, inventory=inventory)
    assert not queries.is_stale(inventory)
    with pytest.raises(Refused, match="One thing was refused"):
        save(officer, inventory, **POWER)
    made(officer, london)
    save(officer, inventory, **POWER)
    assert tonnes(officer, inventory) == (pytest.approx(400.0), "gb-lon-city-energy@1:grid/2018")
    assert not queries.is_stale(inventory)
    made(officer, london, "0.5", name="Another")
    assert queries.is_stale(inventory)


def test_an_inventory_whose_rows_cannot_take_a_factor_of_the_set_is_not_to_be_computed_anew(
    officer: User, london: Place, inventory: Inventory
) -> None:
    save(officer, inventory)  # gas, while the set is of electricity
    run = services.compute(actor=officer, inventory=inventory)
    held = made(officer, london)
    assert not queries.is_stale(inventory)
    assert [each.stale for each in overviews([inventory])] == [""]
    assert services.compute(actor=officer, inventory=inventory) == run
    services.withdraw_factor_set(actor=officer, factor_set=held, reason="Of another city.")
    assert not queries.is_stale(inventory)


def test_a_pinned_edition_stays_as_it_is_when_a_newer_one_comes(
    officer: User, london: Place, inventory: Inventory
) -> None:
    first = made(officer, london)
    save(officer, inventory, **POWER, factor="gb-lon-city-energy@1:grid")
    services.compute(actor=officer, inventory=inventory)
    services.new_factor_edition(actor=officer, factor_set=first, stream=table("0.5"), reason="Corrected.")
    assert not queries.is_stale(inventory)


def test_a_run_of_before_this_was_noted_is_old_by_any_own_factor(
    officer: User, london: Place, inventory: Inventory
) -> None:
    save(officer, inventory)
    run = services.compute(actor=officer, inventory=inventory)
    made(officer, london)
    run.factors_digest = None
    assert queries.is_stale(inventory, run)


def test_lists_say_that_factors_changed(officer: User, london: Place, inventory: Inventory) -> None:
    made(officer, london, name="First")
    save(officer, inventory, **POWER)
    services.compute(actor=officer, inventory=inventory)
    assert [each.stale for each in overviews([inventory])] == [""]
    made(officer, london)
    assert [each.stale for each in overviews([inventory])] == ["factors"]


def test_another_place_does_not_get_them(officer: User, london: Place) -> None:
    made(officer, london)
    lima = place("PE-LIM", "Lima", country_code="PE")
    books = queries.libraries_of([london.pk, lima.pk])
    assert "gb-lon-city-energy@1:grid/2018" in books[london.pk].factors.all
    assert books[lima.pk] is Library.load()


def test_a_new_edition_is_taken_and_the_old_one_can_still_be_pinned(
    officer: User, london: Place, inventory: Inventory
) -> None:
    first = made(officer, london)
    save(officer, inventory, **POWER)
    second = services.new_factor_edition(
        actor=officer, factor_set=first, stream=table("0.5"), reason="The utility corrected it."
    )
    first.refresh_from_db()
    assert (first.status, second.status, str(second)) == ("superseded", "current", "gb-lon-city-energy@2")
    assert second.citation == first.citation
    assert tonnes(officer, inventory) == (pytest.approx(500.0), "gb-lon-city-energy@2:grid/2018")
    (row,) = queries.rows_of(inventory)
    pinned = {**POWER, "factor": "gb-lon-city-energy@1:grid"}
    services.save_row(actor=officer, inventory=inventory, values=pinned, row_key=row.row_key)
    assert tonnes(officer, inventory) == (pytest.approx(400.0), "gb-lon-city-energy@1:grid/2018")


def test_sets_of_two_places_never_share_the_ids_of_their_factors(officer: User, london: Place) -> None:
    tower = place("GB-LON-CITY", "City of London", country_code="GB")
    officer_there = with_role("officer", tower)
    first, second = made(officer, london), made(officer_there, tower, name="Energy")
    assert (str(first), str(second)) == ("gb-lon-city-energy@1", "gb-lon-city-energy-2@1")
    assert queries.factors_of(second)[0].id == "gb-lon-city-energy-2@1:grid/2018"
    third = services.new_factor_edition(
        actor=officer_there, factor_set=second, stream=table("0.6"), reason="Corrected."
    )
    assert str(third) == "gb-lon-city-energy-2@2"
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorSet.objects.filter(pk=first.pk).update(set_id="gb-lon-city-energy-2")


def test_a_file_is_read_before_the_database_is_held(
    officer: User, london: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    depths = []
    read = Library.read_factors

    def watched(self: Library, stream: io.BytesIO) -> object:
        depths.append(len(connection.savepoint_ids))
        return read(self, stream)

    monkeypatch.setattr(Library, "read_factors", watched)
    outside = len(connection.savepoint_ids)
    first = made(officer, london)
    services.new_factor_edition(actor=officer, factor_set=first, stream=table("0.5"), reason="Corrected.")
    assert depths == [outside, outside]


def test_a_withdrawn_set_takes_no_part(officer: User, london: Place, inventory: Inventory) -> None:
    held = made(officer, london)
    save(officer, inventory, **POWER)
    services.withdraw_factor_set(actor=officer, factor_set=held, reason="It was of another city.")
    assert (held.status, held.ended_why) == ("withdrawn", "It was of another city.")
    assert queries.library_of(inventory) is Library.load()
    with pytest.raises(FactorSetEnded, match="it is not in use"):
        services.withdraw_factor_set(actor=officer, factor_set=held, reason="Again.")


def test_a_set_that_rows_name_is_not_withdrawn(officer: User, london: Place, inventory: Inventory) -> None:
    held = made(officer, london)
    save(officer, inventory, **POWER, factor="gb-lon-city-energy@1:grid")
    with pytest.raises(FactorSetInUse) as refused:
        services.withdraw_factor_set(actor=officer, factor_set=held, reason="Wrong.")
    assert refused.value.message == (
        "1 rows name a factor of City Energy, edition 1; without it they could not be computed."
    )


def test_what_is_wrong_with_a_file_is_said_by_row_and_column_and_nothing_is_kept(
    officer: User, london: Place
) -> None:
    bad = table("0.4", "gas,natural_gaz,,CO2,x,kg/TJ,,,,,Us,\n", "e,electricity,,CO2,1,kg/t,,,,,Us,\n")
    with pytest.raises(Refused) as refused:
        services.create_factor_set(actor=officer, place=london, name="Bad", citation="Us", stream=bad)
    assert [(held.row, held.column) for held in refused.value.findings] == [(3, "activity"), (4, "unit")]
    assert not FactorSet.objects.exists()


def test_a_check_says_what_would_become_of_a_file_and_writes_nothing(officer: User, london: Place) -> None:
    first = made(officer, london)
    more = "bus,gas_diesel_oil,road,CO2,2.6,kg/L,FR,,,,Us,\n"
    events = Event.objects.count()
    check = services.check_factor_file(
        actor=officer, place=london, name="", stream=table("0.5", more), before=first
    )
    assert check.ok
    assert (check.added, check.changed, check.removed) == (["bus"], ["grid/2018"], [])
    (remark,) = check.findings
    assert (remark.severity, remark.column) == ("info", "place")
    assert remark.message == "It is for FR, which is neither London nor what it lies in."
    refused = services.check_factor_file(actor=officer, place=london, name="x", stream=io.BytesIO(b"a,b\n"))
    assert not refused.ok
    assert refused.findings[0].message == 'The table of factors has an unknown column "a".'
    assert (FactorSet.objects.count(), Event.objects.count()) == (1, events)


def test_two_names_that_would_be_one_in_the_set_are_refused(officer: User, london: Place) -> None:
    clash = table("0.4", "own@1:grid,electricity,grid_losses,CO2,0.1,kg/kWh,,2018,,H,Us,\n")
    check = services.check_factor_file(actor=officer, place=london, name="x", stream=clash)
    assert [held.message for held in check.findings] == [
        'The factors "grid/2018" and "own@1:grid/2018" would both be "grid" in the set.'
    ]


def test_a_published_table_is_taken_with_what_applies_at_the_place(
    officer: User, london: Place, real_data: Path
) -> None:
    source = real_data / "emission-factors" / "ember_grid_average_intensities.json"
    held = services.create_factor_set(
        actor=officer, place=london, name="Ember", citation="Ember", stream=io.BytesIO(source.read_bytes()),
        file_name=source.name,
    )  # fmt: skip
    (factor,) = queries.factors_of(held)
    assert (factor.id, factor.place) == ("gb-lon-ember@1:grid.gb/2024", "GB")
    assert factor.gases["CO2E_UNSPLIT"].value == pytest.approx(0.21579)
    check = services.check_factor_file(
        actor=officer, place=london, name="e", stream=io.BytesIO(source.read_bytes()), file_name=source.name
    )
    assert any(line.startswith("Left out: ") for line in check.notes)


@pytest.mark.parametrize(
    ("name", "citation", "content", "message"),
    [
        ("City Energy", " ", None, "A set of factors needs its source: who says so, where and when."),
        ("...", "Us", None, "A set of factors needs a name with at least one Latin letter or digit."),
        ("Empty", "Us", HEAD.encode(), "A set of factors needs at least one factor."),
    ],
)
def test_what_a_set_needs(
    officer: User, london: Place, name: str, citation: str, content: bytes | None, message: str
) -> None:
    stream = table() if content is None else io.BytesIO(content)
    with pytest.raises(SetNeeds) as refused:
        services.create_factor_set(actor=officer, place=london, name=name, citation=citation, stream=stream)
    assert refused.value.message == message
    assert not FactorSet.objects.exists()


def test_a_name_is_given_once_and_a_new_edition_has_a_reason_and_differs(
    officer: User, london: Place
) -> None:
    first = made(officer, london)
    with pytest.raises(FactorSetNameTaken):
        made(officer, london, name="City  ENERGY")
    with pytest.raises(ReasonNeeded):
        services.new_factor_edition(actor=officer, factor_set=first, stream=table("0.5"), reason=" ")
    with pytest.raises(NothingChanged), transaction.atomic():
        services.new_factor_edition(actor=officer, factor_set=first, stream=table(), reason="Same.")
    first.refresh_from_db()
    assert first.status == "current"
    services.new_factor_edition(actor=officer, factor_set=first, stream=table("0.5"), reason="Newer.")
    with pytest.raises(FactorSetEnded, match="it is not the newest"):
        services.new_factor_edition(actor=officer, factor_set=first, stream=table("0.6"), reason="Late.")


def test_nobody_changes_or_sees_the_sets_of_another_place(officer: User, london: Place) -> None:
    held = made(officer, london)
    stranger = with_role("officer", place("PE-LIM", "Lima", country_code="PE"), name="Ana")
    viewer = with_role("viewer", london, name="Vera")
    for other in (stranger, viewer, None):
        with pytest.raises(NotAllowed):
            services.create_factor_set(actor=other, place=london, name="X", citation="Us", stream=table())
        with pytest.raises(NotAllowed):
            services.check_factor_file(actor=other, place=london, name="X", stream=table())
        with pytest.raises(NotAllowed):
            services.new_factor_edition(actor=other, factor_set=held, stream=table("1"), reason="x")
        with pytest.raises(NotAllowed):
            services.withdraw_factor_set(actor=other, factor_set=held, reason="x")
    for other in (stranger, None):
        with pytest.raises(FactorSetNotFound):
            queries.factor_set_for(other, held.public_id)
        with pytest.raises(NotAllowed):
            queries.factor_sets_of(other, london)
    assert queries.factor_set_for(viewer, held.public_id) == held
    assert list(queries.factor_sets_of(viewer, london)) == [held]
    with pytest.raises(NotAllowed):
        queries.factor_set_for(viewer, held.public_id, "factors.edit")


@pytest.mark.parametrize("change", [{"name": "Other"}, {"records": []}, {"content": b""}, {"citation": "x"}])
def test_the_database_itself_refuses_to_change_an_edition(
    officer: User, london: Place, change: dict[str, object]
) -> None:
    held = made(officer, london)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FactorSet.objects.filter(pk=held.pk).update(**change)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FactorSet.objects.filter(pk=held.pk).delete()
    FactorSet.objects.filter(pk=held.pk).update(status="superseded")


def test_the_database_keeps_one_current_edition_and_its_reasons(officer: User, london: Place) -> None:
    held = made(officer, london)
    copy = {
        name: getattr(held, name)
        for name in ("place", "slug", "name", "citation", "content", "records", "factor_count", "size_bytes")
    }
    for wrong in (
        {"edition": 2, "reason": "x"},
        {"edition": 2, "reason": "", "status": "superseded"},
        {"edition": 1, "status": "superseded"},
        {"edition": 3, "reason": "x", "status": "withdrawn"},
        {"edition": 4, "reason": "x", "status": "superseded", "citation": ""},
        {"edition": 5, "reason": "x", "status": "superseded", "factor_count": 0},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactorSet.objects.create(**{**copy, "file_name": "f", "sha256": "0", "digest": "0", **wrong})


def test_a_published_document_names_the_set_and_keeps_its_figures_whatever_comes_later(
    officer: User, london: Place, inventory: Inventory
) -> None:
    held = made(officer, london)
    fill(officer, inventory)
    (key,) = [row for row in queries.rows_of(inventory) if row.ref == "I.1.2"]
    services.save_row(actor=officer, inventory=inventory, values=POWER, row_key=key.row_key)
    services.compute(actor=officer, inventory=inventory)
    publish(actor=officer, inventory=inventory)
    doc = published("GB-LON", 2019).doc
    assert doc["factor_sets"] == [
        {
            "id": "gb-lon-city-energy@1",
            "name": "City Energy",
            "citation": "City Energy, annual report 2018",
            "licence": "CC BY 4.0",
            "digest": held.digest,
            "file_sha256": held.sha256,
        }
    ]
    factor = doc["result"]["factors"]["gb-lon-city-energy@1:grid/2018"]
    assert factor["gases"]["CO2"]["value"] == pytest.approx(0.4)
    services.withdraw_factor_set(actor=officer, factor_set=held, reason="No longer.")
    assert published("GB-LON", 2019).doc == doc


def test_the_rule_book_of_many_places_takes_one_query_once_its_sets_were_seen(
    officer: User, london: Place
) -> None:
    made(officer, london)
    made(officer, london, name="Second")
    lima = place("PE-LIM", "Lima", country_code="PE")
    queries.libraries_of([london.pk, lima.pk])
    with CaptureQueriesContext(connection) as captured:
        queries.libraries_of([london.pk, lima.pk])
    assert len(captured) == 1


def test_the_operator_may_bring_sets_in(london: Place) -> None:
    held = services.create_factor_set(actor=OPERATOR, place=london, name="Op", citation="Us", stream=table())
    assert held.created_by is None
