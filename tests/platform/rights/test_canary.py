"""The canary crawl: what stands in private records of Paris shows to nobody without the right.

Somebody follows every link from the first page and the desk, tries every address there is, and searches for
the canaries. The crawl of an officer of Paris finds them: it would find them elsewhere too.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve

from localaction.platform.accounts.models import User
from localaction.platform.accounts.rights import OPERATOR
from localaction.platform.publication.releasing import publish_release
from tests.platform.rights.asking import ERRORS, ask, client_of
from tests.platform.rights.world import CANARIES, Scene

LINK = re.compile(rb'(?:href|src|action|hx-get)="(/[^"#]*)')
START = (
    "/", "/places/", "/data/", "/keys/", "/desk/", "/desk/people/", "/desk/imports/", "/desk/offices/",
    "/account/",
    "/places/FR-PAR/", "/places/PE-LIM/", "/api/v1/", "/api/v1/openapi.json",
    "/places/?q=canary", "/factors/?q=canary", "/methods/?q=canary", "/frameworks/?q=canary",
    "/sources/?q=canary",
)  # fmt: skip
#: The rule book comes from packs, not from the database: its pages are not followed one by one.
RULE_BOOK = re.compile(r"/(static|factors|methods|frameworks|sources|style|i18n|language|calculate)\b")
MOST, OF_A_KIND = 400, 3  # pages in all; pages of a kind that are followed from links
WHOLE = re.compile(rb"canary[ -]\w+")


@pytest.fixture
def released(world: Scene) -> Scene:
    publish_release(actor=OPERATOR, publisher="The network")
    return world


def kind_of(path: str) -> str:
    """Return what pages of a kind have in common: their view, and whether they are about Paris."""
    try:
        return f"{resolve(path).view_name} {'FR-PAR' in path}"
    except Resolver404:
        return path


def crawl(who: User | None, world: Scene) -> tuple[set[str], int]:
    """Return the canaries that somebody finds, and how many pages they saw."""
    client, seen = client_of(who), set(START) | set(world.paths.values())
    waiting, kinds, found, pages = deque(sorted(seen)), Counter[str](), set(), 0
    while waiting and pages < MOST:
        path = waiting.popleft()
        status, body, leads = ask(client, path)
        assert status < ERRORS, path
        pages += 1
        # The page of an invitation is for whoever got its mail: its token is the right.
        if path != world.paths["web:invitation"]:
            found |= {word.decode() for word in WHOLE.findall(body)} & set(CANARIES)
        for link in [*LINK.findall(body), leads.encode()]:
            target = urlsplit(urljoin(f"http://testserver{path}", link.decode().replace("&amp;", "&")))
            address = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc != "testserver" or address in seen or RULE_BOOK.match(target.path):
                continue
            seen.add(address)
            kinds[kind_of(target.path)] += 1
            if kinds[kind_of(target.path)] <= OF_A_KIND:
                waiting.append(address)
    assert pages < MOST, "The crawl did not come to an end; leave out what is not of places."
    return found, pages


def test_an_officer_of_the_place_finds_the_canaries(released: Scene) -> None:
    found, pages = crawl(released.here["officer"], released)
    assert found >= {
        "canary row", "canary note", "canary file", "canary citation", "canary action", "canary reason",
        "canary-address", "canary-name",
    }  # fmt: skip
    assert pages > len(START)


@pytest.mark.parametrize("who", ["nobody", "officer", "viewer", "staff", "funder"])
def test_nobody_else_finds_any(released: Scene, who: str) -> None:
    person = (
        {"nobody": None, "signed in": released.nobody}.get(who) if who in {"nobody", "signed in"} else None
    )
    if who not in {"nobody", "signed in"}:
        person = released.elsewhere[who]
    assert crawl(person, released)[0] == set()


@pytest.mark.parametrize("role", ["funder", "verifier"])
def test_who_holds_a_role_of_the_place_that_sees_no_drafts_finds_none(released: Scene, role: str) -> None:
    assert crawl(released.here[role], released)[0] == set()


def test_no_file_of_a_release_holds_one(released: Scene, settings: object) -> None:
    folder = Path(settings.DATA_DIR) / "releases"  # type: ignore[attr-defined]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"canary" in path.read_bytes()]
