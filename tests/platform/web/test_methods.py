"""Methods on pages: the list, what one computes, and its calculator, without scripts."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser

import pytest

from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.inventory.rows import read_csv
from localaction.engine.packs import Library
from localaction.engine.periods import Period
from localaction.platform.accounts import limits
from localaction.platform.web.calculator.draft import from_inputs
from localaction.platform.web.calculator.outcome import outcome
from localaction.platform.web.calculator.share import packed

pytestmark = pytest.mark.django_db
LIBRARY = Library.load()
COMPOSTING = "/methods/ghg.composting/1/"
CALCULATE = COMPOSTING + "calculate/"
EXAMPLES = [
    f"/methods/{method.id}/calculate/?example={example}"
    for method in LIBRARY.methods.values()
    for example in method.examples
]


def text(answer) -> str:
    """Return what a page says, without tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode()))


def sent(client, do: str = "compute", **more):
    return client.post(CALCULATE, {"mass.0": "15000", "size.stream": "3", "_do": do} | more)


def test_every_method_is_listed_under_its_sector(client) -> None:
    page = text(client.get("/methods/"))
    assert [method.id for method in LIBRARY.methods.values() if method.id not in page] == []


def test_a_search_finds_by_word_and_by_cell_and_says_when_nothing_fits(client) -> None:
    assert "ghg.composting/1" in text(client.get("/methods/?q=COMPOST nitrous"))
    assert "ghg.composting/1" in text(client.get("/methods/?q=III.2.1"))
    assert "No method has these words" in text(client.get("/methods/?q=zeppelin"))


@pytest.mark.parametrize("method", LIBRARY.methods.values(), ids=lambda method: method.id)
def test_the_page_of_a_method_shows_formulas_tables_and_examples(client, method) -> None:
    name, _stroke, version = method.id.partition("/")
    answer = client.get(f"/methods/{name}/{version}/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert [name for name in method.inputs if f">{name}</code>" not in page] == []
    assert page.count('class="f ltr formula-text"') == len(method.formulas)
    assert page.count('id="table-') == len(method.parameters)
    assert page.count("?example=") == len(method.examples)


@pytest.mark.parametrize("address", EXAMPLES)
def test_every_worked_example_fills_the_form_and_gives_its_result(client, address) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'id="result"' in page
    assert "The document gives:" in page
    assert "errsum" not in page


class Controls(HTMLParser):
    """Collects what a browser would send of a form: the values of its controls as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._select = ""

    def handle_starttag(self, tag, attrs) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") not in {"submit", "checkbox", "radio"} and found.get("name"):
            self.values[found["name"]] = found.get("value") or ""
        elif tag == "select":
            self._select = found.get("name") or ""
        elif tag == "option" and self._select and ("selected" in found or self._select not in self.values):
            self.values[self._select] = found.get("value") or ""


@pytest.mark.parametrize("address", EXAMPLES)
def test_a_form_sent_as_it_stands_gives_the_result_it_showed(client, address) -> None:
    """No control holds anything by itself that overrules what was chosen for all."""
    shown = client.get(address)
    form = Controls()
    form.feed(shown.content.decode().partition('id="calc"')[2].partition("</form>")[0])
    answer = client.post(address.partition("?")[0], form.values | {"_do": "compute"}, follow=True)
    assert answer.context["result"].figures == shown.context["result"].figures
    assert answer.context["result"].objects == shown.context["result"].objects


def test_a_calculation_has_an_address_that_can_be_kept(client) -> None:
    answer = sent(client)
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert "2,634" in text(page)
    assert 'value="15000"' in page.content.decode()
    assert client.get(CALCULATE + "?i=zzz").status_code == 200
    assert "holds no inputs that can be read" in text(client.get(CALCULATE + "?i=zzz"))


def test_what_was_filled_in_is_shown_with_its_source(client) -> None:
    page = text(client.get(CALCULATE + "?example=D11"))
    assert "What was filled in" in page
    assert "volume 5: Waste, chapter 4, table 4.1" in page
    assert "Compared with the source" in page


def test_a_fault_is_told_at_its_field_and_nothing_typed_is_lost(client) -> None:
    answer = sent(client, **{"mass.1": "1,234", "mass.2": "-3", "ch4_factor": "0.5"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'href="#f-mass-1"' in page
    assert re.search(r'id="f-mass-1" name="mass.1" value="1,234"[^>]*aria-invalid="true"', page)
    assert 'name="ch4_factor" value="0.5"' in page
    assert "&quot;1,234&quot;" in page
    again = sent(client, **{"mass.2": "-3"})
    assert 'href="#f-mass-2"' in again.content.decode()
    assert "is -3; it must be at least 0" in text(again)


def test_rows_are_added_and_a_table_is_pasted(client) -> None:
    page = sent(client, "add:stream").content.decode()
    assert 'name="mass.7"' in page
    assert 'name="size.stream" value="8"' in page
    pasted = {"_paste.main-stream": "stream\tt\nA\t1\nB\t2.5\nC\t3\nD\t4"}
    page = sent(client, "paste:main-stream", **pasted).content.decode()
    for row, value in enumerate(("1", "2.5", "3", "4")):
        assert f'name="mass.{row}" value="{value}"' in page


def test_empty_rows_between_are_left_out(client) -> None:
    answer = sent(client, "file:inputs", **{"mass.2": "5"})
    assert json.loads(answer.content) == {"mass": [15000, 5]}


def test_another_unit_is_converted(client) -> None:
    answer = sent(client, "file:json", ch4_recovered="1000", ch4_recovered__unit="kg")
    outputs = {output["name"]: output["value"] for output in json.loads(answer.content)["outputs"]}
    assert outputs["ch4"] == pytest.approx(59)


def test_the_rows_go_into_an_inventory_as_they_are(client) -> None:
    answer = sent(client, "file:rows", _cell="III.2.1")
    assert answer["Content-Disposition"] == 'attachment; filename="ghg-composting-1-rows.csv"'
    options = Options(period=Period.parse("2020"), gwp_set="ar5")
    result = compile_inventory(read_csv(io.BytesIO(answer.content)), options, LIBRARY)
    assert result.totals["BASIC"].co2e_t == pytest.approx(2634)
    row = next(csv.DictReader(io.StringIO(answer.content.decode())))
    assert "method ghg.composting/1, data " in row["source"]


def test_the_chart_of_a_landfill_shows_its_two_series_and_their_unit(client) -> None:
    page = text(client.get("/methods/ghg.landfill_decay_2006/1/calculate/?example=D10"))
    assert "Methane generated and emitted" in page
    assert "For each year; t CH4, biogenic Chart" in page
    assert "Methane emitted" in page.partition("For each year")[2][:80]  # in the legend


def test_every_bar_of_a_chart_is_named(client) -> None:
    page = client.get("/methods/ghg.wastewater_ch4_2006/1/calculate/?example=D13").content.decode()
    named = re.findall(r"<text[^>]*>([^<]*)</text>", page)
    assert {"Aerobic plant, well run", "Septic tank", "Latrine, dry climate, small", "family"} <= set(named)
    assert {"Aerobic", "plant, well\N{HORIZONTAL ELLIPSIS}", "Latrine, dry"} <= set(
        named
    )  # in a narrow window


def test_a_plain_number_has_no_unit_beside_it(client) -> None:
    answer = client.get("/methods/ghg.waste_history/1/calculate/?example=two-years-back")
    assert "For each year; t Chart" in text(answer)
    heads = [head.strip() for head in re.findall(r"<th[^>]*>([^<]*)</th>", answer.content.decode())]
    assert "Waste sent to landfill, t" in heads
    assert "Estimated (1) or recorded (0)" in heads


def test_the_values_are_a_table_with_full_digits(client) -> None:
    rows = list(csv.DictReader(io.StringIO(sent(client, "file:csv").content.decode())))
    assert [(row["output"], float(row["value"]), row["unit"]) for row in rows] == [
        ("ch4", 60.0, "t"),
        ("n2o", pytest.approx(3.6), "t"),
    ]


@pytest.mark.parametrize("address", ["/methods/ghg.nothing/1/", "/methods/ghg.composting/9/calculate/"])
def test_a_method_that_is_not_there_is_not_found(client, address) -> None:
    assert client.get(address).status_code == 404


def test_pages_of_methods_need_no_query(client, django_assert_num_queries) -> None:
    client.get("/methods/")
    for address in ("/methods/", COMPOSTING, CALCULATE, CALCULATE + "?example=D11"):
        with django_assert_num_queries(0):
            client.get(address)


def test_gross_energy_in_an_address_is_not_taken_as_net():
    method = Library.load().methods["ghg.stationary_combustion_energy/1"]
    given = {"use": "residential", "fuel": ["natural_gas"], "energy_tj": {"value": [100], "unit": "therm"}}
    result = outcome(from_inputs(method, given), "ar6")
    assert result.run is None
    assert any("which is gross calorific" in fault.text for fault in result.faults)


def test_one_address_may_not_calculate_without_end_and_loses_nothing_typed(client, monkeypatch) -> None:
    monkeypatch.setattr(limits, "CALCULATIONS", "2/m")
    kept = client.get(CALCULATE + "?example=D11")
    assert kept.status_code == 200
    for _ in range(2):
        assert sent(client, **{"mass-0": "15000"}).status_code in {200, 303, 422}
    answer = sent(client, **{"mass-0": "15000"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) >= 1
    assert "There were too many calculations from your address" in text(answer)
    assert "For many calculations use the command" in text(answer)
    assert client.get(CALCULATE + "?i=" + packed({"mass": [1]})).status_code == 429
    assert client.get(CALCULATE).status_code == 200, "looking at the form is no calculation"
    other = client.post(CALCULATE, {"_do": "compute"}, REMOTE_ADDR="192.0.2.10")
    assert other.status_code != 429
