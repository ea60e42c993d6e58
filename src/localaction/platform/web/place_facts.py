"""The line of facts under the name of a place that has no inventory to show."""

from __future__ import annotations

from django.utils.translation import gettext as _

from localaction.engine.packs import Library
from localaction.engine.references.geography import SOURCE
from localaction.platform.web import numbers
from localaction.platform.web.areas import country_name, division_name
from localaction.platform.web.inventory_page import Fact
from localaction.platform.web.records import PlaceView


def facts(place: PlaceView) -> list[Fact]:
    """Return code, whereabouts and people of a place, each with where it is from."""
    found = [Fact(place.code)]
    if place.kind != "country":
        division = division_name(place.country, place.said.admin1) if place.said else ""
        found.append(Fact(", ".join(filter(None, [division, country_name(place.country)]))))
    if place.said is None:
        return found
    source = Library.load().sources[SOURCE]
    whence = f"{source.title}, {source.edition}. {source.licence}"
    if place.said.population:
        people = numbers.number(place.said.population)
        found.append(Fact(_("%(people)s people (GeoNames, year not stated)") % {"people": people}, whence))
    if place.said.latitude is not None:
        found.append(Fact(position(place.said.latitude, place.said.longitude), whence))
    return found


def position(latitude: float, longitude: float) -> str:
    """Return where a place lies, degrees: ``52.37° N, 4.89° E``."""
    north = _("%(degrees)s° N") if latitude >= 0 else _("%(degrees)s° S")
    east = _("%(degrees)s° E") if longitude >= 0 else _("%(degrees)s° W")
    first = north % {"degrees": numbers.number(abs(latitude), 2)}
    return f"{first}, {east % {'degrees': numbers.number(abs(longitude), 2)}}"
