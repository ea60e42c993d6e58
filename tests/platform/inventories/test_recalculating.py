"""What would move is seen before anything is accepted; then each chosen inventory gets a run and a reason."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR, NotAllowed
from localaction.platform.audit.models import Event
from localaction.platform.inventories.errors import (
    FactorNotKnown,
    NothingChosen,
    ReasonNeeded,
    RecalculationNotFound,
    RecalculationNotReady,
    UnknownGwpSet,
)
from localaction.platform.inventories.models import Inventory, Recalculation, RowRevision, Run
from localaction.platform.inventories.movements import write_csv
from localaction.platform.inventories.queries import latest_run, recalculation_for
from localaction.platform.inventories.recalculating import look_after
from localaction.platform.inventories.services import (
    begin_recalculation,
    compute,
    create_factor_set,
    create_inventory,
    request_recalculation,
    save_row,
    stop_recalculation,
    work_on,
)
from tests.platform.accounts.make import place, with_role
from tests.platform.inventories.make import save

pytestmark = pytest.mark.django_db
METHANE = {"ref": "III.1.1", "gas": "CH4", "amount": "10", "unit": "t"}
OWN_FACTORS = (
    b"id,activity,uses,gas,value,unit,place,year,tier,quality,source,locator\n"
    b"grid,electricity,grid_generation,CO2,0.4,kg/kWh,,2018,,H,City Energy,page 14\n"
)
UNSPLIT = {"ref": "III.1.1", "gas": "CO2e", "amount": "500", "unit": "t", "gwp_set": "ar5"}


def city(code: str, year: int = 2019, *rows: dict[str, str]) -> Inventory:
    """Return a computed inventory of a place of its own."""
    made = create_inventory(actor=OPERATOR, place=place(code, name=f"City {code}"), label_year=year)
    for row in rows or (METHANE,):
        save_row(actor=OPERATOR, inventory=made, values=row)
    compute(actor=OPERATOR, inventory=made)
    return made


def preview(**switch: str) -> Recalculation:
    return work_on(begin_recalculation(actor=OPERATOR, **switch).pk)


def entry(found: Recalculation, inventory: Inventory) -> dict[str, object]:
    return next(each for each in found.report if each["id"] == str(inventory.public_id))


def contents() -> str:
    """Return a digest of everything that a preview must leave alone."""
    found = [
        *RowRevision.objects.order_by("pk").values_list("pk", "is_current", "amount", "factor"),
        *Run.objects.order_by("pk").values_list("pk", "result"),
        *Inventory.objects.order_by("pk").values_list("pk", "gwp_set", "status"),
        *Event.objects.order_by("pk").values_list("pk", "verb"),
    ]
    return hashlib.sha256(repr(found).encode()).hexdigest()


def test_a_preview_names_every_total_that_moves_and_writes_nothing() -> None:
    """10 t of methane: 280 t CO2e by AR5 (28), 279 by AR6 (27.9)."""
    moving, fixed = city("AA-ONE"), city("BB-TWO", 2020, UNSPLIT)
    before = contents()
    found = preview(gwp_set="ar6")
    assert contents() == before
    first = entry(found, moving)
    assert (first["before"]["BASIC"], first["after"]["BASIC"]) == (280, pytest.approx(279))  # type: ignore[index]
    assert first["moves"]
    second = entry(found, fixed)
    assert not second["moves"]
    assert second["fixed"] == {"BASIC": 500, "BASIC+": 500, "territorial": 500}
    assert found.status == "ready"


def test_what_cannot_be_computed_says_why_and_what_lacks_a_potential_is_named() -> None:
    gas = city("AA-ONE", 2019, {"ref": "IV.2", "gas": "NF3", "amount": "1", "unit": "t"})
    assert entry(preview(gwp_set="sar"), gas)["missing"] == ["NF3"]
    broken = city("BB-TWO")
    RowRevision.objects.filter(inventory=broken)  # rows are append-only: a wrong one comes by a new revision
    wrong = create_inventory(actor=OPERATOR, place=place("CC-TRE"), label_year=2000)
    save_row(
        actor=OPERATOR, inventory=wrong,
        values={"ref": "I.1.2", "activity": "electricity", "amount": "1", "unit": "MWh",
                "factor": "carbon-footprint@2023:grid.gb/2023", "reason": "None of 2000"},
    )  # fmt: skip
    found = preview(factor_from="carbon-footprint@2023:grid.gb/2023", factor_to="gpc@1.1:market.certificate")
    assert "is of a contract" in str(entry(found, wrong)["refused"])


def test_accepting_makes_a_run_of_every_inventory_that_moves_with_the_reason() -> None:
    moving, fixed = city("AA-ONE"), city("BB-TWO", 2020, UNSPLIT)
    found = preview(gwp_set="ar6")
    request_recalculation(actor=OPERATOR, recalculation=found, reason="The network adopts AR6")
    done = work_on(found.pk)
    moving.refresh_from_db()
    run = latest_run(moving)
    assert run is not None
    assert (moving.gwp_set, run.number, run.reason) == ("ar6", 2, "The network adopts AR6")
    assert run.result["totals"]["BASIC"]["co2e_t"] == pytest.approx(279)
    assert Run.objects.filter(inventory=fixed).count() == 1
    assert (done.status, done.outcome) == ("applied", {"done": 1, "published": 0, "skipped": []})
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"inventories.recalculation.accepted", "inventories.recalculation.applied"} <= verbs


def test_only_chosen_inventories_are_recalculated() -> None:
    first, second = city("AA-ONE"), city("BB-TWO")
    found = preview(gwp_set="ar6")
    request_recalculation(
        actor=OPERATOR, recalculation=found, reason="A trial", chosen={str(second.public_id)}
    )
    work_on(found.pk)
    assert [each.gwp_set for each in (_fresh(first), _fresh(second))] == ["ar5", "ar6"]


def test_an_inventory_changed_since_the_preview_is_left_alone_and_named() -> None:
    one = city("AA-ONE")
    found = preview(gwp_set="ar6")
    save_row(actor=OPERATOR, inventory=one, values=METHANE | {"amount": "20"})
    request_recalculation(actor=OPERATOR, recalculation=found, reason="The network adopts AR6")
    done = work_on(found.pk)
    why = "The recalculation cannot be applied: its rows changed since the preview."
    assert done.outcome == {
        "done": 0, "published": 0, "skipped": [{"id": str(one.public_id), "why": why}],
    }  # fmt: skip
    assert _fresh(one).gwp_set == "ar5"


def test_a_place_whose_own_factors_changed_since_the_preview_is_left_alone_and_named() -> None:
    inventory = city("AA-ONE")
    found = preview(gwp_set="ar6")
    create_factor_set(
        actor=OPERATOR, place=inventory.place, name="City Energy", citation="Annual report 2018",
        stream=io.BytesIO(OWN_FACTORS), file_name="own.csv",
    )  # fmt: skip
    request_recalculation(actor=OPERATOR, recalculation=found, reason="The association says so.")
    why = "The recalculation cannot be applied: factors of its place changed since the preview."
    assert work_on(found.pk).outcome["skipped"] == [{"id": str(inventory.public_id), "why": why}]
    assert Inventory.objects.get().gwp_set == "ar5"


def test_what_is_applied_is_done_in_the_name_of_who_accepted_it() -> None:
    inventory = city("AA-ONE")
    first = with_role("administrator", name="Ada")
    second = with_role("administrator", name="Grace")
    found = work_on(begin_recalculation(actor=first, gwp_set="ar6").pk)
    request_recalculation(actor=second, recalculation=found, reason="The association says so.")
    work_on(found.pk)
    assert latest_run(inventory).created_by == second
    assert Event.objects.get(verb="inventories.recalculation.applied").actor == second


def test_the_report_as_a_file_starts_no_formula() -> None:
    inventory = city("AA-ONE")
    type(inventory.place).objects.filter(pk=inventory.place_id).update(name="=HYPERLINK(1)", name_en="")
    out = io.StringIO()
    write_csv(preview(gwp_set="ar6").report, out)
    assert ",'=HYPERLINK(1)," in out.getvalue()


def test_one_factor_for_another_moves_the_rows_that_use_it_and_undoes_as_one_change() -> None:
    """1000 MWh: 207.1 t by the list of 2023, 204.96 t by the workbook (kg/kWh 0.2071 and 0.20496)."""
    row = {"ref": "I.1.2", "activity": "electricity", "amount": "1000", "unit": "MWh"}
    one = city("GB-ONE", 2023, row)
    found = preview(factor_from="carbon-footprint@2023:grid.gb/2023", factor_to="ghgp@2.0:grid.gb/2023")
    seen = entry(found, one)
    assert seen["before"]["BASIC"] == pytest.approx(207.1)  # type: ignore[index]
    assert seen["after"]["BASIC"] == pytest.approx(204.96, abs=1)  # type: ignore[index]
    request_recalculation(actor=OPERATOR, recalculation=found, reason="The newer table")
    work_on(found.pk)
    run = latest_run(one)
    assert run is not None
    assert run.result["totals"]["BASIC"]["co2e_t"] == pytest.approx(seen["after"]["BASIC"])  # type: ignore[index]
    assert run.result["lines"][0]["factor"] == "ghgp@2.0:grid.gb/2023"


def test_a_reason_a_finished_preview_and_something_to_do_are_needed() -> None:
    city("AA-ONE")
    found = preview(gwp_set="ar6")
    with pytest.raises(ReasonNeeded, match="every total that moves is seen by its city"):
        request_recalculation(actor=OPERATOR, recalculation=found, reason=" ")
    with pytest.raises(NothingChosen, match="No inventory was chosen that would change"):
        request_recalculation(actor=OPERATOR, recalculation=found, reason="Because", chosen=set())
    stop_recalculation(actor=OPERATOR, recalculation=found)
    with pytest.raises(RecalculationNotReady, match="it is stopped"):
        request_recalculation(actor=OPERATOR, recalculation=found, reason="Because")


def test_unknown_sets_and_factors_are_refused_by_name() -> None:
    with pytest.raises(UnknownGwpSet, match='no set of warming potentials "ar9"'):
        begin_recalculation(actor=OPERATOR, gwp_set="ar9")
    with pytest.raises(FactorNotKnown, match="Did you mean"):
        begin_recalculation(
            actor=OPERATOR, factor_from="ghgp@2.0:grid.gb/2032", factor_to="ghgp@2.0:grid.gb/2023"
        )
    with pytest.raises(FactorNotKnown):
        begin_recalculation(actor=OPERATOR, factor_from="ghgp@2.0:grid.gb/2023")


def test_only_who_administers_the_network_recalculates_it() -> None:
    found = preview(gwp_set="ar6")
    officer = with_role("officer", place("AA-ONE"))
    acts: list[Callable[[User], object]] = [
        lambda who: begin_recalculation(actor=who),
        lambda who: request_recalculation(actor=who, recalculation=found, reason="Because"),
        lambda who: stop_recalculation(actor=who, recalculation=found),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act(officer)
    with pytest.raises(RecalculationNotFound):
        recalculation_for(officer, found.public_id)
    assert recalculation_for(with_role("administrator"), found.public_id) == found


def test_looking_ahead_costs_the_same_number_of_queries_for_few_and_for_many() -> None:
    def statements() -> int:
        begun = begin_recalculation(actor=OPERATOR, gwp_set="ar6")
        with CaptureQueriesContext(connection) as captured:
            work_on(begun.pk)
        return len(captured)

    codes = [f"A{chr(65 + number)}-ONE" for number in range(9)]
    city(codes[0])
    city(codes[1])
    few = statements()
    for code in codes[2:]:
        city(code)
    assert statements() == few <= 14


def test_rows_find_their_own_inventory_whatever_lies_between(officer: User, inventory: Inventory) -> None:
    """An inventory without rows, one never computed, and one that has both."""
    save(officer, inventory)
    one = city("AA-ONE")
    found = preview(gwp_set="ar6")
    assert [each["place"] for each in found.report] == ["GB-LON", "AA-ONE"]
    assert found.report[0]["before"] == {}
    assert found.report[0]["after"]["BASIC"] > 0
    assert entry(found, one)["before"]["BASIC"] == 280  # type: ignore[index]


def _fresh(inventory: Inventory) -> Inventory:
    return Inventory.objects.get(pk=inventory.pk)


def test_the_look_ahead_of_a_killed_worker_is_done_again() -> None:
    moving = city("AA-ONE")
    begun = begin_recalculation(actor=OPERATOR, gwp_set="ar6")
    Recalculation.objects.filter(pk=begun.pk).update(status="computing", total=1)
    look_after.call(begun.pk, "computing", 0)
    begun.refresh_from_db()
    assert begun.status == "ready"
    assert entry(begun, moving)["moves"]


def test_what_a_killed_worker_left_is_recalculated_once_and_the_rest_too() -> None:
    first, second = city("AA-ONE"), city("BB-TWO")
    found = preview(gwp_set="ar6")
    request_recalculation(actor=OPERATOR, recalculation=found, reason="The network adopts AR6")
    Recalculation.objects.filter(pk=found.pk).update(done=1)  # killed after the first of the two
    runs = Run.objects.count()
    look_after.call(found.pk, "applying", 1)
    found.refresh_from_db()
    assert (found.status, found.outcome["done"], Run.objects.count()) == ("applied", 2, runs + 1)
    changed = {str(each.public_id): latest_run(each).gwp_set for each in (first, second)}  # type: ignore[union-attr]
    assert changed[found.chosen[1]] == "ar6"


def test_work_that_goes_on_is_left_alone() -> None:
    city("AA-ONE")
    begun = begin_recalculation(actor=OPERATOR, gwp_set="ar6")
    Recalculation.objects.filter(pk=begun.pk).update(status="computing", total=9, done=4)
    look_after.call(begun.pk, "computing", 2)
    begun.refresh_from_db()
    assert (begun.status, begun.done) == ("computing", 4)
