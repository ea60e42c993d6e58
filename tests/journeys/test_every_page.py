"""Every public page, wide and narrow, light and dark, right-to-left: pictures, axe, no sideways scrolling."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import SIZES, Site
from tests.journeys.support import (
    check_accessible,
    check_nothing_overflows,
    look,
    settle,
    sign_in,
    take_picture,
)

pytestmark = pytest.mark.journey
PAGES = {
    "home": "/",
    "places": "/places/",
    "search-none": "/places/?q=Nowhereville",
    "place": "/places/AR-BUE/",
    "place-activity": "/places/US-MES/",
    "trail": "/figures/US-MES/2018/I.1.1/",
    "trail-total": "/figures/NL-AMS/2020/BASIC/",
    "sources": "/sources/",
    "source": "/sources/ipcc-2006-vol2/",
    "frameworks": "/frameworks/",
    "frameworks-search": "/frameworks/?q=water",
    "framework-scored": "/frameworks/singapore_index/2014/",
    "framework-silent": "/frameworks/singapore_index/2021/",
    "framework-levels": "/frameworks/iso_37120/2014/",
    "framework-badges": "/frameworks/gcom_crf/6.1/",
    "framework-registry": "/frameworks/climate_registry/2014/",
    "framework-item": "/frameworks/items/risk.hazards/",
    "framework-item-filled": "/frameworks/items/emissions.latest/",
    "methods": "/methods/",
    "method": "/methods/ghg.landfill_decay_2006/1/",
    "calculator": "/methods/ghg.landfill_decay_2006/1/calculate/",
    "calculator-result": "/methods/ghg.landfill_decay_2006/1/calculate/?example=D10",
    "interface": "/api/v1/",
    "style": "/style/",
    "sign-in": "/account/login/",
}


@pytest.mark.parametrize("name", PAGES)
def test_public_page(page: Page, size: str, name: str) -> None:
    answer = page.goto(PAGES[name])
    assert answer is not None
    assert answer.status == 200
    look(page, name, size)


@pytest.mark.parametrize(("scheme", "language"), [("dark", "en"), ("light", "ar")])
@pytest.mark.parametrize("name", ["place", "trail", "style", "home", "method", "calculator-result"])
def test_dark_and_right_to_left(
    browser: Browser, site: Site, size: str, name: str, scheme: str, language: str
) -> None:
    context = browser.new_context(
        base_url=site.url, viewport=SIZES[size], color_scheme=scheme, locale=language, reduced_motion="reduce"
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(PAGES[name])
    settle(page)
    if language == "ar":
        assert page.locator("html").get_attribute("dir") == "rtl"
    take_picture(page, f"{name}-{size}-{scheme}-{language}")
    check_accessible(page)
    check_nothing_overflows(page)
    context.close()


def test_place_page_is_complete_without_scripts(browser: Browser, site: Site, size: str) -> None:
    context = browser.new_context(base_url=site.url, viewport=SIZES[size], java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(PAGES["place"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Buenos Aires")
    expect(page.locator("main")).to_contain_text("10,348,919")
    assert page.locator("main table").count() >= 2
    context.close()


def test_first_view_is_light_on_the_wire(page: Page, size: str) -> None:
    received: list[int] = []
    page.on(
        "response",
        lambda answer: received.append(int(answer.headers.get("content-length") or len(answer.body()))),
    )
    page.goto(PAGES["place"])
    page.wait_for_load_state("networkidle")
    assert sum(received) <= 200_000, "the first view is at most 200 kB"


def test_an_arabic_first_view_is_light_and_its_typeface_comes_afterwards(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context(base_url=site.url, viewport=SIZES["narrow"], locale="ar")  # type: ignore[arg-type]
    page = context.new_page()
    received: dict[str, int] = {}
    page.on(
        "response",
        lambda answer: received.setdefault(
            answer.url, int(answer.headers.get("content-length") or len(answer.body()))
        ),
    )
    page.goto(PAGES["place"])
    page.wait_for_load_state("networkidle")
    late = {url for url in received if "noto-sans-arabic" in url or "late" in url}
    assert sum(size for url, size in received.items() if url not in late) <= 200_000
    if page.locator("link[data-late]").count():
        assert late, "the typeface of the script comes once the page stands"
        began = "performance.getEntriesByType('navigation')[0].loadEventStart"
        fetched = (
            "performance.getEntriesByType('resource').filter(one => one.name.includes('noto-sans-arabic'))"
        )
        assert page.evaluate(f"{fetched}.every(one => one.startTime >= {began})")
    context.close()


def test_keyboard_alone_moves_through_the_matrix(page: Page, size: str) -> None:
    sign_in(page, "officer@demo.example")
    page.goto("/desk/places/AR-BUE/inventory/2021/")
    page.locator("table.mx a.cell").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator("table.mx a.cell:focus")).to_have_attribute("href", re.compile(r"I\.2\.2"))
    page.keyboard.press("Enter")
    expect(page.locator(".drawer h2")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("table.mx a.cell:focus")).to_have_attribute("href", re.compile(r"I\.2\.2"))
