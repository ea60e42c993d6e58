"""Steps that several journeys share, in the words of the person who takes them."""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.conftest import ROOT

PASSWORD = "local-action-demo"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
AT_WORK = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
PATIENCE_MS = 10_000
SETTLED = """async ([atWork, patience]) => {
    const end = performance.now() + patience;
    const waits = () => document.querySelector(atWork)
        || [...document.images].some(image => !image.complete && image.loading !== "lazy");
    await document.fonts.ready;
    while (waits()) {
        if (performance.now() > end) throw new Error("the page did not come to rest");
        await new Promise(resume => requestAnimationFrame(resume));
    }
}"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def sign_in(page: Page, email: str) -> None:
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/desk/"))


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def look(page: Page, name: str, size: str) -> None:
    """Take a picture for people to look at, if one was asked for, and let axe look too."""
    settle(page)
    take_picture(page, f"{name}-{size}")
    check_accessible(page)
    check_nothing_overflows(page)


def settle(page: Page) -> None:
    """Wait until everything is there: pictures, typefaces, and what a part of the page was replaced by."""
    page.wait_for_load_state("load")
    page.evaluate(SETTLED, [AT_WORK, PATIENCE_MS])


def take_picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page in the folder LOCALACTION_PICTURES, if it is set."""
    if folder := os.environ.get("LOCALACTION_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def check_accessible(page: Page) -> None:
    """Fail on any violation axe finds against WCAG 2.2 AA."""
    # Evaluated by the debugger, not added as a script: the content-security policy stays as visitors have it.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", WCAG)
    wrong = [
        f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']][:3]}"
        for violation in found["violations"]
    ]
    assert wrong == [], f"{page.url}: {wrong}"


def check_nothing_overflows(page: Page) -> None:
    """The page itself never scrolls sideways."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the window"


def write(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def upload(page: Page, path: Path) -> None:
    page.get_by_role("link", name="Upload", exact=True).click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name="Check the file").click()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", name=text, level=1)).to_be_visible()
