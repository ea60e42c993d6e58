"""A table with shuffled, renamed and further columns in another language is mapped once, then by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.support import heading, look, sign_in, write

pytestmark = pytest.mark.journey
YEARS = {"wide": 2012, "narrow": 2013}
HEADER = "Responsable {size};Magnitud;Cantidad;Observaciones internas;Energético;Código GPC"
FIRST = [
    "Obras;t;12000,5;revisar;gas_diesel_oil;I.2.1",
    "Tránsito;t;1500;;gas_diesel_oil;II.1.1",
]
SECOND = ["Obras;t;13000;revisado;gas_diesel_oil;I.2.1"]


def test_a_table_of_another_language_is_mapped_once_and_then_by_itself(
    page: Page, size: str, tmp_path: Path
) -> None:
    year = YEARS[size]
    sign_in(page, "officer@demo.example")
    page.goto("/desk/places/AR-BUE/inventories/new/")
    page.get_by_label("Year", exact=True).fill(str(year))
    page.get_by_role("button", name="Make the inventory").click()
    heading(page, f"Inventory {year}")
    editor = page.url

    hand_in(page, editor, write(tmp_path, "ventas-2012.csv", HEADER.format(size=size), *FIRST))
    heading(page, "Say which column is which")
    page.get_by_role("link", name="Map the columns").click()
    look(page, "import-mapping", size)
    expect(page.get_by_label("Código GPC")).to_have_value("ref")
    expect(page.get_by_label("Magnitud")).to_have_value("")

    page.get_by_label(f"Responsable {size}").select_option(label="Amount")
    page.get_by_role("button", name="Check the file by this mapping").click()
    expect(page.locator(".errsum")).to_be_focused()
    expect(page.locator(".errsum")).to_contain_text(
        "are all mapped to Amount, so it is unclear which one counts"
    )
    look(page, "import-mapping-refused", size)

    page.get_by_label(f"Responsable {size}").select_option(value="")
    page.get_by_label("Magnitud").select_option(label="Unit")
    page.get_by_label("A comma, as in 1.234,5").check()
    name = page.get_by_label("Save this mapping under a name")
    name.fill(f"ventas {size}")
    name.press("Enter")

    heading(page, "The file is ready to apply")
    expect(page.get_by_text("2 added, 0 removed, 0 unchanged")).to_be_visible()
    look(page, "import-ready", size)
    page.get_by_role("button", name="Apply").click()
    heading(page, "The file is applied")
    look(page, "import-applied", size)
    report = page.url
    page.goto(f"{editor}cell/I.2.1/")
    expect(page.get_by_text("12,000.5").first).to_be_visible()

    page.goto(report)
    page.get_by_role("button", name="Undo").click()
    heading(page, "The file was undone")
    page.goto(editor)
    expect(page.get_by_text("Nothing is entered yet").first).to_be_visible()

    hand_in(page, editor, write(tmp_path, "ventas-2013.csv", HEADER.format(size=size), *SECOND))
    heading(page, "The file is ready to apply")
    expect(page.get_by_text("1 added, 0 removed, 0 unchanged")).to_be_visible()
    page.goto("/desk/imports/")
    heading(page, "Imports")
    expect(page.get_by_role("link", name="ventas-2013.csv").first).to_be_visible()
    look(page, "imports", size)


def hand_in(page: Page, editor: str, path: Path) -> None:
    page.goto(f"{editor}upload/")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()
