"""A file of rows: three mistakes found, corrected, previewed, applied, undone; and what is no such file."""

from __future__ import annotations

import csv
import io

import pytest

from localaction.platform.imports.models import Import
from localaction.platform.imports.services import INLINE_BYTES, check
from localaction.platform.web.desk.findings import Item
from localaction.platform.web.desk.show.remarks import LISTED, groups
from tests.platform.web_desk.make import HTMX, Desk, csv_of, text_of

THREE_MISTAKES = (
    "ref,activity,amount,unit,notation_key,reason\n"
    "I.1.1,natural_gas,1000,TJ,,\n"
    'I.2.1,natural_gas,"1,234",MWh,,\n'
    "I.9.9,natural_gas,5,TJ,,\n"
    "II.1.1,gas_diesel_oil,7,km,,\n"
)
MIXED = b"ref,activity,amount,unit,notation_key\nI.1.1,natural_gas,5,TJ,\nI.1.1,,,,NO\n"
CORRECTED = (
    "ref,activity,amount,unit,notation_key,reason\n"
    "I.1.1,natural_gas,1000,TJ,,\n"
    "I.1.1,natural_gas,500,TJ,,\n"
    "II.1.1,gas_diesel_oil,7,TJ,,\n"
    "I.5.1,,,,NO,None here\n"
)


def test_three_mistakes_are_found_each_with_its_place_and_what_to_do(desk: Desk) -> None:
    page = text_of(desk.hand_in(THREE_MISTAKES))
    assert "3 things to correct" in page
    assert "Nothing was changed." in page
    for words in (
        'Row 3 amount 1,234 "1,234" is ambiguous',
        'Row 4 ref I.9.9 There is no cell "I.9.9"',
        'Row 5 unit km The unit "km" measures distance',
        "Write it without thousands separators", "Upload the corrected file", "Download findings as CSV",
    ):  # fmt: skip
        assert words in page, words
    assert page.index("Row 3") < page.index("Row 4") < page.index("Row 5")
    assert desk.rows() == []


def test_the_findings_are_a_file_that_starts_no_formula(desk: Desk) -> None:
    desk.hand_in('ref,activity,amount,unit\nI.1.1,=cmd(),5,TJ\nI.1.1,natural_gas,"1,2",TJ\n')
    response = desk.client.get(desk.at_report("findings.csv"))
    assert response["Content-Disposition"] == 'attachment; filename="findings-rows.csv"'
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["row", "column", "value", "cell", "severity", "what was found", "what to do"]
    assert [row[0] for row in rows[1:]] == ["2", "3"]
    assert rows[1][2] == "'=cmd()"


def test_a_clean_file_shows_what_it_changes_then_applies_and_undoes(desk: Desk) -> None:
    desk.save()
    page = text_of(desk.hand_in(CORRECTED))
    for words in (
        "The file is ready to apply",
        "4 rows.",
        "3 added, 0 removed, 1 unchanged",
        "3 cells",
        "Totals, t CO 2 e",
    ):
        assert words in page, words
    assert len(desk.rows()) == 1

    applied = text_of(desk.client.post(desk.at_report("apply/"), follow=True))
    assert "rows.csv is applied" in applied
    assert "Undo" in applied
    assert len(desk.rows()) == 4
    assert "Computed just now from the rows as they stand." in text_of(desk.get())

    batch = desk.rows()[-1].batch.public_id
    undone = text_of(desk.client.post(desk.at("undo/"), {"batch": str(batch)}, follow=True))
    assert "Change undone in" in undone
    assert [row.amount for row in desk.rows()] == ["1000"]
    assert "Undo" not in text_of(desk.client.get(desk.at_report())).replace("Undo:", "")


def test_adding_rows_keeps_those_that_are_there(desk: Desk) -> None:
    desk.save("I.2.1")
    desk.hand_in(CORRECTED, mode="add")
    desk.client.post(desk.at_report("apply/"))
    assert len(desk.rows()) == 5


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    for _time in range(2):
        desk.hand_in(CORRECTED)
        page = text_of(desk.client.post(desk.at_report("apply/"), follow=True))
    assert "Everything in the file was there already, so nothing changed." in page
    assert len(desk.rows()) == 4


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("rows.csv", b"", "holds no header"),
        ("rows.csv", b"\n\n", "holds no header"),
        ("rows.csv", b"ref,activity,amount,unit\n", "holds no rows"),
        ("rows.xlsx", b"PK\x03\x04" + b"\0" * 200, '"rows.xlsx" is damaged and cannot be read'),
        ("rows.csv", "ref,activity\nI.1.1,été\n".encode("latin-1"), "cannot be read as UTF-8"),
        ("rows.csv", b"ref,activity,amount,unit\nI.1.1,natural_gas,5\n", "3 fields, the header has 4"),
        ("rows.csv", b"ref,activity,amount,unit\nI.1.1,natural_gas,NaN,TJ\n", "not a finite number"),
        ("rows.csv", b"ref,activity,amount,unit\nI.1.1,natural_gas,-5,TJ\n", "negative and has no reason"),
        ("rows.csv", MIXED, "has an amount in row 2 and the notation key NO in row 3"),
    ],
)  # fmt: skip
def test_what_is_no_row_file_is_refused_with_the_way_out(
    desk: Desk, name: str, body: bytes, words: str
) -> None:
    page = text_of(desk.hand_in(body, name=name))
    assert "The file needs corrections" in page
    assert words in page
    assert "Upload the corrected file" in page
    assert desk.rows() == []


def test_a_file_over_the_limit_is_refused_before_it_is_kept(desk: Desk, settings: object) -> None:
    settings.LOCALACTION_MAX_UPLOAD_MB = 1  # type: ignore[attr-defined]
    response = desk.hand_in(b"x" * (3 << 20))
    assert response.status_code == 413
    page = text_of(response)
    assert "larger than 1 MB" in page
    assert "nothing was kept" in page
    assert not Import.objects.exists()


def test_a_file_just_over_the_limit_is_refused_too(desk: Desk, settings: object) -> None:
    settings.LOCALACTION_MAX_UPLOAD_MB = 1  # type: ignore[attr-defined]
    response = desk.hand_in(b"x" * ((1 << 20) + 10))
    assert response.status_code in {413, 422}
    assert "larger than 1 MB" in text_of(response)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"mode": "replace", "pasted": ""}, "Choose a file, or paste rows below."),
        ({"mode": "upside-down", "pasted": "ref\tnotation_key\nI.1.1\tNO"}, "Choose one of the two."),
        ({"pasted": "ref\tnotation_key\nI.1.1\tNO"}, "Say whether the rows replace"),
    ],
)
def test_an_incomplete_form_says_what_is_missing(desk: Desk, data: dict[str, str], words: str) -> None:
    response = desk.post("upload/", **data)
    assert response.status_code == 422
    assert words in text_of(response)


@pytest.mark.parametrize(
    "pasted",
    [
        "ref\tactivity\tamount\tunit\nI.1.1\tnatural_gas\t5\tTJ\nI.1.2\tnatural_gas\t6\tTJ\n",
        "I.1.1\tnatural_gas\t5\tTJ\r\nI.1.2\tnatural_gas\t6\tTJ\r\n",
        "ref,activity,amount,unit\nI.1.1,natural_gas,5,TJ\nI.1.2,natural_gas,6,TJ",
    ],
)
def test_rows_pasted_from_a_spreadsheet_go_the_same_way(desk: Desk, pasted: str) -> None:
    desk.client.post(desk.at("upload/"), {"mode": "replace", "pasted": pasted})
    assert desk.upload().name == "pasted rows"
    found = [finding["message"] for finding in desk.upload().findings if finding["severity"] == "error"]
    assert desk.upload().status == "ready" or "No factor" in found[0]


def test_a_file_and_pasted_rows_at_once_are_too_much(desk: Desk) -> None:
    file = io.BytesIO(CORRECTED.encode())
    file.name = "rows.csv"
    response = desk.client.post(desk.at("upload/"), {"file": file, "mode": "replace", "pasted": CORRECTED})
    assert response.status_code == 422
    assert "Keep one of the two." in text_of(response)
    assert CORRECTED.splitlines()[1] in text_of(response)


def large(rows: int = 9000) -> str:
    row = {"ref": "I.1.1", "activity": "natural_gas", "unit": "TJ", "source": "meter"}
    return csv_of(*({**row, "amount": str(number)} for number in range(1, rows + 1)))


def test_a_large_file_is_checked_in_the_background_found_again_and_can_be_stopped(desk: Desk) -> None:
    body = large()
    assert len(body) > INLINE_BYTES
    page = text_of(desk.hand_in(body))
    assert "Checking rows.csv" in page
    assert "You may leave; it goes on" in page
    assert desk.at_report() in desk.client.get("/desk/").content.decode()
    assert desk.at_report() in desk.get("upload/").content.decode()

    part = desk.client.get(desk.at_report(), headers=HTMX).content.decode()
    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part

    stopped = text_of(desk.client.post(desk.at_report("stop/"), follow=True))
    assert "Nothing was changed by this file." in stopped
    assert desk.at_report() not in desk.client.get("/desk/").content.decode()


def test_a_large_file_that_was_checked_waits_to_be_applied(desk: Desk) -> None:
    desk.hand_in(large())
    check(desk.upload().pk)
    part = desk.client.get(desk.at_report(), headers=HTMX).content.decode()
    assert "every 1s" not in part
    assert "9,000 rows." in text_of(desk.client.get(desk.at_report()))
    applying = text_of(desk.client.post(desk.at_report("apply/"), follow=True))
    assert "Applying rows.csv" in applying


def test_a_refused_file_cannot_be_applied(desk: Desk) -> None:
    desk.hand_in(THREE_MISTAKES)
    page = text_of(desk.client.post(desk.at_report("apply/"), follow=True))
    assert "This import cannot be applied: it is refused." in page
    assert desk.rows() == []


def test_rows_entered_since_the_check_that_do_not_fit_are_said_and_nothing_is_written(desk: Desk) -> None:
    desk.hand_in("ref,notation_key\nI.1.1,NO\n", mode="add")
    desk.save()
    response = desk.client.post(desk.at_report("apply/"))
    assert response.status_code == 422
    assert "thing to correct" in text_of(response)
    assert len(desk.rows()) == 1


def test_the_page_documents_every_column_and_leads_to_the_template(desk: Desk) -> None:
    page = text_of(desk.get("upload/"))
    for words in (
        "ref",
        "notation_key",
        "included_in",
        "data_quality",
        "at most 20 MB",
        "Download the template",
    ):
        assert words in page, words


def test_the_template_and_the_rows_as_they_stand_can_be_handed_in_again(desk: Desk) -> None:
    template = desk.client.get(desk.at("template.csv")).content.decode()
    assert "natural_gas" in template
    assert "The file is ready to apply" in text_of(desk.hand_in(template))
    desk.client.post(desk.at_report("apply/"))
    count = len(desk.rows())
    rows = b"".join(desk.client.get(desk.at("rows.csv")).streaming_content).decode()  # type: ignore[attr-defined]
    desk.hand_in(rows)
    assert f"0 added, 0 removed, {count} unchanged" in text_of(desk.client.get(desk.at_report()))


def test_remarks_of_one_kind_are_said_once_with_where_they_were_found() -> None:
    same = [Item("a.b", "Blank.", "Fill it.", row=number, column="amount") for number in range(2, 9)]
    differ = [Item("c.d", f"{name} has a removal.", "Nothing.", column="V.2") for name in ("Rome", "Oslo")]
    first, second, third = groups([*differ, *same, Item("e.f", "No city.", "Name it.")])
    assert (first.text, first.count, first.items) == ("Blank.", 7, ())
    assert first.where == "row 2 amount, row 3 amount, row 4 amount, row 5 amount and 3 more"
    assert (second.text, second.summary, second.where) == ("Rome has a removal.", "1 more like it", "V.2")
    assert [item.text for item in second.items] == ["Oslo has a removal."]
    assert (third.text, third.where, third.summary) == ("No city.", "", "")


def test_a_kind_with_very_many_remarks_leads_to_the_file() -> None:
    (group,) = groups(Item("c.d", f"City {number} differs.", "Ask.") for number in range(LISTED + 3))
    assert len(group.items) == LISTED
    assert group.more == "2 more are in the file of findings."
