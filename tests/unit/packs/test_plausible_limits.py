"""Every limit of what is plausible stands a second time here, so that none is changed unseen.

A line holds least, most, change for each year, how far from peers (of their lowest, of their highest), and
what it is for.
"""

from __future__ import annotations

from scripts.framework_pages import PLAUSIBLE as DOCUMENTED

from localaction.engine.cli.plausibletext import plausible_page
from localaction.engine.packs import Library

PLAUSIBLE = Library.load().plausible
LIMITS = """\
0 | - | factor 2 | - | emissions.stationary.scope_3 emissions.transport.scope_2
    emissions.transport.scope_3 labour.unemployed population.poor labour.youth_unemployed energy.renewable
    population.noise safety.property_crimes safety.violent_crimes population.slums waste.recycled
    waste.landfilled waste.incinerated transport.trips transport.destinations area.informal
    area.degraded_habitat area.restored_habitat connectivity.effective_mesh_size
0 | - | percent 15 | - | labour.force labour.full_time labour.youth_force population.near_park
0 | - | percent 40 | - | property.commercial_industrial property.all species.last_survey
    finance.own_revenue finance.spending finance.revenue finance.tax_collected finance.tax_billed
    voters.voted voters.eligible voters.registered voters.age commuters.without_car commuters.all
    species.invasive species.all_in_taxa economy.gdp
0 | - | percent 20 | - | economy.businesses education.girls_enrolled education.girls
    education.primary_completed education.primary_cohort education.secondary_completed
    education.secondary_cohort education.primary_students education.primary_teachers
    education.boys_enrolled education.boys education.degrees energy.electricity_residential
    population.electricity energy.final energy.electricity electricity.customers emissions.community
    households.total population.waste_collection area.green economy.jobs housing.dwellings
    population.sewers population.potable population.improved_water population.sanitation
    emissions.latest area.natural area.natural_protected area.permeable area.tree_canopy
    area.parks_natural
0 | - | factor 3 | - | economy.patents finance.debt_service finance.capital_spending
    governance.women_elected governance.elected population.homeless households.untitled waste.burned
    waste.dumped waste.other waste.hazardous waste.hazardous_recycled wastewater.untreated
    wastewater.primary wastewater.secondary wastewater.tertiary
0 | - | percent 30 | - | emissions.stationary.scope_1 emissions.stationary.scope_2
    emissions.transport.scope_1 emissions.waste.scope_1 emissions.waste.scope_3 emissions.industry
    energy.public_buildings area.public_buildings fire.firefighters
    fire.volunteers governance.women_employed governance.employed health.beds health.physicians
    health.nurses health.mental_health area.recreation_indoor area.recreation_outdoor safety.police
0 | - | factor 5 | - | electricity.customer_interruptions electricity.interruption_hours
    trees.planted water.interruption_hours biodiversity.projects biodiversity.functions
    biodiversity.agencies biodiversity.partners biodiversity.outreach_events
    biodiversity.community_science
0 | 300 | factor 2 | - | air.pm25
0 | 600 | factor 2 | - | air.pm10
0 | 200 | factor 2 | - | air.no2
0 | 300 | factor 3 | - | air.so2
0 | 250 | factor 2 | - | air.o3
-1000 | 1000 | - | - | species_change.all species_change.plants species_change.birds
    species_change.butterflies species_change.arthropods species_change.other_a
    species_change.other_b
0 | - | - | - | fire.deaths disaster.deaths governance.convictions health.under_five_deaths
    health.suicides safety.homicides transport.deaths efficiency.energy_base efficiency.energy_final
    efficiency.people_base efficiency.people_final efficiency.water_base efficiency.water_final
    efficiency.waste_base efficiency.waste_final
0 | 180 | factor 2 | - | response.emergency response.fire response.police
30 | 95 | amount 2 | - | health.life_expectancy
0 | - | percent 25 | - | health.live_births waste.collected transport.cars transport.two_wheelers
    wastewater.total water.domestic_use water.all_use water.supplied water.billed
    target.scenario_emissions target.fixed_emissions
0 | - | percent 50 | - | telecom.internet telecom.cell telecom.landline transport.high_capacity
    transport.light transport.bicycle_lanes
0.1 | 60 | - | 0.2 5 | ratio.emissions_per_person ratio.latest_emissions_per_person
500 | 250000 | - | 0.2 5 | ratio.energy_per_person
20 | 60000 | - | 0.2 5 | ratio.electricity_per_person
10 | 20000 | - | 0.2 5 | ratio.home_electricity_per_person
5 | 1000 | - | 0.2 5 | ratio.building_energy_per_area ratio.water_per_person
0.02 | 2 | - | 0.25 4 | ratio.waste_per_person
3 | 400 | - | 0.25 4 | ratio.home_water_per_person
3 | 1500 | - | 0.2 5 | ratio.wastewater_per_person
- | 1500 | - | 0.1 5 | ratio.trips_per_person
- | 1.2 | - | 0.1 4 | ratio.cars_per_person
- | 5 | - | - | ratio.trees_planted_per_person
- | 10000 | - | 0.1 10 | ratio.green_per_person
0.002 | 0.06 | - | 0.25 4 | ratio.births_per_person
1 | 12 | - | 0.4 2.5 | ratio.people_per_household
3 | 100 | - | 0.3 3 | ratio.pupils_per_teacher
- | 0.05 | - | 0.1 5 | ratio.beds_per_person
- | 4 | - | - | ratio.cell_phones_per_person
- | 0.05 | - | - | ratio.police_per_person
1990 | 2100 | - | - | report.year inventory.year
0 | 100 | amount 30 | - | target.cut
1970 | 2100 | - | - | target.base_year
2000 | 2100 | - | - | target.year
0 | - | percent 5 | - | target.base_emissions
0.1 | 60 | percent 5 | - | target.base_intensity
0 | - | percent 10 | - | population.target_year
0.5 | 3 | - | - | ratio.people_expected
0.1 | 3 | - | - | ratio.emissions_beside_base_year
0 | 10000 | - | - | efficiency.hdd_base efficiency.hdd_final efficiency.hdd_normal
0 | 100 | - | - | efficiency.weather_share
0.5 | 1.5 | - | - | ratio.energy_of_pledge ratio.water_of_pledge ratio.waste_of_pledge
    ratio.cold_of_pledge
0.7 | 1.4 | - | - | ratio.people_of_pledge
0 | - | percent 2 | - | area.terrestrial
-50 | 50 | - | - | ratio.land_emissions_per_person
0 | 100 | amount 20 | - | connectivity.coherence
0 | 1500 | percent 25 | - | species.birds_built_up species.birds_native
0 | 50 | factor 3 | - | education.visits_per_child
0 | 50 | amount 5 | - | budget.biodiversity_share
0 | 500 | factor 2 | - | biodiversity.habitat_types biodiversity.habitat_types_restored
- | - | amount 5 | 0.2 3 | ratio.canopy_share
- | - | amount 10 | 0.1 3 | ratio.natural_share
1 | 150000000 | percent 10 | - | population.total
0.1 | 4000000 | percent 2 | - | area.total
0.05 | 100000 | - | 0.2 5 | ratio.people_per_area
100 | 400000 | - | 0.2 5 | ratio.gdp_per_person
"""


def typed():
    """Yield each subject with its limits as typed above."""
    entries: list[str] = []
    for line in LIMITS.splitlines():
        if line.startswith(" "):
            entries[-1] += line
        else:
            entries.append(line)
    for entry in entries:
        *limits, subjects = (part.strip() for part in entry.split("|"))
        yield from ((subject, tuple(limits)) for subject in subjects.split())


def held(subject):
    """Return the limits of a subject as they are typed above."""
    change, peers = subject.change, subject.peers
    return (
        shown(subject.low),
        shown(subject.high),
        f"{change.by} {shown(change.value)}" if change else "-",
        f"{shown(peers.below)} {shown(peers.above)}" if peers else "-",
    )


def shown(number):
    return "-" if number is None else f"{number:.12g}"


def test_every_limit_is_the_one_typed_here():
    assert {subject.id: held(subject) for subject in PLAUSIBLE.subjects.values()} == dict(typed())


def test_the_documentation_lists_every_limit_as_it_is_declared():
    text = DOCUMENTED.read_text(encoding="utf-8")
    assert text == plausible_page(PLAUSIBLE), "run: python scripts/framework_pages.py"
    assert "| Inhabitants | `population.total` | person | 1 | 150000000 | 10 % |  | convention |" in text


def test_what_is_not_cited_says_that_it_is_a_convention():
    for entry in (*PLAUSIBLE.subjects.values(), *PLAUSIBLE.rules.values()):
        assert entry.basis.convention or entry.basis.source.ref in Library.load().sources, entry.id


def test_every_number_of_a_place_has_something_that_is_plausible_for_it():
    judged = {item for subject in PLAUSIBLE.subjects.values() for item in subject.items}
    judged |= {item for rule in PLAUSIBLE.rules.values() for item in rule.items}
    numbers = {
        name
        for name, item in Library.load().items.items()
        if item["kind"] == "number" and not item["dimensions"]
    }
    assert sorted(numbers - judged) == []
