"""Which frameworks a place reports on, and the ranges its figures are compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from localaction.engine.packs import editions
from localaction.engine.packs.frameworks import Framework
from localaction.platform.frameworks.models import Pledge, ReferenceRange
from localaction.platform.places.models import Place


def taken_up(place: Place) -> list[Framework]:
    """Return the editions a place reports on, in the order of the catalogue; one query.

    An edition whose pack is not on file any more is passed over.
    """
    keys = {pledge.key for pledge in Pledge.objects.filter(place=place, until=None)}
    return [framework for key, framework in editions.frameworks().items() if key in keys]


def newest_editions(besides: Iterable[Framework] = ()) -> list[Framework]:
    """Return the newest edition of every framework, without those of which ``besides`` has an edition."""
    ids = {framework.id for framework in besides}
    newest = {framework.id: framework for framework in editions.frameworks().values()}
    return [framework for framework in newest.values() if framework.id not in ids]


@dataclass(frozen=True, slots=True)
class Range:
    """What comparable places publish of a data item or ratio, and who they are."""

    low: float
    median: float
    high: float
    count: int
    who: str


EVERYWHERE = "*"


def ranges_for(place: Place, year: int) -> dict[str, Range]:
    """Return the newest ranges up to a year: of places of the country if there are enough, else of all."""
    groups = [EVERYWHERE, place.country_code]
    rows = ReferenceRange.objects.filter(year__lte=year, group__in=groups).order_by("year", "group")
    found: dict[str, Range] = {}
    for row in rows:
        who = "places" if row.group == EVERYWHERE else f"places in {row.group}"
        found[row.subject] = Range(row.low, row.median, row.high, row.count, f"{who} for {row.year}")
    return found
