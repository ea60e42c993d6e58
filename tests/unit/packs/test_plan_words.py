"""The words of plans: strict reading, sources on file, and what each list needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from localaction.engine.packs import Library
from localaction.engine.packs.checks import Checks
from localaction.engine.packs.planning import PlanWords, read_plan_words
from localaction.engine.pathways.target import LEVELS
from localaction.engine.yamlpack import PackError
from localaction.packs import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "planning", tmp_path / "planning")
    return tmp_path


def checks() -> Checks:
    library = Library.load()
    return Checks(library.sources, library.units)


def test_every_list_has_a_source_and_says_how_sure_it_is() -> None:
    words = PlanWords.load()
    sources = Library.load().sources
    choices = [each for held in words.lists.values() for each in held.values()]
    assert all(each.source_ref in sources and each.locator and each.confidence for each in choices)
    assert {each.level for each in words.lists["target_kind"].values()} == set(LEVELS)
    assert words.label("action_status", "in_progress") == "In progress"
    assert words.label("action_status", "gone") == "gone"


def test_an_amount_of_money_has_the_digits_of_its_currency() -> None:
    currencies = PlanWords.load().currencies
    assert [currencies[code] for code in ("JPY", "EUR", "KWD", "NOK")] == [0, 2, 3, 2]
    assert len(currencies) > 150


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{id: planned, label", "{id: planned, lable", 'no key "lable" here.*Did you mean "label"'),
        ("{id: in_progress", "{id: planned", '"planned" is used twice'),
        ("state: open", "note: open", 'the choice "planned" has no state'),
        ("under: services}", "under: servises}", 'no group "servises".*Did you mean "services"'),
        ("- id: co_benefit\n", "- id: benefit\n", 'the list "co_benefit" is missing'),
        ("list: instrument}", "list: instruments}", 'no list "instruments"'),
        (
            "kind: text, help",
            "kind: choice, help",
            'field "other_benefits" is of the kind choice and has no list',
        ),
        ("{ref: carbonn-registry", "{ref: carbon-registry", 'no source "carbon-registry"'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "planning" / "choices.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackError, match=f"(?s)choices.yaml:[0-9]+: .*{message}"):
        read_plan_words(folder, checks())


def test_a_currency_stands_once(folder: Path) -> None:
    path = folder / "planning" / "currencies.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("BHD,", "BHD, EUR,"), encoding="utf-8")
    with pytest.raises(PackError, match='"EUR" is used twice'):
        read_plan_words(folder, checks())
