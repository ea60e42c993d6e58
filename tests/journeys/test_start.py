"""``localaction start``: begins with nothing, finds everything again, never runs by halves."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from tests.journeys.conftest import Site
from tests.journeys.support import PASSWORD

pytestmark = pytest.mark.journey
DESK = "/desk/places/AR-BUE/inventory/2022/"
ENTERED_T = "123456.5"
SHOWN = re.compile(r"123[,.\s\u202f]457|123[,.\s\u202f]456")
READY = re.compile(r"ready at http://localhost:\d+ \(after ([\d.]+) s\)")


class Visitor:
    """Somebody with a browser that keeps cookies and sends forms."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.browser: OpenerDirector = build_opener(HTTPCookieProcessor(CookieJar()))

    def read(self, path: str) -> str:
        with self.browser.open(self.site.url + path, timeout=30) as answer:
            return str(answer.read().decode())

    def send(self, path: str, **fields: str) -> str:
        """Open the page of a form, fill it and send it; return the page that follows."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.read(path))
        assert found, f"{path} has no form"
        body = urlencode({"csrfmiddlewaretoken": found[1], **fields}).encode()
        request = Request(self.site.url + path, body, {"Referer": self.site.url + path})
        with self.browser.open(request, timeout=30) as answer:
            return str(answer.read().decode())


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    yield site
    site.stop()


def said(site: Site) -> str:
    return (site.folder / "server.log").read_text(encoding="utf-8")


def wait_until_ready(site: Site, times: int) -> None:
    """Wait until it has been ready for the n-th time."""
    for _ in range(300):
        found = READY.findall(said(site))
        if len(found) == times:
            return
        time.sleep(0.1)
    raise AssertionError(said(site))


def children_of(pid: int) -> dict[str, int]:
    """Return the processes started by another, by their command line."""
    found: dict[str, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (OSError, ValueError):
                continue
            if parent == pid:
                found[words] = int(folder.name)
    return found


def test_what_was_entered_is_found_again_after_a_restart(own_site: Site) -> None:
    own_site.start()
    wait_until_ready(own_site, 1)
    read_the_progress(said(own_site))
    enter_an_inventory(Visitor(own_site))
    own_site.stop()
    assert said(own_site).rstrip().endswith("Stopping.")

    own_site.start()
    wait_until_ready(own_site, 2)
    again = said(own_site).partition("Stopping.")[2]
    for nothing_done in ("Up to date: nothing to do.", "12 places, unchanged", "files, unchanged"):
        assert nothing_done in again
    officer = Visitor(own_site)
    sign_in(officer)
    assert SHOWN.search(officer.read(DESK))
    assert "Accra" in Visitor(own_site).read("/places/GH-ACC/")
    one_part_ends(own_site)


def read_the_progress(text: str) -> None:
    steps = ["Data folder", "Database: SQLite", "Demo network", "Static files", "Web server", "Worker"]
    for number, step in enumerate(steps, start=1):
        assert f"[{number}/{len(steps)}] {step}" in text
    assert "Buenos Aires 2020: 54 rows, published" in text
    assert re.search(r"officer@demo\.example +officer of Buenos Aires", text)
    assert PASSWORD in text


def sign_in(officer: Visitor) -> None:
    officer.send("/account/login/", login="officer@demo.example", password=PASSWORD)


def enter_an_inventory(officer: Visitor) -> None:
    sign_in(officer)
    officer.send("/desk/places/AR-BUE/inventories/new/", period_kind="calendar", year="2022", gwp_set="ar5")
    officer.send(f"{DESK}cell/I.1.1/rows/new/", mode="direct", emitted=ENTERED_T, mass_unit="t", gas="CO2e")
    assert SHOWN.search(officer.read(DESK))


def one_part_ends(site: Site) -> None:
    """The worker is killed: the web server stops too, and the reason is said."""
    assert site.process is not None
    children = children_of(site.process.pid)
    assert len(children) == 2
    os.kill(next(pid for words, pid in children.items() if "db_worker" in words), signal.SIGKILL)
    assert site.process.wait(timeout=20) == 1
    assert "The worker ended by SIGKILL, so everything was stopped." in said(site)
    assert "Starting worker" in said(site)
    with pytest.raises(OSError, match="refused"):
        Visitor(site).read("/")
