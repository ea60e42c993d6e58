"""The plan on the desk: an officer's way from an empty page to a public target, and two editors at once."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from localaction.platform.planning.models import Achievement, Action, Evidence, Target
from localaction.platform.planning.services import change_part
from tests.platform.accounts.make import with_role
from tests.platform.planning.conftest import ACTION, TARGET
from tests.platform.web_desk import make
from tests.platform.web_desk.conftest import signed_in_as
from tests.platform.web_desk.make import Desk

pytestmark = pytest.mark.django_db
PLAN = "/desk/places/FR-PAR/plan/"


def text_of(response: Any) -> str:
    """Return what a page says; chemical formulas in one word."""
    return make.text_of(response).replace("CO 2 e", "CO2e")


def add(client: Client, part: str, /, **said: Any) -> Any:
    usual = {"action": ACTION, "target": TARGET, "achievement": {"title": "Ten done", "day": "2022-06-30"}}
    data = {**usual.get(part, {}), "visibility": "place", "key": str(uuid.uuid4()), **said}
    return client.post(f"{PLAN}{part}/new/", data, follow=True)


def at(part: Any) -> str:
    return f"/desk/plan/{type(part).__name__.lower()}/{part.public_id}/"


def test_an_empty_plan_says_what_would_be_there_and_leads_on(desk: Desk) -> None:
    said = text_of(desk.client.get(PLAN))
    assert "No target yet" in said
    assert "Example: 40 % less than 2015 by 2030" in said
    assert "Add the first action" in said
    assert PLAN in desk.client.get("/desk/").content.decode()


def test_a_target_is_added_and_shown_with_its_path(desk: Desk) -> None:
    said = text_of(add(desk.client, "target"))
    assert "“28 % less by 2030” is kept." in said
    assert "720.0 kt CO2e , 28 % less than 2017" in said
    page = desk.client.get(PLAN)
    assert "No inventory from the base year on can be compared yet" in text_of(page)
    assert 'class="wide"' in page.content.decode()


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(desk: Desk) -> None:
    response = add(desk.client, "target", base_emissions_t="1,000", cut_percent="", title="Half by 2030")
    said = text_of(response)
    assert response.status_code == 422
    assert "There are 2 things to change" in said
    assert '"1,000" is not a number that can be kept' in said
    page = response.content.decode()
    assert 'value="1,000"' in page
    assert 'value="Half by 2030"' in page
    assert not Target.objects.exists()


def test_a_form_sent_twice_makes_one(desk: Desk) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        assert add(desk.client, "action", key=key).status_code == 200
    assert Action.objects.count() == 1
    assert "Nothing was overwritten" in text_of(add(desk.client, "action", key=key, owner="Works"))


def test_an_action_is_changed_looked_at_and_undone(desk: Desk) -> None:
    add(desk.client, "action", cost="1250000", currency="EUR", sector="transport")
    action = Action.objects.get()
    form = desk.client.get(f"{at(action)}change/").content.decode()
    assert 'value="1250000"' in form
    assert re.search(r'<option value="transport"\s+selected', form)
    changed = {**ACTION, "status": "completed", "visibility": "place", "seen": "1", "reason": "all done"}
    said = text_of(desk.client.post(f"{at(action)}change/", changed, follow=True))
    assert "Status: In progress → Completed" in said
    assert "all done" in said
    said = text_of(desk.client.post(f"{at(action)}undo/", {"seen": "2"}, follow=True))
    assert "The last change is undone." in said
    assert "EUR 1,250,000" in said


def test_two_editors_see_both_versions_and_choose(desk: Desk) -> None:
    add(desk.client, "action")
    action = Action.objects.get()
    change_part(actor=desk.user, part=action, seen=1, said={**ACTION, "owner": "Works"})
    mine = {**ACTION, "owner": "Parks", "visibility": "place", "seen": "1"}
    response = desk.client.post(f"{at(action)}change/", mine)
    said = text_of(response)
    assert response.status_code == 409
    assert "Somebody else changed this while you had it open" in said
    assert "Carried out by Works Parks" in said
    assert Action.objects.get().owner == "Works"
    seen = re.search(r'name="seen" value="(\d+)"', response.content.decode())
    assert seen is not None
    desk.client.post(f"{at(action)}change/", mine | {"seen": seen[1]})
    assert Action.objects.get().owner == "Parks"


def test_a_withdrawn_action_is_brought_back_from_its_history(desk: Desk) -> None:
    add(desk.client, "action")
    action = Action.objects.get()
    response = desk.client.post(f"{at(action)}withdraw/", {"seen": "1", "reason": ""})
    assert "Say why; it is kept with the record." in text_of(response)
    desk.client.post(f"{at(action)}withdraw/", {"seen": "1", "reason": "entered twice"})
    assert "1 part withdrawn" in text_of(desk.client.get(PLAN))
    said = text_of(desk.client.post(f"{at(action)}versions/1/", {"seen": "2", "reason": "no"}, follow=True))
    assert "Brought back as it was" in said
    assert desk.client.get(f"{at(action)}versions/99/").status_code == 404


def test_actions_are_narrowed_by_status_and_sector_and_taken_as_a_file(desk: Desk) -> None:
    add(desk.client, "action", title="=Trams", sector="transport", status="planned")
    add(desk.client, "action", title="Compost", sector="waste")
    said = text_of(desk.client.get(PLAN, {"status": "planned"}))
    assert "=Trams" in said
    assert "Compost" not in said
    assert "Show all" in said
    body = desk.client.get(f"{PLAN}actions.csv", {"sector": "transport"}).content.decode("utf-8-sig")
    assert body.splitlines()[0].startswith("id,title,description,status,purposes,sector,owner")
    assert "'=Trams" in body
    assert "Compost" not in body


def test_an_achievement_is_added_to_its_action(desk: Desk) -> None:
    add(desk.client, "action")
    action = Action.objects.get()
    form = desk.client.get(f"{PLAN}achievement/new/", {"action": str(action.public_id)}).content.decode()
    assert re.search(rf'<option value="{action.public_id}"\s+selected', form)
    add(desk.client, "achievement", action=str(action.public_id), amount="10", unit="schools")
    assert Achievement.objects.get().action == action
    assert "10 schools" in text_of(desk.client.get(PLAN))
    refused = desk.client.post(f"{at(action)}withdraw/", {"seen": "1", "reason": "old"})
    assert "cannot be withdrawn: 1 other parts of the plan name it" in text_of(refused)


def test_a_submitter_lets_everybody_see_what_the_editor_wrote(desk: Desk) -> None:
    add(desk.client, "action")
    action = Action.objects.get()
    submitter = signed_in_as(with_role("submitter", desk.inventory.place, name="Sue"))
    page = submitter.get(at(action)).content.decode()
    assert "/seen-by/" in page
    assert f"{at(action)}change/" not in page
    said = submitter.post(f"{at(action)}seen-by/", {"visibility": "public", "seen": "1"}, follow=True)
    assert "It is said who sees it." in text_of(said)
    assert "Seen by: the place → everybody" in text_of(said)
    assert "Say who sees it." in text_of(submitter.post(f"{at(action)}seen-by/", {}, follow=True))
    assert "Nothing was overwritten" in text_of(
        submitter.post(f"{at(action)}seen-by/", {"visibility": "place", "seen": "1"}, follow=True)
    )


def test_a_viewer_sees_no_way_to_change_the_plan(desk: Desk) -> None:
    add(desk.client, "action")
    viewer = signed_in_as(with_role("viewer", desk.inventory.place, name="Vera"))
    for address in (PLAN, at(Action.objects.get())):
        page = viewer.get(address).content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert "/new/" not in main
        assert "/change/" not in main
        assert 'method="post"' not in main


@pytest.mark.parametrize("address", [f"{PLAN}goal/new/", f"/desk/plan/goal/{uuid.UUID(int=1)}/"])
def test_a_kind_that_is_not_there_is_not_found(desk: Desk, address: str) -> None:
    assert desk.client.get(address).status_code == 404


def test_the_plan_takes_the_same_queries_whatever_its_size(desk: Desk) -> None:
    counts = []
    for number in range(3):
        add(desk.client, "action", title=f"Action {number}")
        add(desk.client, "target", title=f"Target {number}")
        newest = Action.objects.order_by("-pk").first()
        add(desk.client, "achievement", action=str(newest.public_id) if newest else "")
        with CaptureQueriesContext(
            connection,
        ) as found:
            desk.client.get(PLAN)
        counts.append(len(found))
    assert counts[0] == counts[2] <= 24


def test_a_file_is_attached_opened_and_withdrawn(desk: Desk) -> None:
    add(desk.client, "action")
    action = Action.objects.get()
    assert "No file yet." in text_of(desk.client.get(at(action)))
    refused = desk.client.post(f"{at(action)}evidence/", {"evidence-visibility": "place"})
    assert refused.status_code == 422
    assert "Choose a file." in text_of(refused)
    bill = SimpleUploadedFile("<b>bill.pdf", b"%PDF bill")
    data = {"evidence-file": bill, "evidence-note": "what was paid", "evidence-visibility": "place"}
    page = desk.client.post(f"{at(action)}evidence/", data, follow=True)
    assert "“<b>bill.pdf” is attached." in text_of(page)
    assert b"<b>bill" not in page.content
    held = Evidence.objects.get()
    handed_out = desk.client.get(f"/desk/plan/evidence/{held.public_id}/file/")
    assert b"".join(handed_out.streaming_content) == b"%PDF bill"  # type: ignore[arg-type]
    assert handed_out["Content-Type"] == "application/octet-stream"
    assert handed_out["Content-Disposition"].startswith("attachment")
    said = desk.client.post(
        f"/desk/plan/evidence/{held.public_id}/withdraw/", {"reason": "wrong year", "seen": "0"}, follow=True
    )
    assert "is withdrawn." in text_of(said)
    assert "No file yet." in text_of(desk.client.get(at(action)))
