"""Many inventories published at once, and what an import published withdrawn again.

Freezing documents takes long and is done before the database is held (`freeze`); `publish_many` only writes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from localaction.engine.packs import Library
from localaction.platform.accounts.rights import Actor, require, user_of
from localaction.platform.audit.services import record_each
from localaction.platform.inventories.bulk import Draft
from localaction.platform.inventories.errors import ChangedMeanwhile
from localaction.platform.inventories.models import COLUMNS, Inventory
from localaction.platform.publication.document import SCHEMA, Data, digest, frozen
from localaction.platform.publication.errors import BuiltUpon
from localaction.platform.publication.listing import note_factors, said_in_lists
from localaction.platform.publication.models import Publication
from localaction.platform.publication.signing import sign
from localaction.platform.reporting.inventory_subject import blocking
from localaction.platform.reporting.models import Report
from localaction.platform.reporting.states import TRANSITIONS

NAMED = 5


@dataclass(frozen=True, slots=True)
class Frozen:
    """One document, ready to be written."""

    draft: Draft
    document: str
    content_digest: str
    lists: Data
    factors: tuple[str, ...]
    population: Data | None
    supersedes: int | None
    reason: str


def freeze(drafts: Iterable[tuple[Draft, Data | None]], *, reason: str) -> list[Frozen]:
    """Return the documents of computed drafts, each with its population, that nothing stands in the way of.

    Those that are published just so already are left out.
    """
    ready = [(draft, people) for draft, people in drafts if draft.data and not _blocked(draft)]
    known = [draft.inventory.pk for draft, _people in ready if draft.inventory is not None]
    current = {
        each.inventory_id: each
        for each in Publication.objects.filter(inventory__in=known, is_current=True).defer("document")
    }
    now = timezone.now()
    made = []
    for draft, people in ready:
        before = current.get(draft.inventory.pk) if draft.inventory is not None else None
        if (document := _frozen(draft, people, before, reason, now)) is not None:
            made.append(document)
    return made


def _blocked(draft: Draft) -> bool:
    origin = draft.inventory.origin if draft.inventory else Inventory.Origin.PUBLISHED_SOURCE
    return bool(blocking(draft.data or {}, origin))


def _frozen(
    draft: Draft, people: Data | None, before: Publication | None, reason: str, now: datetime
) -> Frozen | None:
    content = _content(draft, people)
    content_digest = digest(frozen({key: part for key, part in content.items() if key != "run"}))
    if before is not None and before.content_digest == content_digest:
        return None
    why = reason if before is not None else ""
    document = frozen({
        "schema": SCHEMA, **content, "published_at": now.isoformat(timespec="seconds"),
        "supersedes": before.digest if before else None, "reason": why,
    })  # fmt: skip
    result = content["result"]
    return Frozen(
        draft, document, content_digest, said_in_lists(result), tuple(result["factors"]), people,
        before.pk if before else None, why,
    )  # fmt: skip


def _content(draft: Draft, people: Data | None) -> Data:
    place, inventory = draft.place, draft.inventory
    origin = inventory.origin if inventory else Inventory.Origin.PUBLISHED_SOURCE
    return {
        "place": {
            "code": place.code,
            "name": place.name,
            "name_en": place.name_en,
            "country": place.country_code,
        },
        "label_year": draft.period.label_year,
        "population": people,
        "origin": str(origin),
        "publisher": place.name if origin == Inventory.Origin.OWN else None,
        "citation": draft.citation,
        "licence": draft.licence,
        "protocol_title": Library.load().protocol.title,
        "run": draft.number,
        "result": draft.data,
        "rows": [
            {"row_key": str(row.key), **{name: row.values.get(name, "") for name in COLUMNS}}
            for row in draft.rows()
        ],
    }


@transaction.atomic
def publish_many(*, actor: Actor, documents: Sequence[Frozen], reason: str) -> list[int]:
    """Publish inventories that were just written as public; return the ids of their documents.

    Raises ``ChangedMeanwhile`` if one of them was published since its document was frozen.
    """
    require(actor, "inventory.publish", None)
    found = Publication.objects.filter(inventory__in=[each.draft.inventory for each in documents])
    current = dict(found.filter(is_current=True).values_list("inventory_id", "pk"))
    now = timezone.now()  # not when the documents were frozen: their rows and runs were written since
    made = []
    for each in documents:
        inventory = each.draft.inventory
        if inventory is None or current.get(inventory.pk) != each.supersedes:
            raise ChangedMeanwhile(name=each.draft.name)
        made.append(_publication(actor, each, inventory, now))
    Publication.objects.filter(pk__in=[each.supersedes for each in documents if each.supersedes]).update(
        is_current=False
    )
    _supersede_reports([each.supersedes for each in documents if each.supersedes], "supersede")
    made = Publication.objects.bulk_create(made)
    sign([each.digest for each in made])
    note_factors((each.pk, document.factors) for each, document in zip(made, documents, strict=True))
    Inventory.objects.filter(pk__in=[each.inventory_id for each in made]).update(
        status=Inventory.Status.PUBLISHED
    )
    after = {
        each.inventory: {"digest": each.digest, "run": document.draft.number}
        for each, document in zip(made, documents, strict=True)
    }
    record_each("publication.inventory.published", actor=actor, after=after, reason=reason)
    return [each.pk for each in made]


def _supersede_reports(publications: Sequence[int], action: str) -> None:
    """Move the reports behind these documents on, as the table of states has it."""
    transition = TRANSITIONS[action]
    reports = Report.objects.filter(publication__in=publications, state__in=transition.sources)
    reports.update(state=transition.target, state_since=timezone.now())


def _publication(actor: Actor, each: Frozen, inventory: Inventory, now: datetime) -> Publication:
    return Publication(
        public_id=uuid.uuid4(),
        place_id=inventory.place_id,
        inventory=inventory,
        label_year=inventory.label_year,
        document=each.document,
        digest=digest(each.document),
        content_digest=each.content_digest,
        **each.lists,
        population=each.population["value"] if each.population else None,
        published_at=now,
        published_by=user_of(actor),
        supersedes_id=each.supersedes,
        reason=each.reason,
    )


@transaction.atomic
def withdraw_publications(
    *, actor: Actor, ids: Sequence[int], inventories: Sequence[int], reason: str
) -> None:
    """Withdraw what an import published; what it replaced is current again.

    Raises
    ------
    BuiltUpon
        If one of the inventories was published again since.
    """
    require(actor, "inventory.publish", None)
    found = Publication.objects.select_related("inventory__place").defer("document")
    mine = list(found.filter(pk__in=ids))
    later = found.filter(inventory__in=inventories, is_current=True).exclude(pk__in=ids)
    replaced = [each.supersedes_id for each in mine if each.supersedes_id is not None]
    if names := sorted({f"{each.inventory.place.name} {each.label_year}" for each in later}):
        raise BuiltUpon(names=", ".join(names[:NAMED]), count=len(names))
    Publication.objects.filter(pk__in=ids).update(is_current=False, withdrawn_at=timezone.now())
    Publication.objects.filter(pk__in=replaced).update(is_current=True)
    _supersede_reports(replaced, "restore")
    drafts = [each.inventory_id for each in mine if each.supersedes_id is None]
    Inventory.objects.filter(pk__in=drafts).update(status=Inventory.Status.DRAFT)
    after: Mapping[Any, Any] = {each.inventory: {"digest": each.digest} for each in mine}
    record_each("publication.inventory.withdrawn", actor=actor, after=after, reason=reason)
