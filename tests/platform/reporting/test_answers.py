"""A figure is entered once and is there for all frameworks, with its fit, its year and where it is from."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.engine.packs import Library
from localaction.engine.packs.editions import frameworks
from localaction.engine.packs.feeds import feeds
from localaction.engine.periods import Period
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.services import compute, create_inventory
from localaction.platform.places.services import add_fact
from localaction.platform.planning.models import Target
from localaction.platform.planning.services import add_part
from localaction.platform.reporting.answers import asked, fill, fits_of
from localaction.platform.reporting.errors import (
    KeyNeedsReason,
    NotAsked,
    NothingOffered,
    UnknownKey,
    YearNotReportable,
)
from localaction.platform.reporting.known import Offer, holdings_of
from localaction.platform.reporting.saving import offer_id, take_over, undo_answer
from localaction.platform.values.errors import EditConflict
from localaction.platform.values.models import Value
from localaction.platform.values.queries import value_of_year
from localaction.platform.values.services import record_value
from tests.platform.accounts.make import with_role
from tests.platform.reporting.conftest import CITY, COMPACT, NATURE, TODAY, YEAR

pytestmark = pytest.mark.django_db
SHARED = "population.total"


def test_an_answer_to_one_framework_is_there_for_all_that_ask(look, answer) -> None:
    assert look(CITY).known[SHARED].state == "missing"
    answer(SHARED, "8961989", framework=NATURE)
    for framework in frameworks().values():
        if SHARED in framework.items and SHARED not in fits_of(framework):
            known = look(framework).known[SHARED]
            assert (known.state, known.answer, known.year) == ("answered", 8961989.0, YEAR)


def test_a_figure_in_another_unit_fits_after_conversion(look, answer) -> None:
    answer("area.total", "157215", unit="ha")
    known = look().known["area.total"]
    assert (known.state, known.fit, known.answer) == ("answered", "conversion", pytest.approx(1572.15))


def test_what_comes_out_is_what_the_framework_says_of_the_answers(look, answer) -> None:
    answer("area.total", "100")
    answer("area.natural", "2500", unit="ha")
    filled = look()
    result = filled.evaluation.results["1"]
    assert (result.value, result.score, result.status) == (25.0, 4.0, "scored")
    assert filled.counts["answered"] == 2
    assert filled.share == pytest.approx(2 / len(NATURE.items))


def test_a_figure_of_an_earlier_year_is_offered_and_counts_only_once_confirmed(
    look, answer, london, officer
) -> None:
    answer("area.natural", "25", year=YEAR - 2, source="survey")
    known = look().known["area.natural"]
    assert (known.state, known.counts, known.answer) == ("stale", False, None)
    [offer] = known.offers
    assert (offer.why, offer.year, offer.answer, offer.source) == ("earlier", YEAR - 2, 25.0, "survey")
    said = {"actor": officer, "place": london, "framework": NATURE, "item": "area.natural", "as_of": TODAY}
    take_over(**said, year=YEAR, offer=offer_id(offer))
    known = look().known["area.natural"]
    assert (known.state, known.answer, known.year, known.source) == ("answered", 25.0, YEAR, "survey")
    assert known.value.current.lineage["taken_over"] == "earlier"
    assert value_of_year(actor=officer, place=london, item="area.natural", year=YEAR - 2) is not None


def test_what_holds_until_it_changes_counts_in_later_years(look, answer) -> None:
    answer("commitment.joined", "2015-11-30", framework=COMPACT, year=YEAR - 5)
    known = look(COMPACT).known["commitment.joined"]
    assert (known.state, known.year) == ("answered", YEAR - 5)
    assert look(COMPACT, year=YEAR - 6).known["commitment.joined"].state == "missing"


def test_facts_of_the_place_are_offered_with_what_to_look_at(look, london, officer) -> None:
    add_fact(actor=OPERATOR, place=london, key="population", text="8900000", source="census", valid_from=None)
    known = look().known[SHARED]
    assert known.state == "confirm"
    [offer] = known.offers
    assert (offer.answer, offer.why, offer.source) == (8900000.0, "feed", "census")
    assert offer.note.startswith("A fact of the place")
    said = {"actor": officer, "place": london, "framework": NATURE, "item": SHARED, "as_of": TODAY}
    with pytest.raises(NothingOffered, match="has changed since you opened the page"):
        take_over(**said, year=YEAR, offer="feed||1.0")
    take_over(**said, year=YEAR, offer=offer_id(offer))
    known = look(CITY).known[SHARED]
    assert (known.state, known.answer, known.source) == ("answered", 8900000.0, "census")


def test_the_total_of_the_inventory_answers_by_itself(look, london) -> None:
    record_value(
        actor=OPERATOR,
        place=london,
        item="ghg.inventory.total",
        period=Period.year(YEAR - 1),
        dimensions={"total": "BASIC"},
        basis="derived",
        amount=31e6,
        unit="t",
        visibility="public",
    )
    holdings = holdings_of(actor=OPERATOR, place=london, year=YEAR, items=["emissions.latest"])
    known = holdings.known("emissions.latest")
    assert (known.state, known.answer, known.fit, known.year) == ("answered", 31e6, "exact", YEAR - 1)
    assert known.note == "The BASIC total of the latest inventory."


def test_cells_of_the_inventory_answer_by_sector_and_scope(look, london) -> None:
    cells = {"II.1.2": {"amount": 37312.2, "unit": "t"}, "II.2.2": {"notation_key": "NO"}}
    other = {"III.1.1": {"notation_key": "NO"}, "III.2.1": {"notation_key": "NO"}}
    gap = {"IV.1": {"notation_key": "NE", "explanation": "No data."}, "IV.2": {"choice": "open"}}
    for ref, content in (cells | other | gap).items():
        record_value(
            actor=OPERATOR,
            place=london,
            item="ghg.inventory.cell",
            period=Period.year(YEAR - 1),
            dimensions={"gpc_ref": ref},
            basis="derived",
            visibility="public",
            **content,
        )
    items = ["emissions.transport.scope_2", "emissions.waste.scope_1", "emissions.industry"]
    holdings = holdings_of(actor=OPERATOR, place=london, year=YEAR, items=items)
    found = [(holdings.known(item).state, holdings.known(item).answer) for item in items]
    assert found == [("answered", 37312.2), ("answered", 0.0), ("missing", None)]


def test_an_inventory_says_its_year_and_its_protocol_in_words_that_can_be_chosen(london, officer) -> None:
    create_inventory(actor=OPERATOR, place=london, label_year=YEAR - 2)
    items = ["inventory.year", "inventory.protocol"]
    holdings = holdings_of(actor=officer, place=london, year=YEAR, items=items)
    known = [holdings.known(item) for item in items]
    assert [each.state for each in known] == ["confirm", "confirm"], "it is not published yet"
    assert [each.offers[0].answer for each in known] == [YEAR - 2, "gpc"]
    choices = Library.load().items["inventory.protocol"]["choices"]
    assert "gpc" in [choice["id"] for choice in choices]


def test_an_inventory_that_is_only_begun_is_not_the_year_of_the_figures(london, officer) -> None:
    computed = create_inventory(actor=OPERATOR, place=london, label_year=YEAR - 2)
    compute(actor=OPERATOR, inventory=computed)
    create_inventory(actor=OPERATOR, place=london, label_year=YEAR)
    holdings = holdings_of(actor=officer, place=london, year=YEAR, items=["inventory.year"])
    assert holdings.known("inventory.year").offers[0].answer == YEAR - 2
    holdings = holdings_of(actor=officer, place=london, year=YEAR - 3, items=["inventory.year"])
    assert holdings.known("inventory.year").state == "missing", "later inventories are not looked at"


def test_a_sum_that_is_taken_over_has_no_rest_of_binary_numbers(look, answer, london, officer) -> None:
    levels = {"primary": "0.01", "secondary": "2.01"}
    for level in ("untreated", "primary", "secondary", "tertiary"):
        answer(f"wastewater.{level}", levels.get(level, "0"), framework=CITY)
    offer = look(CITY).known["wastewater.total"].offers[0]
    assert offer.answer == 2.0199999999999996
    said = {"actor": officer, "place": london, "framework": CITY, "item": "wastewater.total"}
    take_over(**said, year=YEAR, offer=offer_id(offer), as_of=TODAY)
    known = look(CITY).known["wastewater.total"]
    assert (known.answer, known.value.current.exact) == (2.02, "2.02")


def test_the_target_that_comes_due_next_is_offered_from_the_plan(look, london, officer) -> None:
    said = {"kind": "base_year", "base_year": "2010", "base_emissions_t": "45e6", "total": "BASIC"}
    for title, year, cut in (("Past", YEAR - 5, 20), ("Next", YEAR + 5, 60), ("Neutral", YEAR + 25, 100)):
        target = {**said, "title": title, "target_year": str(year), "cut_percent": str(cut), "source": "Plan"}
        add_part(actor=officer, place=london, kind="target", said=target, visibility="place")
    known = look(COMPACT).known
    names = ["target.type", "target.base_year", "target.year", "target.cut", "target.base_emissions"]
    assert [known[name].state for name in names] == ["confirm"] * len(names)
    found = [known[name].offers[0].answer for name in names]
    assert found == ["base_year", 2010, YEAR + 5, 60, 45e6]
    assert known["target.cut"].offers[0].source == "Next"
    assert look(COMPACT, actor=None).known["target.cut"].state == "missing"
    take_over(
        actor=officer, place=london, framework=COMPACT, item="target.type", year=YEAR, as_of=TODAY,
        offer=offer_id(known["target.type"].offers[0]),
    )  # fmt: skip
    assert (look(COMPACT).known["target.type"].answer) == "base_year"


def test_what_feeds_take_from_a_target_are_fields_of_a_target() -> None:
    parts = {part.name for found in feeds().values() for feed in found for part in feed.parts
             if part.source == "target"}  # fmt: skip
    assert parts <= {field.name for field in Target._meta.get_fields()}
    assert len(parts) == 8


def test_the_total_of_an_inventory_that_is_not_published_is_offered_only(look, london) -> None:
    record_value(
        actor=OPERATOR,
        place=london,
        item="ghg.inventory.total",
        period=Period.year(YEAR),
        dimensions={"total": "BASIC"},
        basis="derived",
        amount=1.0,
        unit="t",
    )
    holdings = holdings_of(actor=OPERATOR, place=london, year=YEAR, items=["emissions.latest"])
    known = holdings.known("emissions.latest")
    assert (known.state, known.counts, known.offers[0].answer) == ("confirm", False, 1.0)
    assert known.offers[0].note.endswith("The inventory is not published yet: see that it is complete.")


def test_a_newer_inventory_goes_before_what_was_said_of_an_older_one(london, officer) -> None:
    common = {"actor": OPERATOR, "place": london, "unit": "t"}
    total = {"item": "ghg.inventory.total", "dimensions": {"total": "BASIC"}, "basis": "derived"}
    total["visibility"] = "public"
    record_value(**common, item="emissions.latest", period=Period.year(YEAR - 3), amount=33e6)

    def latest() -> float:
        holdings = holdings_of(actor=officer, place=london, year=YEAR, items=["emissions.latest"])
        return holdings.known("emissions.latest").answer

    assert latest() == 33e6
    record_value(**common, **total, period=Period.year(YEAR - 4), amount=34e6)
    assert latest() == 33e6
    record_value(**common, **total, period=Period.year(YEAR - 1), amount=31e6)
    assert latest() == 31e6


def test_where_the_definition_is_another_a_person_says_that_it_fits(look, answer, london, officer) -> None:
    framework, item = next(
        (each, item)
        for each in frameworks().values()
        for item, fit in fits_of(each).items()
        if fit.kind == "confirm" and item == "area.parks_natural"
    )
    other = next(each for each in frameworks().values() if item in each.items and each.key != framework.key)
    revision = answer(item, "7", framework=other)
    known = look(framework).known[item]
    assert (known.state, known.answer, known.offers[0].why) == ("confirm", None, "fits")
    assert known.note == fits_of(framework)[item].note
    said = {"actor": officer, "place": london, "framework": framework, "item": item, "as_of": TODAY}
    take_over(**said, year=YEAR, offer=offer_id(known.offers[0]))
    assert look(framework).known[item].state == "answered"
    answer(item, "8", framework=other, seen=revision.pk)
    assert look(framework).known[item].state == "confirm", "another figure is confirmed anew"
    now = look(other).known[item].value.current_id
    answer(item, "9", framework=framework, seen=now)
    assert look(framework).known[item].state == "answered", "entered for it, so it fits it"


def test_a_key_says_why_there_is_no_figure(look, answer) -> None:
    with pytest.raises(KeyNeedsReason, match=r"Natural, .*not estimated.*without its reason"):
        answer("area.natural", notation_key="NE")
    with pytest.raises(UnknownKey, match='there is no notation key "XX"'):
        answer("area.natural", notation_key="XX")
    answer("area.natural", notation_key="NE", explanation="No survey yet.")
    known = look().known["area.natural"]
    assert (known.state, known.counts) == ("key", True)
    assert look().evaluation.results["1"].status == "notation"


def test_an_empty_answer_takes_back_and_undo_brings_it_again(look, answer, london, officer) -> None:
    first = answer("area.natural", "25")
    second = answer("area.natural", "26", seen=first.pk)
    undo_answer(actor=officer, value=second.value, seen=second.pk)
    known = look().known["area.natural"]
    assert known.answer == 25.0
    assert answer("area.natural", "", seen=known.value.current_id) is None
    assert look().known["area.natural"].state == "missing"
    undo_answer(actor=officer, value=Value.objects.get(pk=second.value_id), seen=None)
    assert look().known["area.natural"].answer == 25.0


def test_two_editors_never_overwrite_each_other_silently(look, answer, london) -> None:
    first = answer("area.natural", "25")
    answer("area.natural", "26", seen=first.pk, actor=with_role("officer", london, name="Alan"))
    for raw in ("27", ""):
        with pytest.raises(EditConflict, match=r"Alan changed area\.natural of London"):
            answer("area.natural", raw, seen=first.pk)
    assert look().known["area.natural"].answer == 26.0
    assert answer("area.natural", "26", seen=first.pk) is not None, "the same answer is no conflict"


def test_what_a_colleague_saves_meanwhile_is_never_taken_back(look, answer, london, officer) -> None:
    first = answer("area.natural", "25")
    held = Value.objects.select_related("current", "place").get(pk=first.value_id)
    answer("area.natural", "26", seen=first.pk, actor=with_role("officer", london, name="Alan"))
    with pytest.raises(EditConflict, match="Alan changed"):
        undo_answer(actor=officer, value=held, seen=first.pk)
    assert look().known["area.natural"].answer == 26.0


def test_what_is_entered_goes_before_what_was_brought_in(look, answer, london) -> None:
    imported = record_value(
        actor=OPERATOR,
        place=london,
        item=SHARED,
        period=Period.year(YEAR),
        basis="imported",
        amount=8.9e6,
        unit="person",
        visibility="public",
    )
    assert look().known[SHARED].answer == 8.9e6
    with pytest.raises(EditConflict):
        answer(SHARED, "8961989", seen=None)
    revision = answer(SHARED, "8961989", seen=imported.pk)
    assert revision.visibility == "public"
    assert look().known[SHARED].answer == 8961989.0
    assert Value.objects.filter(item=SHARED).count() == 2


def test_undoing_an_answer_brings_back_what_was_brought_in(look, answer, london, officer) -> None:
    common = {"actor": OPERATOR, "place": london, "item": SHARED, "period": Period.year(YEAR)}
    imported = record_value(**common, basis="imported", amount=8.9e6, unit="person")
    revision = answer(SHARED, "8961989", seen=imported.pk)
    assert undo_answer(actor=officer, value=revision.value, seen=revision.pk) is None
    known = look().known[SHARED]
    assert (known.state, known.answer, known.value.basis) == ("answered", 8.9e6, "imported")
    with pytest.raises(EditConflict):
        undo_answer(actor=officer, value=Value.objects.get(pk=revision.value_id), seen=revision.pk)


def test_an_offer_is_told_from_another_that_begins_alike() -> None:
    rows = [{"title": "A" * 400}]
    common = {"why": "earlier", "note": "", "year": YEAR, "source": ""}
    first, second = Offer(rows, **common), Offer([*rows, {"title": "B"}], **common)
    assert offer_id(first) != offer_id(second)
    assert len(offer_id(first)) < 100


def test_what_a_framework_does_not_ask_is_not_kept_for_it(answer) -> None:
    with pytest.raises(NotAsked, match=r'does not ask for "area\.naturl"') as refused:
        answer("area.naturl", "1")
    assert 'Did you mean "area.natural"' in refused.value.remedy


def test_a_year_ahead_is_not_answered(answer) -> None:
    with pytest.raises(YearNotReportable, match="2999 cannot be reported on"):
        answer("area.natural", "1", year=2999)
    assert not Value.objects.exists()


def test_who_may_not_see_a_figure_sees_it_as_missing(look, answer, london) -> None:
    answer("area.natural", "25")
    assert look(actor=None).known["area.natural"].state == "missing"
    assert look(actor=with_role("viewer", london)).known["area.natural"].state == "answered"


def test_all_frameworks_are_filled_in_the_same_few_queries_however_much_there_is(
    answer, london, officer
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            fill(actor=officer, place=london, year=YEAR, frameworks=list(frameworks().values()), as_of=TODAY)
        return len(captured)

    answer("area.natural", "25")
    few = queries()
    for item in asked(NATURE)[:12]:
        if NATURE.items[item]["kind"] == "number" and item != "area.natural":
            answer(item, "1", unit=NATURE.items[item]["unit"])
            answer(item, "2", year=YEAR - 1)
    assert queries() == few <= 8
