"""The GPC workbook of C40 (version 30.05.2023) as published: every inventory, every exception by name.

Expected counts and sums: counted independently in a plain reshaping of the workbook as CSV.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from localaction.engine.errors import Refused
from localaction.engine.exchange.c40 import is_c40, read_c40
from localaction.engine.exchange.sheets import read_workbook
from localaction.engine.inventory.compile import Options, compile_inventory
from localaction.engine.periods import Period

MEMORY = 500 << 20
TONNE = 1.0  # the printed totals are sums of unrounded cells


@pytest.fixture(scope="module")
def path(real_data):
    return real_data / "c40-gpc" / "C40_GPC_Database.xlsx"


@pytest.fixture(scope="module")
def book(path):
    with path.open("rb") as stream:
        return read_c40(read_workbook(stream, path.name))


def inventory(book, city, year):
    return next(found for found in book.inventories if (found.city, found.label_year) == (city, year))


def test_every_inventory_and_every_line_is_read(book):
    lines = [line for found in book.inventories for line in found.lines]
    assert book.version == "30.05.2023"
    assert (len(book.inventories), len(lines)) == (329, 17_766)
    assert Counter(line.state for line in lines) == {"value": 6_813, "key": 10_818, "blank": 135}
    assert sum(line.co2e_t for line in lines if line.co2e_t is not None) == pytest.approx(
        5_504_640_092.07, abs=0.01
    )
    assert Counter(found.level for found in book.inventories) == {"BASIC": 299, "BASIC+": 30}


def test_the_reshaped_file_says_the_same(book, real_data):
    with (real_data / "c40-gpc" / "inventory_lines.csv").open(encoding="utf-8", newline="") as stream:
        reshaped = [
            (row["city"], row["gpc_ref"], float(row["tco2e"]) if row["tco2e"] else None, row["notation_key"])
            for row in csv.DictReader(stream)
        ]
    ours = [
        (found.city, line.ref, line.co2e_t, (line.raw_key or "").strip())
        for found in book.inventories
        for line in found.lines
    ]
    assert ours == reshaped


def test_every_inventory_whose_published_figures_differ_is_named_with_both_figures(book):
    named = {
        (found.city, found.label_year, tuple(d.label for d in found.differences if d.main))
        for found in book.inconsistent
    }
    assert named == {
        ("Houston", 2020, ("BASIC", "BASIC+", "BASIC+S3")),
        *((city, year, ("BASIC+S3",)) for city, year in [
            ("Accra", 2015), ("Lisbon", 2020), ("Lisbon", 2019), ("Medellín", 2018), ("Medellín", 2017),
            ("Medellín", 2016), ("Melbourne", 2019), ("Melbourne", 2018), ("Melbourne", 2017),
        ]),
    }  # fmt: skip
    houston = inventory(book, "Houston", 2020)
    assert len(houston.differences) == 11
    message = next(f for f in houston.findings if f.code == "exchange.c40.differs").line()
    assert message.startswith(
        "row 123: Published figures of Houston 2020 are not the sums of their cells: "
        "BASIC 39,841,930 t published, 30,050,613 t from its cells; BASIC+ 41,128,067 t published, "
    )
    assert "and 5 more" in message


def test_territorial_totals_agree_for_all(book):
    assert all(
        abs(found.published["Territorial"] - found.computed["Territorial"]) <= TONNE
        for found in book.inventories
    )


def test_untidy_keys_are_kept_as_written_and_read(book):
    untidy = Counter(
        line.raw_key
        for found in book.inventories
        for line in found.lines
        if line.raw_key is not None and line.raw_key != line.notation_key
    )
    assert untidy == {"NO; IE": 8, "NE; NE": 7, "NO ": 6, "IE (II.1.1)": 3, "IE (I.1.1)": 1}
    heidelberg = next(line for line in inventory(book, "Heidelberg", 2015).lines if line.ref == "I.4.1")
    assert (heidelberg.notation_key, heidelberg.raw_key, heidelberg.included_in) == (
        "IE",
        "IE (I.1.1)",
        ("I.1.1",),
    )


def test_removals_and_blanks_are_accepted_with_a_warning(book):
    removals = Counter(f.column for f in book.findings if f.code == "exchange.c40.removal")
    assert removals == {"V.2": 64, "V.3": 5, "VI.1": 3}
    assert not [f for f in book.findings if f.code == "exchange.c40.negative"]
    blank = next(f for f in inventory(book, "Portland", 2016).findings if f.code == "exchange.c40.blanks")
    assert blank.message == "Portland 2016 has blank cells: VI.1. They stay open; a blank is not zero."
    assert {f.severity for f in book.findings} == {"warning"}


@pytest.mark.parametrize(
    ("city", "year", "start", "end", "stated"),
    [
        ("Ekurhuleni", 2018, date(2018, 7, 1), date(2019, 6, 30), True),
        ("Melbourne", 2014, date(2014, 7, 1), date(2015, 6, 30), True),
        ("Tshwane", 2014, date(2014, 7, 1), date(2015, 6, 30), True),
        ("Tokyo", 2013, date(2013, 4, 1), date(2014, 3, 31), True),
        ("Chennai", 2018, date(2018, 4, 1), date(2019, 3, 31), True),
        ("Stockholm", 2016, date(2016, 1, 1), date(2016, 12, 31), True),
        ("Sydney", 2019, date(2019, 1, 1), date(2019, 12, 31), False),
    ],
)
def test_fiscal_years_are_read_and_filed_under_their_calendar_year(book, city, year, start, end, stated):
    found = inventory(book, city, year)
    assert (found.period, found.period_stated) == (Period(start, end, year), stated)


def test_two_spellings_of_a_country_are_one(book):
    dutch = {(found.country, found.country_code) for found in book.inventories if found.country_code == "NL"}
    assert dutch == {("Netherlands", "NL"), ("The Netherlands", "NL")}
    assert len({found.country_code for found in book.inventories}) == 43


def test_facts_of_a_city(book):
    london = inventory(book, "London", 2019)
    assert london.published["BASIC"] == pytest.approx(28_775_408, abs=1)
    assert sum(found.population for found in book.inventories if found.latest) == pytest.approx(
        324_319_402, abs=1
    )
    assert inventory(book, "New York City", 2020).gdp_usd == 763_955_224_976


def test_its_rows_pass_the_rules_of_every_inventory(book):
    """The same totals come out of the rules that check a form: BASIC of all newest inventories together."""
    newest = [found for found in book.inventories if found.latest]
    totals = [
        compile_inventory(found.raw_rows(book.as_published), Options(period=found.period, keep_lines=False))
        .totals["BASIC"]
        .co2e_t
        for found in newest
    ]
    assert len(newest) == 70
    assert sum(totals) == pytest.approx(sum(found.computed["BASIC"] for found in newest), abs=TONNE)


def test_another_workbook_is_refused_by_what_it_lacks(real_data):
    other = real_data / "c40-gpc" / "inventories.csv"
    with other.open("rb") as stream:
        workbook = read_workbook(stream, other.name)
    assert not is_c40(workbook)
    with pytest.raises(Refused) as refused:
        read_c40(workbook)
    (finding,) = refused.value.findings
    assert finding.message.startswith(
        'No sheet of "inventories.csv" has the columns of the GPC workbook of C40'
    )
    assert "missing are City, Country" in finding.message


def test_the_whole_workbook_fits_into_bounded_memory(path):
    script = (
        "import sys, resource; from localaction.engine.exchange.sheets import read_workbook;"
        "from localaction.engine.exchange.c40 import read_c40;"
        "book = read_c40(read_workbook(open(sys.argv[1], 'rb'), 'c40.xlsx')); print(len(book.inventories))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY)),
    )  # fmt: skip
    assert done.stdout.strip() == "329"
