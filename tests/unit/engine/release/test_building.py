"""A release is whole, typed, deterministic, and harmless in a spreadsheet."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from tests.support.release import INFO, document, release

from localaction.engine.exchange.release import checksums
from localaction.engine.exchange.release.building import Document, build
from localaction.engine.exchange.release.errors import FolderNotEmpty, NothingPublished, UnknownProtocol
from localaction.engine.exchange.release.tables import BY_NAME, TABLES
from localaction.engine.exchange.release.writing import file_names

ROWS = (
    {"ref": "I.1.1", "activity": "natural_gas", "amount": "120", "unit": "TJ", "note": "=HYPERLINK(1)"},
    {"ref": "I.2.1", "notation_key": "IE (I.1.1)", "reason": "One meter."},
    {"ref": "V.2", "gas": "CO2", "amount": "-5", "unit": "t", "reason": "Trees grew."},
)
# The parts of the Data Package specification (version 1) that a reader relies on.
PACKAGE = {
    "type": "object",
    "required": ["name", "profile", "resources", "licenses", "version", "created"],
    "properties": {
        "name": {"pattern": "^[a-z0-9._-]+$"},
        "profile": {"const": "tabular-data-package"},
        "created": {"pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
        "licenses": {"minItems": 1, "items": {"required": ["name", "path"]}},
        "resources": {
            "minItems": 14,
            "items": {
                "required": ["name", "path", "profile", "schema", "bytes", "hash", "encoding"],
                "properties": {
                    "name": {"pattern": "^[a-z0-9._-]+$"},
                    "hash": {"pattern": "^sha256:[0-9a-f]{64}$"},
                    "schema": {
                        "required": ["fields", "primaryKey"],
                        "properties": {
                            "fields": {
                                "items": {
                                    "required": ["name", "type", "description"],
                                    "properties": {
                                        "type": {"enum": ["string", "integer", "number", "boolean", "date"]}
                                    },
                                }
                            }
                        },
                    },
                },
            },
        },
    },
}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    release(tmp_path / "r", [document("GB-LON", 2019, ROWS), document("GB-LON", 2020, ROWS)])
    return tmp_path / "r"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / file_names(BY_NAME[name])[0]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_same_content_gives_the_same_files_whatever_the_day(tmp_path):
    documents = [document("GB-LON", 2019, ROWS)]
    one = release(tmp_path / "one", documents)
    other = release(tmp_path / "other", documents, replace(INFO, number="8", released_on=date(2027, 1, 1)))
    assert one.digest == other.digest
    for item in TABLES:
        name = file_names(item)[0]
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_other_content_has_another_digest(tmp_path):
    changed = [{**ROWS[0], "amount": "121"}, *ROWS[1:]]
    one = release(tmp_path / "one", [document("GB-LON", 2019, ROWS)])
    assert one.digest != release(tmp_path / "two", [document("GB-LON", 2019, changed)]).digest


def test_units_stand_in_names_types_in_the_file_and_nothing_is_lost(built):
    schema = pq.read_schema(built / "data" / "lines.parquet")
    assert schema.field("co2e_t").type == pa.float64()
    assert schema.field("co2e_t").metadata[b"unit"] == b"t CO2e"
    assert pq.read_schema(built / "data" / "inventories.parquet").field("period_start").type == pa.date32()
    line, removal = table(built, "lines")[:2]
    as_parquet = pq.read_table(built / "data" / "lines.parquet").to_pylist()[0]
    assert float(line["co2e_t"]) == as_parquet["co2e_t"]
    assert removal["ref"] == "V.2"
    assert float(removal["co2e_t"]) == -5
    keyed = next(row for row in table(built, "cells") if row["ref"] == "I.2.1")
    assert (keyed["state"], keyed["co2e_t"], keyed["notation_key"], keyed["included_in"]) == (
        "key", "", "IE", "I.1.1",
    )  # fmt: skip


def test_no_text_starts_a_formula_and_parquet_keeps_it_as_entered(built):
    assert table(built, "lines")[0]["note"] == "'=HYPERLINK(1)"
    assert pq.read_table(built / "data" / "lines.parquet").column("note")[0].as_py() == "=HYPERLINK(1)"


def test_the_descriptor_is_a_data_package_and_explains_every_column(built):
    said = json.loads((built / "datapackage.json").read_text(encoding="utf-8"))
    jsonschema.validate(said, PACKAGE)
    by_path = {resource["path"]: resource for resource in said["resources"]}
    dictionary = (built / "DATA_DICTIONARY.md").read_text(encoding="utf-8")
    for item in TABLES:
        path = file_names(item)[0]
        head = (built / path).read_bytes().decode().split("\r\n", 1)[0].split(",")
        assert [field["name"] for field in by_path[path]["schema"]["fields"]] == head
        assert by_path[path]["hash"] == f"sha256:{checksums.sha256_of(built / path)}"
        assert set(by_path[path]["schema"]["primaryKey"]) <= set(head)
        assert all(column.about and f"| `{column.name}` |" in dictionary for column in item.columns)


@pytest.mark.parametrize("item", TABLES, ids=lambda item: item.name)
def test_rows_are_sorted_by_a_key_that_no_two_share(built, item):
    columns = pq.read_table(built / file_names(item)[1]).select(list(item.key)).to_pylist()
    keys = [tuple(row.values()) for row in columns]
    assert keys == sorted(set(keys))


def test_reader_citation_and_checksums_are_there(built):
    readme = (built / "README.md").read_text(encoding="utf-8")
    assert "Release 7 of 2026-11-24, The network. 2 inventories of 1 places, 2019 to 2020; 4 lines." in readme
    cited = yaml.safe_load((built / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["version"], cited["type"], cited["authors"]) == ("7", "dataset", [{"name": "The network"}])
    assert "Release 7, 2026-11-24" in (built / "CITATION.txt").read_text(encoding="utf-8")
    listed = checksums.parsed((built / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert set(listed) == set(checksums.files_of(built))


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "mine.txt").write_text("mine")
    with pytest.raises(FolderNotEmpty, match="is not an empty folder"):
        release(tmp_path / "r", [document("GB-LON", 2019, ROWS)])
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["mine.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_build_that_is_stopped_leaves_nothing_behind(tmp_path):
    def stopped(done: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "r", INFO, [document("GB-LON", 2019, ROWS)], (), known(), stopped)
    assert list(tmp_path.iterdir()) == []


def test_without_inventories_there_is_nothing_to_release(tmp_path):
    with pytest.raises(NothingPublished, match="No inventory is published"):
        release(tmp_path / "r", [])
    assert list(tmp_path.iterdir()) == []


def test_rules_that_are_not_on_file_are_named(tmp_path):
    good = document("GB-LON", 2019, ROWS)
    old = Document({**good.content, "result": {**good.content["result"], "protocol": "gpc@0.9"}}, good.sha256)
    with pytest.raises(UnknownProtocol, match=r"Gb-Lon 2019 follows the protocol gpc@0\.9"):
        release(tmp_path / "r", [old])


def known():
    from localaction.engine.packs import Library

    protocol = Library.load().protocol
    return {protocol.id: protocol}
