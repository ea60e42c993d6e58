"""Worked cases D08 to D14 of the reference: complete inputs, printed results, relative tolerance 1e-6.

The tolerance covers the digits that were not printed (seven or more); the results themselves are exact.
"""

from __future__ import annotations

import pytest

from localaction.engine.methods.ghg.composting import composting
from localaction.engine.methods.ghg.waste_burning import incineration
from localaction.engine.methods.ghg.waste_commitment import methane_commitment
from localaction.engine.methods.ghg.waste_landfill import landfill_decay
from localaction.engine.methods.ghg.wastewater_methane import wastewater_ch4_2006
from localaction.engine.methods.ghg.wastewater_nitrous import wastewater_n2o_2006

AR5 = {"CO2": 1, "CH4": 28, "N2O": 265}


def near(value):
    return pytest.approx(value, rel=1e-6, abs=1e-12)


def landfill(**inputs):
    """Return a landfill whose look-ups are left open: every number is given."""
    open_choices = dict.fromkeys(("waste_type", "basis", "climate", "site_type", "cover"), "")
    plain = {"ch4_share": 0.5, "recovered": 0.0, "oxidation": 0.0, "delay_month": 13}
    return landfill_decay(**{**open_choices, **plain, **inputs})


def test_d08_methane_commitment() -> None:
    found = methane_commitment(
        waste=80_000,
        waste_type=["food", "garden", "paper", "wood", "textiles", "inert"],
        composition=[0.40, 0.10, 0.20, 0.05, 0.05, 0.20],
        doc_by_type=[0.15, 0.20, 0.40, 0.43, 0.24, 0.0],
        site_type="", cover="", mcf=1.0, docf=0.6, ch4_share=0.5, recovered_share=0.4, oxidation=0.1,
    )  # fmt: skip
    assert found.doc == near(0.1935)
    assert found.potential == near(0.0774)
    assert found.ch4 == near(3343.68)


def test_d09_first_order_decay_of_one_pulse_of_paper() -> None:
    found = landfill(
        year=range(11), waste=[1000] + [0] * 10, composition=[1], mcf=1, doc=[0.4], docf=[0.5], k=[0.06]
    )
    assert found.generated.tolist() == near(
        [0, 7.7647289, 7.3125462, 6.8866967, 6.4856467, 6.1079521, 5.7522526, 5.4172675, 5.1017904, 4.8046853,
         4.5248822]
    )  # fmt: skip
    assert found.generated.sum() == near(60.1584485)
    limit = found.generated.sum() + found.carbon_left[-1] * 0.5 * 16 / 12
    assert limit == near(133.333333)


def test_d10_first_order_decay_of_two_types_with_recovery_and_cover() -> None:
    found = landfill(
        year=range(2015, 2021), waste=[20_000, 21_000, 22_000, 23_000, 24_000, 25_000],
        composition=[0.5, 0.2, 0.3], mcf=0.8, doc=[0.15, 0.4, 0.0], docf=[0.5, 0.5, 0.5], k=[0.4, 0.07, 0.1],
        recovered=[0, 0, 0, 40, 60, 80], oxidation=0.1,
    )  # fmt: skip
    generated = [0, 160.71729, 284.04476, 382.17601, 463.29362, 532.89095]
    emitted = [0, 144.64556, 255.64029, 307.95841, 362.96426, 407.60185]
    assert found.generated.tolist() == near(generated)
    assert found.emitted.tolist() == near(emitted)
    assert found.ch4 == near(407.60185)  # the year of the inventory is the last one


def test_d11_composting() -> None:
    found = composting(mass=[15_000], basis="wet", ch4_factor=[4], n2o_factor=[0.24], ch4_recovered=0)
    assert found.ch4 == near(60)
    assert found.n2o == near(3.6)
    assert found.ch4 * AR5["CH4"] + found.n2o * AR5["N2O"] == near(2634)


def test_d12_incineration() -> None:
    found = incineration(
        waste=20_000, waste_type=["plastics", "paper", "textiles", "the rest"],
        composition=[0.10, 0.20, 0.05, 0.65], technology="", kind="", dry_matter=[1.0, 0.9, 0.8, 0.4],
        carbon=[0.75, 0.46, 0.50, 0.38], fossil_share=[1.0, 0.01, 0.2, 0.0], oxidised=1.0, ch4_factor=0.0,
        n2o_factor=50,
    )  # fmt: skip
    assert found.co2 == near(5854.05333)
    assert found.n2o == near(1)
    assert found.co2 + found.n2o * AR5["N2O"] == near(6119.05333)


def test_d13_domestic_wastewater_methane_2006() -> None:
    found = wastewater_ch4_2006(
        population=300_000, region="", bod=60, path=["plant", "septic tank", "latrine"], collection="",
        group_share=[1], path_share=[[0.80, 0.15, 0.05]], correction=[1.25, 1, 1], mcf=[0, 0.5, 0.1],
        capacity=0.6, sludge=0, recovered=0,
    )  # fmt: skip
    assert found.organic_load == near(6_570_000)
    assert found.ch4 == near(315.36)


def test_d14_wastewater_nitrous_oxide_2006() -> None:
    found = wastewater_n2o_2006(
        population=300_000, protein=80, grinders="", nitrogen_share=0.16, not_consumed=1.4, industrial=1.25,
        sludge_nitrogen=0, effluent_factor=0.005, plant_share=0, plant_factor=3.2,
    )  # fmt: skip
    assert found.nitrogen == near(2_452_800)
    assert found.n2o == near(19.272)
    assert found.n2o * AR5["N2O"] == near(5107.08)
