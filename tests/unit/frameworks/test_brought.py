"""A framework in a folder of its own brings items and documents along; one that ships leaves them to all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from localaction.engine.packs.brought import refuse_brought
from localaction.engine.packs.editions import folder_of, frameworks, read_folder
from localaction.engine.packs.itemsearch import found_items
from localaction.engine.packs.library import Library
from localaction.engine.packs.starter import BadName, FolderTaken, begin
from localaction.engine.packs.successor import OtherFramework, begin_edition
from localaction.engine.yamlpack import PackError

DAY = date(2026, 11, 25)
ITEM = '{id: space.benches, label: "Public benches", unit: "1", kind: number, dimensions: []}'
SOURCE = """\
id: our-handbook
title: "A handbook"
publisher: "Its publisher"
year: 2026
edition: "first"
licence: "Facts, cited"
read_as: "Read in print."
confidence: verified
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    begin("our_index/2026", tmp_path, DAY)
    return tmp_path / "our_index" / "2026"


def bring(
    folder: Path, items: str = f"items:\n  - {ITEM}\n", source: str = SOURCE, name: str = "our-handbook"
):
    (folder / "items.yaml").write_text(items, encoding="utf-8")
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / f"{name}.yaml").write_text(source, encoding="utf-8")


def test_items_and_documents_beside_the_pack_can_be_named_in_it(folder: Path) -> None:
    bring(folder)
    pack = folder / "pack.yaml"
    text = pack.read_text(encoding="utf-8").replace("ref: gpc-1.1", "ref: our-handbook")
    more = '  - {id: "2", section: people, label: "Benches", unit: "1", answer: space.benches}\ntotals:'
    pack.write_text(text.replace("totals:", more), encoding="utf-8")
    framework = read_folder(folder)
    assert framework.items["space.benches"]["label"] == "Public benches"
    assert framework.source.ref == "our-handbook"
    assert "space.benches" not in Library.load().items


@pytest.mark.parametrize(
    ("items", "source", "name", "message", "remedy"),
    [
        (
            f"items:\n  - {ITEM.replace('space.benches', 'area.total')}\n",
            SOURCE,
            "our-handbook",
            '"area.total" is on file already.',
            "Use it",
        ),
        (
            f"items:\n  - {ITEM}\n  - {ITEM}\n",
            SOURCE,
            "our-handbook",
            '"space.benches" is used twice.',
            "Give each its own.",
        ),
        (
            f"items:\n  - {ITEM.replace('unit: ', 'unitt: ')}\n",
            SOURCE,
            "our-handbook",
            'there is no key "unitt" here.',
            "Did you mean",
        ),
        (
            f"items:\n  - {ITEM.replace('number', 'choice')}\n",
            SOURCE,
            "our-handbook",
            "is of the kind choice",
            "A number has a unit",
        ),
        (
            f"items:\n  - {ITEM}\n",
            SOURCE,
            "another",
            'the id "our-handbook" is not the name of the file.',
            "rename the file",
        ),
        (
            f"items:\n  - {ITEM}\n",
            SOURCE.replace("our-handbook", "gpc-1.1"),
            "gpc-1.1",
            '"gpc-1.1" is on file already.',
            "Use it",
        ),
    ],
    ids=["taken", "twice", "key", "kind", "name", "document"],
)
def test_what_is_wrong_with_them_is_named(folder, items, source, name, message, remedy) -> None:
    bring(folder, items, source, name)
    with pytest.raises(PackError) as refused:
        read_folder(folder)
    assert message in refused.value.message
    assert remedy in refused.value.remedy


def test_rules_for_all_frameworks_are_not_brought_along(folder: Path) -> None:
    rule = '{id: a.b, label: "x", rule: "space.benches >= 0", fix: "y", convention: true}'
    bring(folder, f"items:\n  - {ITEM}\ncross:\n  - {rule}\n")
    with pytest.raises(PackError, match="cross are for all frameworks"):
        read_folder(folder)


def test_a_framework_that_ships_leaves_its_items_and_documents_to_all(folder: Path) -> None:
    refuse_brought(folder)
    bring(folder)
    with pytest.raises(
        PackError, match=r"our_index/2026 ships, and brings items\.yaml along\. Move what it holds"
    ):
        refuse_brought(folder)
    (folder / "items.yaml").unlink()
    with pytest.raises(PackError, match="brings sources along"):
        refuse_brought(folder)


@pytest.mark.parametrize("key", list(frameworks()))
def test_every_framework_on_file_can_be_continued(key: str, tmp_path: Path) -> None:
    older = frameworks()[key]
    begin_edition(f"{older.id}/next", older, folder_of(key), tmp_path, DAY)
    newer = read_folder(tmp_path / older.id / "next")
    assert list(newer.indicators) == list(older.indicators)
    assert newer.mappings[older.edition].counts == {"same": len(older.indicators)}
    assert newer.last_checked == "2026-11-25"


def test_a_new_edition_is_of_the_same_framework_and_in_a_folder_of_its_own(folder, tmp_path) -> None:
    older = read_folder(folder)
    for name, error in (
        ("other/2027", OtherFramework),
        ("our_index/2026", OtherFramework),
        ("Our Index", BadName),
    ):
        with pytest.raises(error):
            begin_edition(name, older, folder, tmp_path, DAY)
    begin_edition("our_index/2027", older, folder, tmp_path, DAY)
    with pytest.raises(FolderTaken):
        begin_edition("our_index/2027", older, folder, tmp_path, DAY)


def test_items_are_found_by_words_of_id_label_help_and_columns() -> None:
    items = Library.load().items
    assert items["population.total"] in found_items(items, "Inhabitants")
    assert items["population.total"] in found_items(items, "population total")
    assert items["risk.hazards"] in found_items(items, "probability")
    assert found_items(items, "zeppelin") == []
    assert len(found_items(items, "")) == len(items)
