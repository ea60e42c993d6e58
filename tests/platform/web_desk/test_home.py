"""The first page of the desk: what waits, the most urgent first, each with its next step."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.services import create_inventory, save_row
from tests.platform.accounts.make import person, with_role
from tests.platform.web_desk.conftest import signed_in_as
from tests.platform.web_desk.make import Desk, csv_of, filled, text_of


def test_somebody_without_a_place_reads_who_can_help(db: None) -> None:
    page = text_of(signed_in_as(person()).get("/desk/"))
    assert "No place is yours yet" in page
    assert "An administrator of the network gives you a role" in page


def test_a_place_without_inventory_offers_the_first(city: object, officer: object) -> None:
    page = signed_in_as(officer).get("/desk/")  # type: ignore[arg-type]
    assert "Make the first inventory" in text_of(page)
    assert "/desk/places/FR-PAR/inventories/new/" in page.content.decode()


def test_each_state_names_its_next_step(desk: Desk) -> None:
    assert "Nothing is entered yet." in text_of(desk.client.get("/desk/"))
    desk.save()
    page = text_of(desk.client.get("/desk/"))
    assert "31 required cells are open. BASIC so far 56,26" in page
    assert "Continue" in page
    save_row(actor=OPERATOR, inventory=desk.inventory, values={"ref": "I.1.2", "notation_key": "NO"})
    assert "Open and compute" in text_of(desk.client.get("/desk/"))
    desk.hand_in(csv_of(*filled()))
    assert "Look and apply" in text_of(desk.client.get("/desk/"))
    desk.client.post(desk.at_report("apply/"))
    page = text_of(desk.client.get("/desk/"))
    assert "Ready to publish" in page
    assert "Check and publish" in page
    desk.post("publish/")
    page = text_of(desk.client.get("/desk/"))
    assert "Published; nothing has changed since." in page
    desk.save("I.2.1", mode="key", notation_key="NO")
    assert "Published, changed since" in text_of(desk.client.get("/desk/"))


def test_the_one_main_button_is_that_of_the_most_urgent(desk: Desk) -> None:
    create_inventory(actor=OPERATOR, place=desk.inventory.place, label_year=2021)
    save_row(actor=OPERATOR, inventory=desk.inventory, values={"ref": "I.1.2", "notation_key": "NO"})
    body = desk.client.get("/desk/").content.decode()
    assert body.count("btn-main") == 1
    first = body[body.index('class="todo"') :]
    assert first.index("2019") < first.index("2021")


def test_a_viewer_looks_and_is_offered_nothing_else(desk: Desk) -> None:
    desk.save()
    viewer = signed_in_as(with_role("viewer", desk.inventory.place))
    page = text_of(viewer.get("/desk/"))
    assert "Look" in page
    assert "New inventory" not in page


def test_older_inventories_are_one_step_away(desk: Desk) -> None:
    for year in range(2000, 2015):
        create_inventory(actor=OPERATOR, place=desk.inventory.place, label_year=year)
    page = text_of(desk.client.get("/desk/"))
    assert "Older inventories" in page
    assert "Inventory 2000 of Paris" not in page
    assert "Inventory 2000 of Paris" in text_of(desk.client.get("/desk/?show=24"))


def test_the_desk_asks_no_more_for_many_inventories_and_uploads(desk: Desk) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert desk.client.get("/desk/").status_code == 200
        return len(asked.captured_queries)

    desk.save()
    desk.hand_in("ref,notation_key\nI.1.2,NO\n")
    few = queries()
    for year in range(2000, 2010):
        inventory = create_inventory(actor=OPERATOR, place=desk.inventory.place, label_year=year)
        more = Desk(desk.client, inventory, desk.user)
        more.save()
        more.hand_in("ref,notation_key\nI.1.2,NO\n")
        create_inventory(actor=OPERATOR, place=desk.inventory.place, label_year=year - 20)
    assert queries() == few
    assert few <= 18
