"""Refresh the translations of one framework, and those of the data items it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from localaction.engine.packs.editions import read_alone, texts_of_items
from localaction.engine.packs.frameworks import Framework
from localaction.engine.packs.library import Library
from localaction.engine.packs.texts import Key, framework_texts
from localaction.engine.packs.translating import refresh
from localaction.engine.packs.translationreader import FOLDER, FRAMEWORK, ITEMS, translation_of
from localaction.engine.packs.translations import ITEM_LANGUAGE
from localaction.engine.yamlpack import read
from localaction.packs import DATA


def refreshed(folder: Path, language: str, by: str, day: str) -> str:
    """Write the translation of the framework in a folder, and return in words what it came to.

    The data items it asks for are written too where the framework is one of those that ship; for a folder
    elsewhere they are only counted by ``localaction pack check``.

    Raises
    ------
    InputError
        If a pack, a file of translations, the language or the name is not as it must be.
    """
    folder = folder.resolve()
    framework = read_alone(folder)
    texts = framework_texts(framework)
    lines = [refresh(folder, FRAMEWORK, texts, language, framework.language, by, day).line()]
    if folder.is_relative_to(DATA) and language != ITEM_LANGUAGE:
        asked = _asked(framework, language)
        lines.append(refresh(DATA / "items", ITEMS, asked, language, ITEM_LANGUAGE, by, day).line())
    return "\n".join([*lines, f"Next: fill in the texts, then localaction pack check {folder}"])


def _asked(framework: Framework, language: str) -> Mapping[Key, str]:
    """Return the texts of what a framework asks, and of what is in the file already for another one.

    With them come ratios and rules between items that the framework asks all of.
    """
    path = DATA / "items" / FOLDER / f"{language}.yaml"
    held = {key[0] for key in translation_of(read(path, ITEMS)).entries} if path.is_file() else set()
    asked = set(framework.items)
    plausible = Library.load().plausible
    compared = [(one.id, one.items) for one in plausible.subjects.values()]
    compared += [(one.id, one.items) for one in plausible.rules.values()]
    wanted = held | asked | {name for name, items in compared if asked.issuperset(items)}
    return {key: text for key, text in texts_of_items().items() if key[0] in wanted}
