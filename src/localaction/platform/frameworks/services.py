"""Taking up a framework, and giving it up."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from localaction.engine.packs.frameworks import Framework
from localaction.platform.accounts.rights import Actor, require
from localaction.platform.audit.services import record
from localaction.platform.frameworks.models import Pledge
from localaction.platform.places.models import Place


@transaction.atomic
def take_up(*, actor: Actor, place: Place, framework: Framework, since: date) -> Pledge:
    """Say that a place reports on an edition; saying it again changes nothing.

    Raises
    ------
    NotAllowed
    """
    require(actor, "value.edit", place.scope_id)
    pledge, made = Pledge.objects.get_or_create(
        place=place,
        framework=framework.id,
        edition=framework.edition,
        until=None,
        defaults={"since": since},
    )
    if made:
        after = {"framework": framework.key, "since": since.isoformat()}
        record("frameworks.pledge.taken_up", actor=actor, target=pledge, scope=place.scope, after=after)
    return pledge


@transaction.atomic
def give_up(*, actor: Actor, place: Place, framework: Framework, day: date) -> None:
    """Say that a place does not report on an edition any more; its figures stay.

    Raises
    ------
    NotAllowed
    """
    require(actor, "value.edit", place.scope_id)
    found = Pledge.objects.filter(place=place, framework=framework.id, edition=framework.edition, until=None)
    for pledge in found:
        pledge.until = max(day - timedelta(days=1), pledge.since)
        pledge.save(update_fields=["until"])
        after = {"framework": framework.key, "until": pledge.until.isoformat()}
        record("frameworks.pledge.given_up", actor=actor, target=pledge, scope=place.scope, after=after)
