"""Published figures of cities: known mistakes are asked about, and few of the others are.

C40 workbook of city inventories; local authorities of the United Kingdom, 2005 to 2020; counties of the Twin
Cities region, where the inhabitants of 2010 stand far below those of 2009 and 2011, and 2023 is incomplete.
"""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from localaction.engine.evaluation.plausibility import plausibility
from localaction.engine.packs import Library

PLAUSIBLE = Library.load().plausible


def number(text, size=1.0):
    """Return a figure of a file, None for a text that stands where one is not known."""
    try:
        return float(text) * size
    except ValueError:
        return None


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(stream)


def asked(places):
    """Return what is asked about, by place and year."""
    return {
        (place, year): {
            finding.params["check"]: finding.message
            for finding in plausibility(PLAUSIBLE, answers, year=year, earlier=years)
        }
        for place, years in places.items()
        for year, answers in years.items()
    }


def share(found, check):
    return sum(check in checks for checks in found.values()) / len(found)


@pytest.fixture(scope="module")
def c40(real_data):
    places = defaultdict(dict)
    for row in rows(real_data / "c40-gpc" / "inventories.csv"):
        places[row["city"]][int(float(row["year_calendar"] or row["year"]))] = {
            "population.total": number(row["population"]),
            "area.total": number(row["area"]),
            "economy.gdp": number(row["gdp"]) or None,  # the workbook writes nought for what it does not know
            "emissions.community": number(row["basic"]),
        }
    return asked(places)


def test_mistakes_of_the_c40_workbook_are_asked_about(c40):
    assert (
        "188912456090.738 USD, and 2974071000000 USD in 2016"
        in c40["Ciudad de México", 2018]["economy.gdp:change"]
    )
    assert "1110 km2, and 1553 km2 in 2019: -28.5 %" in c40["Houston", 2020]["area.total:change"]


def test_few_figures_of_the_c40_workbook_are_asked_about(c40):
    assert len(c40) > 300
    assert share(c40, "population.total:change") < 0.01
    assert share(c40, "emissions.community:change") < 0.02
    assert share(c40, "ratio.emissions_per_person:range") == 0
    assert share(c40, "ratio.people_per_area:range") == 0


def test_hardly_a_figure_of_british_authorities_is_asked_about(real_data):
    places = defaultdict(dict)
    for row in rows(real_data / "uk-local-authority-emissions" / "local_authority_emissions.csv"):
        places[row["official-name"]][int(row["Year"])] = {
            "emissions.community": number(row["Total Emissions:kt CO2"], 1000),
            "population.total": number(row["Population:000s"], 1000),
            "area.total": number(row["Area:km2"]),
        }
    few = {"City of London Corporation": places["City of London Corporation"]}
    found = asked({**dict(sorted(places.items())[::4]), **few})
    assert len(found) > 1500
    assert sum(map(bool, found.values())) / len(found) < 0.02
    # Few live in the City of London, and many work there: worth a question, and easily explained.
    assert all(
        "ratio.emissions_per_person:range" in found["City of London Corporation", year]
        for year in range(2005, 2011)
    )


def test_a_broken_year_of_a_series_is_asked_about(real_data):
    places = defaultdict(dict)
    for row in rows(real_data / "minnesota-counties" / "county_emissions_2005_2023.csv"):
        year = places[row["county_name"]].setdefault(int(row["emissions_year"]), {"emissions.community": 0.0})
        year["population.total"] = number(row["county_total_population"])
        year["emissions.community"] += number(row["value_emissions"]) or 0.0
    found = asked(places)
    for county in ("Anoka", "Carver"):
        years = {
            year
            for (place, year), checks in found.items()
            if place == county and "population.total:change" in checks
        }
        assert years == {2010, 2011}
        assert "emissions.community:change" in found[county, 2023]
