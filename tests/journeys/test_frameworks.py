"""An officer answers one framework with the keyboard and finds the others filled; nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.conftest import SIZES, Site
from tests.journeys.support import (
    check_accessible,
    check_nothing_overflows,
    heading,
    look,
    settle,
    sign_in,
    sign_out,
    take_picture,
)

pytestmark = pytest.mark.journey
#: A year for each size, so that the two runs don't meet.
YEARS = {"wide": 2023, "narrow": 2024}
CITY = "/desk/places/GH-ACC/frameworks"
#: Not the same area, for an area holds in later years and what is said already is not saved again.
ANSWERS = {
    "wide": {"population.total": "2291352", "area.total": "173", "area.natural": "20"},
    "narrow": {"population.total": "2291352", "area.total": "174", "area.natural": "20"},
}
SHARE = {"wide": "11.6 %", "narrow": "11.5 %"}


def answered(page: Page, title: str) -> int:
    """Return how many answers the page of gaps counts for a framework."""
    card = page.locator(".fw-card").filter(has=page.get_by_role("link", name=title, exact=True))
    return int(card.locator("p b.num").first.inner_text())


def counts(page: Page) -> dict[str, int]:
    titles = page.locator(".fw-card h3 a").all_inner_texts()
    return {title: answered(page, title) for title in titles}


def type_into(page: Page, item: str, text: str) -> None:
    """Type an answer and leave its field with the Tab key."""
    field = page.locator(f'[data-item="{item}"]')
    field.locator(f'[name="{item}.raw"]').focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Tab")


def test_one_framework_answered_fills_three_others(page: Page, size: str) -> None:
    gaps = f"{CITY}/{YEARS[size]}/"
    sign_in(page, "other-officer@demo.example")
    page.goto(gaps)
    heading(page, "Frameworks")
    before = counts(page)
    look(page, "gaps-empty", size)

    page.goto(f"{gaps}singapore_index/2021/?section=native")
    look(page, "form-empty", size)
    type_into(page, "area.natural", "lots")
    expect(page.locator("#s-area\\.natural .err")).to_contain_text("is not a decimal number")
    page.locator('[name="area.natural.raw"]').fill("")
    for item in ("area.natural", "area.total"):
        if item == "area.natural":
            page.locator('[name="area.natural.unit"]').select_option("km2")
        type_into(page, item, ANSWERS[size][item])
        expect(page.locator(f'[data-item="{item}"] [data-live]')).to_contain_text("Saved")
    expect(page.locator("#r-1")).to_contain_text(SHARE[size])
    look(page, "form-answered", size)

    page.goto(f"{gaps}singapore_index/2021/?section=services")
    type_into(page, "population.total", ANSWERS[size]["population.total"])
    expect(page.locator('[data-item="population.total"] [data-live]')).to_contain_text("Saved")

    page.goto(gaps)
    after = counts(page)
    filled = [title for title in after if after[title] > before[title]]
    assert len(filled) >= 4, (before, after)
    look(page, "gaps-filled", size)


def test_answers_are_handed_in_and_read_by_a_visitor(page: Page, size: str) -> None:
    form = f"{CITY}/{YEARS[size] - 8}/singapore_index/2021/"
    sign_in(page, "other-officer@demo.example")
    page.goto(f"{form}?section=native")
    page.locator('[name="area.natural.unit"]').select_option("km2")
    type_into(page, "area.natural", "20")
    expect(page.locator('[data-item="area.natural"] [data-live]')).to_contain_text("Saved")
    page.get_by_role("link", name="Hand in").click()
    heading(page, "Hand in")
    look(page, "hand-in", size)
    page.get_by_role("button", name="Publish without verification").press("Enter")
    expect(page.locator("main")).to_contain_text("self-reported")
    look(page, "framework-report", size)
    sign_out(page)
    page.goto("/places/GH-ACC/")
    page.get_by_role("link", name=f"2021 edition, {YEARS[size] - 8}").click()
    expect(page.locator("main")).to_contain_text("Natural, restored and naturalised areas")


def test_an_answer_typed_while_the_line_is_down_is_sent_when_it_is_back(
    context: BrowserContext, size: str
) -> None:
    page = context.new_page()  # on which a lost line is no complaint
    item = "area.permeable"
    sign_in(page, "other-officer@demo.example")
    page.goto(f"{CITY}/{YEARS[size]}/singapore_index/2021/?section=services")
    field = page.locator(f'[data-item="{item}"]')
    page.context.set_offline(True)
    type_into(page, item, "61.5")
    expect(field.locator("[data-live]")).to_contain_text("Kept on this device")
    page.context.set_offline(False)
    expect(field.locator("[data-live]")).to_contain_text("Saved", timeout=12_000)
    page.reload()
    expect(page.locator(f'[name="{item}.raw"]')).to_have_value("61.5")


def test_a_closed_laptop_loses_nothing(context: BrowserContext, size: str) -> None:
    page = context.new_page()
    item = "area.tree_canopy"
    address = f"{CITY}/{YEARS[size]}/singapore_index/2021/?section=services"
    sign_in(page, "other-officer@demo.example")
    page.goto(address)
    page.context.set_offline(True)
    type_into(page, item, "33")
    expect(page.locator(f'[data-item="{item}"] [data-live]')).to_contain_text("Kept on this device")
    later = page.context.new_page()
    page.close()
    page.context.set_offline(False)
    later.goto(address)
    expect(later.locator(f'[data-item="{item}"] [data-live]')).to_contain_text("Saved")
    later.reload()
    expect(later.locator(f'[name="{item}.raw"]')).to_have_value("33")


def test_what_waited_on_a_device_overwrites_nobody_and_is_sent_by_nobody_else(
    context: BrowserContext, size: str
) -> None:
    page = context.new_page()
    address = f"{CITY}/{YEARS[size]}/singapore_index/2021/?section=services"
    sign_in(page, "other-officer@demo.example")
    page.goto(address)
    item = page.locator('.fl-field input[name$=".raw"]').last.get_attribute("name").removesuffix(".raw")
    page.context.set_offline(True)
    type_into(page, item, "41")
    expect(page.locator(f'[data-item="{item}"] [data-live]')).to_contain_text("Kept on this device")
    later = page.context.new_page()
    page.close()
    page = later
    page.context.set_offline(False)

    sign_out(page)
    sign_in(page, "admin@demo.example")
    page.goto(address)
    expect(page.locator(f'[name="{item}.raw"]')).to_have_value("")
    type_into(page, item, "52")
    expect(page.locator(f'[data-item="{item}"] [data-live]')).to_contain_text("Saved")

    sign_out(page)
    sign_in(page, "other-officer@demo.example")
    page.goto(address)
    expect(page.locator(f'[data-item="{item}"] .err')).to_contain_text("changed")
    expect(page.locator(f'[name="{item}.raw"]')).to_have_value("41")
    page.reload()
    expect(page.locator(f'[name="{item}.raw"]')).to_have_value("52")


def test_a_column_of_a_spreadsheet_fills_the_questions_one_below_the_other(page: Page, size: str) -> None:
    sign_in(page, "other-officer@demo.example")
    page.goto(f"{CITY}/{YEARS[size] - 4}/singapore_index/2021/?section=services")
    inputs = page.locator('.fl-field input[name$=".raw"]')
    names = [inputs.nth(number).get_attribute("name") for number in range(3)]
    inputs.first.focus()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text", "10\\n20\\n30\\n");
            const said = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", said));
        }"""
    )
    for name in names:
        field = page.locator(f'[data-item="{name.removesuffix(".raw")}"]')
        expect(field.locator("[data-live]")).to_contain_text("Saved")
    page.reload()
    assert [page.locator(f'[name="{name}"]').input_value() for name in names] == ["10", "20", "30"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_right_to_left_and_in_the_dark(browser: Browser, site: Site, scheme: str) -> None:
    context = browser.new_context(base_url=site.url, viewport=SIZES["wide"], color_scheme=scheme)
    page = context.new_page()
    sign_in(page, "other-officer@demo.example")
    context.add_cookies([{"name": "django_language", "value": "ar", "url": site.url}])
    for name, address in (
        ("gaps", f"{CITY}/2021/"),
        ("form", f"{CITY}/2021/gcom_crf/6.1/"),
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.dir") == "rtl"
        settle(page)
        take_picture(page, f"{name}-rtl-{scheme}")
        check_accessible(page)
        check_nothing_overflows(page)
    context.close()


def test_without_scripts_a_section_is_saved_by_its_button(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.url, viewport=SIZES["wide"], java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "other-officer@demo.example")
    page.goto(f"{CITY}/2022/singapore_index/2021/?section=native")
    page.locator('[name="area.natural.raw"]').fill("12")
    page.locator('[name="area.natural.raw"]').press("Enter")
    expect(page.locator("main")).to_contain_text("1 answer is saved.")
    page.locator('[name="area.natural.raw"]').fill("13")
    page.get_by_role("button", name=re.compile("Save and go on")).click()
    expect(page.locator("main")).to_contain_text("1 answer is saved.")
    context.close()
