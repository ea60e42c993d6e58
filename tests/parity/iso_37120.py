"""ISO 37120:2014: its table of 100 indicators in 17 themes, and the levels of the World Council on City Data.

Each row of the table: number, core or supporting, unit, numerator, denominator. An indicator of one item is
that item itself. Percentages run from 0 to 100; 6.1, 6.5 and 6.6 may pass it a little. Three percentages
compare two flows rather than a part with its whole, so the limits of 8.8, 9.1 and 9.4 are wider; these and
the limit of a life are no part of the document.
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from tests.parity.plain import Answers, Numbers, Outcome, ratio, within

TABLE = """
5.1 C % labour.unemployed labour.force
5.2 C % property.commercial_industrial property.all
5.3 C % population.poor pop
5.4 S % labour.full_time pop
5.5 S % labour.youth_unemployed labour.youth_force
5.6 S /100k economy.businesses pop
5.7 S /100k economy.patents pop
6.1 C % education.girls_enrolled education.girls
6.2 C % education.primary_completed education.primary_cohort
6.3 C % education.secondary_completed education.secondary_cohort
6.4 C ratio education.primary_students education.primary_teachers
6.5 S % education.boys_enrolled education.boys
6.7 S /100k education.degrees pop
7.1 C /cap energy.electricity_residential pop
7.2 C % population.electricity pop
7.3 C kWh/m2 energy.public_buildings area.public_buildings
7.4 C % energy.renewable energy.final
7.5 S /cap energy.electricity pop
7.6 S ratio electricity.customer_interruptions electricity.customers
7.7 S ratio electricity.interruption_hours electricity.customer_interruptions
8.1 C itself air.pm25
8.2 C itself air.pm10
8.3 C /cap emissions.community pop
8.4 S itself air.no2
8.5 S itself air.so2
8.6 S itself air.o3
8.7 S % population.noise pop
8.8 S % species_change.all species.last_survey
9.1 C % finance.debt_service finance.own_revenue
9.2 S % finance.capital_spending finance.spending
9.3 S % finance.own_revenue finance.revenue
9.4 S % finance.tax_collected finance.tax_billed
10.1 C /100k fire.firefighters pop
10.2 C /100k fire.deaths pop
10.3 C /100k disaster.deaths pop
10.4 S /100k fire.volunteers pop
10.5 S itself response.emergency
10.6 S itself response.fire
11.1 C % voters.voted voters.eligible
11.2 C % governance.women_elected governance.elected
11.3 S % governance.women_employed governance.employed
11.4 S /100k governance.convictions pop
11.5 S /100k governance.elected pop
11.6 S % voters.registered voters.age
12.1 C itself health.life_expectancy
12.2 C /100k health.beds pop
12.3 C /100k health.physicians pop
12.4 C /1000 health.under_five_deaths health.live_births
12.5 S /100k health.nurses pop
12.6 S /100k health.mental_health pop
12.7 S /100k health.suicides pop
13.1 S /cap area.recreation_indoor pop
13.2 S /cap area.recreation_outdoor pop
14.1 C /100k safety.police pop
14.2 C /100k safety.homicides pop
14.3 S /100k safety.property_crimes pop
14.4 S itself response.police
14.5 S /100k safety.violent_crimes pop
15.1 C % population.slums pop
15.2 S /100k population.homeless pop
15.3 S % households.untitled households.total
16.1 C % population.waste_collection pop
16.2 C /cap waste.collected pop
16.3 C % waste.recycled waste.collected
16.4 S % waste.landfilled waste.collected
16.5 S % waste.incinerated waste.collected
16.6 S % waste.burned waste.collected
16.7 S % waste.dumped waste.collected
16.8 S % waste.other waste.collected
16.9 S /cap waste.hazardous pop
16.10 S % waste.hazardous_recycled waste.hazardous
17.1 C /100k telecom.internet pop
17.2 C /100k telecom.cell pop
17.3 S /100k telecom.landline pop
18.1 C /100k transport.high_capacity pop
18.2 C /100k transport.light pop
18.3 C /cap transport.trips pop
18.4 C /cap transport.cars pop
18.5 S % commuters.without_car commuters.all
18.6 S /cap transport.two_wheelers pop
18.7 S /100k transport.bicycle_lanes pop
18.8 S /100k transport.deaths pop
18.9 S itself transport.destinations
19.1 C /100k area.green pop
19.2 S /100k trees.planted pop
19.3 S % area.informal area.total
19.4 S ratio economy.jobs housing.dwellings
20.1 C % population.sewers pop
20.2 C % wastewater.untreated wastewater.total
20.3 C % wastewater.primary wastewater.total
20.4 C % wastewater.secondary wastewater.total
20.5 C % wastewater.tertiary wastewater.total
21.1 C % population.potable pop
21.2 C % population.improved_water pop
21.3 C % population.sanitation pop
21.4 C l/day water.domestic_use pop
21.5 S l/day water.all_use pop
21.6 S ratio water.interruption_hours households.total
"""
TIMES = {
    "%": 100.0, "/100k": 100_000.0, "/1000": 1000.0, "/cap": 1.0, "ratio": 1.0, "kWh/m2": 1.0,
    "l/day": 1000 / 365,
}  # fmt: skip
INDICATORS = [re.sub(" pop$", " population.total", line).split() for line in TABLE.split("\n") if line]
LIMITS = {
    "6.1": (0, 110), "6.5": (0, 110), "6.6": (0, 110), "8.8": (-100, 1000), "9.1": (0, 1000), "9.4": (0, 200),
    "12.1": (0, 120),
}  # fmt: skip
LEVELS = ((91, "platinum"), (76, "gold"), (60, "silver"), (46, "bronze"))
ALL_CORE, SOME_CORE = 46, 30


def edition_2014(answers: Answers, verified: Answers) -> Outcome:
    """Return values, how many are reported and verified, and the level of certification."""
    found = Outcome()
    size = len(answers["population.total"])
    counts = {name: np.zeros(size) for name in ("core", "core_reported", "supporting", "supporting_reported")}
    for number, group, unit, *items in INDICATORS:
        value = answers[items[0]]
        if len(items) > 1:
            value = ratio(value, answers[items[1]], TIMES[unit])
        _count(found, counts, number, "core" if group == "C" else "supporting", unit, value, verified)
    enrolled = answers["education.girls_enrolled"] + answers["education.boys_enrolled"]
    enrolled = ratio(enrolled, answers["education.girls"] + answers["education.boys"], 100.0)
    _count(found, counts, "6.6", "supporting", "%", enrolled, verified)
    lost = ratio(answers["water.supplied"] - answers["water.billed"], answers["water.supplied"], 100.0)
    _count(found, counts, "21.7", "supporting", "%", lost, verified)
    found.totals.update(counts)
    found.level = _level(counts["core"], counts["core"] + counts["supporting"])
    return found


def _count(
    found: Outcome,
    counts: dict[str, Numbers],
    number: str,
    group: str,
    unit: str,
    value: Numbers,
    verified: Answers,
) -> None:
    found.values[number] = value
    low, high = LIMITS.get(number, (0, 100 if unit == "%" else np.inf))
    reported = ~np.isnan(within(value, low, high))
    counts[f"{group}_reported"] += reported
    counts[group] += reported & verified[number]


def _level(core: Numbers, total: Numbers) -> NDArray[np.str_]:
    """Core first: below 30 none; below 46 aspirational, whatever the rest; else by the total."""
    level = np.where(core >= SOME_CORE, "aspirational", "").astype("<U12")
    for least, name in reversed(LEVELS):
        level[(core >= ALL_CORE) & (total >= least)] = name
    return level
