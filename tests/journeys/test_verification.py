"""A report goes from its officer to a verifier and back, and to the public with a signed statement."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Site
from tests.journeys.support import heading, look, sign_in, sign_out, upload, write

from localaction.engine.cli.verify import main as verify

pytestmark = pytest.mark.journey
YEARS = {"wide": 2016, "narrow": 2017}
HEADER = "ref,activity,amount,unit,notation_key,included_in,reason,data_quality,source"
ROWS = [
    "I.1.1,natural_gas,9000,TJ,,,,H,Meters of the gas network",
    "I.2.1,gas_diesel_oil,12000,t,,,,H,Traders of heating oil",
    "II.1.1,gas_diesel_oil,1500,t,,,,M,",
]


def test_from_submission_to_a_statement_that_anybody_can_check(
    page: Page, site: Site, size: str, tmp_path: Path
) -> None:
    year = YEARS[size]
    sign_in(page, "officer@demo.example")
    submit(page, size, year, write(tmp_path, "rows.csv", HEADER, *ROWS))
    sign_out(page)
    sign_in(page, "admin@demo.example")
    assign(page, size, year)
    sign_out(page)
    sign_in(page, "verifier@demo.example")
    begin_and_ask(page, size, year)
    sign_out(page)
    sign_in(page, "officer@demo.example")
    reply(page, size)
    sign_out(page)
    sign_in(page, "verifier@demo.example")
    decide(page, size, year)
    sign_out(page)
    sign_in(page, "officer@demo.example")
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/publish/")
    look(page, "publish-verified", size)
    page.get_by_role("button", name="Publish", exact=True).click()
    sign_out(page)
    check_as_a_visitor(page, size, year, tmp_path)


def submit(page: Page, size: str, year: int, rows: Path) -> None:
    page.goto("/desk/places/AR-BUE/inventories/new/")
    page.get_by_label("Year", exact=True).fill(str(year))
    page.get_by_role("button", name="Make the inventory").click()
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/submit/")
    expect(page.get_by_role("button", name="Submit for verification")).to_be_disabled()
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/")
    upload(page, rows)
    page.get_by_role("button", name=re.compile("Apply")).click()
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/open-cells/")
    page.locator("input[value=NE]").check()
    page.get_by_role("textbox", name="Reason").fill("Data for this source are being collected")
    page.get_by_role("button", name=re.compile(r"^Fill \d+ cells")).click()
    page.goto(f"/desk/places/AR-BUE/inventory/{year}/")
    page.get_by_role("link", name="Verification", exact=True).click()
    page.get_by_label("Note to the verifier").fill("Sales of road fuel are new this year.")
    look(page, "submit", size)
    page.get_by_role("button", name="Submit for verification").click()
    heading(page, f"Verification of Inventory {year}")
    look(page, "submitted", size)


def assign(page: Page, size: str, year: int) -> None:
    page.goto("/desk/verification/")
    look(page, "queue-of-staff", size)
    page.get_by_role("link", name=f"Buenos Aires, inventory {year}").click()
    look(page, "review-assign", size)
    page.get_by_label("Demo verifier").check()
    page.get_by_role("button", name="Assign", exact=True).click()
    expect(page.locator("main")).to_contain_text("Demo verifier")


def begin_and_ask(page: Page, size: str, year: int) -> None:
    look(page, "desk-of-verifier", size)
    page.get_by_role("link", name="Open the queue").click()
    page.get_by_role("link", name=f"Buenos Aires, inventory {year}").click()
    page.get_by_role("button", name="Begin the review").click()
    expect(page.locator(".errsum")).to_be_focused()  # without the declaration it does not begin
    page.get_by_label("I neither work for this place").check()
    page.get_by_role("button", name="Begin the review").click()
    look(page, "review", size)
    page.get_by_role("link", name=re.compile("II.1.1")).click()
    expect(page.locator("main")).to_contain_text("No source is named for this line")
    page.get_by_text("Ask the place", exact=True).click()
    page.get_by_label("About").select_option(label=page.locator("option", has_text="II.1.1").inner_text())
    page.get_by_label("Your question").fill("Where do the sales come from? Name the file and the page.")
    look(page, "review-ask", size)
    page.get_by_role("button", name="Send the query").click()
    expect(page.locator("main")).to_contain_text("queried")


def reply(page: Page, size: str) -> None:
    look(page, "desk-with-query", size)
    page.get_by_role("link", name=re.compile("^Reply")).first.click()
    page.get_by_label("Your reply").fill("Tax office, fuel.xlsx, sheet 2, row 40.")
    look(page, "reply", size)
    page.get_by_role("button", name="Send the reply").click()
    expect(page.locator("main")).to_contain_text("in review")


def decide(page: Page, size: str, year: int) -> None:
    page.goto("/desk/verification/")
    look(page, "queue", size)
    page.get_by_role("link", name=f"Buenos Aires, inventory {year}").click()
    page.get_by_label("What came of it").fill("Sheet 2 shows the amount stated.")
    page.get_by_role("button", name="Settle it").click()
    for left in (2, 1, 0):  # the next line to do opens by itself
        page.get_by_label("Accept: figure and evidence agree").check()
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.locator(".sample small", has_text="to do")).to_have_count(left)
    page.get_by_text("Sign the statement", exact=True).first.click()
    page.get_by_label("Limited:").check()
    page.get_by_label("Without reservation").check()
    page.get_by_label("Statement", exact=True).fill(
        "We compared the sampled lines with their evidence. Nothing speaks against them."
    )
    page.get_by_label("Signed as").fill("Example Assurance")
    look(page, "review-sign", size)
    page.get_by_role("button", name="Sign the statement").click()
    expect(page.locator("main")).to_contain_text("limited assurance, without reservation")
    look(page, "review-verified", size)


def check_as_a_visitor(page: Page, size: str, year: int, folder: Path) -> None:
    page.goto(f"/places/AR-BUE/inventory/{year}/")
    expect(page.locator("main")).to_contain_text("Verified: limited assurance, without reservation")
    look(page, "public-verified", size)
    page.goto("/keys/")
    look(page, "keys", size)
    page.goto(f"/places/AR-BUE/inventory/{year}/")
    link = page.get_by_role("link", name="The document with its signature and the keys")
    address = link.get_attribute("href")
    bundle, keys = folder / "document.zip", folder / "keys.json"
    bundle.write_bytes(page.request.get(str(address)).body())
    keys.write_bytes(page.request.get("/keys.json").body())
    assert verify([str(bundle), "--keys", str(keys)]) == 0
