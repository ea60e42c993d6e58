"""Columns of any table: proposed, chosen, kept by name, used again; hostile files are answered."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from localaction.engine.errors import Refused
from localaction.engine.exchange.layout import ColumnMapping
from localaction.platform.accounts.errors import NotAllowed
from localaction.platform.accounts.models import User
from localaction.platform.imports import running
from localaction.platform.imports.errors import NotInState
from localaction.platform.imports.models import Import, SavedMapping
from localaction.platform.imports.services import map_columns, receive, request_apply, request_undo
from localaction.platform.inventories.models import Inventory
from localaction.platform.inventories.services import create_inventory
from localaction.platform.places.models import Place
from tests.platform.accounts.make import place, with_role
from tests.platform.inventories.make import amounts

pytestmark = pytest.mark.django_db
TABLE = "Obs;Medio;Valor;Referencia GPC;Magnitud\nx;natural_gas;1,5;I.1.1;TJ\ny;natural_gas;2;I.2.1;TJ\n"


def bring(
    who: User, inventory: Inventory, text: str | bytes, name: str = "tabla.csv", **options: str
) -> Import:
    content = text.encode() if isinstance(text, str) else text
    return receive(
        actor=who,
        importer_id="rows",
        inventory=inventory,
        name=name,
        stream=io.BytesIO(content),
        options=options,
    )


def chosen(record: Import, decimal: str = ",", **targets: str) -> ColumnMapping:
    columns = [
        {**column, "target": targets.get(column["header"], column["target"])}
        for column in record.mapping["columns"]
    ]
    return ColumnMapping.from_dict({**record.mapping, "columns": columns, "decimal": decimal})


def test_a_table_with_names_of_its_own_waits_for_a_person(officer: User, inventory: Inventory) -> None:
    record = bring(officer, inventory, TABLE)
    assert record.status == "mapping"
    assert [column["samples"] for column in record.table["columns"]][2] == ["1,5", "2"]
    assert record.mapping["columns"][3] == {"header": "Referencia GPC", "target": "ref"}
    with pytest.raises(Refused) as refusal:
        map_columns(actor=officer, record=record, mapping=chosen(record, Medio="ref"))
    assert "are all mapped to Cell, so it is unclear which one counts" in refusal.value.findings[0].message
    record.refresh_from_db()
    assert record.status == "mapping"


def test_a_file_mapped_anew_while_somebody_applies_it_is_not_applied_as_it_was(
    officer: User, colleague: User, inventory: Inventory
) -> None:
    record = bring(officer, inventory, TABLE)
    mapping = chosen(record, Medio="activity", Magnitud="unit")
    seen = map_columns(actor=officer, record=record, mapping=mapping)
    anew = chosen(seen, Obs="note")
    same = Import.objects.get()
    assert map_columns(actor=colleague, record=same, mapping=anew).status == "ready"
    with pytest.raises(NotInState, match=r"its columns were mapped anew meanwhile\. Look"):
        running.apply(seen, actor=officer)
    assert Import.objects.get().status == "ready"
    assert amounts(inventory) == []


def test_what_a_person_mapped_is_kept_and_used_again(officer: User, inventory: Inventory) -> None:
    record = bring(officer, inventory, TABLE)
    mapping = chosen(record, Medio="activity", Magnitud="unit")
    record = map_columns(actor=officer, record=record, mapping=mapping, save_as="tabla")
    assert record.status == "ready", record.findings
    record = request_apply(actor=officer, record=record)
    assert amounts(inventory) == ["1.5", "2"]
    again = bring(officer, inventory, TABLE)
    assert (again.status, again.summary["counts"]["rows"]["unchanged"]) == ("ready", 2)
    request_undo(actor=officer, record=record)
    assert amounts(inventory) == []
    other_order = "Magnitud;Valor;Referencia GPC;Medio;Nueva\nTJ;3;I.1.1;natural_gas;z\n"
    assert bring(officer, inventory, other_order).status == "mapping"
    assert bring(officer, inventory, other_order, mapping="tabla").status == "ready"
    unknown = bring(officer, inventory, other_order, mapping="tabal")
    assert 'There is no saved mapping "tabal" here. Did you mean "tabla"?' in unknown.findings[0]["message"]


def test_a_mapping_is_of_the_place_that_saved_it(officer: User, inventory: Inventory) -> None:
    record = bring(officer, inventory, TABLE)
    mapping = chosen(record, Medio="activity", Magnitud="unit")
    map_columns(actor=officer, record=record, mapping=mapping, save_as="tabla")
    accra: Place = place("GH-ACC", "Accra")
    kofi = with_role("officer", accra, name="Kofi")
    theirs = create_inventory(actor=kofi, place=accra, label_year=2019)
    assert bring(kofi, theirs, TABLE).status == "mapping"
    for act in (
        lambda: map_columns(actor=kofi, record=record, mapping=mapping),
        lambda: request_apply(actor=kofi, record=record),
        lambda: request_undo(actor=kofi, record=record),
        lambda: bring(kofi, inventory, TABLE),
        lambda: receive(actor=kofi, importer_id="c40", name="a.xlsx", stream=io.BytesIO(b"x")),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert SavedMapping.objects.count() == 1


def workbook_with(sheet: bytes) -> bytes:
    """Return a workbook as a spreadsheet program writes it, with another sheet in place of its own."""
    made, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write_row(0, 0, ["ref", "amount"])
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else before.read(name))
    return out.getvalue()


BOMB = workbook_with(b"<worksheet>" + b" " * 40_000_000 + b"</worksheet>")
ENTITY = workbook_with(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet>&x;</worksheet>')


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param("a.xlsx", BOMB, "unpacks to more than", id="zip bomb"),
        pytest.param("a.xlsx", ENTITY, "declares entities or a document type", id="XXE"),
        pytest.param("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old binary form", id="xls"),
        pytest.param("a.csv", b"ref;valor\n" * 3, "both hold column names", id="two headers"),
        pytest.param("a.pdf", b"%PDF-1.7 ...", "is a PDF document", id="PDF"),
    ],
)
def test_a_hostile_file_is_refused_with_its_reason(
    officer: User, inventory: Inventory, name: str, content: bytes, said: str
) -> None:
    record = bring(officer, inventory, content, name=name)
    assert record.status == "refused"
    assert said in record.findings[0]["message"]
    assert record.findings[0]["remedy"]
    assert amounts(inventory) == []
