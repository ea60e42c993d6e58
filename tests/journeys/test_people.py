"""An officer invites a colleague, who accepts, sets up a passkey, and signs in with it alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.conftest import SIZES, Site
from tests.journeys.support import look, sign_in, sign_out

pytestmark = pytest.mark.journey
WORDS = "five plain words in a row"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def context(browser: Browser, site: Site, size: str) -> Iterator[BrowserContext]:
    """Under the name localhost: browsers make no passkeys for an address of numbers."""
    opened = browser.new_context(
        base_url=site.url.replace("127.0.0.1", "localhost"),
        viewport=SIZES[size],
        reduced_motion="reduce",
        locale="en-GB",
    )  # type: ignore[arg-type]
    yield opened
    opened.close()


def newest_link(site: Site) -> str:
    """Return the link of the newest invitation: the demo writes its mail to the log."""
    return re.findall(r"(/invitation/[\w-]+/)", (site.folder / "logs" / "web.log").read_text())[-1]


def test_invite_accept_and_sign_in_with_a_passkey(page: Page, site: Site, size: str) -> None:
    email = f"colleague-{size}@city.example"
    sign_in(page, "officer@demo.example")
    page.get_by_role("link", name="People", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Buenos Aires")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label(re.compile("^Editor")).check()
    page.get_by_label("The inventory", exact=True).check()
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text(f"The invitation is sent to {email}.")).to_be_visible()
    look(page, "people", size)
    sign_out(page)

    page.goto(newest_link(site))
    look(page, "invitation", size)
    page.get_by_label("Your name").fill("A colleague")
    page.get_by_label("A password").fill(WORDS)
    page.get_by_role("button", name="Accept and sign in").click()
    expect(page.get_by_text("You are now editor: Buenos Aires.")).to_be_visible()

    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto("/account/")
    look(page, "account", size)
    page.get_by_role("link", name="Add one").click()
    if page.url.endswith("/reauthenticate/") or "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(WORDS)
        page.locator("main form button.btn-main").first.click()
    page.locator("input[name=name]").fill("This laptop")
    page.locator("input[name=passwordless]").check()
    look(page, "passkey-add", size)
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url(re.compile(r"/2fa/(?!.*/add/)"))
    look(page, "passkey-added", size)
    sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(re.compile(r"/desk/"))


def test_the_pages_of_rights_and_sign_in(page: Page, size: str) -> None:
    for name, path in (("rights", "/help/rights/"), ("sign-in", "/account/login/")):
        page.goto(path)
        look(page, name, size)
    sign_in(page, "admin@demo.example")
    for name, path in (
        ("people-index", "/desk/people/?words=net"),
        ("offices", "/desk/offices/"),
        ("office-new", "/desk/offices/new/"),
        ("second-factor", "/account/2fa/"),
    ):
        page.goto(path)
        look(page, name, size)
