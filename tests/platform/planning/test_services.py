"""Plans: what is kept, what is refused and where, who may, and nobody's work is lost."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest

from localaction.engine.errors import Refused
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.audit.queries import events_of
from localaction.platform.places.models import Place
from localaction.platform.planning.content import content_of
from localaction.platform.planning.errors import (
    EditConflict,
    IsWithdrawn,
    NoSuchVersion,
    NothingToUndo,
    PartNotFound,
    ReasonMissing,
    StillUsed,
)
from localaction.platform.planning.models import Action, PartRevision, Target
from localaction.platform.planning.queries import history_of, part_for, parts_of, withdrawn_of
from localaction.platform.planning.services import (
    add_part,
    change_part,
    restore_version,
    show_part,
    undo_newest,
    withdraw_part,
)
from tests.platform.accounts.make import person, place, with_role
from tests.platform.planning.conftest import ACTION, SAID, TARGET, Add

pytestmark = pytest.mark.django_db


def refusals(part: str, where: Place, /, **said: Any) -> dict[str, str]:
    """Return what is refused, by field."""
    with pytest.raises(Refused) as refused:
        add_part(actor=OPERATOR, place=where, kind=part, said={**SAID[part], **said})
    return {str(finding.column): f"{finding.message} {finding.remedy}" for finding in refused.value.findings}


def test_a_target_is_kept_with_what_it_aims_at(add: Add) -> None:
    target = Target.objects.get(pk=add("target", sectors=["II", "I"], gases="CO2; methane (ch4)").pk)
    assert target.aim_t == pytest.approx(720_000)
    assert (target.base_year, target.cut_percent, target.visibility) == (2017, 28.0, "place")
    assert (target.sectors, target.gases) == (["I", "II"], ["CO2", "CH4"])
    assert events_of(target)[0].verb == "planning.target.created"


def test_an_action_keeps_money_in_smaller_units_and_the_fields_that_packs_declare(add: Add) -> None:
    said = {
        "cost": "1250000.5", "currency": "eur", "starts_on": "2020-01-01", "ends_on": "2024-12-31",
        "purposes": ["adaptation", "mitigation"], "effect_t": "1200", "instrument": "infrastructure",
        "co_benefits": ["sdg3"], "sector": "stationary_energy",
    }  # fmt: skip
    action = Action.objects.get(pk=add("action", **said).pk)
    assert (action.cost_minor, action.currency) == (125_000_050, "EUR")
    assert (action.starts_on, action.ends_on) == (date(2020, 1, 1), date(2024, 12, 31))
    assert (action.purposes, action.more) == (["mitigation", "adaptation"], {"instrument": "infrastructure"})
    content = content_of(action)
    assert (content["cost"], content["effect_t"], content["instrument"]) == (
        "1250000.5", "1200", "infrastructure",
    )  # fmt: skip
    again = Action.objects.get(pk=add("action", **{k: v for k, v in content.items() if k != "visibility"}).pk)
    assert content_of(again) == content


@pytest.mark.parametrize(
    ("kind", "said", "field", "message"),
    [
        ("target", {"title": " "}, "title", "Title is not given. Fill it in."),
        ("target", {"kind": "baseyear"}, "kind", "none of those that can be chosen"),
        ("target", {"base_year": "2O17"}, "base_year", '"2O17" is not a year from 1900 to 2200'),
        ("target", {"target_year": "2010"}, "target_year", "2010 is not after its base year 2017"),
        ("target", {"base_emissions_t": "1,000"}, "base_emissions_t", "not a decimal number"),
        (
            "target",
            {"base_emissions_t": ""},
            "base_emissions_t",
            "Type them, or take them from the inventory",
        ),
        ("target", {"cut_percent": "0"}, "cut_percent", "it must be above 0"),
        ("target", {"cut_percent": ""}, "cut_percent", "a target of this kind needs it: A cut below a base"),
        (
            "target",
            {"fixed_emissions_t": "5"},
            "fixed_emissions_t",
            "a target of this kind does not use it",
        ),
        ("target", {"cut_percent": "12.3456789012345678"}, "cut_percent", "more than 15 digits"),
        ("target", {"base_linked": "yes"}, "base_linked", "there is no inventory of that year"),
        ("target", {"commitment": str(uuid.uuid4())}, "commitment", "none of those that can be chosen"),
        ("target", {"colour": "red"}, "colour", 'There is no field "colour".'),
        ("action", {"status": "in progres"}, "status", 'Did you mean "In progress"'),
        ("action", {"ends_on": "2019-02-30"}, "ends_on", '"2019-02-30" is not a day'),
        (
            "action",
            {"starts_on": "2020-01-02", "ends_on": "2020-01-01"},
            "ends_on",
            "is before the first day",
        ),
        ("action", {"cost": "5"}, "cost", "it has no currency"),
        ("action", {"currency": "EUR"}, "currency", "there is a currency and no cost"),
        ("action", {"cost": "5.5", "currency": "JPY"}, "cost", "JPY has no digits after the point"),
        ("action", {"cost": "-5", "currency": "EUR"}, "cost", "-5 is negative"),
        ("action", {"cost": "5", "currency": "EUX"}, "currency", '"EUX" is none of those'),
        ("action", {"effect_t": "lots"}, "effect_t", '"lots" is not a number'),
        ("action", {"title": "x" * 301}, "title", "longer than 300 characters"),
        ("action", {"owner": "a\x00b"}, "owner", "NUL character"),
        ("commitment", {"link": "javascript:alert(1)"}, "link", "not the address of a page"),
        ("achievement", {}, "action", "names none. Choose one of the two"),
        ("achievement", {"amount": "10"}, "unit", "an amount needs its unit"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_written(
    london: Place, kind: str, said: dict[str, Any], field: str, message: str
) -> None:
    assert message in refusals(kind, london, **said)[field]
    assert not PartRevision.objects.exists()


def test_a_baseline_scenario_and_inhabitants_give_the_aims_of_the_case(add: Add) -> None:
    scenario = add("target", kind="baseline_scenario", cut_percent="40", scenario_emissions_t="1200000")
    assert scenario.aim_t == pytest.approx(720_000)
    person_target = add(
        "target", kind="intensity", cut_percent="45", base_population="200000", target_population="240000"
    )
    assert person_target.aim_t == pytest.approx(660_000)


def test_only_those_with_the_right_at_the_place_write(london: Place) -> None:
    elsewhere = with_role("officer", place("PE-LIM", "Lima"))
    for actor in (elsewhere, with_role("viewer", london), person()):
        with pytest.raises(NotAllowed, match="Enter and change commitments"):
            add_part(actor=actor, place=london, kind="action", said=ACTION)
    assert not Action.objects.exists()


def test_letting_everybody_see_it_needs_a_right_and_a_source(add: Add, london: Place) -> None:
    with pytest.raises(Refused) as refused:
        add("target", visibility="public", source="")
    assert "nobody can see where they are from" in refused.value.findings[0].message
    with pytest.raises(Refused, match="One thing was refused"):
        add("action", visibility="friends")
    public = add("action", visibility="public")
    assert parts_of(None, london, "action") == [public]


def test_what_is_not_public_is_seen_by_those_with_the_right(add: Add, london: Place, officer: User) -> None:
    private, network, public = (add("action", visibility=each) for each in ("place", "registry", "public"))
    elsewhere = with_role("viewer", place("PE-LIM", "Lima"))
    assert set(parts_of(officer, london, "action")) == {private, network, public}
    assert set(parts_of(elsewhere, london, "action")) == {network, public}
    assert parts_of(person(), london, "action") == [public]
    for actor in (None, elsewhere):
        with pytest.raises(PartNotFound, match="no such Action that you can see"):
            part_for(actor, "action", private.public_id)
    with pytest.raises(NotAllowed):
        part_for(elsewhere, "action", public.public_id, "plan.edit")
    with pytest.raises(NotAllowed):
        history_of(elsewhere, public)


def test_who_may_publish_shows_what_others_wrote_and_changes_nothing_else(
    add: Add, london: Place, officer: User
) -> None:
    submitter, editor = with_role("submitter", london), with_role("editor", london)
    action = add("action")
    shown = show_part(actor=submitter, part=action, seen=1, visibility="public")
    assert (shown.visibility, shown.number) == ("public", 2)
    assert parts_of(None, london, "action") == [action]
    with pytest.raises(NotAllowed, match="Let everybody see"):
        show_part(actor=editor, part=shown, seen=2, visibility="place")
    with pytest.raises(NotAllowed, match="Enter and change"):
        show_part(actor=submitter, part=add("action"), seen=1, visibility="registry")
    with pytest.raises(Refused):
        show_part(actor=officer, part=add("target", source=""), seen=1, visibility="public")
    with pytest.raises(EditConflict):
        show_part(actor=officer, part=shown, seen=1, visibility="place")


def test_an_achievement_is_hidden_with_what_it_is_of(add: Add, london: Place) -> None:
    action = add("action")
    achievement = add("achievement", action=str(action.public_id), visibility="public")
    assert parts_of(None, london, "achievement") == []
    with pytest.raises(PartNotFound):
        part_for(None, "achievement", achievement.public_id)
    change_part(actor=OPERATOR, part=action, seen=1, said=ACTION, visibility="public")
    assert parts_of(None, london, "achievement") == [achievement]


def test_two_editors_never_overwrite_each_other(add: Add, officer: User) -> None:
    action = add("action")
    stale = Action.objects.get(pk=action.pk)
    change_part(actor=officer, part=action, seen=1, said={**ACTION, "owner": "Works"})
    with pytest.raises(
        EditConflict, match=r'Grace changed "Insulate schools".*Nothing was overwritten'
    ) as held:
        change_part(actor=OPERATOR, part=stale, seen=1, said={**ACTION, "owner": "Parks"})
    assert held.value.current == 2
    assert Action.objects.get().owner == "Works"


def test_saying_the_same_again_changes_nothing(add: Add, officer: User, london: Place) -> None:
    action = add("action")
    assert change_part(actor=officer, part=action, seen=1, said=ACTION).number == 1
    key = uuid.uuid4()
    first = add_part(actor=officer, place=london, kind="action", said=ACTION, key=key)
    assert add_part(actor=officer, place=london, kind="action", said=ACTION, key=key) == first
    with pytest.raises(EditConflict):
        add_part(actor=officer, place=london, kind="action", said={**ACTION, "owner": "X"}, key=key)
    assert PartRevision.objects.count() == 2


def test_the_history_says_who_when_before_and_after(add: Add, officer: User) -> None:
    action = add("action")
    action = change_part(
        actor=officer, part=action, seen=1, said={**ACTION, "status": "completed"}, reason="all done"
    )
    newest, first = history_of(officer, action)
    assert (newest.deed, newest.author, newest.reason, newest.number) == ("changed", officer, "all done", 2)
    assert (first.content["status"], newest.content["status"]) == ("in_progress", "completed")
    event = events_of(action)[0]
    assert (event.before, event.after) == ({"status": "in_progress"}, {"status": "completed"})


def test_an_earlier_version_is_brought_back_as_a_new_one(add: Add, officer: User) -> None:
    action = add("action")
    action = change_part(actor=officer, part=action, seen=1, said={**ACTION, "owner": "Works"})
    with pytest.raises(ReasonMissing, match="replaces what stands now"):
        restore_version(actor=officer, part=action, number=1, seen=2, reason=" ")
    with pytest.raises(NoSuchVersion, match="no version 9"):
        restore_version(actor=officer, part=action, number=9, seen=2, reason="x")
    action = restore_version(actor=officer, part=action, number=1, seen=2, reason="it was right")
    assert (action.number, action.owner) == (3, "")


def test_what_is_withdrawn_is_kept_and_can_stand_again(add: Add, officer: User, london: Place) -> None:
    action = add("action", visibility="public")
    with pytest.raises(ReasonMissing, match="others ask why"):
        withdraw_part(actor=officer, part=action, seen=1, reason="")
    action = withdraw_part(actor=officer, part=action, seen=1, reason="entered twice")
    assert parts_of(None, london, "action") == parts_of(officer, london, "action") == []
    assert withdrawn_of(officer, london) == [action]
    assert withdrawn_of(None, london) == []
    with pytest.raises(PartNotFound):
        part_for(None, "action", action.public_id)
    with pytest.raises(IsWithdrawn):
        change_part(actor=officer, part=action, seen=2, said=ACTION)
    action = restore_version(actor=officer, part=action, number=1, seen=2, reason="it was not")
    assert parts_of(None, london, "action") == [action]


def test_what_others_name_is_not_withdrawn(add: Add, officer: User) -> None:
    target = add("target")
    add("action", target=str(target.public_id))
    add("achievement", target=str(target.public_id))
    with pytest.raises(StillUsed, match="2 other parts of the plan name it"):
        withdraw_part(actor=officer, part=target, seen=1, reason="old")


def test_changes_are_undone_newest_first_and_the_first_one_withdraws(add: Add, officer: User) -> None:
    action = add("action")
    for seen, owner in ((1, "Works"), (2, "Parks")):
        action = change_part(actor=officer, part=action, seen=seen, said={**ACTION, "owner": owner})
    owners = []
    for seen in (3, 4, 5):
        action = undo_newest(actor=officer, part=action, seen=seen)
        owners.append((action.owner, action.withdrawn_at is None))
    assert owners == [("Works", True), ("", True), ("", False)]
    with pytest.raises(NothingToUndo):
        undo_newest(actor=officer, part=action, seen=6)


def test_a_withdrawal_is_undone(add: Add, officer: User) -> None:
    action = withdraw_part(actor=officer, part=add("action"), seen=1, reason="wrong")
    action = undo_newest(actor=officer, part=action, seen=2)
    assert (action.withdrawn_at, action.number) == (None, 3)


def test_a_part_of_another_place_is_not_named(london: Place, add: Add) -> None:
    lima = place("PE-LIM", "Lima")
    target = add("target")
    assert "none of those" in refusals("action", lima, target=str(target.public_id))["target"]
    assert TARGET["title"] not in refusals("action", lima, target=str(target.public_id))["target"]
