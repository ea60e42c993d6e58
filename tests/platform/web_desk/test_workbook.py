"""The inventory as a workbook: out, and in again with only the edit."""

from __future__ import annotations

import io

from localaction.engine.exchange.inventory_workbook import read_inventory, write_inventory
from tests.platform.web_desk.make import Desk, csv_of, filled, text_of


def out(desk: Desk) -> bytes:
    response = desk.get("inventory.xlsx")
    assert (
        response["Content-Disposition"]
        == f'attachment; filename="FR-PAR-{desk.inventory.label_year}-inventory.xlsx"'
    )
    return bytes(response.content)


def start(desk: Desk) -> None:
    desk.hand_in(csv_of(*filled()))
    desk.client.post(desk.at_report("apply/"))


def test_what_was_downloaded_changes_nothing_when_it_is_uploaded(desk: Desk) -> None:
    start(desk)
    count = len(desk.rows())
    page = text_of(desk.hand_in(out(desk), name="inventory.xlsx"))
    assert "The file is ready to apply" in page
    assert f"0 added, 0 removed, {count} unchanged" in page


def test_only_the_edit_changes_and_the_row_keeps_its_history(desk: Desk) -> None:
    start(desk)
    before = desk.rows("I.1.1")[0]
    book = read_inventory(io.BytesIO(out(desk)), "inventory.xlsx")
    edited = [
        row._replace(values={**row.values, "amount": "1250"}) if row.values["ref"] == "I.1.1" else row
        for row in book.rows
    ]
    run = desk.run()
    assert run is not None
    changed = io.BytesIO()
    write_inventory(changed, run.result, edited)
    page = text_of(desk.hand_in(changed.getvalue(), name="inventory.xlsx"))
    assert f"0 added, 1 changed, 0 removed, {len(edited) - 1} unchanged" in page
    assert "1 cell" in page
    desk.client.post(desk.at_report("apply/"))
    after = desk.rows("I.1.1")[0]
    assert (after.amount, after.row_key, after.number) == ("1250", before.row_key, before.number + 1)
    desk.client.post(desk.at_report("undo/"))
    assert desk.rows("I.1.1")[0].amount == before.amount


def test_the_public_page_hands_out_the_same_workbook(desk: Desk) -> None:
    start(desk)
    desk.post("publish/")
    address = f"/places/FR-PAR/inventory/{desk.inventory.label_year}/"
    response = desk.client.get(f"{address}inventory.xlsx")
    assert response.status_code == 200
    book = read_inventory(io.BytesIO(response.content), "inventory.xlsx")
    assert [row.values["ref"] for row in book.rows] == [row.ref for row in desk.rows()]
    assert book.about["Document (SHA-256)"]
