"""Rows by hand: what is saved, what is refused and how, and that nothing typed is lost."""

from __future__ import annotations

import html
import re

import pytest

from localaction.engine.packs import Library
from tests.platform.web_desk.make import GAS, HTMX, Desk, text_of


def test_a_row_is_saved_computed_and_shown_with_its_way(desk: Desk) -> None:
    response = desk.save(**GAS, data_quality="H", source="Utility bills")
    assert response.status_code == 303
    page = text_of(desk.client.get(response["Location"]))
    row, result = desk.row(), desk.run().result
    assert row.values()["amount"] == "1000"
    assert row.values()["activity"] == "natural_gas"
    cell = next(cell for cell in result["cells"] if cell["ref"] == "I.1.1")
    assert cell["co2e_t"] == pytest.approx(56_266.5, rel=1e-6)
    for words in (
        "Row saved in I.1.1.", "Undo", "Natural gas", "1,000 TJ", "56,26", "Factor:", "High quality",
        "Utility bills", "world default applies", "CH 4 , fossil",
        "Computed just now from the rows as they stand.",
    ):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize(
    ("fields", "column", "words"),
    [
        ({**GAS, "amount": "1,234"}, "amount", '"1,234" is ambiguous'),
        ({**GAS, "amount": "NaN"}, "amount", "not a finite number"),
        ({**GAS, "amount": "a lot"}, "amount", "is not a number"),
        ({**GAS, "amount": ""}, "amount", "The amount is missing"),
        ({**GAS, "unit": ""}, "unit", "The unit is missing"),
        ({**GAS, "unit": "km"}, "unit", 'The unit "km" measures distance'),
        ({**GAS, "unit": "furlong"}, "unit", 'There is no unit "furlong"'),
        ({**GAS, "activity": "unobtainium"}, "activity", 'There is no fuel or activity "unobtainium"'),
        ({**GAS, "activity": ""}, "activity", "names neither an activity nor a gas"),
        ({**GAS, "factor": "no-such-factor"}, "factor", 'There is no factor "no-such-factor"'),
        ({**GAS, "amount": "-5"}, "reason", "The amount is negative and has no reason"),
        ({**GAS, "data_quality": "Z"}, "data_quality", '"Z" is not a data quality'),
        ({**GAS, "period": "2018"}, "period", "an inventory is of one year"),
        ({"mode": "direct", "emitted": "5", "mass_unit": "TJ", "gas": "CO2"}, "mass_unit", "are a mass, but"),
        ({"mode": "direct", "emitted": "5", "mass_unit": "t", "gas": "XYZ"}, "gas", 'There is no gas "XYZ"'),
        ({"mode": "direct", "emitted": "5", "mass_unit": "t", "gas": ""}, "gas", "The gas is missing"),
        ({"mode": "key", "notation_key": "XX"}, "notation_key", '"XX" is not a notation key'),
        ({"mode": "key", "notation_key": "IE", "included_in": "II.9"}, "included_in", 'no cell "II.9"'),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_at_its_field_and_keeps_what_was_typed(
    desk: Desk, fields: dict[str, str], column: str, words: str
) -> None:
    response = desk.save(**fields, note="a note I typed")
    body = response.content.decode()
    assert response.status_code == 422
    assert desk.rows() == []
    assert words in html.unescape(body)
    assert f'id="id_{column}_error"' in body
    assert 'data-focus aria-labelledby="errsum-h"' in body or "data-focus" in body
    assert f'href="#id_{column}' in body
    assert "a note I typed" in body
    for value in fields.values():
        assert value == "" or html.escape(value) in body


def test_every_link_of_the_error_summary_leads_to_a_control(desk: Desk) -> None:
    body = desk.save(
        mode="activity", activity="", amount="1,2", unit="", factor="x", data_quality="Z"
    ).content.decode()
    summary = body[body.index("errsum-h") : body.index("</section>", body.index("errsum-h"))]
    targets = [part.split('"')[0] for part in summary.split('href="#')[1:]]
    assert len(targets) >= 2
    for target in targets:
        assert f'id="{target}"' in body


def test_an_empty_form_says_what_is_missing(desk: Desk) -> None:
    for mode in ("activity", "direct", "key", "nonsense"):
        response = desk.save(mode=mode)
        assert response.status_code == 422, mode
        assert "The row was not saved" in text_of(response)
    assert desk.rows() == []


def test_emissions_given_directly(desk: Desk) -> None:
    desk.save(
        mode="direct", label="Landfill model", emitted="100", mass_unit="t", gas="CH4", activity="natural_gas"
    )
    values = desk.row().values()
    assert (values["gas"], values["amount"], values["unit"], values["activity"]) == (
        "CH4",
        "100",
        "t",
        "Landfill model",
    )
    assert values["factor"] == ""
    assert "2,800" in text_of(desk.get("cell/I.1.1/"))


def test_an_unsplit_sum_keeps_the_set_it_was_computed_with_and_a_gas_never_has_one(desk: Desk) -> None:
    desk.save("I.1.1", mode="direct", emitted="10", mass_unit="t", gas="CO2e", gwp_set="ar4")
    desk.save("I.1.2", mode="direct", emitted="10", mass_unit="t", gas="CH4", gwp_set="ar4")
    assert [row.gwp_set for row in desk.rows()] == ["ar4", ""]


def test_a_notation_key_with_its_reason(desk: Desk) -> None:
    desk.save(mode="key", notation_key="IE", included_in="I.1.1", reason="One bill", amount="5")
    values = desk.row().values()
    assert (values["notation_key"], values["included_in"], values["reason"]) == ("IE", "I.1.1", "One bill")
    assert values["amount"] == ""
    page = text_of(desk.get("cell/I.1.1/"))
    assert "included elsewhere" in page.lower()
    assert "One bill" in page


def test_a_key_beside_amounts_is_refused_in_words_that_fit_a_form(desk: Desk) -> None:
    desk.save()
    response = desk.save(mode="key", notation_key="NO")
    assert response.status_code == 422
    assert "a cell holds amounts or a notation key" in text_of(response)
    assert "in row 1" not in text_of(response)
    assert len(desk.rows()) == 1


def test_a_later_factor_needs_a_reason_and_is_offered_with_its_year(desk: Desk) -> None:
    later = next(
        factor
        for factor in Library.load().factors.all.values()
        if factor.activity == "electricity"
        and factor.year
        and factor.year > 2019
        and "grid_generation" in factor.uses
    )
    fields = {"mode": "activity", "activity": "electricity", "amount": "5", "unit": "MWh", "factor": later.id}
    refused = desk.save("I.1.2", **fields)
    assert refused.status_code == 422
    assert "later than the inventory year" in text_of(refused)
    assert 'id="id_reason_error"' in refused.content.decode()
    assert desk.save("I.1.2", **fields, reason="No earlier value is published").status_code == 303


def test_changing_a_row_shows_it_as_it_is_and_keeps_its_history(desk: Desk) -> None:
    desk.save(**GAS, data_quality="M", source="bills")
    row = desk.row()
    form = desk.get(f"rows/{row.row_key}/").content.decode()
    for shown in (
        'value="1000"',
        'value="natural_gas" selected',
        'value="TJ" selected',
        'value="M" selected',
        'value="bills"',
    ):
        assert shown in form, shown
    desk.post(f"rows/{row.row_key}/", **{**GAS, "amount": "2000"}, seen=str(row.number))
    changed = desk.row()
    assert (changed.row_key, changed.number, changed.amount) == (row.row_key, 2, "2000")


def test_a_row_from_a_file_is_shown_as_written_even_where_the_lists_do_not_offer_it(desk: Desk) -> None:
    desk.hand_in("ref,activity,amount,unit,data_quality\nI.1.1,NATURAL GAS,5,m³,H/M\n")
    desk.client.post(desk.at_report("apply/"))
    form = desk.get(f"rows/{desk.row().row_key}/").content.decode()
    for shown in ('value="NATURAL GAS" selected', 'value="m³" selected', 'value="H/M" selected'):
        assert shown in form, shown


def test_removing_a_row_offers_undo_and_undo_brings_it_back(desk: Desk) -> None:
    desk.save()
    row = desk.row()
    gone = desk.client.post(desk.at(f"rows/{row.row_key}/remove/"), {"seen": "1"}, follow=True)
    assert "Row removed from I.1.1." in text_of(gone)
    assert desk.rows() == []
    back = desk.client.get(desk.undo(ref="I.1.1").headers["Location"])
    assert "Change undone in I.1.1." in text_of(back)
    assert desk.row().amount == "1000"
    assert desk.run().result["totals"]["BASIC"]["co2e_t"] > 0


def test_a_row_that_is_gone_says_so(desk: Desk) -> None:
    desk.save()
    address = f"rows/{desk.row().row_key}/"
    desk.undo()
    assert desk.get(address).status_code == 404
    assert "no longer there" in text_of(desk.get(address))
    again = desk.post(f"{address}remove/", seen="1")
    assert again.status_code == 409
    assert "no longer there" in text_of(again)


def test_htmx_gets_the_drawer_and_what_changed_beside_it(desk: Desk) -> None:
    refused = desk.post("cell/I.1.1/rows/new/", htmx=True, **{**GAS, "amount": "1,2"})
    assert refused.status_code == 422
    assert "<html" not in refused.content.decode()
    assert "editor-body" not in refused.content.decode()
    saved = desk.post("cell/I.1.1/rows/new/", htmx=True, **GAS)
    body = saved.content.decode()
    assert saved.status_code == 200
    assert saved["HX-Push-Url"] == desk.at("cell/I.1.1/")
    assert '<aside class="drawer" id="drawer" data-ref="I.1.1"' in body
    assert body.count('hx-swap-oob="true"') == 2
    assert "56,26" in body


def test_saving_and_adding_another_keeps_the_kind_of_row(desk: Desk) -> None:
    response = desk.post(
        "cell/I.1.1/rows/new/", mode="direct", emitted="5", mass_unit="t", gas="CO2", then="again"
    )
    assert response["Location"].startswith(desk.at("cell/I.1.1/rows/new/"))
    assert "mode=direct" in response["Location"]
    page = desk.client.get(response["Location"]).content.decode()
    assert "Row saved in I.1.1." in page
    assert 'value="direct" id="id_mode_1" checked' in page.replace("required ", "")


def test_units_and_factors_follow_the_activity(desk: Desk) -> None:
    query = {"mode": "activity", "activity": "electricity", "amount": "100", "unit": "MWh"}
    body = desk.client.get(desk.at("cell/I.1.2/rows/choices/"), query, headers=HTMX).content.decode()
    assert '<option value="kWh"' in body
    assert '<option value="km"' not in body
    assert 'value="100"' in body
    assert 'value="MWh" selected' in body
    assert "natural_gas" not in body


def test_the_preview_says_what_a_row_comes_to_and_saves_nothing(desk: Desk) -> None:
    headers = {**HTMX, "HX-Target": "row-preview"}
    body = desk.client.get(desk.at("cell/I.1.1/rows/choices/"), GAS, headers=headers).content.decode()
    assert "Comes to" in body
    assert "56,26" in body
    assert "id_unit" not in body
    for half in (
        {**GAS, "amount": ""},
        {**GAS, "unit": ""},
        {**GAS, "amount": "1,2"},
        {"mode": "key", "notation_key": "NO"},
    ):
        assert (
            "Comes to"
            not in desk.client.get(
                desk.at("cell/I.1.1/rows/choices/"), half, headers=headers
            ).content.decode()
        )
    assert desk.rows() == []


def test_a_cell_without_factors_starts_with_emissions_given_directly(desk: Desk) -> None:
    page = desk.get("cell/III.1.2/rows/new/").content.decode()
    assert 'value="direct" id="id_mode_1" checked' in page
    assert "No emission factor in the library is made for this cell" in page


def test_a_row_sent_twice_is_one_row(desk: Desk) -> None:
    page = desk.get("cell/I.1.1/rows/new/").content.decode()
    found = re.search(r'name="new_key" value="([0-9a-f-]{36})"', page)
    assert found is not None
    for _time in range(2):
        desk.save(**GAS, new_key=found.group(1))
    assert [str(row.row_key) for row in desk.rows()] == [found.group(1)]
    desk.save(**{**GAS, "amount": "7"}, new_key=found.group(1))
    assert [row.amount for row in desk.rows()] == ["1000", "7"], "another row is another row"
