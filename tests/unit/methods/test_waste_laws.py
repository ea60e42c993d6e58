"""What holds for waste methods whatever the numbers: mass is kept, order does not matter, old waste stays."""

from __future__ import annotations

import math

import numpy as np
import pytest

from localaction.engine.methods.ghg.waste_burning import incineration, open_burning
from localaction.engine.methods.ghg.waste_commitment import methane_commitment
from localaction.engine.methods.ghg.waste_decay import decay
from localaction.engine.methods.ghg.waste_digestion import digestion
from localaction.engine.methods.ghg.waste_history import waste_history
from localaction.engine.methods.ghg.waste_landfill import landfill_decay, landfill_decay_gpc
from localaction.engine.methods.ghg.wastewater_methane import (
    industrial_wastewater_ch4,
    wastewater_ch4_2006,
    wastewater_ch4_2019,
)
from localaction.engine.methods.ghg.wastewater_nitrous import wastewater_n2o_2006, wastewater_n2o_2019
from localaction.engine.methods.ghg.wastewater_sludge import wastewater_sludge_2019
from localaction.engine.methods.problems import InputProblem

LOOKUPS = dict.fromkeys(("waste_type", "climate", "site_type", "cover"), "")
YEARS = np.arange(1960, 2020)
CHANCE = np.random.default_rng(2019)
SITE = {
    "year": YEARS,
    "waste": CHANCE.uniform(0, 5e4, 60),
    "composition": [0.4, 0.1, 0.2, 0.1, 0.05, 0.15],
    "mcf": CHANCE.choice([0.4, 0.8, 1.0], 60),
    "doc": [0.15, 0.2, 0.4, 0.43, 0.24, 0.0],
    "docf": [0.7, 0.7, 0.5, 0.1, 0.5, 0.0],
    "k": [0.4, 0.17, 0.07, 0.035, 0.07, 0.0],
    "ch4_share": 0.5,
    "recovered": 0.0,
    "oxidation": 0.0,
}


def landfill(**changes):
    return landfill_decay(**{**LOOKUPS, "basis": "", "delay_month": 13, **SITE, **changes})


def gpc(**changes):
    return landfill_decay_gpc(**{**LOOKUPS, **SITE, **changes})


def near(value, rel=1e-9):
    return pytest.approx(value, rel=rel, abs=1e-9)


def plain_decay(deposits: list[float], k: float, month: int) -> list[float]:
    """Return what decomposes each year, as the four steps of the guidelines read, one deposit at a time."""
    total = [0.0] * len(deposits)
    for start, amount in enumerate(deposits):
        stock = amount * math.exp(-k * (13 - month) / 12)
        total[start] += amount - stock
        for year in range(start + 1, len(deposits)):
            total[year] += stock * (1 - math.exp(-k))
            stock *= math.exp(-k)
    return total


@pytest.mark.parametrize("month", [7, 8, 10, 13])
def test_decay_is_that_of_every_deposit_by_itself(month) -> None:
    deposits = [100.0, 0.0, 30.0, 250.0, 1.0]
    found = decay(np.array(deposits)[:, None], np.array([0.185]), month)
    assert found.decomposed[:, 0] == near(plain_decay(deposits, 0.185, month))


@pytest.mark.parametrize("years", [1, 5, 40])
def test_one_deposit_gives_the_closed_form(years) -> None:
    found = decay(np.array([[80.0]] + [[0.0]] * years), np.array([0.05]))
    assert found.decomposed.sum() == near(80 * (1 - math.exp(-0.05 * years)))


@pytest.mark.parametrize("month", [7, 9, 13])
def test_all_carbon_becomes_methane_or_is_left(month) -> None:
    found = landfill(delay_month=month)
    tonnes = SITE["waste"] * SITE["mcf"]
    shares = np.array(SITE["composition"]) * SITE["doc"] * SITE["docf"]
    assert found.generated.sum() + found.carbon_left[-1] * 0.5 * 16 / 12 == near(
        tonnes.sum() * shares.sum() * 0.5 * 16 / 12
    )


def test_over_all_time_a_deposit_gives_its_whole_potential() -> None:
    """W x DOC x DOCf x MCF x F x 16/12, which is also what methane commitment books at once."""
    late = np.arange(0, 1000)
    found = landfill(year=late, waste=[7000] + [0] * 999, mcf=0.8, docf=[0.6] * 6)
    booked = methane_commitment(
        7000, "", SITE["composition"], SITE["doc"], "", "", mcf=0.8, docf=0.6, ch4_share=0.5,
        recovered_share=0, oxidation=0,
    )  # fmt: skip
    assert found.generated.sum() == near(booked.ch4, rel=1e-12)


def test_month_13_is_the_plain_case_with_nothing_in_the_year_of_deposit() -> None:
    found = landfill(waste=[1000] + [0] * 59, delay_month=13)
    assert found.generated[0] == 0
    assert found.generated[1] > found.generated[2] > 0


def test_an_earlier_start_gives_methane_earlier_and_not_more() -> None:
    plain, early = landfill(delay_month=13), landfill(delay_month=7)
    assert np.all(np.cumsum(early.generated) >= np.cumsum(plain.generated))
    assert early.carbon_left[-1] < plain.carbon_left[-1]


def test_the_form_of_the_gpc_lies_one_year_before_that_of_the_guidelines() -> None:
    guidelines, ours = landfill(), gpc()
    assert ours.generated[:-1] == near(guidelines.generated[1:])
    assert guidelines.generated[0] == 0


def test_the_form_of_the_gpc_is_its_equation_8_2() -> None:
    waste, k, potential = [100.0, 50.0, 0.0, 20.0], 0.09, 0.8 * 0.15 * 0.6 * 0.5 * 16 / 12
    found = gpc(
        year=range(4), waste=waste, composition=[1], doc=[0.15], docf=[0.6], k=[k], mcf=0.8, oxidation=0.1
    )
    for year in range(4):
        parts = [
            waste[x] * potential * (1 - math.exp(-k)) * math.exp(-k * (year - x)) for x in range(year + 1)
        ]
        assert found.emitted[year] == near(sum(parts) * 0.9)


def test_a_better_site_does_not_change_how_old_waste_lies_in_it() -> None:
    before, after = landfill(mcf=[0.4] * 60), landfill(mcf=[0.4] * 30 + [1.0] * 30)
    old = landfill(mcf=[0.4] * 60, waste=[*SITE["waste"][:30], *[0.0] * 30])
    new = landfill(mcf=[1.0] * 60, waste=[*[0.0] * 30, *SITE["waste"][30:]])
    assert after.generated[:31] == near(before.generated[:31])
    assert after.generated == near(old.generated + new.generated)


def test_the_order_of_the_types_of_waste_does_not_matter() -> None:
    order = [3, 1, 5, 0, 4, 2]
    turned = {name: np.array(SITE[name])[order] for name in ("composition", "doc", "docf", "k")}
    assert landfill(**turned).generated == near(landfill().generated)


def test_twice_the_waste_gives_twice_the_methane() -> None:
    assert landfill(waste=SITE["waste"] * 2).emitted == near(landfill().emitted * 2)


def test_more_waste_in_any_year_never_gives_less_methane() -> None:
    more = SITE["waste"].copy()
    more[12] += 500
    assert np.all(landfill(waste=more).emitted >= landfill().emitted - 1e-9)


def test_types_add_up_to_the_whole() -> None:
    found = landfill()
    assert found.generated_by_type.shape == (60, 6)
    assert found.generated_by_type.sum(axis=-1) == near(found.generated)


def test_a_composition_that_does_not_change_is_the_same_year_by_year() -> None:
    by_year = landfill(composition=None, composition_by_year=np.tile(SITE["composition"], (60, 1)))
    assert by_year.generated == near(landfill().generated)


def test_a_composition_that_changes_counts_in_the_year_of_deposit() -> None:
    shares = np.zeros((60, 6))
    shares[:30, 0], shares[30:, 5] = 1.0, 1.0  # food, then nothing that decays
    found = landfill(composition=None, composition_by_year=shares)
    assert found.generated[30] > 0
    assert found.generated[31:] == near(found.generated[30] * np.exp(-0.4 * np.arange(1, 30)))


def test_recovery_is_taken_off_before_oxidation() -> None:
    plain = landfill()
    found = landfill(recovered=plain.generated * 0.25, oxidation=[0.0] * 30 + [0.1] * 30)
    assert found.emitted[:30] == near(plain.generated[:30] * 0.75)
    assert found.emitted[30:] == near(plain.generated[30:] * 0.75 * 0.9)


def test_all_methane_may_be_recovered() -> None:
    assert landfill(recovered=landfill().generated).emitted == near(np.zeros(60))


def test_a_half_life_is_another_way_to_say_the_rate() -> None:
    years = np.log(2) / np.array([0.4, 0.17, 0.07, 0.035, 0.07, 0.02])
    assert landfill(half_life=years).generated == near(landfill().generated)


def test_the_year_of_the_inventory_is_the_last_one_or_the_one_that_is_asked_for() -> None:
    assert landfill().ch4 == landfill().emitted[-1]
    assert landfill(inventory_year=1990).ch4 == landfill().emitted[30]


def test_many_sites_at_once_are_the_same_as_one_by_one() -> None:
    waste, mcf = CHANCE.uniform(0, 1e4, (4, 60)), CHANCE.uniform(0.4, 1, (4, 60))
    k = np.array(SITE["k"]) * CHANCE.uniform(0.5, 1, (4, 1))
    composition = CHANCE.dirichlet(np.ones(6), 4)
    together = landfill(waste=waste, mcf=mcf, k=k, composition=composition)
    for site in range(4):
        alone = landfill(waste=waste[site], mcf=mcf[site], k=k[site], composition=composition[site])
        assert together.emitted[site] == near(alone.emitted)
        assert together.ch4[site] == near(alone.ch4)


def test_methane_commitment_takes_many_cities_at_once() -> None:
    shares = [[0.5, 0.5], [1.0, 0.0]]
    found = methane_commitment([100, 200], "", shares, [0.15, 0.0], "", "", [1, 0.4], 0.6, 0.5, [0, 0.5], 0.1)
    assert found.ch4.tolist() == near([100 * 0.03 * 0.9, 200 * 0.4 * 0.06 * 0.5 * 0.9])


def test_fossil_and_biogenic_carbon_of_burnt_waste_add_up_to_all_of_it() -> None:
    found = incineration(100, "", [0.3, 0.7], "", "", [0.8, 0.4], [0.5, 0.38], [0.2, 0.0], 0.9, 6, 50)
    assert found.co2 == near(100 * 0.3 * 0.8 * 0.5 * 0.2 * 0.9 * 44 / 12)
    assert found.co2 + found.co2_biogenic == near(100 * (0.12 + 0.1064) * 0.9 * 44 / 12)
    assert (found.ch4, found.n2o) == (near(6e-4), near(5e-3))


def test_open_burning_counts_methane_by_wet_and_nitrous_oxide_by_dry_weight() -> None:
    found = open_burning(1000, 0.5, 2, "", [1.0], "", 0.6, [0.4], [0.38], [0.0], 0.58, 6500, 150)
    assert found.burnt == near(1000 * 0.5 * 2 * 0.6 * 365 / 1000)
    assert found.ch4 == near(219 * 0.0065)
    assert found.n2o == near(219 * 0.4 * 0.00015)
    assert found.co2 == 0


def test_digestion_leaks_by_mass_less_what_is_recovered() -> None:
    assert digestion([1000, 500], "wet", [0.8, 2], 0.5).ch4 == near(0.8 + 1.0 - 0.5)


def wastewater(**changes):
    inputs = {
        "population": 1000, "region": "", "bod": 50, "path": "", "collection": "",
        "group_share": [0.25, 0.75],
        "path_share": [[1.0, 0.0], [0.4, 0.6]], "correction": [1.25, 1.0], "mcf": [0.3, 0.5], "capacity": 0.6,
        "sludge": 0, "recovered": 0,
    }  # fmt: skip
    return wastewater_ch4_2006(**{**inputs, **changes})


def test_groups_share_out_their_wastewater_and_add_up() -> None:
    found, load = wastewater(), 1000 * 0.05 * 365
    assert found.organic_load == near(load)
    first, second = load * (0.25 + 0.75 * 0.4) * 1.25 * 0.18 / 1000, load * 0.75 * 0.6 * 0.3 / 1000
    assert found.ch4_by_path.tolist() == near([first, second])
    assert found.ch4 == near(first + second)


def test_sludge_and_recovery_come_off_the_path_that_made_them() -> None:
    plain, found = wastewater(), wastewater(sludge=[1000, 0], recovered=[0, 0.5])
    assert (plain.ch4_by_path - found.ch4_by_path).tolist() == near([1000 * 0.6 * 0.3 / 1000, 0.5])


def test_all_organic_matter_may_be_taken_out_but_for_a_rounding_no_more() -> None:
    held = 18_250 * np.array([0.55 * 1.25, 0.45])
    assert wastewater(sludge=held * (1 + 0.9e-9)).ch4 == 0
    for excess in (1.005e-9, 0.005):
        with pytest.raises(InputProblem, match=r"more than the 12546\.875 kg of organic matter"):
            wastewater(sludge=held * [1 + excess, 1])


def test_wastewater_of_2019_adds_discharge_to_treatment() -> None:
    old = wastewater(sludge=[1000, 0])
    keep = {
        "population": 1000,
        "region": "",
        "bod": 50,
        "path": "",
        "collection": "",
        "removal": "",
        "water": "",
    }
    found = wastewater_ch4_2019(
        **keep, group_share=[0.25, 0.75], path_share=[[1.0, 0.0], [0.4, 0.6]], correction=[1.25, 1.0],
        mcf=[0.3, 0.5], removed_share=[0.84, 0.4], discharged_share=[1, 0.5], discharge_mcf=[0.11, 0.19],
        capacity=0.6, sludge=[1000, 0], recovered=0,
    )  # fmt: skip
    load = 18250
    discharge = [load * 0.55 * 1.25 * 0.16 * 0.6 * 0.11, load * 0.45 * 0.6 * 0.5 * 0.6 * 0.19]
    assert found.ch4_treatment.tolist() == near(old.ch4_by_path.tolist())
    assert (found.ch4_discharge * 1000).tolist() == near(
        discharge
    )  # sludge does not lower the effluent again
    assert found.ch4 == near(found.ch4_treatment.sum() + found.ch4_discharge.sum())


def test_organic_matter_in_sludge_follows_from_its_dry_mass_and_from_tanks() -> None:
    found = wastewater_sludge_2019("", [12, 5], [0.8, 1.16], 438_000, 0.5, 0.4)
    assert found.aerobic.tolist() == near([9600, 5800])  # t of dry sludge to kg of BOD
    assert found.septic == near(87_600)


def test_industrial_wastewater_adds_up_over_industries() -> None:
    found = industrial_wastewater_ch4("", [10, 20], "", [6, 100], [3, 9], [0.8, 0.2], 0.25, [80, 0], [0, 0.1])
    assert found.organic_load.tolist() == near([180, 18_000])
    assert found.ch4_by_industry.tolist() == near([0.02, 0.8])
    assert found.ch4 == near(0.82)


def nitrous(**changes):
    inputs = {
        "population": 1000, "protein": 100, "grinders": "", "nitrogen_share": 0.16, "not_consumed": 1.1,
        "industrial": 1.25, "sludge_nitrogen": 0, "effluent_factor": 0.005, "plant_share": 0,
        "plant_factor": 3.2,
    }  # fmt: skip
    return wastewater_n2o_2006(**{**inputs, **changes})


def test_nitrogen_of_plants_is_taken_off_the_effluent() -> None:
    plain, found = nitrous(), nitrous(plant_share=0.5)
    assert found.n2o_plants == near(1000 * 0.5 * 1.25 * 3.2e-6)
    assert plain.nitrogen - found.nitrogen == near(2.0 * 28 / 44)  # 2 kg of N2O
    assert found.n2o == near(found.n2o_plants + found.n2o_effluent)


def test_what_sludge_takes_out_is_its_nitrogen() -> None:
    assert nitrous().nitrogen - nitrous(sludge_nitrogen=700).nitrogen == near(700)


def test_the_two_factors_of_nitrogen_may_be_swapped_for_they_are_one_product() -> None:
    assert nitrous(not_consumed=1.25, industrial=1.1).n2o == near(nitrous().n2o)


def test_nitrous_oxide_of_2019_comes_from_plants_and_from_what_they_leave() -> None:
    found = wastewater_n2o_2019(
        population=1000, protein_supply=100, consumed_share=0.9, nitrogen_share=0.16, household=1.1,
        not_consumed=1.05, path="", collection="", removal="", path_share=[0.7, 0.3], industrial=[1.25, 1.0],
        plant_factor=[0.016, 0.0], removed_share=[0.8, 0.12], effluent_factor=0.005,
    )  # fmt: skip
    nitrogen = 1000 * 36.5 * 0.9 * 0.16 * 1.1 * 1.05
    plant, latrine = nitrogen * 0.7 * 1.25, nitrogen * 0.3
    assert found.n2o_plants.tolist() == near([plant * 0.016 * 44 / 28 / 1000, 0])
    assert found.nitrogen == near(plant * 0.2 + latrine * 0.88)
    assert found.n2o_effluent == near(found.nitrogen * 0.005 * 44 / 28 / 1000)
    assert found.n2o == near(found.n2o_plants.sum() + found.n2o_effluent)


def history(**changes):
    inputs = {
        "year": [2000, 2001, 2002, 2003, 2004], "population": [100, 110, 120, 130, 140], "region": "",
        "waste_per_person": [0.2, 0.2, 0.3, 0.3, 0.3], "landfilled_share": 0.5, "record_year": [2002, 2003],
        "record": [36, 30], "level": "first_record",
    }  # fmt: skip
    return waste_history(**{**inputs, **changes})


def test_years_without_records_meet_the_first_record_and_records_stay() -> None:
    found = history()
    assert found.waste.tolist() == near([20, 22, 36, 30, 42])
    assert found.estimated.tolist() == [1, 1, 0, 0, 1]


def test_an_estimate_may_be_left_as_given() -> None:
    assert history(level="as_given").waste.tolist() == near([10, 11, 36, 30, 21])


def test_where_nothing_is_estimated_for_the_first_record_nothing_is_scaled() -> None:
    found = history(waste_per_person=[0.2, 0.2, 0.0, 0.3, 0.3])
    assert found.waste.tolist() == near([10, 11, 36, 30, 21])
