"""Where records come from: the published document, or the newest computation of a draft."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from localaction.platform.accounts.rights import Actor
from localaction.platform.inventories.errors import InventoryNotFound
from localaction.platform.inventories.queries import inventory_for, latest_run, rows_of
from localaction.platform.publication.errors import NotPublished
from localaction.platform.publication.queries import Published, published
from localaction.platform.values.queries import value_of
from localaction.platform.web.records import Event, Record, place_view
from localaction.platform.web.verified import checked

POPULATION = "population.total"


def published_record(code: str, year: int | None = None) -> Record | None:
    """Return the published inventory of a place for a year, or its newest; None if there is none."""
    try:
        found = published(code, year)
    except NotPublished:
        return None
    doc = found.doc
    population = doc.get("population") or {}
    return Record(
        place=place_view(found.place),
        year=found.label_year,
        result=found.result,
        rows=doc["rows"],
        population=population.get("value"),
        population_source=population.get("source") or "",
        citation=doc.get("citation") or "",
        licence=doc.get("licence") or "",
        draft=False,
        published_at=found.published_at,
        digest=found.digest,
        document=found.text,
        history=(_event(found),),
        run_number=doc.get("run"),
        checked=checked(doc),
    )


def _event(found: Published) -> Event:
    what = _("Published")
    if found.superseded_digest:
        words = {"digest": found.superseded_digest[:12]}
        what = _("Published as a correction of the document sha256 %(digest)s…") % words
        return Event(
            found.published_at, what, found.reason, reverse("web:document", args=[found.superseded_digest])
        )
    return Event(found.published_at, what, found.reason)


def draft_record(actor: Actor, code: str, year: int) -> Record:
    """Return the newest computation of an inventory to people with the right.

    Raises ``PermissionDenied`` for people who are not signed in, ``Http404`` where there is nothing to see.
    """
    if not getattr(actor, "is_authenticated", False):
        raise PermissionDenied(_("Drafts are seen only by people with a right on the place."))
    try:
        inventory = inventory_for(actor, code, year, action="inventory.view")
    except InventoryNotFound as error:
        raise Http404(str(error)) from error
    run = latest_run(inventory)
    if run is None:
        raise Http404(_("This inventory was not computed yet. Compute it on your desk first."))
    population: Any = value_of(actor=actor, place=inventory.place, item=POPULATION, period=inventory.period)
    held = population.current if population is not None else None
    return Record(
        place=place_view(inventory.place),
        year=year,
        result=run.result,
        rows=[row.values() for row in rows_of(inventory)],
        population=held.amount if held is not None else None,
        population_source=held.source if held is not None else "",
        citation=inventory.citation,
        licence=inventory.licence,
        draft=True,
        computed_at=run.created_at,
        run_number=run.number,
    )
