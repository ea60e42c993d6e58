"""Every public page: what all of them promise."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.platform.web import make

INLINE = re.compile(r"<[^>]+\sstyle=|<style|<script(?![^>]*\bsrc=)|\son\w+=|javascript:", re.IGNORECASE)
ADDRESS = re.compile(r'(?:href|src)="(https?:)?//')
WEIGHT_WITHOUT_TYPEFACES = 115_000  # with 80 kB of typefaces a first view stays under 200 kB
ADDRESSES = (
    "/",
    "/places/",
    "/places/?q=paris",
    "/places/?q=nowhere",
    "/places/FR-PAR/",
    "/places/FR-PAR/inventory/2020/",
    "/figures/FR-PAR/2020/I.1.1/",
    "/figures/FR-PAR/2020/II.1.1/",
    "/figures/FR-PAR/2020/I.5.1/",
    "/figures/FR-PAR/2020/IV.1/",
    "/figures/FR-PAR/2020/BASIC/",
    "/figures/FR-PAR/2020/BASIC+/",
    "/data/",
    "/sources/",
    "/sources/ipcc-2006-vol2/",
    "/sources/globalwarmingpotentials/",
    "/factors/ipcc@2006:stationary.residential.natural_gas/",
    "/style/",
    "/account/login/",
    "/account/password/reset/",
)


@pytest.fixture(params=ADDRESSES)
def address(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_page_is_whole_and_carries_nothing_inline(client: Client, city: make.City, address: str) -> None:
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert INLINE.search(html) is None
    assert ADDRESS.search(html.replace('rel="noopener noreferrer"', "")) is None or address.startswith(
        "/sources/"
    )
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert re.search(r"<title>\S.* · Local Action</title>", html)
    assert '<html lang="en" dir="ltr">' in html
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "{{" not in html
    assert "{%" not in html


def test_ids_are_used_once(client: Client, city: make.City, address: str) -> None:
    html = client.get(address).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_links_within_the_site_lead_somewhere(client: Client, city: make.City, address: str) -> None:
    html = client.get(address).content.decode()
    links = {link.split("#")[0] for link in re.findall(r'<a[^>]*href="(/[^"]*)"', html)} - {"", "/desk/"}
    dead = [link for link in sorted(links)[:40] if client.get(link.replace("&amp;", "&")).status_code >= 400]
    assert dead == []


def test_links_within_the_page_have_a_target(client: Client, city: make.City, address: str) -> None:
    html = client.get(address).content.decode()
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= ids


def test_arabic_runs_from_right_to_left(client: Client, city: make.City, address: str) -> None:
    html = client.get(address, headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in html


def test_the_first_view_is_light(client: Client, city: make.City) -> None:
    for page in ("/", "/places/FR-PAR/"):
        html = client.get(page).content.decode()
        names = re.findall(r'(?:href|src)="/static/(web/(?!fonts)[^"#]+)', html)
        files = [Path(str(finders.find(name))).read_bytes() for name in dict.fromkeys(names)]
        weight = len(html.encode()) + sum(len(file) for file in files)
        assert weight < WEIGHT_WITHOUT_TYPEFACES, page


def test_the_theme_a_reader_chose_is_in_the_page(client: Client, city: make.City) -> None:
    client.cookies["theme"] = "dark"
    assert '<html lang="en" dir="ltr" data-theme="dark">' in client.get("/").content.decode()
    client.cookies["theme"] = '"><script>'
    assert "data-theme" not in client.get("/").content.decode().split("<body", 1)[0]


def test_a_language_is_chosen_and_remembered(client: Client, city: make.City) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "/places/FR-PAR/"})
    assert (answer.status_code, answer["Location"]) == (302, "/places/FR-PAR/")
    assert 'lang="ar" dir="rtl"' in client.get("/").content.decode()


def test_a_language_choice_leads_to_no_other_site(client: Client, city: make.City) -> None:
    answer = client.post("/language/", {"language": "ar", "next": "https://example.org/"})
    assert answer["Location"] == "/"


def test_visitors_get_no_cookie(client: Client, city: make.City) -> None:
    assert not client.get("/places/FR-PAR/").cookies


def test_the_menu_offers_the_desk_only_to_people_signed_in(officer: Client, client: Client) -> None:
    assert 'href="/desk/">Desk</a>' not in client.get("/").content.decode()
    assert 'href="/desk/">Desk</a>' in officer.get("/").content.decode()
