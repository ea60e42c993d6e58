"""Writing offices: right, rule, write, event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from localaction.engine.references import geography
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.accounts.services import create_office_scope, set_region
from localaction.platform.audit.services import record
from localaction.platform.networks.errors import BadOffice, OfficeExists
from localaction.platform.networks.models import Office
from localaction.platform.networks.queries import region_of
from localaction.platform.places.models import Place


@transaction.atomic
def create_office(
    *, actor: Actor, code: str, name: str, countries: Iterable[str] = (), places: Sequence[Place] = ()
) -> Office:
    """Make an office that looks after some countries and single places.

    Raises ``NotAllowed``, ``OfficeExists`` or ``BadOffice``.
    """
    require(actor, "office.edit", None)
    office = Office(code=code.strip().lower(), name=name.strip())
    if existing := Office.objects.filter(code=office.code).first():
        raise OfficeExists(office.code, existing.name)
    try:
        office.clean_fields(exclude=["scope"])
        office.validate_constraints(exclude=["scope"])
    except ValidationError as error:
        raise BadOffice(" ".join(error.messages)) from error
    office.scope = create_office_scope(office.name)
    office.save()
    record("networks.office.created", actor=actor, target=office, after={"name": office.name})
    change_region(actor=actor, office=office, countries=countries, places=places)
    return office


@transaction.atomic
def change_region(
    *, actor: Actor, office: Office, countries: Iterable[str], places: Sequence[Place], reason: str = ""
) -> None:
    """Say which countries and single places an office looks after, in place of what it did before.

    Raises ``NotAllowed``, or ``BadOffice`` if there is no such country.
    """
    require(actor, "office.edit", None)
    wanted = sorted({country.strip().upper() for country in countries if country.strip()})
    if unknown := [country for country in wanted if country not in geography.countries()]:
        raise BadOffice(f'There is no country "{unknown[0]}". Countries are two letters, such as KE.')
    before = region_of(office)
    set_region(office.scope, countries=wanted, places=[place.scope for place in places])
    record(
        "networks.office.region_changed",
        actor=actor,
        target=office,
        before={"countries": before.countries, "places": [place.code for place in before.places]},
        after={"countries": wanted, "places": [place.code for place in places]},
        reason=reason,
    )
