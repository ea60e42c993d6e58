"""The landfill calculator as somebody new to it uses it: paste, compute, correct, take away."""

from __future__ import annotations

import csv
import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import SIZES, Site
from tests.journeys.support import look

pytestmark = pytest.mark.journey
LANDFILL = "/methods/ghg.landfill_decay_2006/1/calculate/"
SERIES = "\n".join(f"{2001 + n}\t{1000 + 10 * n}" for n in range(20))


def paste(page: Page, name: str, text: str) -> None:
    """Paste into a control as a browser does it."""
    page.locator(f"[name='{name}']").focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def fill(page: Page) -> None:
    paste(page, "year.0", SERIES)
    page.locator("[name='waste_type.0']").select_option("food")
    page.locator("[name='composition.0']").fill("0.6")
    page.locator("[name='waste_type.1']").select_option("paper")
    page.locator("[name='composition.1']").fill("0.4")
    page.locator("[name='climate']").select_option("tropical_wet")
    page.locator("[name='site_type']").select_option(index=1)


def test_a_newcomer_pastes_a_series_and_gets_a_chart_and_rows(page: Page, size: str) -> None:
    page.goto("/methods/")
    page.get_by_role(
        "link", name=re.compile(r"Calculate ?: Landfill, first-order decay \(IPCC 2006\)")
    ).click()
    fill(page)
    expect(page.locator("[name='waste.19']")).to_have_value("1190")
    page.locator("[name='composition.1']").fill("0.6")
    page.get_by_role("button", name="Calculate", exact=True).last.click()
    expect(page.locator(".errsum")).to_contain_text("sums to 1.2, but the shares must sum to 1")
    expect(page.locator("[name='waste.19']")).to_have_value("1190")
    page.locator("[name='composition.1']").fill("0.4")
    page.get_by_role("button", name="Calculate", exact=True).last.click()
    page.wait_for_url(re.compile(r"\?i="))
    expect(page.locator("figure.chart svg:visible")).to_have_attribute("aria-label", re.compile("2001 0"))
    look(page, "calculator-series", size)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Rows CSV").click()
    rows = list(csv.DictReader(waiting.value.path().read_text(encoding="utf-8").splitlines()))
    assert {row["ref"] for row in rows} == {"III.1.1"}
    assert "method ghg.landfill_decay_2006/1" in rows[0]["source"]


def test_the_keyboard_alone_moves_through_a_table(page: Page, size: str) -> None:
    page.goto(LANDFILL)
    page.locator("[name='year.0']").focus()
    page.keyboard.type("2001")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[name='year.1']")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name='waste.1']")).to_be_focused()


def test_without_scripts_a_table_is_pasted_and_computed(browser: Browser, site: Site, size: str) -> None:
    context = browser.new_context(base_url=site.url, viewport=SIZES[size], java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(LANDFILL)
    page.locator("#f-main-year summary").click()
    page.locator("[name='_paste.main-year']").fill(SERIES)
    page.get_by_role("button", name="Fill the table").first.click()
    expect(page.locator("[name='waste.19']")).to_have_value("1190")
    page.goto(f"{LANDFILL}?example=D09")
    expect(page.locator("#result")).to_contain_text("The document gives:")
    context.close()
