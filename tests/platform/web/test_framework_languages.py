"""Frameworks in the language of the page: whose translation it is, what is stale, and from right to left."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from localaction.engine.packs.editions import frameworks, item_translations, read_alone, read_folder
from localaction.engine.packs.starter import begin
from localaction.engine.packs.texts import framework_texts
from localaction.engine.packs.translating import refresh
from localaction.engine.packs.translationreader import FRAMEWORK
from localaction.engine.packs.translations import spoken, translated
from localaction.platform.web.frameworks import catalogue

FRAMEWORKS = frameworks()
SHIPPED = [(held, language) for held in FRAMEWORKS.values() for language in held.translations]
ARABIC = {"Density": "الكثافة", "A framework of ours": "إطار من عندنا", "People and space": "السكان والمساحة"}


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    """A request leaves its language behind for whatever runs next in this process."""
    yield
    translation.activate("en")


def source(client: Client, address: str, language: str) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def said(page: str) -> str:
    """Return what a page says, without tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)))


@pytest.fixture
def arabic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A made-up framework with an Arabic translation, one text of which is stale."""
    begin("our_index/2026", tmp_path, date(2026, 11, 25))
    folder = tmp_path / "our_index" / "2026"
    path = refresh(
        folder, FRAMEWORK, framework_texts(read_alone(folder)), "ar", "en", "A translator", "2026-11-25"
    ).path
    written = path.read_text(encoding="utf-8")
    for english, text in ARABIC.items():
        before, source, after = written.partition(f"# {english}\n")
        written = before + source + after.replace('text: ""', f'text: "{text}"', 1)
    path.write_text(written, encoding="utf-8")
    pack = folder / "pack.yaml"
    newer = pack.read_text(encoding="utf-8").replace('"People and space"', '"People, space"')
    pack.write_text(newer, encoding="utf-8")
    found = read_folder(folder)
    monkeypatch.setattr(catalogue.editions, "frameworks", lambda: {**FRAMEWORKS, found.key: found})
    return found


@pytest.mark.parametrize(("framework", "language"), SHIPPED, ids=[f"{f.key} {lang}" for f, lang in SHIPPED])
def test_the_page_speaks_the_language_and_says_whose_translation_it_is(client, framework, language) -> None:
    page = source(client, f"/frameworks/{framework.key}/", language)
    assert f'<html lang="{language}" dir="ltr"' in page
    shown = said(page)
    held = framework.translations[language]
    for text in translated(framework, language).values():
        assert text in shown
    assert f"Our translation. By {held.by}. The publisher has not reviewed it." in shown
    asked = {key[0] for key in item_translations()[language].entries} & set(framework.items)
    item = sorted(asked)[0]
    label = spoken(framework, language).items[item]["label"]
    assert label in said(source(client, f"/frameworks/items/{item}/", language))
    title = spoken(framework, language).title
    assert title in said(source(client, "/frameworks/", language))


def test_a_language_without_a_translation_is_said_and_each_text_is_marked_with_its_own(client) -> None:
    framework, _ = SHIPPED[0]
    page = source(client, f"/frameworks/{framework.key}/", "fr")
    assert "This framework has no text in " in said(page)
    assert f'<span lang="en" dir="ltr">{framework.title}</span></h1>' in page


def test_a_page_in_the_publishers_language_says_nothing_of_translations(client) -> None:
    framework, _ = SHIPPED[0]
    page = source(client, f"/frameworks/{framework.key}/", "en")
    assert "Our translation" not in said(page)
    assert "has no text in" not in said(page)
    assert '<span lang="' not in page.partition("<main")[2]


def test_a_translation_from_right_to_left_with_a_stale_and_a_missing_text(client, arabic) -> None:
    page = source(client, f"/frameworks/{arabic.key}/", "ar")
    assert '<html lang="ar" dir="rtl"' in page
    assert f'<h1 class="h-figure">{ARABIC["A framework of ours"]}</h1>' in page
    assert f"<bdi>{ARABIC['Density']}</bdi>" in page
    assert '<span lang="en" dir="ltr">People, space</span> <span class="badge badge-ask">' in page
    assert ARABIC["People and space"] not in page
    assert f'<span lang="en" dir="ltr">{arabic.summary}</span>' in page
    assert "1 text changed since it was translated" in said(page)


def test_english_pages_mark_words_of_a_framework_in_arabic(client, arabic, monkeypatch) -> None:
    other = replace(arabic, language="ar", title=ARABIC["Density"], translations={})
    monkeypatch.setattr(catalogue.editions, "frameworks", lambda: {other.key: other})
    page = source(client, f"/frameworks/{other.key}/", "en")
    assert f'<span lang="ar" dir="rtl">{ARABIC["Density"]}</span></h1>' in page


def test_a_search_finds_by_the_words_shown_and_by_those_of_the_publisher(client) -> None:
    framework, language = SHIPPED[0]
    texts = translated(framework, language)
    name = next(name for name in framework.indicators if ("indicators", name, "label") in texts)
    for query in (texts[("indicators", name, "label")], framework.indicators[name].label):
        page = source(client, f"/frameworks/?q={query}", language)
        assert f"/frameworks/{framework.key}/#i-{name}" in page
        assert texts[("indicators", name, "label")] in said(page)


def test_files_hold_the_words_of_the_publisher_in_every_language(client) -> None:
    framework, language = SHIPPED[0]
    for kind in ("csv", "json"):
        address = f"/frameworks/{framework.key}/indicators.{kind}"
        assert source(client, address, language) == source(client, address, "en")
