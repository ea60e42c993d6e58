"""One officer takes an inventory from a file to the public page; a visitor follows a number to its source."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Site
from tests.journeys.support import heading, look, sign_in, sign_out, upload, write

pytestmark = pytest.mark.journey
YEARS = {"wide": 2022, "narrow": 2023}
HEADER = "ref,activity,amount,unit,notation_key,included_in,reason,data_quality,source"
GOOD_ROWS = [
    "I.2.1,gas_diesel_oil,12000,t,,,,H,Traders of heating oil",
    "II.1.1,gas_diesel_oil,1500,t,,,,M,Fuel tax",
    "II.2.1,,,,IE,II.1.1,Sales do not tell trains from lorries,,",
]
THREE_MISTAKES = [
    HEADER,
    'I.2.1,gas_diesel_oil,"12,000",t,,,,H,Traders of heating oil',
    "I.63,natural_gas,5,TJ,,,,M,Network operator",
    "I.2.2,electricity,480,t,,,,M,Network operator",
    *GOOD_ROWS[1:],
]
HEATING_OIL_T = "38,462"  # case D01: 12 000 t gas oil in offices, AR5, 38 462.124 t CO2e


def test_from_a_file_with_mistakes_to_a_public_number_with_its_source(
    page: Page, site: Site, size: str, tmp_path: Path
) -> None:
    year = YEARS[size]
    sign_in(page, "officer@demo.example")
    look(page, "desk", size)
    make_inventory(page, year, size)
    read_what_is_wrong(page, size, write(tmp_path, "with-mistakes.csv", *THREE_MISTAKES))
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/")
    apply_corrected(page, size, write(tmp_path, "corrected.csv", HEADER, *GOOD_ROWS))
    open_a_number(page, size, year)
    fill_what_is_open(page, size, year)
    publish(page, size, year)
    sign_out(page)
    visit(page, size, year)


def make_inventory(page: Page, year: int, size: str) -> None:
    page.goto("/desk/places/AR-BUE/inventories/new/")
    heading(page, "New inventory")
    page.get_by_label("Year", exact=True).fill("21")
    page.get_by_role("button", name="Make the inventory").click()
    expect(page.locator(".errsum")).to_be_focused()
    look(page, "new-inventory-refused", size)
    page.get_by_label("Year", exact=True).fill(str(year))
    page.get_by_role("button", name="Make the inventory").click()
    heading(page, f"Inventory {year}")
    look(page, "editor-empty", size)


def read_what_is_wrong(page: Page, size: str, path: Path) -> None:
    upload(page, path)
    report = page.locator("main")
    for words in (
        "12,000",
        "ambiguous",
        "I.63",
        'Did you mean "I.6.3"',
        "measures mass, but energy is needed",
    ):
        expect(report).to_contain_text(words)
    look(page, "upload-three-mistakes", size)


def apply_corrected(page: Page, size: str, path: Path) -> None:
    expect(page.locator("main")).to_contain_text("Nothing is entered yet")  # nothing half-written
    upload(page, path)
    look(page, "upload-preview", size)
    page.get_by_role("button", name=re.compile("Apply")).click()
    look(page, "upload-applied", size)
    page.get_by_role("link", name="Open the inventory").click()
    expect(page.locator("main")).to_contain_text(HEATING_OIL_T)
    look(page, "editor-filled", size)


def open_a_number(page: Page, size: str, year: int) -> None:
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/cell/I.2.1/")
    look(page, "cell", size)
    page.get_by_role("link", name=re.compile("Trail")).first.click()
    main = page.locator("main")
    for words in ("12,000 t", "43", "table 1.4", "Warming potentials", "Traders of heating oil"):
        expect(main).to_contain_text(words)
    look(page, "trail-draft", size)


def fill_what_is_open(page: Page, size: str, year: int) -> None:
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/publish/")
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    look(page, "publish-not-ready", size)
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/open-cells/")
    page.get_by_role("button", name=re.compile(r"^Fill \d+ cells")).click()
    expect(page.locator(".errsum")).to_be_visible()  # without a reason it is refused
    page.locator("input[value=NE]").check()
    page.get_by_role("textbox", name="Reason").fill(
        "Data for this source are being collected; expected next year"
    )
    look(page, "open-cells", size)
    page.get_by_role("button", name=re.compile(r"^Fill \d+ cells")).click()


def publish(page: Page, size: str, year: int) -> None:
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/publish/")
    look(page, "publish-ready", size)
    page.get_by_role("button", name="Publish", exact=True).click()
    heading(page, f"Inventory {year} is published")
    look(page, "published", size)


def visit(page: Page, size: str, year: int) -> None:
    page.goto(f"/places/AR-BUE/inventory/{year}/")
    expect(page.locator("main")).to_contain_text("Buenos Aires")
    expect(page.locator("svg[role=img]").first).to_be_attached()
    look(page, "public-chart", size)
    page.locator(".object, main").first.get_by_role("tab", name="Table").first.click()
    expect(page.locator("main table").first).to_be_visible()
    look(page, "public-table", size)
    answer = page.request.get(f"/places/AR-BUE/inventory/{year}/inventory.json")
    assert hashlib.sha256(answer.body()).hexdigest() in page.content()
    document = json.loads(answer.body())
    assert document["result"]["totals"]["BASIC"]["co2e_t"].startswith("43")
    page.goto(f"/figures/AR-BUE/{year}/I.2.1/")
    expect(page.locator("main")).to_contain_text("38,462")
    expect(page.locator("main")).to_contain_text("2006 IPCC Guidelines")
    look(page, "trail-public", size)
