from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.support.inventory import YEAR, cell, co2e, compute, key, raw, remarks, row

from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.packs import Library
from localaction.engine.references.factors import Factor, GasValue
from localaction.engine.references.gwp import GwpSet


def own_factor(**values):
    plain = {
        "id": "own:steam",
        "label": "Steam",
        "activity": "natural_gas",
        "uses": ("residential",),
        "unit": "kg/TJ",
        "activity_unit": "TJ",
        "place": "world",
        "year": None,
        "tier": 3,
        "edition": "own",
        "quality": "M",
        "automatic": True,
        "confidence": "unverified",
        "last_checked": "",
        "gases": {"CO2": GasValue(50_000.0)},
        "source_ref": "Utility",
        "locator": "",
    }
    return Factor(**{**plain, **values})


def test_a_line_leads_from_the_amount_over_every_conversion_to_tonnes():
    line = compute(
        row(
            "I.2.1",
            "Gas/Diesel oil",
            12_000,
            "t",
            data_quality="H",
            source="Traders",
            note="Heating",
            reason="",
        )
    )["lines"][0]
    assert (line["row"], line["ref"], line["activity"], line["label"]) == (
        2,
        "I.2.1",
        "gas_diesel_oil",
        "Gas/Diesel oil",
    )
    assert [(step["value"], step["unit"]) for step in line["steps"]] == [
        (pytest.approx(12), "Gg"),
        (pytest.approx(516), "TJ"),
    ]
    assert "net calorific value 43 TJ/Gg" in line["steps"][1]["label"]
    assert line["steps"][1]["source_ref"] == "ipcc-2006-vol2"
    assert line["factor"] == "ipcc@2006:stationary.commercial.gas_diesel_oil"
    assert line["gases_t"] == pytest.approx({"CO2": 38235.6, "CH4_fossil": 5.16, "N2O": 0.3096})
    assert (line["source"], line["note"], line["data_quality"]) == ("Traders", "Heating", "H")


def test_what_a_line_names_can_be_looked_up_in_the_result():
    result = compute(row("I.2.1", "gas_diesel_oil", 1, "t"))
    factor = result["factors"][result["lines"][0]["factor"]]
    assert factor["gases"]["CO2"]["value"] == 74_100
    assert len(factor["digest"]) == 64
    cited = {
        factor["source_ref"],
        result["gwp_set"]["source"],
        *(step["source_ref"] for step in result["lines"][0]["steps"]),
    }
    assert cited - {""} <= set(result["sources"])
    assert result["sources"]["ipcc-2006-vol2"]["title"]
    assert result["gwp_set"]["potentials"] == {"CH4_fossil": 28.0, "CO2": 1.0, "N2O": 265.0}


def test_the_reason_for_a_factor_names_the_place_it_was_found_in():
    power = row("I.1.2", "electricity", 1, "MWh", period="2023")
    year = {"period": None}
    near = compute(power, place_chain=("GB-LON", "GB"), **year)["lines"][0]
    assert near["why"] == "The nearest on file: GB, data year 2023."
    assert (near["why_code"], near["why_params"]["place"]) == ("references.why.nearest", "GB")
    gas = compute(row("I.1.1", "natural_gas", 1, "TJ"), place_chain=("GB-LON", "GB"))["lines"][0]
    assert gas["why"] == "No factor of GB-LON or GB is on file for 2019, so the world default applies."
    assert (
        compute(row("I.1.1", "natural_gas", 1, "TJ"))["lines"][0]["why"]
        == "The world default; no place was named."
    )
    assert compute(co2e("I.1.1", 1))["lines"][0]["why_code"] == "inventory.why.given_co2e"


def test_the_same_fuel_has_another_factor_in_another_cell():
    result = compute(row("I.1.1", "natural_gas", 1, "TJ"), row("I.3.1", "natural_gas", 1, "TJ"))
    methane = [line["gases_t"]["CH4_fossil"] for line in result["lines"]]
    assert methane == pytest.approx([0.005, 0.001])  # kg per TJ: homes 5, manufacturing 1


def test_a_city_s_own_factor_is_chosen_by_the_same_rule():
    library = Library.load().with_factors([own_factor(place="XX"), own_factor(id="own:other", place="YY")])
    gas = row("I.1.1", "natural_gas", 1, "TJ")
    assert compute(gas, library=library, place_chain=("XX",))["lines"][0]["factor"] == "own:steam"
    assert (
        compute(gas, library=library)["lines"][0]["factor"] == "ipcc@2006:stationary.residential.natural_gas"
    )
    assert compute(gas, library=library)["library_digest"] != compute(gas)["library_digest"]


def test_gross_energy_of_gas_becomes_net_before_the_factor():
    lines = compute(row("I.1.1", "natural_gas", 1000, "MWh gross"), row("I.1.1", "natural_gas", 900, "MWh"))[
        "lines"
    ]
    assert lines[0]["co2e_t"] == pytest.approx(lines[1]["co2e_t"])
    assert any("net over gross" in step["label"] for step in lines[0]["steps"])


@pytest.mark.parametrize(
    ("gwp_set", "potential"), [("sar", 21), ("tar", 23), ("ar4", 25), ("ar5", 28), ("ar6", 27.9)]
)
def test_warming_potentials_change_co2e_and_leave_the_gases_alone(gwp_set, potential):
    result = compute(row("III.1.1", "", 10, "t", gas="CH4"), gwp_set=gwp_set)
    assert cell(result, "III.1.1")["gases_t"] == {"CH4": 10}
    assert result["totals"]["BASIC"]["co2e_t"] == pytest.approx(10 * potential)
    assert result["gwp_set"]["potentials"] == {"CH4": potential}


def test_methane_of_known_origin_takes_its_own_potential_where_the_set_has_one():
    rows = [row("III.1.1", "", 1, "t", gas=gas) for gas in ("CH4", "CH4_fossil", "CH4_biogenic")]
    assert [line["co2e_t"] for line in compute(*rows, gwp_set="ar6")["lines"]] == [27.9, 29.8, 27.0]
    assert [line["co2e_t"] for line in compute(*rows, gwp_set="ar4")["lines"]] == [25, 25, 25]


def test_a_gas_without_potential_makes_the_total_partial_by_name_and_is_never_zero():
    """NF3 has no value in SAR."""
    result = compute(row("IV.2", "", 2, "kg", gas="NF3"), row("IV.2", "", 3, "t", gas="CO2"), gwp_set="sar")
    total = result["totals"]["BASIC+"]
    assert (total["complete"], total["missing_potentials"]) == (False, ["NF3"])
    assert total["gases_t"] == {"CO2": 3, "NF3": 0.002}
    assert total["co2e_t"] == 3
    assert result["totals"]["BASIC"]["complete"]
    said = [finding for finding in result["findings"] if finding["code"] == "inventory.no_potential"]
    assert [(finding["severity"], finding["ref"]) for finding in said] == [("warning", "IV.2")]
    assert "has no warming potential for NF3, so 0.002 t of it are missing" in said[0]["message"]
    assert result["lines"][0]["missing_potentials"] == ["NF3"]


def test_nothing_of_a_gas_without_potential_does_not_make_a_total_partial():
    assert compute(row("IV.2", "", 0, "kg", gas="NF3"), gwp_set="sar")["totals"]["BASIC+"]["complete"]


@pytest.mark.parametrize(
    ("declared", "apart", "severity"), [("ar5", 0, None), ("AR4", 7, "warning"), ("", 7, "info")]
)
def test_unsplit_co2e_counts_and_is_listed_unless_its_potentials_are_those_of_the_inventory(
    declared, apart, severity
):
    row_ = co2e("III.4.1", 7, gwp_set=declared)
    total = compute(row_)["totals"]["BASIC"]
    assert (total["co2e_t"], total["not_recomputable_t"], total["gases_t"]) == (7, apart, {"CO2E_UNSPLIT": 7})
    said = [finding.severity for finding in remarks(row_) if finding.code == "inventory.not_recomputable"]
    assert said == ([severity] if severity else [])


def test_unsplit_co2e_of_a_factor_is_listed_too():
    pinned = row("I.1.2", "electricity", 1000, "MWh", factor="carbon-footprint@2023:grid.gb", period="2023")
    total = compute(pinned, period=None)["totals"]["BASIC"]
    assert total["co2e_t"] == pytest.approx(207.1)
    assert total["not_recomputable_t"] == pytest.approx(207.1)


def test_biogenic_co2_is_apart_and_methane_of_biomass_counts():
    result = compute(row("I.3.1", "wood", 1000, "t"), row("III.3.1", "", 5, "t", gas="CO2_biogenic"))
    total = result["totals"]["BASIC"]
    assert total["co2_biogenic_t"] == pytest.approx(1000 * 15.6e-3 * 112 + 5)  # TJ/Gg, t CO2 per TJ
    assert set(total["gases_t"]) == {"CH4_biogenic", "N2O"}
    assert total["co2e_t"] == pytest.approx(15.6 * (30 * 28 + 4 * 265) / 1000)
    assert cell(result, "III.3.1")["co2e_t"] == 0
    assert cell(result, "III.3.1")["state"] == "value"


def test_a_key_is_obeyed_and_kept_as_written_with_its_reasons():
    result = compute(
        co2e("I.1.1", 5),
        key("I.2.1", "IE (I.1.1)", reason="One meter"),
        key("I.2.1", "IE", reason="Also one bill"),
    )
    found = cell(result, "I.2.1")
    assert (found["state"], found["co2e_t"], found["low_t"], found["rows"]) == ("key", None, None, 2)
    assert (found["notation_key"], found["raw_key"], found["included_in"]) == ("IE", "IE (I.1.1)", ["I.1.1"])
    assert found["reason"] == "One meter; Also one bill"
    assert result["totals"]["BASIC"]["co2e_t"] == 5


def test_the_caller_s_key_of_a_row_comes_back_with_its_line():
    result = compile_inventory([raw([co2e("I.1.1", 1)])[0]._replace(key="a-1")], Options(period=YEAR))
    assert result.to_dict()["lines"][0]["row_key"] == "a-1"


def test_lines_are_handed_out_one_by_one_and_kept_only_if_wanted():
    taken = []
    rows = [co2e("I.1.1", 1), key("I.2.1", "NO"), co2e("I.1.1", 2)]
    kept = compile_inventory(raw(rows), Options(period=YEAR), on_line=taken.append)
    assert [line["amount"] for line in taken] == [1, 2]
    assert kept.lines == taken
    assert compile_inventory(raw(rows), Options(period=YEAR, keep_lines=False)).lines == []


def test_the_result_is_plain_data_with_every_part_that_is_promised():
    result = compute(co2e("I.1.1", 1), key("I.2.1", "NE"), place="XX-ABC")
    assert list(result) == [
        "schema",
        "place",
        "period",
        "protocol",
        "library_digest",
        "gwp_set",
        "uncertainty",
        "totals",
        "sectors",
        "market",
        "cells",
        "lines",
        "factors",
        "sources",
        "findings",
    ]
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    assert (result["schema"], result["place"], result["protocol"]) == (
        "localaction.inventory/1",
        "XX-ABC",
        "gpc@1.1",
    )


def test_a_set_that_knows_only_co2_leaves_the_rest_by_name():
    library = Library.load()
    bare = GwpSet("bare", "CO2 only", 100, "gpc-1.1", "", "unverified", "", {"CO2": 1.0})
    only = replace(library, gwp_sets={"bare": bare})
    total = compute(row("I.1.1", "natural_gas", 1, "TJ"), library=only, gwp_set="bare")["totals"]["BASIC"]
    assert total["co2e_t"] == pytest.approx(56.1)
    assert total["missing_potentials"] == ["CH4_fossil", "N2O"]


def test_a_line_as_json_is_the_line():
    """Also with texts that hold quotes, per cent signs, line breaks and other alphabets."""
    odd = 'a "b" %s %% \\ \n \u0628\u0627\u0631\u064a\u0633 \ue0000\ue001'
    rows = [
        row("I.1.1", "natural_gas", 1234.5, "MWh gross", note=odd, source="50 %", data_quality="H/M"),
        row("I.3.1", "wood", 1e-7, "t", source=odd),
        row("IV.1", odd, -3, "kg", gas="CH4", reason=odd),
        row("IV.1", "", 1e22, "t", gas="CO2_biogenic"),
        row("IV.2", "", 3, "t", gas="NF3"),
        co2e("III.1.1", 7, gwp_set="ar4"),
    ]
    keyed = [one._replace(key=None if one.number % 2 else f"k-{one.number}") for one in raw(rows)]
    texts, lines = [], []
    compile_inventory(keyed, Options(period=YEAR, gwp_set="sar"), on_line=lines.append, on_json=texts.append)
    assert [json.loads(text) for text in texts] == lines
    assert [list(json.loads(text)) for text in texts] == [list(line) for line in lines]
