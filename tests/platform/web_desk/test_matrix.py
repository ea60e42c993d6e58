"""The matrix of the editor: states, findings, totals that never go stale in silence, and how much it asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.inventories.models import Batch, Inventory
from localaction.platform.inventories.services import compute, save_row
from localaction.platform.web.desk import work
from tests.platform.web_desk.make import GAS, Desk, csv_of, filled, text_of

Counted = Callable[..., Any]
ROW = {"ref": "I.1.1", "activity": "natural_gas", "amount": "5", "unit": "TJ"}


def test_an_empty_inventory_says_what_would_be_here_and_offers_the_first_step(desk: Desk) -> None:
    page = text_of(desk.get())
    for words in (
        "Nothing is entered yet",
        "Upload a file",
        "Enter the first row",
        "Download template",
        "Empty",
    ):
        assert words in page, words
    assert "before you can publish" not in page
    assert desk.at("cell/I.1.1/rows/new/") in desk.get().content.decode()


def test_every_cell_of_the_protocol_leads_to_its_rows(desk: Desk) -> None:
    body = desk.get().content.decode()
    cells = re.findall(r'<a class="cell[^>]*href="([^"]+)"', body)
    assert len(cells) == 54
    for address in cells[:3] + cells[-3:]:
        assert desk.client.get(address).status_code == 200


def test_a_cell_holds_a_value_a_key_or_is_open_and_says_so_in_words(desk: Desk) -> None:
    desk.save()
    desk.save("I.2.1", mode="key", notation_key="NE", reason="No data")
    body = desk.get().content.decode()
    assert 'aria-label="I.1.1, Residential buildings, In boundary: 56,26' in body
    assert 'aria-label="I.2.1, Commercial and institutional buildings' in body
    assert "In boundary: NE, not estimated" in body
    assert re.search(r'aria-label="I\.3\.1[^"]*: open"', body)


def test_findings_stand_on_top_and_lead_to_their_cells(desk: Desk) -> None:
    desk.save()
    desk.save("I.4.1", mode="key", notation_key="IE")
    page, body = text_of(desk.get()), desk.get().content.decode()
    assert "3 things to settle before you can publish" in page
    assert "The notation key IE has no reason." in page
    assert "30 required cells are open" in page
    assert f'href="{desk.at("cell/I.4.1/")}"' in body
    assert "Fill them all with one key" in page
    assert 'class="cell is-key has-find"' in body
    assert "The notation key IE has no reason." in text_of(desk.get("cell/I.4.1/"))


def test_totals_are_computed_after_every_change(desk: Desk) -> None:
    desk.save()
    assert desk.run().number == 1
    assert "Computed just now from the rows as they stand." in text_of(desk.get())
    desk.undo()
    assert desk.run().result["totals"]["BASIC"]["co2e_t"] == 0


def test_totals_older_than_the_rows_are_marked_until_they_are_computed(desk: Desk) -> None:
    save_row(actor=OPERATOR, inventory=desk.inventory, values=ROW)
    page = text_of(desk.get())
    assert "The rows have not been computed yet." in page
    assert "To be computed" in page
    compute(actor=OPERATOR, inventory=desk.inventory)
    save_row(actor=OPERATOR, inventory=desk.inventory, values=ROW)
    page = text_of(desk.get())
    assert "The totals were computed just now; rows have changed since." in page
    assert "Totals are from before the last change" in text_of(desk.get("cell/I.1.1/"))
    told = text_of(desk.client.post(desk.at("compute/"), follow=True))
    assert "the totals are those of the rows as they stand" in told
    assert "rows have changed since" not in told


def test_what_made_totals_old_is_named(desk: Desk) -> None:
    desk.save()
    Inventory.objects.filter(pk=desk.inventory.pk).update(gwp_set="ar4")
    for address in (desk.at(), "/desk/", desk.at("publish/")):
        assert "the warming potentials have changed since" in text_of(desk.client.get(address))


def test_with_many_rows_the_officer_computes_when_ready(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "AT_ONCE", 1)
    desk.save()
    desk.save(**{**GAS, "amount": "7"})
    page = text_of(desk.get())
    assert "rows have changed since." in page
    assert "With 2 rows this is not done after each change." in page
    assert "Compute now" in page


def test_last_changes_are_listed_with_undo_each(desk: Desk) -> None:
    desk.save()
    desk.save("I.2.1", mode="key", notation_key="NO")
    body = desk.get().content.decode()
    page = text_of(desk.get())
    assert "row saved in I.2.1 Grace" in page
    first = str(desk.rows("I.1.1")[0].batch.public_id)
    assert f'name="batch" value="{first}"' in body
    undone = text_of(desk.client.post(desk.at("undo/"), {"batch": first}, follow=True))
    assert "Change undone in I.1.1." in undone
    assert [row.ref for row in desk.rows()] == ["I.2.1"]
    assert "row saved in I.1.1 undone Grace" in text_of(desk.get("history/"))


def test_nothing_is_left_to_undo(desk: Desk) -> None:
    desk.save()
    desk.undo()
    batch = str(Batch.objects.earliest("id").public_id)
    response = desk.post("undo/", batch=batch)
    assert response.status_code == 409
    assert "There is no change left to undo." in text_of(response)


def test_an_undo_that_does_not_say_of_what_undoes_nothing(desk: Desk) -> None:
    desk.save()
    response = desk.post("undo/")
    assert response.status_code == 409
    assert "It was not said which change to undo, so none was." in text_of(response)
    assert len(desk.rows()) == 1


def test_the_whole_history_comes_in_pages(desk: Desk) -> None:
    for _time in range(52):
        save_row(actor=OPERATOR, inventory=desk.inventory, values=ROW)
    page = desk.get("history/")
    assert text_of(page).count("row saved in I.1.1") == 2 * 50  # in words, and in the name of each Undo
    assert "Earlier changes" in text_of(page)
    assert text_of(desk.get("history/", show="100")).count("row saved in I.1.1 operator") == 52


def test_a_cell_with_many_rows_shows_them_in_pages(desk: Desk) -> None:
    for _time in range(30):
        save_row(actor=OPERATOR, inventory=desk.inventory, values=ROW)
    first, second = desk.get("cell/I.1.1/"), desk.get("cell/I.1.1/", page="2")
    assert first.content.decode().count("<article") == 25
    assert second.content.decode().count("<article") == 5
    assert "26–30 / 30" in text_of(second)
    assert desk.get("cell/I.1.1/", page="999").status_code == 200
    assert desk.get("cell/I.1.1/", page="x").status_code == 200


def test_next_leads_through_the_open_cells_and_round(desk: Desk) -> None:
    assert "Next open cell: I.1.2" in text_of(desk.get("cell/I.1.1/"))
    assert "Next open cell: I.1.1" in text_of(desk.get("cell/VI.1/"))


def test_the_drawer_comes_alone_for_htmx_and_with_the_page_without(desk: Desk) -> None:
    part, page = desk.get("cell/I.1.1/", htmx=True).content.decode(), desk.get("cell/I.1.1/").content.decode()
    assert part.strip().startswith('<aside class="drawer" id="drawer" data-ref="I.1.1"')
    assert '<table class="mx"' not in part
    assert part.strip() in page or 'data-ref="I.1.1"' in page
    assert '<table class="mx"' in page


@pytest.mark.parametrize(
    "rest", ["", "cell/I.1.1/", "cell/I.1.1/rows/new/", "history/", "upload/", "publish/"]
)
def test_queries_do_not_grow_with_the_rows(
    desk: Desk, django_assert_max_num_queries: Counted, rest: str
) -> None:
    desk.save()
    with django_assert_max_num_queries(24) as little:
        desk.get(rest)
    asked = len(little.captured_queries)
    rows = [ROW | {"amount": str(number)} for number in range(1, 400)]
    desk.hand_in(csv_of(*rows, *filled()[1:]))
    desk.client.post(desk.at_report("apply/"))
    assert len(desk.rows()) > 400
    with django_assert_max_num_queries(asked + 1):  # one more where something can be undone
        desk.get(rest)
