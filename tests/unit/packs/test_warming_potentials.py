"""Every warming potential of the six sets, against the table of the assessment reports typed out here."""

from __future__ import annotations

import globalwarmingpotentials
import pytest

from localaction.engine.packs import Library

# GWP-100 of the IPCC assessment reports: gas, SAR, TAR, AR4, AR5, AR5 with climate-carbon feedback, AR6.
SETS = ("sar", "tar", "ar4", "ar5", "ar5-feedback", "ar6")
TABLE = """
CO2             1      1      1      1      1      1
CH4            21     23     25     28     34   27.9
N2O           310    296    298    265    298    273
SF6         23900  22200  22800  23500  26087  25200
NF3             -  10800  17200  16100  17885  17400
HFC23       11700  12000  14800  12400  13856  14600
HFC32         650    550    675    677    817    771
HFC41         150     97      -    116    141    135
HFC125       2800   3400   3500   3170   3691   3740
HFC134       1000   1100      -   1120   1337   1260
HFC134a      1300   1300   1430   1300   1549   1530
HFC143        300    330      -    328    397    364
HFC143a      3800   4300   4470   4800   5508   5810
HFC152a       140    120    124    138    167    164
HFC161          -     12      -      4      4   4.84
HFC227ea     2900   3500   3220   3350   3860   3600
HFC236fa     6300   9400   9810   8060   8998   8690
HFC245fa        -    950   1030    858   1032    962
HFC365mfc       -    890    794    804    966    914
HFC4310mee   1300   1500   1640   1650   1952   1600
CF4          6500   5700   7390   6630   7349   7380
C2F6         9200  11900  12200  11100  12340  12400
C3F8         7000   8600   8830   8900   9878   9290
cC4F8        8700  10000  10300   9540  10592  10200
C4F10        7000   8600   8860   9200  10213  10000
C5F12        7500   8900   9160   8550   9484   9220
C6F14        7400   9000   9300   7910   8780   8620
CFC11        3800   4600   4750   4660   5352   6230
CFC12        8100  10600  10900  10200  11547  12500
HCFC22       1500   1700   1810   1760   2106   1960
HCFC141b      600    700    725    782    938    860
HCFC142b     1800   2400   2310   1980   2345   2300
SO2F2           -      -      -   4090   4732   4630
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
ORIGINS = {"CH4_fossil", "CH4_biogenic"}  # only AR6 tells them apart


@pytest.fixture(scope="module")
def sets():
    return Library.load().gwp_sets


@pytest.mark.parametrize(("position", "name"), list(enumerate(SETS, start=1)))
def test_a_set_holds_what_its_report_prints_and_nothing_else(sets, position, name):
    printed = {row[0]: float(row[position]) for row in ROWS if row[position] != "-"}
    held = {gas: value for gas, value in sets[name].values.items() if gas not in ORIGINS}
    assert held == printed
    assert sets[name].horizon_years == 100


def test_there_are_six_sets_in_the_order_of_their_years(sets):
    assert tuple(sets) == SETS
    assert len(ROWS) == 33


@pytest.mark.parametrize("name", SETS)
def test_methane_of_known_origin_takes_its_own_value_or_that_of_methane(sets, name):
    own = {"CH4_fossil": 29.8, "CH4_biogenic": 27.0} if name == "ar6" else {}
    for gas in ORIGINS:
        assert sets[name].potential(gas) == own.get(gas, sets[name].potential("CH4"))


@pytest.mark.parametrize(
    "gas", ["NF3", "CO2_biogenic", "CO2_fossil", "CO2E_UNSPLIT", "NF3_fossil", "unobtainium"]
)
def test_what_has_no_potential_in_a_set_has_none_and_not_zero(sets, gas):
    assert sets["sar"].potential(gas) is None
    assert sets["sar"].cited(gas) is None


def test_half_and_half_of_two_gases_weighs_as_printed_for_r410a(sets):
    """R-410A is half HFC-32 and half HFC-125 by mass: 1923.5 in AR5."""
    assert (sets["ar5"].potential("HFC32") + sets["ar5"].potential("HFC125")) / 2 == 1923.5


def test_the_pair_for_methane_cites_its_own_table(sets):
    """The pair is of the GHG Protocol table of August 2024; the rest of AR6 is of the assessment."""
    fossil, plain = sets["ar6"].cited("CH4_fossil"), sets["ar6"].cited("CH4")
    assert (fossil.source_ref, fossil.confidence) == ("ghgp-gwp-2024", "secondary")
    assert plain.source_ref == sets["ar6"].source_ref == "globalwarmingpotentials"
    assert sets["ar5"].cited("CH4_fossil").source_ref == "globalwarmingpotentials"
    assert "27.9" in sets["ar6"].note


def test_every_set_is_cited_and_says_how_sure_it_is(sets):
    sources = Library.load().sources
    for gwp in sets.values():
        assert gwp.source_ref in sources
        assert gwp.locator
        assert gwp.confidence in {"verified", "secondary", "unverified"}


COLUMNS = ("SARGWP100", "TARGWP100", "AR4GWP100", "AR5GWP100", "AR5CCFGWP100", "AR6GWP100")


@pytest.mark.parametrize(("name", "column"), list(zip(SETS, COLUMNS, strict=True)))
def test_the_list_of_openclimatedata_says_the_same(sets, name, column):
    """The package ``globalwarmingpotentials`` (CC0) restates the reports; CO2 is one by definition."""
    theirs = globalwarmingpotentials.data[column]
    ours = {gas: value for gas, value in sets[name].values.items() if gas not in ORIGINS | {"CO2"}}
    assert ours == {gas: theirs[gas] for gas in ours}
    listed = {row[0] for row in ROWS} - {"CO2"}
    assert set(ours) == listed & set(theirs)
