"""Texts beside the publisher's own: each belongs to a text there is, and knows which it was made from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from localaction.engine.evaluation.evaluate import evaluate
from localaction.engine.packs.editions import frameworks, item_translations, read_alone, read_folder
from localaction.engine.packs.starter import begin
from localaction.engine.packs.texts import fingerprint, framework_texts, item_texts
from localaction.engine.packs.translating import BadLanguage, NoTranslator, SameLanguage, refresh
from localaction.engine.packs.translationreader import FRAMEWORK
from localaction.engine.packs.translations import (
    Entry,
    Translation,
    nearest,
    progress,
    spoken,
    translated,
    translated_item,
)
from localaction.engine.yamlpack import PackError

FRAMEWORKS = frameworks()
BY, DAY = "The Local Action authors", "2026-11-25"
SHIPPED = [(held, language) for held in FRAMEWORKS.values() for language in held.translations]
KEY = ("indicators", "1", "label")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    begin("our_index/2026", tmp_path, date(2026, 11, 25))
    return tmp_path / "our_index" / "2026"


def refreshed(folder: Path, language: str = "es", by: str = BY):
    framework = read_alone(folder)
    return refresh(folder, FRAMEWORK, framework_texts(framework), language, framework.language, by, DAY)


def put(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def fill(folder: Path, source: str, text: str, language: str = "es") -> None:
    """Type a translation into the file, as a translator does."""
    of = f'of: "{fingerprint(source)}"'
    indent = f"{of}\n        text: " if source == "Density" else f"{of}\n      text: "
    put(folder / "i18n" / f"{language}.yaml", f'{indent}""', f'{indent}"{text}"')


def test_a_new_file_has_every_text_empty_with_the_source_beside_it(folder: Path) -> None:
    found = refreshed(folder)
    written = found.path.read_text(encoding="utf-8")
    assert (found.kept, found.stale, found.missing) == (0, 0, len(framework_texts(read_alone(folder))))
    assert "# What it asks, in one sentence.\n    summary:\n" in written
    framework = read_folder(folder)
    assert framework.translations["es"].by == BY
    assert {said.state for said in translated(framework, "es").values()} == {"missing"}


def test_a_text_is_translated_until_its_source_changes_and_then_stands_in_the_publishers_words(
    folder,
) -> None:
    refreshed(folder)
    fill(folder, "Density", "Densidad")
    said = translated(read_folder(folder), "es")[KEY]
    assert (said, said.language, said.state) == ("Densidad", "es", "translated")
    put(folder / "pack.yaml", '"Density"', '"Density of inhabitants"')
    said = translated(read_folder(folder), "es")[KEY]
    assert (said, said.language, said.state) == ("Density of inhabitants", "en", "stale")
    assert progress(read_folder(folder), "es").stale == 1


def test_refreshing_keeps_what_is_right_marks_what_is_stale_and_is_done_when_it_is_mended(
    folder: Path,
) -> None:
    refreshed(folder)
    fill(folder, "Density", "Densidad")
    fill(folder, "A framework of ours", "Un marco nuestro")
    put(folder / "pack.yaml", '"Density"', '"Density of inhabitants"')
    found = refreshed(folder, by="")
    assert (found.kept, found.stale) == (1, 1)
    now, old = fingerprint("Density of inhabitants"), fingerprint("Density")
    written = found.path.read_text(encoding="utf-8")
    assert f'of: "{old}"\n        now: "{now}"\n        text: "Densidad"' in written
    put(found.path, f'of: "{old}"\n        now: "{now}"', f'of: "{now}"')
    assert refreshed(folder).stale == 0
    before = found.path.read_text(encoding="utf-8")
    assert refreshed(folder).kept == 2
    assert found.path.read_text(encoding="utf-8") == before


def test_refreshing_takes_out_what_no_text_is_left_for_and_names_it(folder: Path) -> None:
    put(folder / "pack.yaml", '    label: "Density"', '    label: "Density"\n    note: "A remark."')
    refreshed(folder)
    of = fingerprint("A remark.")
    empty = f'of: "{of}"\n        text: '
    put(folder / "i18n" / "es.yaml", f'{empty}""', f'{empty}"Nota."')
    put(folder / "pack.yaml", '\n    note: "A remark."', "")
    with pytest.raises(PackError, match=r'there is no text "indicators\.1\.note" to translate\.'):
        read_folder(folder)
    assert refreshed(folder).line().endswith("no text is left for it: indicators.1.note")
    assert read_folder(folder).translations["es"].entries


@pytest.mark.parametrize(
    ("old", "new", "message", "remedy"),
    [
        ('language: "es"', 'language: "fr"', 'the language "fr" is not the name of the file.', "rename"),
        ('by: "The Local Action authors"\n', "", 'the key "by" is missing.', "Add it."),
        ("standing: ours", "standing: good", 'standing is "good".', "ours, reviewed or publisher"),
        ("texts:", "textes:", 'there is no key "textes" here.', "Did you mean"),
        ('    "1":', '    "11":', 'there is no text "indicators.11.label"', "Did you mean"),
        ("    title:", "    titel:", 'there is no key "titel" here.', "Did you mean"),
        ('of: "', 'of: "x', "of is ", "twelve digits in quotes"),
        ("      text: ", "      txt: ", 'there is no key "txt" here.', "Did you mean"),
        ("last_checked", "last_checkd", 'there is no key "last_checkd" here.', "Did you mean"),
    ],
)
def test_what_is_wrong_is_named_with_line_and_remedy(folder, old, new, message, remedy) -> None:
    path = refreshed(folder).path
    put(path, old, new)
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert refused.value.message.startswith(f"es.yaml:{refused.value.line}: ")
    assert message in refused.value.message
    assert remedy in refused.value.remedy


def test_a_file_in_the_language_of_the_publisher_is_refused(folder: Path) -> None:
    path = refreshed(folder).path
    put(path, 'language: "es"', 'language: "en"')
    path.rename(path.with_stem("en"))
    with pytest.raises(PackError, match='"en" is the language the texts are written in'):
        read_folder(folder)


@pytest.mark.parametrize(
    ("language", "by", "error", "message"),
    [
        ("Spanish", BY, BadLanguage, '"Spanish" is no code of a language. Write it in small letters'),
        ("en", BY, SameLanguage, 'The texts are written in "en". Name another language'),
        ("es", "", NoTranslator, "is new, and nobody is named who translates. Add --by"),
    ],
)
def test_nothing_is_written_where_language_or_name_do_not_fit(folder, language, by, error, message) -> None:
    with pytest.raises(error, match=message):
        refreshed(folder, language, by)
    assert not (folder / "i18n").exists()


def test_a_translation_decides_nothing(folder: Path) -> None:
    alone = read_folder(folder)
    refreshed(folder)
    fill(folder, "Density", "Densidad")
    held = read_folder(folder)
    assert held.digest == alone.digest
    said = spoken(held, "es")
    assert (said.indicators["1"].label, said.digest) == ("Densidad", alone.digest)
    case = next(iter(held.cases.values()))
    one, other = (evaluate(framework, case.answers, as_of=date(2026, 1, 1)) for framework in (held, said))
    assert one.to_dict() == other.to_dict()


def test_a_form_of_a_language_is_served_by_the_language_and_a_framework_may_be_in_any(folder: Path) -> None:
    refreshed(folder)
    fill(folder, "Density", "Densidad")
    framework = read_folder(folder)
    assert translated(framework, "es-mx")[KEY] == "Densidad"
    assert translated(framework, "en-gb")[KEY].state == "original"
    assert nearest("esperanto", framework.translations).entries == {}
    put(folder / "pack.yaml", "publisher:", "language: es\npublisher:")
    (folder / "i18n" / "es.yaml").unlink()
    assert {said.state for said in translated(read_folder(folder), "es").values()} == {"original"}
    assert translated(read_folder(folder), "en")[KEY].language == "es"


def test_columns_and_choices_of_a_data_item_are_translated_by_their_ids() -> None:
    choices = ["one", {"id": "two", "label": "Two"}]
    item = {
        "id": "a.b",
        "label": "Rows",
        "kind": "table",
        "columns": [{"id": "kind", "label": "Kind", "kind": "choice", "choices": choices}],
    }
    assert set(item_texts(item)) == {
        ("a.b", "label"),
        ("a.b", "columns", "kind", "label"),
        ("a.b", "columns", "kind", "choices", "one"),
        ("a.b", "columns", "kind", "choices", "two"),
    }
    entries = {("a.b", "columns", "kind", "choices", "two"): Entry(fingerprint("Two"), "Dos")}
    held = translated_item(item, "es", {"es": Translation("es", BY, "ours", DAY, entries)})
    one, two = held["columns"][0]["choices"]
    assert (one["label"], one["label"].state) == ("one", "missing")
    assert (two["label"], two["label"].language) == ("Dos", "es")


@pytest.mark.parametrize(("framework", "language"), SHIPPED, ids=[f"{f.key} {lang}" for f, lang in SHIPPED])
def test_a_translation_that_ships_says_whose_it_is_and_goes_far(framework, language) -> None:
    held = framework.translations[language]
    assert held.standing != "ours" or held.by == BY
    found = progress(framework, language)
    assert found.translated >= 0.8 * (found.translated + found.stale + found.missing)
    assert item_translations()[language].by
    texts = framework_texts(framework)
    for key, entry in held.entries.items():
        assert entry.text.strip() == entry.text
        assert entry.text.count("CO2e") == texts[key].count("CO2e") or entry.of != fingerprint(texts[key])
