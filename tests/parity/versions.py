"""Which second version stands beside which edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tests.parity import (
    climate_registry,
    compact_of_mayors,
    efficiency_gain,
    gcom_crf,
    iso_37120,
    singapore_index,
)
from tests.parity.cities import TODAY, Cities
from tests.parity.plain import Outcome

DAY = np.datetime64(TODAY)
VERSIONS: Mapping[str, Callable[[Cities], Outcome]] = {
    "climate_registry/2014": lambda found: climate_registry.edition_2014(found.columns, found.tables),
    "compact_of_mayors/2014": lambda found: compact_of_mayors.edition_2014(found.columns, DAY),
    "efficiency_gain/2015": lambda found: efficiency_gain.edition_2015(found.columns, DAY),
    "gcom_crf/6.1": lambda found: gcom_crf.edition_6_1(found.columns, found.tables, DAY),
    "iso_37120/2014": lambda found: iso_37120.edition_2014(found.columns, found.verified),
    "singapore_index/2014": lambda found: singapore_index.edition_2014(found.columns),
    "singapore_index/2021": lambda found: singapore_index.edition_2021(found.columns),
}
