"""An officer plans, a visitor reads: a target with its path, an action with what it reached."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
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
PLAN = "/desk/places/GH-ACC/plan/"


def test_from_an_action_on_the_desk_to_its_public_page(page: Page, size: str) -> None:
    title = f"Buses that run on electricity, {size}"
    sign_in(page, "other-officer@demo.example")
    page.goto(PLAN)
    heading(page, "Plan")
    look(page, "plan", size)

    page.get_by_role("link", name="New action").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".errsum")).to_contain_text("Title is not given")
    look(page, "plan-action-refused", size)
    page.get_by_label("Title").fill(title)
    page.get_by_label("Status", exact=True).select_option("in_progress")
    page.get_by_label("Sector", exact=False).first.select_option("transport")
    page.get_by_label("Cost", exact=False).first.fill("2500000")
    page.get_by_label("Currency", exact=False).fill("GHS")
    page.get_by_label("Everybody").check()
    page.get_by_role("button", name="Keep it").press("Enter")
    heading(page, title)

    page.get_by_role("link", name="Add an achievement").click()
    page.get_by_label("Title").fill("The first ten buses run")
    page.get_by_label("Day by which it was reached").fill("2021-06-30")
    page.get_by_label("Amount", exact=False).first.fill("10")
    page.get_by_label("Unit of the amount", exact=False).fill("buses")
    page.get_by_label("Everybody").check()
    page.get_by_role("button", name="Keep it").click()
    page.goto(PLAN)
    page.get_by_role("link", name=title).click()
    expect(page.locator("main")).to_contain_text("The first ten buses run")
    look(page, "plan-part", size)

    page.get_by_role("link", name="Change", exact=True).click()
    page.get_by_label("Status", exact=True).select_option("completed")
    look(page, "plan-form", size)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".plan-history")).to_contain_text("In progress → Completed")

    sign_out(page)
    page.goto("/places/GH-ACC/")
    page.get_by_role("link", name=title).click()
    heading(page, title)
    expect(page.locator("main")).to_contain_text("10 buses")
    look(page, "action", size)


@pytest.mark.parametrize(("scheme", "language"), [("dark", "en"), ("light", "ar")])
def test_the_plan_in_the_dark_and_right_to_left(
    browser: Browser, site: Site, size: str, scheme: str, language: str
) -> None:
    context = browser.new_context(
        base_url=site.url, viewport=SIZES[size], color_scheme=scheme, locale=language, reduced_motion="reduce"
    )  # type: ignore[arg-type]
    page = context.new_page()
    sign_in(page, "officer@demo.example")
    page.goto("/desk/places/AR-BUE/plan/")
    settle(page)
    take_picture(page, f"plan-{size}-{scheme}-{language}")
    check_accessible(page)
    check_nothing_overflows(page)
    page.goto("/desk/places/AR-BUE/plan/target/new/")
    settle(page)
    take_picture(page, f"plan-target-new-{size}-{scheme}-{language}")
    check_accessible(page)
    check_nothing_overflows(page)
    context.close()


def test_the_plan_is_complete_without_scripts(browser: Browser, site: Site, size: str) -> None:
    context = browser.new_context(base_url=site.url, viewport=SIZES[size], java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/places/AR-BUE/")
    expect(page.locator("#targets")).to_contain_text(re.compile(r"52\.9\s*% less than 2015"))
    expect(page.locator("#targets table").first).to_contain_text("6,131,250")
    context.close()
